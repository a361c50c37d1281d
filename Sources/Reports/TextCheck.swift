import Catalogue
import Core
import Figures

/// Checks that a text holds in every period its template is written for, and says in both languages
/// what does not: whoever writes a file reads the English, whoever writes at the desk their own.
package struct TextCheck {
    let spans: [ReportSpan]
    let catalogue: Catalogue

    package init(_ spans: [ReportSpan], _ catalogue: Catalogue) {
        self.spans = spans
        self.catalogue = catalogue
    }

    private var samples: [Period] { spans.flatMap(\.samples) }
    /// Whether the template is for one part of the year, which its text may then name.
    private var isFixed: Bool { spans.count == 1 && spans.allSatisfy(\.isFixed) }
    private var isOnePeriod: Bool {
        if spans.count == 1, case .only = spans[0] { true } else { false }
    }

    /// What is wrong with a sentence: its figures, its words, and what decides on it. What is said
    /// instead of it is checked as `alternative`.
    package func sentence(_ sentence: ReportTemplate.Sentence) -> [Wording] {
        var faults: [Wording] = []
        let (inChinese, inEnglish) = (
            Piece.read(sentence.zh).compactMap(\.slot), Piece.read(sentence.en).compactMap(\.slot)
        )
        let keys = (inChinese.map(\.key), inEnglish.map(\.key))
        if keys.0.sorted() != keys.1.sorted() {
            faults.append(
                Wording(
                    zh: "中英文用的数字不一致：\(keys.0)和\(keys.1)。",
                    en: "the two languages have different figures: \(keys.0) and \(keys.1)"))
        } else if inChinese.filter({ $0.zero != nil }).map(\.key).sorted()
            != inEnglish.filter({ $0.zero != nil }).map(\.key).sorted()
        {
            faults.append(
                Wording(
                    zh: "为零时的说法只写了一种语言。",
                    en: "only one language says what is printed for zero"))
        }
        for slot in inChinese { faults += self.slot(slot) }
        if let condition = sentence.condition {
            if let slot = condition.slot {
                faults += self.slot(slot)
            } else if inChinese.isEmpty {
                faults.append(
                    Wording(
                        zh: "“不低于”“低于”要有一个数字：用“依据”写明。",
                        en: "“from” and “below” need a figure: name it with “of”"))
            }
        }
        return faults + words(sentence.words)
    }

    /// What is wrong with what is said instead of a sentence.
    package func alternative(_ said: ReportTemplate.Words, _ key: String) -> [Wording] {
        let holds =
            Piece.read(said.zh + said.en).compactMap(\.slot).isEmpty
            ? []
            : [
                Wording(
                    zh: "没有数字时说的话里不能再有数字。",
                    en: "“\(key)” is said instead of figures and holds none")
            ]
        return holds + words(said)
    }

    package func slot(_ slot: Slot) -> [Wording] {
        var faults: [Wording] = []
        if catalogue.indicators[slot.indicator] == nil {
            faults.append(
                Wording(
                    zh: "没有指标“\(slot.indicator)”。",
                    en: "the indicator “\(slot.indicator)” is not known"))
        }
        let written = "“\(slot.period)” of [[\(slot.key)]]"
        if slot.form == .change, !slot.mayChange {
            faults.append(
                Wording(
                    zh: "[[\(slot.key)]]没有上一期可比：增减只用于报告时段、其中一部分或期末。",
                    en:
                        "[[\(slot.key)]]: nothing comes before \(written); a change is asked of "
                        + "the report's period, a part of it, or its last day"))
        }
        if slot.reorganization != nil { return faults }
        if ReportPart(slot.period) != nil || slot.period.utf8.count == 2, slot.period != ".." {
            let isPart = samples.allSatisfy { report in
                guard let part = Period(slot.period(in: report)) else { return false }
                return report.from <= part.from && part.to <= report.to
            }
            if !isPart {
                faults.append(
                    Wording(
                        zh: "[[\(slot.key)]]的时段“\(slot.period)”不是每个报告时段都有；"
                            + "通用的写法是last month、month 2、quarter 1。",
                        en: "\(written) does not lie in every period of the template; parts of "
                            + "whichever period it is are “last month”, “month 2”, “quarter 1”"))
            }
        } else if !["", "@", ".."].contains(slot.period) {
            if Period(slot.period) == nil {
                faults.append(
                    Wording(
                        zh: "[[\(slot.key)]]的“\(slot.period)”不是时段。",
                        en: "\(written) is not a period"))
            } else if !isOnePeriod {
                faults.append(
                    Wording(
                        zh: "[[\(slot.key)]]写死了时段“\(slot.period)”，而这份文字用于多个时段。",
                        en: "\(written) is one period, and the template is for several"))
            }
        }
        return faults
    }

    /// What is wrong with words: those in braces that no report has, and parts of a year that are
    /// not true of every period.
    package func words(_ words: ReportTemplate.Words, isTitle: Bool = false) -> [Wording] {
        var faults: [Wording] = []
        for (text, language) in [(words.zh, Language.zh), (words.en, .en)] {
            let unknown = samples.flatMap {
                ReportWords(unit: "", period: $0).fill(text, language).unknown
            }
            for name in Set(unknown).sorted() {
                faults.append(
                    Wording(
                        zh: "“{\(name)}”不能替换：可用{unit}、{period}、{span}、{year}、{last day}、"
                            + "{last month}、{month 2}、{quarter 1}。",
                        en:
                            "“{\(name)}” is no word of this report: {unit}, {period}, {span}, "
                            + "{year}, {last day}, {last month}, {month 2}, {quarter 1}"))
            }
            for named in named(text, language, isTitle: isTitle) {
                faults.append(
                    Wording(
                        zh: "“\(named)”不是每个报告时段都成立：请写{period}、{span}、{last month}、"
                            + "{month 2}或{quarter 1}。",
                        en:
                            "“\(named)” is not said of every period of the template: write "
                            + "{period}, {span}, {last month}, {month 2} or {quarter 1}"))
            }
        }
        return faults
    }

    /// The parts of a year that a text names although the template is for others as well; a day
    /// with its year is a fact, and may be named anywhere but in the title.
    private func named(_ text: String, _ language: Language, isTitle: Bool) -> [String] {
        guard !spans.isEmpty, !isOnePeriod else { return [] }
        let text = Piece.read(text).compactMap(\.text).joined(separator: "…")
        var found: [String] = []
        if isTitle { found += text.matches(of: /[12][0-9]{3}/).map { String($0.output) } }
        guard !isFixed else { return found }
        switch language {
        case .zh:
            found += text.matches(of: /[上下]半年|[一二三四1-4]季度/).map { String($0.output) }
            found += text.matches(
                of: /(年?)(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月([0-9一二三四五六七八九十]+日)?/
            ).filter { $0.output.1.isEmpty && $0.output.2 == nil }.map { String($0.output.0) }
        case .en:
            found += text.matches(
                of: /(?:first|second) half(?!-)|(?:first|second|third|fourth) quarter/
            ).map { String($0.output) }
            let months = text.matches(of: /(?:[Ii]n|of) ([A-Z][a-z]+)( [0-9])?/)
            found += months.filter {
                $0.output.2 == nil && Period.monthNames.contains(String($0.output.1))
            }.map { String($0.output.0) }
        }
        return found
    }
}
