import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage
import Web

/// The persons whom a writer may choose: those of the units they may read or write, and of what
/// stands below them, and whoever is named in a record there that they may read. Of anybody else
/// nothing is offered, whatever is asked.
struct ChoosePersons {
    let writer: ActingAccount
    let catalogue: Catalogue
    let db: Connection

    /// The most persons that a form lists for its writer to choose from while they write.
    static let listedLimit = 200

    /// Who may be chosen, by name.
    private func all(limit: Int) throws -> [Person] {
        let store = PersonStore(db: db)
        let (structure, today) = (writer.structure, writer.today)
        let readable = writer.access.units(.read)
        let own = try store.list(
            below: structure.heads(readable.union(writer.access.units(.write)), on: today),
            on: today, limit: limit)
        guard own.count < limit, !readable.isEmpty else { return own }
        let heads = structure.heads(readable, on: today)
        let named = try store.list(
            named: """
                SELECT n.person_id FROM record_person n JOIN fact f ON f.id = n.record_id
                WHERE f.unit_id IN (\(ReachRow.below(heads, on: today)))
                    AND f.kind IN (\(values: writer.kinds(catalogue)))
                """, limit: limit)
        let met = Set(own.map(\.id))
        return Array((own + named.filter { !met.contains($0.id) }).prefix(limit))
    }

    /// Everybody who may be chosen, where they are few enough for one list.
    func listed(for kind: Kind, _ language: Language) throws -> [EntryFields.Proposal] {
        guard !kind.persons.isEmpty else { return [] }
        let all = try all(limit: Self.listedLimit + 1)
        guard all.count <= Self.listedLimit else { return [] }
        let spelling = Spelling(of: all.map(\.name))
        return all.map { person in
            EntryFields.Proposal(
                value: value(person), label: label(person)[language],
                finds: spelling.finds(person.name))
        }
    }

    /// What may be meant by the persons of a form that cannot be told, field by field.
    func offers(_ sheet: EntrySheet, unit: OrgUnit.ID?) throws -> [Fault] {
        let headings = sheet.kind.persons.map { Heading.person($0.id) }
        guard headings.contains(where: { sheet.values[$0] != nil }) else { return [] }
        let store = PersonStore(db: db)
        var all: [Person]?
        var found: [Fault] = []
        for heading in headings {
            let names = sheet.values[heading].map(Reading.list) ?? []
            for (index, name) in names.enumerated() {
                let known = unit == nil ? nil : try store.isKnown(name, in: unit)
                if known == true { continue }
                let persons = try all ?? self.all(limit: PersonStore.searchedLimit)
                all = persons
                let near = PersonStore.near(name, among: persons).map { person in
                    var chosen = names
                    chosen[index] = value(person)
                    return Fault.Near(chosen.joined(separator: "；"), label(person))
                }
                found.append(fault(name, heading, sheet.kind, isNear: !near.isEmpty).near(near))
                break
            }
        }
        return found
    }

    /// The names of a form that lead to nobody in its unit, with the heading they stand under.
    func missing(
        _ sheet: EntrySheet, unit: OrgUnit.ID
    ) throws -> [(name: String, heading: Heading)] {
        let store = PersonStore(db: db)
        return try sheet.kind.persons.flatMap { role in
            let heading = Heading.person(role.id)
            return try (sheet.values[heading].map(Reading.list) ?? [])
                .filter { try !store.isKnown($0, in: unit) }
                .map { (name: $0, heading: heading) }
        }
    }

    private func fault(
        _ name: String, _ heading: Heading, _ kind: Kind, isNear: Bool
    ) -> Fault {
        if isNear {
            return Fault(
                kind.label(heading), at: heading.name, zh: "“\(name)”可能是下列人员，请选择。",
                en: "“\(name)” may be one of these: choose.")
        }
        return Fault(
            kind.label(heading), at: heading.name,
            zh: kind.isProposing
                ? "您所在单位及其下属单位中没有找到“\(name)”。填写完整姓名后，可在本页申请增加，填写的内容存为草稿。"
                : "您所在单位及其下属单位中没有找到“\(name)”。可先存草稿，请负责导入人员的同事添加后再提交。",
            en: kind.isProposing
                ? "“\(name)” is not found in your units or below. Write the whole name and ask for "
                    + "them to be added, on this page; the form is kept as a draft."
                : "“\(name)” is not found in your units or below. Keep a draft, and ask "
                    + "whoever imports persons to add them.")
    }

    /// What is written for a person: their number, or the identity of who has none.
    private func value(_ person: Person) -> String { person.number ?? person.id.text }

    private func label(_ person: Person) -> Wording {
        let unit = writer.structure.nearestVersion(person.unit, on: writer.today)?.name ?? ""
        let number = person.number.map { "\($0)，" } ?? ""
        let plain = person.number.map { "\($0), " } ?? ""
        return Wording(
            zh: "\(person.name)（\(number)\(unit)）", en: "\(person.name) (\(plain)\(unit))")
    }
}

extension Kind {
    /// Whether a form of the kind lets its writer ask for a person who is missing. Under seal even
    /// the name would tell somebody that there is a case.
    var isProposing: Bool { !persons.isEmpty && visibility != .sealed }
}

extension PersonStore {
    /// Whether a text leads to one person in a unit, as an entry would read it.
    fileprivate func isKnown(_ text: String, in unit: OrgUnit.ID?) throws -> Bool {
        guard let unit else { return false }
        if case .one = try match(text, in: unit) { return true }
        return false
    }
}

extension EntryServices {
    /// What is wrong with the persons of a form, with whom its writer may choose instead.
    func near(
        _ faults: [Fault], _ sheet: EntrySheet, _ writer: ActingAccount, _ db: Connection
    ) throws -> [Fault] {
        let fields = Set(sheet.kind.persons.map { Heading.person($0.id).name })
        guard faults.contains(where: { $0.field.map(fields.contains) ?? false }) else {
            return faults
        }
        let offers = try ChoosePersons(writer: writer, catalogue: district.catalogue, db: db)
            .offers(sheet, unit: unit(of: sheet, writer))
        return faults.map { fault in
            let near = offers.first { $0.field == fault.field }?.nearest ?? []
            return fault.nearest.isEmpty ? fault.near(near) : fault
        }
    }

    /// The unit that a form names.
    func unit(of sheet: EntrySheet, _ writer: ActingAccount) -> OrgUnit.ID? {
        guard let text = sheet.values[.unit] else { return nil }
        return writer.structure.unit(
            naming: text, on: sheet.day ?? writer.today, forms: sheet.kind.forms)?.unit
    }
}
