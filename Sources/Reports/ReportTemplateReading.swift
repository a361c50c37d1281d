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
                // What says how reports are reviewed is read at the desk.
                for (id, mapping) in file.entries() where !mapping.has("procedure") {
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
        let check = TextCheck(periods.compactMap(ReportSpan.init), catalogue)
        name = mapping.has("name") ? Words(mapping.wording("name")) : nil
        title = Words(mapping.wording("title"))
        issuer = mapping.has("issuer") ? Words(mapping.wording("issuer")) : nil
        if let issuer { mapping.note(check.words(issuer), at: "issuer") }
        _ = mapping.words("serves")
        if !Piece.read(title.zh + title.en).compactMap(\.slot).isEmpty {
            mapping.fault("a title takes {unit} and {period}, and no figures", at: "title")
        }
        mapping.note(check.words(title, isTitle: true), at: "title")
        var places: [String: Place] = [:]
        sections = mapping.items("sections").map { section in
            let heading = section.has("heading") ? Words(section.wording("heading")) : nil
            if let heading { section.note(check.words(heading), at: "heading") }
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
                if let head { paragraph.note(check.words(head), at: "head") }
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

extension Mapping {
    /// Notes what a check found, in the language of files.
    fileprivate func note(_ faults: [Wording], at key: String? = nil) {
        for fault in faults { self.fault(fault.en, at: key) }
    }
}

extension ReportTemplate.Sentence {
    fileprivate init(_ mapping: Mapping, _ check: TextCheck) {
        let words = ReportTemplate.Words(
            zh: mapping.requiredText("zh"), en: mapping.requiredText("en"))
        func other(_ key: String) -> ReportTemplate.Words? {
            guard mapping.has(key) else { return nil }
            let words = ReportTemplate.Words(mapping.wording(key))
            mapping.note(check.alternative(words, key), at: key)
            return words
        }
        self.init(
            words: words, zero: other("zero"), otherwise: other("else"),
            condition: SentenceCondition(mapping))
        mapping.note(check.sentence(self))
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
