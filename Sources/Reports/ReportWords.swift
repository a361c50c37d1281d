import Core
import Figures

/// The words a template takes from the report: `{unit}`, `{period}`, `{last month}` and the like.
struct ReportWords: Sendable {
    let unit: String
    let period: Period

    init(unit: String, period: Period) {
        // A name is text, whatever it looks like.
        self.unit = unit.replacing("[[", with: "［［")
        self.period = period
    }

    /// What stands in the place of a name; nil where there is no such word in this period.
    func word(_ name: String, _ language: Language) -> String? {
        switch name {
        case "unit": unit
        case "period": period.words[language]
        case "year": String(period.from.year)
        case "span": span[language]
        case "last day": language == .zh ? period.lastDay.chinese : period.lastDay.description
        // Numbers are known when it is known what is told.
        case _ where Numbering.names.contains(name): "{\(name)}"
        default:
            ReportPart(name)?.period(in: period).map { $0.short[language] }
        }
    }

    /// The period without its year, for a text that has named it: “上半年”.
    private var span: Wording {
        switch period.shape {
        case .year: Wording(zh: "全年", en: "the year")
        case .half: Wording(zh: period.short.zh, en: "the half-year")
        case .quarter: Wording(zh: period.short.zh, en: "the quarter")
        default: Wording(zh: period.short.zh, en: "the month")
        }
    }

    /// The text with each word in its place, and the names that are none.
    func fill(_ text: String, _ language: Language) -> (text: String, unknown: [String]) {
        var (filled, unknown) = ("", [String]())
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{"),
            let close = rest[open...].firstIndex(of: "}")
        {
            let name = String(rest[rest.index(after: open)..<close])
            filled += rest[..<open]
            if let word = word(name, language) {
                filled += word
            } else {
                filled += rest[open...close]
                unknown.append(name)
            }
            rest = rest[rest.index(after: close)...]
        }
        return (filled + rest, unknown)
    }
}

extension Period {
    /// A half, quarter or month without its year.
    var short: Wording {
        let month = from.month
        switch shape {
        case .half:
            return month == 1
                ? Wording(zh: "上半年", en: "the first half")
                : Wording(zh: "下半年", en: "the second half")
        case .quarter:
            let index = (month - 1) / 3
            return Wording(
                zh: ["一", "二", "三", "四"][index] + "季度",
                en: "the " + ["first", "second", "third", "fourth"][index] + " quarter")
        case .month:
            return Wording(zh: "\(month)月", en: Self.monthNames[month - 1])
        default: return words
        }
    }

    static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
}

extension ReportTemplate {
    /// The template with every word of the report in its place; only figures are left open.
    func filled(_ words: ReportWords) -> ReportTemplate {
        func fill(_ text: Words) -> Words {
            Words(zh: words.fill(text.zh, .zh).text, en: words.fill(text.en, .en).text)
        }
        return ReportTemplate(
            id: id, name: name, title: fill(title), forms: forms, periods: periods,
            issuer: issuer.map(fill),
            sections: sections.map { section in
                Section(
                    heading: section.heading.map(fill),
                    paragraphs: section.paragraphs.map { paragraph in
                        Paragraph(
                            head: paragraph.head.map(fill),
                            sentences: paragraph.sentences.map { sentence in
                                Sentence(
                                    words: fill(sentence.words), zero: sentence.zero.map(fill),
                                    otherwise: sentence.otherwise.map(fill),
                                    condition: sentence.condition)
                            })
                    }, notes: section.notes)
            }, places: places)
    }
}
