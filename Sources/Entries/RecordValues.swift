import Catalogue
import Core
import Ledger
import Organization
import Storage

/// What a record says, as a form asks for it: reading the form gives the same record again.
struct RecordValues {
    let said: [String: String]

    /// - Parameter privates: values kept beside the record; empty where they may not be read.
    init(
        _ record: Record, _ kind: Kind, privates: [String: String], _ structure: Structure,
        _ db: Connection
    ) throws {
        let records = RecordStore(db: db)
        let persons = try records.persons(of: record.id)
        let subjects = try records.subjects(of: record.id)
        let end = try records.end(of: record.id)
        var numbers: [Person.ID: String] = [:]
        for person in try PersonStore(db: db).find(Set(persons.map(\.person)).sorted()) {
            numbers[person.id] = person.number ?? person.id.text
        }
        var said: [Heading: String] = [:]
        func code(_ unit: OrgUnit.ID) -> String? {
            structure.nearestVersion(unit, on: record.happenedOn)?.code
        }
        said[.day] = record.happenedOn.description
        said[.minute] = record.minute?.description
        said[.unit] = code(record.unit)
        said[.place] = record.place.flatMap(code)
        said[.ref] = record.ref
        let gone = [record.untilOn, end].compactMap { $0 }.min()
        said[.lastDay] = gone.map { ($0 - 1).description }
        for (index, measure) in kind.measures.enumerated() {
            said[.measure(index)] = record.measures[index].map {
                Reading.written($0, measure.unit)
            }
        }
        for field in kind.fields { said[.field(field.id)] = record.fields[field.id] }
        for role in kind.persons {
            said[.person(role.id)] = persons.filter { $0.role == role.id }
                .map { numbers[$0.person] ?? $0.person.text }.sorted().joined(separator: "；")
        }
        for role in kind.subjects {
            said[.subject(role.id)] = subjects.filter { $0.kind == role.id }.map(\.code)
                .joined(separator: "；")
        }
        for item in kind.privates { said[.privateValue(item.id)] = privates[item.id] }
        var named: [String: String] = [:]
        for (heading, text) in said where !text.isEmpty { named[heading.name] = text }
        self.said = named
    }
}
