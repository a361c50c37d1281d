import Catalogue
import Core
import Reports

/// What a version of a report says: its title, who signs it, and its sections as they are written.
package struct WritingBody: Sendable, Codable, Equatable {
    package var title: Said
    package var issuer: Said?
    package var forms: [String]
    package var periods: [String]
    package var sections: [Section]
    /// The number of the newest section: what was said of one that is gone is never another's.
    package var newest: Int

    /// The same in both languages. Where no English was written it is empty, and the Chinese is
    /// printed.
    package struct Said: Sendable, Codable, Equatable {
        package var zh: String
        package var en: String

        package init(zh: String, en: String) {
            self.zh = zh
            self.en = en
        }

        var words: ReportTemplate.Words {
            ReportTemplate.Words(zh: zh, en: en.isEmpty ? zh : en)
        }
    }

    package struct Section: Sendable, Codable, Equatable {
        package let key: Int
        package var heading: Said
        package var text: Said
        package var isNote: Bool
    }

    package func section(_ key: Int) -> Section? { sections.first { $0.key == key } }

    /// The body with a section in the place of its former, or behind all others; one that says
    /// nothing is gone.
    package func with(_ section: Section) -> WritingBody {
        var body = self
        let isGone =
            section.heading.zh.isEmpty && section.text.zh.isEmpty && section.text.en.isEmpty
        if let place = body.sections.firstIndex(where: { $0.key == section.key }) {
            if isGone { body.sections.remove(at: place) } else { body.sections[place] = section }
        } else if !isGone {
            body.sections.append(section)
            body.newest = max(newest, section.key)
        }
        return body
    }

    /// What a check of the text needs to know of the report.
    func check(_ catalogue: Catalogue) -> TextCheck {
        TextCheck(periods.compactMap(ReportSpan.init), catalogue)
    }

    /// The text as reports are reckoned, with what is wrong in it by section.
    package func template(
        _ id: String, _ catalogue: Catalogue
    ) -> (template: ReportTemplate, faults: [Int: [Fault]]) {
        let check = check(catalogue)
        var faults: [Int: [Fault]] = [:]
        let read = sections.map { section in
            var found: [Fault] = []
            let made = section.read(check, &found)
            if !found.isEmpty { faults[section.key] = found }
            return made
        }
        return (
            ReportTemplate(
                id: id, title: title.words, for: forms, in: periods, issuer: issuer?.words, read),
            faults
        )
    }
}

extension WritingBody.Section {
    /// The section as a template has it. Faults stand beside the fields `section_heading`,
    /// `body_zh` and `body_en`.
    package func read(_ check: TextCheck, _ faults: inout [Fault]) -> ReportTemplate.Section {
        var (inChinese, inEnglish) = ([Wording](), [Wording]())
        let chinese = WrittenText(text.zh, &inChinese)
        let english = text.en.isEmpty ? chinese : WrittenText(text.en, &inEnglish)
        if english.paragraphs.map(\.sentences.count) != chinese.paragraphs.map(\.sentences.count) {
            inEnglish.append(
                Wording(
                    zh: "英文要与中文逐句对应：中文\(chinese.sentences.count)句，"
                        + "英文\(english.sentences.count)句；段落也要相同。",
                    en: "English follows the Chinese sentence by sentence: "
                        + "\(chinese.sentences.count) and \(english.sentences.count), "
                        + "in the same paragraphs."))
        }
        var number = 0
        var paragraphs: [ReportTemplate.Paragraph] = []
        let isPaired = inEnglish.isEmpty
        for (place, paragraph) in chinese.paragraphs.enumerated() {
            let other = isPaired ? english.paragraphs[place] : paragraph
            var sentences: [ReportTemplate.Sentence] = []
            for (index, sentence) in paragraph.sentences.enumerated() {
                number += 1
                let made = sentence.made(beside: other.sentences[index])
                sentences.append(made)
                let wrong =
                    check.sentence(made)
                    + [made.zero, made.otherwise].compactMap(\.self)
                    .flatMap { check.alternative($0, "else") }
                inChinese += wrong.map {
                    Wording(zh: "第\(number)句：" + $0.zh, en: "Sentence \(number): " + $0.en)
                }
            }
            let head = paragraph.head.map {
                ReportTemplate.Words(zh: $0, en: other.head ?? $0)
            }
            if let head { inChinese += check.words(head) }
            paragraphs.append(ReportTemplate.Paragraph(head: head, sentences: sentences))
        }
        let words = heading.zh.isEmpty ? nil : heading.words
        faults += (words.map { check.words($0) } ?? []).map { Fault("section_heading", $0) }
        faults += inChinese.map { Fault("body_zh", $0) } + inEnglish.map { Fault("body_en", $0) }
        return ReportTemplate.Section(
            heading: words, paragraphs: paragraphs, notes: isNote ? true : nil)
    }

    /// A section of a template as it is written by hand.
    init(_ section: ReportTemplate.Section, key: Int) {
        func written(_ language: Language) -> String {
            WrittenText(
                paragraphs: section.paragraphs.map { paragraph in
                    WrittenText.Paragraph(
                        head: paragraph.head?[language].onOneLine,
                        sentences: paragraph.sentences.map {
                            WrittenText.Sentence($0, language)
                        })
                }
            ).text(language)
        }
        self.init(
            key: key,
            heading: WritingBody.Said(
                zh: section.heading?.zh ?? "", en: section.heading?.en ?? ""),
            text: WritingBody.Said(zh: written(.zh), en: written(.en)), isNote: section.isNote)
    }
}

extension WrittenText.Sentence {
    fileprivate init(_ sentence: ReportTemplate.Sentence, _ language: Language) {
        self.init(sentence.words[language].onOneLine)
        zero = sentence.zero?[language].onOneLine
        otherwise = sentence.otherwise?[language].onOneLine
        guard language == .zh else { return }
        from = sentence.condition?.from
        below = sentence.condition?.below
        of = sentence.condition?.of
    }

    /// The sentence with its English. Numbers and what decides are said once, in the Chinese.
    fileprivate func made(beside english: Self) -> ReportTemplate.Sentence {
        func words(_ zh: String?, _ en: String?) -> ReportTemplate.Words? {
            (zh ?? en).map { ReportTemplate.Words(zh: $0, en: en ?? $0) }
        }
        let decides = from != nil || below != nil
        return ReportTemplate.Sentence(
            words: ReportTemplate.Words(zh: text, en: english.text),
            zero: words(zero, english.zero), otherwise: words(otherwise, english.otherwise),
            condition: decides ? SentenceCondition(of: of, from: from, below: below) : nil)
    }
}

extension String {
    fileprivate var onOneLine: String {
        split(whereSeparator: \.isNewline).map { String($0).trimmed }.joined(separator: " ")
    }
}

extension WritingBody {
    /// What a template of the catalogue says, to be written on for a unit and a period.
    package init(_ template: ReportTemplate, for form: String, _ period: Period) {
        let holding = (template.periods ?? []).filter { text in
            ReportSpan(text)?.holds(period) == true
        }
        self.init(
            title: Said(zh: template.title.zh, en: template.title.en),
            issuer: template.issuer.map { Said(zh: $0.zh, en: $0.en) }, forms: [form],
            periods: holding.isEmpty ? [period.spanName] : holding,
            sections: template.sections.enumerated().map { Section($1, key: $0 + 1) },
            newest: template.sections.count)
    }

    /// The same text for another unit and period.
    package func moved(to form: String, _ period: Period) -> WritingBody {
        var body = self
        body.forms = [form]
        if !periods.contains(where: { ReportSpan($0)?.holds(period) == true }) {
            body.periods = [period.spanName]
        }
        return body
    }
}

extension Period {
    /// The kind of period, as templates call it.
    fileprivate var spanName: String {
        switch shape {
        case .year: "year"
        case .half: "half"
        case .quarter: "quarter"
        default: "month"
        }
    }
}
