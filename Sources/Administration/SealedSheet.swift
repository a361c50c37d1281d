import Catalogue
import Core
import Foundation
import Ledger
import Organization
import Web

/// A sealed record as it is shown once: everything it says, names and private values included.
struct SealedSheet: Sendable {
    let record: Record
    let persons: [Entry.Participant]
    let names: [Person.ID: String]
    let subjects: [Entry.Subject]
    let privates: [String: String]
    let counts: Bool
    let end: Day?
    /// Why it was reversed, corrected or ended, or why it does so to another.
    let reasons: [String]

    func section(_ kind: Kind, _ structure: Structure, _ words: Words) -> DeskSection {
        let language = words.language
        let comma = words["desk_comma"]
        var section = DeskSection(
            words["sealed_shown"],
            note: words[counts ? "sealed_shown_note" : "sealed_shown_reversed"])
        if let ref = record.ref { section.add(words["sealed_number"], ref) }
        let last = [record.untilOn, end].compactMap { $0 }.min()
        section.add(
            words["sealed_days"],
            kind.shape == .standing
                ? words.days(record.happenedOn, last) : record.happenedOn.written(record.minute))
        section.add(
            words["grant_unit"], unitName(record.unit, structure, record.happenedOn))
        if let place = record.place {
            section.add(
                kind.place?.label[language] ?? words["grant_unit"],
                unitName(place, structure, record.happenedOn))
        }
        for (measure, value) in zip(kind.measures, record.measures) {
            guard let value else { continue }
            section.add(
                measure.label[language], "\(value) \(measure.unit.name[language])")
        }
        for field in kind.fields {
            guard let value = record.fields[field.id] else { continue }
            let said =
                field.form == .flag
                ? words[value == "true" ? "yes" : "no"]
                : field.options.first { $0.id == value }?.name[language] ?? value
            section.add(field.label[language], said)
        }
        for role in kind.persons {
            let said = persons.filter { $0.role == role.id }
                .map { names[$0.person] ?? words["sealed_erased"] }
            if !said.isEmpty {
                section.add(role.label[language], said.joined(separator: comma))
            }
        }
        for role in kind.subjects {
            let codes = subjects.filter { $0.kind == role.id }.map(\.code)
            if !codes.isEmpty {
                section.add(role.label[language], codes.joined(separator: comma))
            }
        }
        for field in kind.privates {
            if let value = privates[field.id] { section.add(field.label[language], value) }
        }
        for reason in reasons { section.add(kind.label(.reason)[language], reason) }
        return section
    }
}
