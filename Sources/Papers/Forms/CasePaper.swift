import Cases
import Catalogue
import Core
import Ledger
import Organization
import Storage

/// A form of a case: of which record it is made, and what is missing on it. It is made anew from
/// the records whenever it is asked for, so a correction needs nothing else.
package struct CasePaper: Sendable {
    package let form: CaseForm
    /// The record it is made of; nil while nobody has written one.
    package let record: CaseRecord?
    /// The step, by its id.
    package let step: String
    /// Nil while there is no record.
    package let paper: Paper?
    /// What the case does not know yet: room is left for it.
    package let missing: [String]
}

/// Makes the forms of one case.
package struct CasePaperMaker {
    private let reading: CaseReading
    private let catalogue: Catalogue
    private let names: [Person.ID: String]
    private let language: Language

    package init(
        _ reading: CaseReading, _ catalogue: Catalogue, _ language: Language, _ db: Connection
    ) throws {
        self.reading = reading
        self.catalogue = catalogue
        self.language = language
        names = try PersonStore(db: db).names(
            Set(reading.records.flatMap(\.persons).map(\.person)).sorted())
    }

    /// The forms of the case, in the order of its steps.
    package func papers(_ forms: [String: CaseForm]) -> [CasePaper] {
        reading.procedure.steps.flatMap { step in
            forms.values.filter { $0.kinds.contains(step.kind) }.sorted { $0.id < $1.id }
                .map { paper($0, step.id) }
        }
    }

    private func paper(_ form: CaseForm, _ step: String) -> CasePaper {
        guard let record = newest(step) else {
            return CasePaper(form: form, record: nil, step: step, paper: nil, missing: [])
        }
        var filling = FormFilling { value($0, record) }
        let blocks = form.blocks.map { block in
            Paper.Block(block.style, filling.filled(block.words[language]))
        }
        let title = filling.filled(form.title[language])
        let unit = unit(record.record.unit, on: record.record.happenedOn)
        var paper = Paper(
            form.kind, language, title: title, blocks: blocks, issuer: form.isHeaded ? unit : nil,
            signature: form.isSigned ? unit : nil,
            day: form.isSigned ? record.record.happenedOn.onPaper(language) : nil)
        paper.recipients = form.recipients.map { [filling.filled($0[language])] } ?? []
        return CasePaper(
            form: form, record: record, step: step, paper: paper, missing: filling.missing)
    }

    private func newest(_ step: String) -> CaseRecord? {
        reading.standing.last { $0.place.step == step }
    }

    // MARK: What a name stands for

    /// `FIELD` of the record itself, `STEP.FIELD` of another step, `case.FIELD` of the opening.
    /// Of several apart by `|` the first that the case has.
    private func value(_ names: String, _ record: CaseRecord) -> String? {
        names.split(separator: "|").lazy.compactMap { one(String($0), record) }.first
    }

    private func one(_ name: String, _ record: CaseRecord) -> String? {
        switch name {
        case "number": return reading.row.number
        case "about": return about
        default: break
        }
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return said(name, record) }
        let other = parts[0] == "case" ? reading.opening : newest(parts[0])
        return other.flatMap { said(parts[1], $0) }
    }

    private var about: String? {
        switch reading.procedure.subject.about {
        case .person(let role): reading.opening.flatMap { persons(role, $0) }
        case .subject(let kind): reading.opening?.subjects.first { $0.kind == kind }?.code
        case .unit: unit(reading.row.unit, on: reading.moment.day)
        case .nothing: nil
        }
    }

    private func said(_ name: String, _ record: CaseRecord) -> String? {
        let kind = catalogue.kinds[record.record.kind]
        // What is sealed stands on no paper.
        guard kind?.visibility != .sealed else { return nil }
        switch name {
        case "day": return record.record.happenedOn.onPaper(language)
        case "until": return record.record.untilOn.map { $0.onPaper(language) }
        case "unit": return unit(record.record.unit, on: record.record.happenedOn)
        case "place":
            return record.record.place.map { unit($0, on: record.record.happenedOn) }
        default: break
        }
        if let field = kind?.fields.first(where: { $0.id == name }) {
            guard let value = record.record.fields[name] else { return nil }
            if let option = field.options.first(where: { $0.id == value }) {
                return option.name[language]
            }
            return Day(value).map { $0.onPaper(language) } ?? value
        }
        if let index = kind?.measures.firstIndex(where: { $0.id == name }),
            record.record.measures.indices.contains(index)
        {
            return record.record.measures[index].map { String($0) }
        }
        return persons(name, record)
    }

    private func persons(_ role: String, _ record: CaseRecord) -> String? {
        let found = record.persons.filter { $0.role == role }.compactMap { names[$0.person] }
        return found.isEmpty ? nil : found.joined(separator: language == .zh ? "、" : ", ")
    }

    private func unit(_ id: OrgUnit.ID, on day: Day) -> String {
        reading.structure.nearestVersion(id, on: day)?.name ?? ""
    }
}
