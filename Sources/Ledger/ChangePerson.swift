import Core
import Organization
import Storage

/// What is to become another in what is known of a person; what is nil stays.
package struct PersonChange: Sendable {
    package var number: String?
    package var name: String?
    /// The code of the unit, or its name where only one bears it.
    package var unit: String?
    /// The first day on which it holds.
    package var from: Day
    package var reason: String

    package init(
        number: String? = nil, name: String? = nil, unit: String? = nil, from: Day,
        reason: String = ""
    ) {
        self.number = number
        self.name = name
        self.unit = unit
        self.from = from
        self.reason = reason
    }
}

extension District {
    /// Gives a person, named by number or identity, another name, number or unit from a day on.
    ///
    /// - Throws: `Refusal.invalid` beside each field that cannot be taken.
    package func change(
        _ written: String, to change: PersonChange, by actor: Actor
    ) async throws -> Person {
        try await database.write { db in
            guard let person = try PersonStore(db: db).find(written: written) else {
                throw Refusal.invalid(
                    "人员", zh: "没有编号为“\(written)”的人员。", en: "Nobody has the number “\(written)”.")
            }
            return try self.change(person, to: change, by: actor, db)
        }
    }

    /// The same inside a write, for a person who was found already.
    package func change(
        _ person: Person, to change: PersonChange, by actor: Actor, _ db: Connection
    ) throws -> Person {
        var faults: [Fault] = []
        let name = try change.name.flatMap { try read($0, .name, &faults) } ?? person.name
        let number = try change.number.flatMap { try read($0, .number, &faults) } ?? person.number
        let unit = try change.unit.flatMap { try self.unit($0, change.from, &faults, db) }
        let now = Person(id: person.id, number: number, name: name, unit: unit ?? person.unit)
        try checkDay(change.from, person, &faults, db)
        try checkFree(now, person, &faults, db)
        guard faults.isEmpty else { throw Refusal.invalid(faults) }
        guard now.isOther(than: person) else {
            throw Refusal.conflict(zh: "没有任何改动。", en: "Nothing would be changed.")
        }
        let reason = try Refusal.cleaned(change.reason, at: "because", lines: true).trimmed
        try note(now, instead: person, on: change.from, because: reason, by: actor, db)
        return now
    }

    /// Writes a change that was checked, with its row of the audit.
    func note(
        _ now: Person, instead person: Person, on day: Day, because reason: String,
        importID: String? = nil, by actor: Actor, _ db: Connection
    ) throws {
        let moment = self.now()
        let id = try PersonChangeStore(db: db).change(
            person, to: now, on: day, because: reason, importID: importID, at: moment, by: actor)
        try Audit(db, key: key).record(
            "person.changed", id.text, by: actor, at: moment, quietly: true)
    }

    /// What of a person is written as a text of its own.
    enum Item { case name, number }

    func read(
        _ text: String, _ item: Item, _ faults: inout [Fault]
    ) throws -> String? {
        do {
            let read = try StructureText.read(text, item == .name ? "name" : "number")
            return read.isEmpty ? nil : read
        } catch {
            faults.append(
                Fault(
                    item == .name ? Self.nameLabel : Self.numberLabel,
                    at: item == .name ? "name" : "number", zh: error.words.zh, en: error.words.en))
            return nil
        }
    }

    func unit(
        _ written: String, _ day: Day, _ faults: inout [Fault], _ db: Connection
    ) throws -> OrgUnit.ID? {
        guard !written.trimmed.isEmpty else { return nil }
        let structure = try structure(db)
        let code = try StructureText.read(written, "unit")
        switch UnitReading(structure, on: day).found(code, at: "unit", Self.unitLabel) {
        case .success(let unit): return unit.unit
        case .failure(let fault):
            faults.append(fault)
            return nil
        }
    }

    /// A change is of a day that has come, and of none before the last change.
    private func checkDay(
        _ day: Day, _ person: Person, _ faults: inout [Fault], _ db: Connection
    ) throws {
        let words: Wording?
        if day > now().day {
            words = Wording(zh: "\(day) 还没有到。", en: "\(day) has not come yet.")
        } else if let last = try PersonChangeStore(db: db).history(of: person.id).first?.changedOn,
            day < last
        {
            words = Wording(
                zh: "上次变更自\(last)起，本次不能早于该日。",
                en: "The last change holds from \(last): this one cannot lie before it.")
        } else {
            words = nil
        }
        if let words {
            faults.append(Fault(Self.dayLabel, at: "from", zh: words.zh, en: words.en))
        }
    }

    /// A number leads to one person, now and ever; a name without number to one in its unit.
    func checkFree(
        _ now: Person, _ person: Person, _ faults: inout [Fault], _ db: Connection
    ) throws {
        let store = PersonStore(db: db)
        if let number = now.number, number != person.number {
            if let deleted = try store.deletion(ofNumber: number) {
                faults.append(
                    Fault(
                        Self.numberLabel, at: "number",
                        zh: "编号“\(number)”曾属于已于\(deleted.day)删除信息的人，请另编编号。",
                        en: "The number “\(number)” was somebody's whose data were deleted on "
                            + "\(deleted.day): give another one."))
            } else if try store.find(number: number).contains(where: { $0.id != person.id }) {
                faults.append(
                    Fault(
                        Self.numberLabel, at: "number", zh: "编号“\(number)”已有人使用。",
                        en: "The number “\(number)” is taken."))
            }
        }
        if now.number == nil, now.isOther(than: person) {
            let others = try store.find(name: now.name)
                .filter { $0.id != person.id && $0.unit == now.unit }
            if let other = others.first {
                faults.append(
                    Fault(
                        Self.nameLabel, at: "name",
                        zh: "该单位已有“\(now.name)”（\(other.number ?? other.id.text)），请同时给出人员编号。",
                        en: "The unit has “\(now.name)” (\(other.number ?? other.id.text)) "
                            + "already: give a number as well."))
            }
        }
    }

    static let nameLabel = Wording(zh: "姓名", en: "Name")
    private static let numberLabel = Wording(zh: "人员编号", en: "Number")
    static let unitLabel = Wording(zh: "单位", en: "Unit")
    private static let dayLabel = Wording(zh: "起始日期", en: "From")
}

extension Person {
    /// Whether another name, number or unit is known than of the same person before.
    func isOther(than person: Person) -> Bool {
        name != person.name || number != person.number || unit != person.unit
    }
}
