import Catalogue
import Core
import Figures

extension ReportTemplate {
    /// Reads `reports/*.yaml` of each catalogue folder; a later one overrides or adds.
    ///
    /// - Throws: `BrokenCatalogue` with each fault: an unknown indicator or form, a period that
    ///   cannot be read, a slot that the two languages do not share, an unknown key.
    package static func load(
        folders: [String], catalogue: Catalogue
    ) throws -> [String: ReportTemplate] {
        let faults = FaultList()
        var templates: [String: ReportTemplate] = [:]
        for folder in folders {
            for (name, node) in documents(folder, "reports", faults) {
                guard let file = Mapping(node, file: name, faults: faults) else { continue }
                for (id, mapping) in file.entries() {
                    templates[id] = ReportTemplate(id, mapping, catalogue)
                }
            }
        }
        guard faults.faults.isEmpty else { throw BrokenCatalogue(faults: faults.faults) }
        return templates
    }

    private init(_ id: String, _ mapping: Mapping, _ catalogue: Catalogue) {
        self.id = id
        let forms = mapping.words("forms")
        let periods = mapping.words("periods")
        self.forms = forms
        self.periods = periods
        if forms.isEmpty {
            mapping.fault("“forms” is missing: the forms of unit it is for, such as [district]")
        }
        for form in forms where catalogue.forms[form] == nil {
            mapping.fault("the form “\(form)” is not known", at: "forms")
        }
        if periods.isEmpty {
            mapping.fault("“periods” is missing: the periods it is for, such as [half] or [H1]")
        }
        for period in periods where ReportSpan(period) == nil {
            mapping.fault(
                "“\(period)” is no period of reports: write year, half, quarter, month, H1 or "
                    + "2015-H1", at: "periods")
        }
        let check = TextCheck(spans: periods.compactMap(ReportSpan.init), catalogue: catalogue)
        name = mapping.has("name") ? Words(mapping.wording("name")) : nil
        title = Words(mapping.wording("title"))
        issuer = mapping.has("issuer") ? Words(mapping.wording("issuer")) : nil
        if let issuer { check.words(issuer, mapping, at: "issuer") }
        _ = mapping.words("serves")
        if !Piece.read(title.zh + title.en).compactMap(\.slot).isEmpty {
            mapping.fault("a title takes {unit} and {period}, and no figures", at: "title")
        }
        check.words(title, mapping, at: "title", isTitle: true)
        var places: [String: Place] = [:]
        sections = mapping.items("sections").map { section in
            let heading = section.has("heading") ? Words(section.wording("heading")) : nil
            if let heading { check.words(heading, section, at: "heading") }
            let isNote = section.flag("notes")
            _ = section.text("area")
            let paragraphs = section.items("paragraphs").map { paragraph in
                let items = paragraph.has("sentences") ? paragraph.items("sentences") : [paragraph]
                let sentences = items.map { item in
                    let sentence = Sentence(item, check)
                    for slot in sentence.slots where places[slot.key] == nil {
                        places[slot.key] = Place(file: item.file, line: item.line)
                    }
                    return sentence
                }
                let head = paragraph.has("head") ? Words(paragraph.wording("head")) : nil
                if let head { check.words(head, paragraph, at: "head") }
                paragraph.close()
                for item in items where paragraph.has("sentences") { item.close() }
                return Paragraph(head: head, sentences: sentences)
            }
            section.close()
            return Section(
                heading: heading, paragraphs: paragraphs, notes: isNote ? true : nil)
        }
        self.places = places
        mapping.close()
    }
}

extension ReportTemplate.Sentence {
    fileprivate init(_ mapping: Mapping, _ check: TextCheck) {
        zh = mapping.requiredText("zh")
        en = mapping.requiredText("en")
        func other(_ key: String) -> ReportTemplate.Words? {
            guard mapping.has(key) else { return nil }
            let words = ReportTemplate.Words(mapping.wording(key))
            if !Piece.read(words.zh + words.en).compactMap(\.slot).isEmpty {
                mapping.fault("“\(key)” is said instead of figures and holds none", at: key)
            }
            check.words(words, mapping, at: key)
            return words
        }
        zero = other("zero")
        otherwise = other("else")
        condition = SentenceCondition(mapping)
        let (inChinese, inEnglish) = (
            Piece.read(zh).compactMap(\.slot), Piece.read(en).compactMap(\.slot)
        )
        let keys = (inChinese.map(\.key), inEnglish.map(\.key))
        if keys.0.sorted() != keys.1.sorted() {
            mapping.fault("the two languages have different figures: \(keys.0) and \(keys.1)")
        } else if inChinese.filter({ $0.zero != nil }).map(\.key).sorted()
            != inEnglish.filter({ $0.zero != nil }).map(\.key).sorted()
        {
            mapping.fault("only one language says what is printed for zero")
        }
        for slot in inChinese { check.slot(slot, mapping) }
        if let condition {
            if let slot = condition.slot {
                check.slot(slot, mapping)
            } else if inChinese.isEmpty {
                mapping.fault("“from” and “below” need a figure: name it with “of”")
            }
        }
        check.words(ReportTemplate.Words(zh: zh, en: en), mapping)
    }
}

extension SentenceCondition {
    /// Nil where a sentence has none.
    fileprivate init?(_ mapping: Mapping) {
        of = mapping.text("of")
        from = mapping.integer("from")
        below = mapping.integer("below")
        if from == nil, below == nil {
            if of != nil { mapping.fault("“of” says nothing without “from” or “below”", at: "of") }
            return nil
        }
    }
}

extension ReportTemplate.Words {
    fileprivate init(_ wording: Wording) { self.init(zh: wording.zh, en: wording.en) }
}

/// Checks that a text holds in every period its template is written for.
private struct TextCheck {
    let spans: [ReportSpan]
    let catalogue: Catalogue

    private var samples: [Period] { spans.flatMap(\.samples) }
    /// Whether the template is for one part of the year, which its text may then name.
    private var isFixed: Bool { spans.count == 1 && spans.allSatisfy(\.isFixed) }
    private var isOnePeriod: Bool {
        if spans.count == 1, case .only = spans[0] { true } else { false }
    }

    func slot(_ slot: Slot, _ mapping: Mapping) {
        if catalogue.indicators[slot.indicator] == nil {
            mapping.fault("the indicator “\(slot.indicator)” is not known")
        }
        let written = "“\(slot.period)” of [[\(slot.key)]]"
        if slot.form == .change, !slot.mayChange {
            mapping.fault(
                "[[\(slot.key)]]: nothing comes before \(written); a change is asked of the "
                    + "report's period, a part of it, or its last day")
        }
        if slot.reorganization != nil { return }
        if ReportPart(slot.period) != nil || slot.period.utf8.count == 2, slot.period != ".." {
            let isPart = samples.allSatisfy { report in
                guard let part = Period(slot.period(in: report)) else { return false }
                return report.from <= part.from && part.to <= report.to
            }
            if !isPart {
                mapping.fault(
                    "\(written) does not lie in every period of the template; parts of whichever "
                        + "period it is are “last month”, “month 2”, “quarter 1”")
            }
        } else if !["", "@", ".."].contains(slot.period) {
            if Period(slot.period) == nil {
                mapping.fault("\(written) is not a period")
            } else if !isOnePeriod {
                mapping.fault("\(written) is one period, and the template is for several")
            }
        }
    }

    func words(
        _ words: ReportTemplate.Words, _ mapping: Mapping, at key: String? = nil,
        isTitle: Bool = false
    ) {
        for (text, language) in [(words.zh, Language.zh), (words.en, .en)] {
            let unknown = samples.flatMap {
                ReportWords(unit: "", period: $0).fill(text, language).unknown
            }
            for name in Set(unknown).sorted() {
                mapping.fault(
                    "“{\(name)}” is no word of this report: {unit}, {period}, {span}, {year}, "
                        + "{last day}, {last month}, {month 2}, {quarter 1}", at: key)
            }
            for named in named(text, language, isTitle: isTitle) {
                mapping.fault(
                    "“\(named)” is not said of every period of the template: write {period}, "
                        + "{span}, {last month}, {month 2} or {quarter 1}", at: key)
            }
        }
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
