import Core
import Organization
import Storage

extension District {
    /// Adds one person, who has a number or a name that is new in their unit: what a file of
    /// persons does for many.
    ///
    /// - Parameters:
    ///   - number: nil for somebody without.
    ///   - unit: the code of the unit, or its name where only one bears it.
    /// - Throws: `Refusal.invalid` beside each field that cannot be taken.
    package func addPerson(
        named written: String, number writtenNumber: String?, unit writtenUnit: String,
        by actor: Actor, _ db: Connection
    ) throws -> Person {
        var faults: [Fault] = []
        let name = try read(written, .name, &faults)
        let number = try writtenNumber.flatMap { try read($0, .number, &faults) }
        let unit = try unit(writtenUnit, now().day, &faults, db)
        for (value, place, label) in [
            (name, "name", Self.nameLabel), (unit?.text, "unit", Self.unitLabel),
        ] where value == nil && !faults.contains(where: { $0.fieldPlace == place }) {
            faults.append(Fault(label, at: place, zh: "请填写。", en: "Fill this in, please."))
        }
        guard let name, let unit, faults.isEmpty else { throw Refusal.invalid(faults) }
        let person = Person(id: .make(), number: number, name: name, unit: unit)
        try checkFree(
            person, Person(id: person.id, number: nil, name: "", unit: unit), &faults, db)
        guard faults.isEmpty else { throw Refusal.invalid(faults) }
        try PersonStore(db: db).insert([person], importID: nil)
        try Audit(db, key: key).record("person.added", person.id.text, by: actor, at: now())
        return person
    }
}

extension Fault {
    fileprivate var fieldPlace: String { field ?? place }
}
