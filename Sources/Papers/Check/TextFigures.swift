import Catalogue
import Core
import Figures
import Organization
import Reports

/// The numbers of a text, each with what the ledger says of it.
package struct TextFigures: Sendable {
    /// What came of one number.
    package enum Verdict: String, Sendable, CaseIterable {
        case agrees, differs
        /// There is no such number, or it may not be told.
        case untold
        /// Nothing in the ledger is known by these words, or more than one figure is.
        case unknown, several
    }

    /// A number of the text.
    package struct Line: Sendable {
        package let sentence: String
        package let number: WrittenNumber
        package let verdict: Verdict
        package let indicator: Wording?
        /// What the ledger says, in the words of a report.
        package let says: String?
        /// Where it is opened.
        package let question: Question?
        package let unit: UnitVersion?
    }

    package let lines: [Line]
    /// Whether the text has more numbers than are looked at.
    package let isCut: Bool

    /// The most numbers of one text, and the most characters.
    package static let numberLimit = 300
    package static let characterLimit = 60_000

    /// The sentences of a text, each with the numbers in it.
    static func sentences(_ text: String) -> [String] {
        text.split { "。！？；\n\r".contains($0) }.map { String($0) }.filter { sentence in
            sentence.contains { $0.isNumber } || sentence.contains("百分之")
        }
    }
}

extension Reports {
    /// Holds each number of a text against the ledger.
    ///
    /// - Parameters:
    ///   - unit: of whom the text speaks where it names no unit below.
    ///   - period: of which time it speaks where it names no other.
    ///   - isTold: whether the answer to a question may be told to whoever asks.
    package func check(
        _ text: String, unit: UnitVersion, period: Period, _ reading: Figures.Reading,
        _ language: Language, isTold: (Question) throws -> Bool
    ) throws -> TextFigures {
        let match = FigureMatch(figures.district.catalogue, Array(templates.values))
        let names = UnitNames(reading.structure, below: unit, on: period.lastDay)
        var lines: [TextFigures.Line] = []
        for sentence in TextFigures.sentences(text) {
            for number in WrittenNumber.all(in: sentence) {
                guard lines.count < TextFigures.numberLimit else {
                    return TextFigures(lines: lines, isCut: true)
                }
                let checker = NumberCheck(
                    sentence: sentence, number: number, period: period,
                    unit: names.named(before: number, in: sentence) ?? unit, language: language)
                lines.append(
                    try checker.line(match.outcome(number, in: sentence), reading, isTold))
            }
        }
        return TextFigures(lines: lines, isCut: false)
    }
}

/// Holds one number against the ledger.
private struct NumberCheck {
    let sentence: String
    let number: WrittenNumber
    let period: Period
    let unit: UnitVersion
    let language: Language

    func line(
        _ outcome: FigureMatch.Outcome, _ reading: Figures.Reading,
        _ isTold: (Question) throws -> Bool
    ) throws -> TextFigures.Line {
        guard case .found(let found) = outcome,
            let indicator = reading.reckoner.catalogue.indicators[found.indicator]
        else {
            if case .several = outcome { return line(.several) }
            return line(.unknown)
        }
        guard let question = try? question(found, reading) else {
            return line(.unknown, indicator: indicator)
        }
        guard try isTold(question) else {
            return line(.untold, indicator: indicator, question: question)
        }
        let answer = try reading.answer(question)
        let says = Phrase(exactly: answer, indicator, language).text
        guard answer.hasValue else {
            return line(.untold, indicator: indicator, says: says, question: question)
        }
        let agrees = number.agrees(
            with: answer.numerator * indicator.multiplier, of: answer.denominator)
        return line(
            agrees ? .agrees : .differs, indicator: indicator, says: says, question: question)
    }

    private func line(
        _ verdict: TextFigures.Verdict, indicator: Indicator? = nil, says: String? = nil,
        question: Question? = nil
    ) -> TextFigures.Line {
        TextFigures.Line(
            sentence: sentence, number: number, verdict: verdict, indicator: indicator?.name,
            says: says, question: question, unit: unit)
    }

    /// The question that the words ask: the part of the period that the report's own slot names, or
    /// a month or quarter that the sentence does.
    private func question(
        _ found: FigureMatch.Found, _ reading: Figures.Reading
    ) throws -> Question {
        let asked = found.slot?.period(in: period) ?? named ?? period.text
        return try reading.question(
            found.indicator, unit: found.slot?.unit ?? unit.code, period: asked
        ).asking(unit: found.slot?.unit == nil ? unit.unit : nil)
    }

    /// A month, a quarter or a half that stands before the number: 5月, 二季度, 上半年.
    private var named: String? {
        let before = String(Array(sentence)[..<number.range.lowerBound])
        let year =
            before.matches(of: /([0-9]{4})年/).last.map { String($0.1) }
            ?? String(period.from.year)
        if let month = before.matches(of: /([0-9]{1,2})月份?/).last, let count = Int(month.1),
            (1...12).contains(count)
        {
            return year + (count < 10 ? "-0" : "-") + String(count)
        }
        let quarters = ["一季度": "Q1", "二季度": "Q2", "三季度": "Q3", "四季度": "Q4"]
        if let quarter = quarters.first(where: { before.contains($0.key) }) {
            return year + "-" + quarter.value
        }
        let halves = ["上半年": "H1", "下半年": "H2"]
        return halves.first { before.contains($0.key) }.map { year + "-" + $0.value }
    }
}

extension Question {
    fileprivate func asking(unit: OrgUnit.ID?) -> Question {
        unit.map { asking(unit: $0) } ?? self
    }
}

/// The units below one, by the names that a text may call them.
private struct UnitNames {
    private let units: [(name: String, unit: UnitVersion)]

    init(_ structure: Structure, below unit: UnitVersion, on day: Day) {
        units = structure.versions.keys.compactMap { structure.version($0, on: day) }
            .filter {
                $0.unit != unit.unit && $0.name.count > 2
                    && structure.lies($0.unit, below: [unit.unit], on: day)
            }
            .map { ($0.name, $0) }.sorted { ($1.name.count, $0.name) < ($0.name.count, $1.name) }
    }

    /// The unit that a sentence names before a number; the longest name, where several fit.
    func named(before number: WrittenNumber, in sentence: String) -> UnitVersion? {
        let before = String(Array(sentence)[..<number.range.lowerBound])
        return units.first { before.contains($0.name) }?.unit
    }
}
