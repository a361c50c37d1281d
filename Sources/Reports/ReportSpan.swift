import Core
import Figures

/// The periods a template is written for: any `half`; any first half, `H1`; or just `2015-H1`.
package enum ReportSpan: Sendable, Hashable {
    case shape(Period.Shape)
    /// A part of any year, such as `H1`, `Q3` or `06`.
    case part(String)
    case only(Period)

    private static let shapes: [(word: String, shape: Period.Shape)] = [
        ("year", .year), ("half", .half), ("quarter", .quarter), ("month", .month),
    ]

    package init?(_ text: String) {
        if let known = Self.shapes.first(where: { $0.word == text }) {
            self = .shape(known.shape)
        } else if text.utf8.count == 2, Period("2015-" + text) != nil {
            self = .part(text)
        } else if let period = Period(text),
            Self.shapes.contains(where: { $0.shape == period.shape })
        {
            self = .only(period)
        } else {
            return nil
        }
    }

    package func holds(_ period: Period) -> Bool {
        switch self {
        case .shape(let shape): period.shape == shape
        case .part(let part): period.text == "\(period.from.year)-\(part)"
        case .only(let only): period.text == only.text
        }
    }

    /// Whether what is true of one of its periods is true of all: the half-year may be named.
    var isFixed: Bool { if case .shape = self { false } else { true } }

    /// One of each kind of period it holds; what can be said of these can be said of any.
    var samples: [Period] {
        switch self {
        case .shape(.year): [Period("2015")].compactMap { $0 }
        case .shape(.half): (1...2).compactMap { Period("2015-H\($0)") }
        case .shape(.quarter): (1...4).compactMap { Period("2015-Q\($0)") }
        case .shape: (1...12).compactMap { Period("2015-\($0 < 10 ? "0" : "")\($0)") }
        case .part(let part): [Period("2015-" + part)].compactMap { $0 }
        case .only(let only): [only]
        }
    }

    /// What it holds, in words.
    var words: Wording {
        switch self {
        case .shape(.year): Wording(zh: "年度（如 2015）", en: "a year (2015)")
        case .shape(.half): Wording(zh: "半年（如 2015-H1）", en: "a half-year (2015-H1)")
        case .shape(.quarter): Wording(zh: "季度（如 2015-Q1）", en: "a quarter (2015-Q1)")
        case .shape: Wording(zh: "月份（如 2015-06）", en: "a month (2015-06)")
        case .part(let part):
            Wording(zh: "每年的 \(part)（如 2015-\(part)）", en: "\(part) of any year (2015-\(part))")
        case .only(let only): Wording(zh: only.words.zh, en: only.words.en)
        }
    }
}

/// A part of a report's period, whichever that is: `month 5`, `quarter 1`, `last month`.
package enum ReportPart: Sendable, Hashable {
    case month(Int)
    case quarter(Int)
    case lastMonth
    case lastQuarter

    package init?(_ text: String) {
        switch text {
        case "last month": self = .lastMonth
        case "last quarter": self = .lastQuarter
        default:
            let words = text.split(separator: " ")
            guard words.count == 2, let number = Int(words[1]), String(number) == words[1],
                (1...12).contains(number)
            else { return nil }
            switch words[0] {
            case "month": self = .month(number)
            case "quarter": self = .quarter(number)
            default: return nil
            }
        }
    }

    /// Nil where the period has no such part.
    package func period(in report: Period) -> Period? {
        let months = report.months
        switch self {
        case .month(let number): return Self.month(months, number - 1)
        case .lastMonth: return Self.month(months, months.count - 1)
        case .quarter(let number): return Self.quarter(months, number - 1)
        case .lastQuarter: return Self.quarter(months, months.count / 3 - 1)
        }
    }

    private static func month(_ months: [Day], _ index: Int) -> Period? {
        months.indices.contains(index) ? Period(String(months[index].description.prefix(7))) : nil
    }

    private static func quarter(_ months: [Day], _ index: Int) -> Period? {
        guard index >= 0, (index + 1) * 3 <= months.count else { return nil }
        let first = months[index * 3]
        return first.month % 3 == 1 ? Period("\(first.year)-Q\((first.month + 2) / 3)") : nil
    }
}
