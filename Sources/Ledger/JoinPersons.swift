import Accounts
import Core
import Organization
import Storage

extension District {
    /// Joins two entries found to be one person, each by number or identity: distinct counts follow
    /// from this position on.
    ///
    /// - Returns: the join's id, by which it can be undone.
    package func join(_ number: String, into other: String, on day: Day, by actor: Actor)
        async throws -> String
    {
        try await database.write { db in
            let persons = PersonStore(db: db)
            func known(_ written: String) throws -> Person {
                if let person = try persons.find(written: written) { return person }
                throw Refusal.invalid(
                    "人员", zh: "没有编号为“\(written)”的人员。", en: "Nobody has the number “\(written)”.")
            }
            let (from, to) = (try known(number), try known(other))
            return try join(from.id, into: to.id, on: day, by: actor, db)
        }
    }

    /// The same inside a write, for two persons who were found already.
    ///
    /// - Throws: `Refusal.invalid` beside the field “into” when an administrator would have another
    ///   account.
    package func join(
        _ from: Person.ID, into to: Person.ID, on day: Day, by actor: Actor, _ db: Connection
    ) throws -> String {
        guard from != to else {
            throw Refusal.conflict(zh: "两个编号是同一人。", en: "Both numbers are one person.")
        }
        let joins = PersonJoinStore(db: db)
        if try joins.isJoined(from) || joins.isJoined(to) || joins.isTarget(from) {
            throw Refusal.conflict(
                zh: "其中一人已经合并过，请先撤销。",
                en: "One of the two is joined already: undo that first.")
        }
        try AccountStore(db).requireJoinable(from, into: to)
        return try post(from, to, day, undoes: nil, by: actor, db)
    }

    /// Takes a join back.
    package func undoJoin(_ id: String, on day: Day, by actor: Actor) async throws {
        try await database.write { db in try undoJoin(id, on: day, by: actor, db) }
    }

    /// The same inside a write.
    package func undoJoin(
        _ id: String, on day: Day, by actor: Actor, _ db: Connection
    ) throws {
        guard let (from, to) = try PersonJoinStore(db: db).standing(id) else {
            throw Refusal.notFound
        }
        _ = try post(from, to, day, undoes: id, by: actor, db)
    }

    private func post(
        _ from: Person.ID, _ to: Person.ID, _ day: Day, undoes: String?, by actor: Actor,
        _ db: Connection
    ) throws -> String {
        let audit = Audit(db, key: key)
        let position = try audit.claim(1)
        let id = ID<Person>.make().text
        let values: [Value] = [
            .text(id), from.storageValue, to.storageValue, day.storageValue, undoes.storageValue,
        ]
        let digest = StructureRow.digest(table: "person_join", values: values)
        try db.insert(
            into: "person_join", StructureRow.columns(of: "person_join"),
            [values + [.integer(Int64(position)), .text(digest)]])
        try audit.record(
            undoes == nil ? "person.joined" : "person.parted", id, by: actor, at: now(),
            covering: .init(first: position, last: position, digest: Fingerprint([digest]).text))
        return id
    }
}

/// Every statement on joins of persons.
private struct PersonJoinStore {
    let db: Connection

    private let stands: SQL = """
        j.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM person_join n WHERE n.undoes = j.id)
        """

    func isJoined(_ person: Person.ID) throws -> Bool {
        try db.value(
            "SELECT 1 FROM person_join j WHERE j.from_person = \(person) AND \(stands)",
            as: Int.self) != nil
    }

    func isTarget(_ person: Person.ID) throws -> Bool {
        try db.value(
            "SELECT 1 FROM person_join j WHERE j.to_person = \(person) AND \(stands)",
            as: Int.self) != nil
    }

    func standing(_ id: String) throws -> (Person.ID, Person.ID)? {
        try db.first(
            "SELECT from_person, to_person FROM person_join j WHERE j.id = \(id) AND \(stands)"
        ).map { (try $0.at(0), try $0.at(1)) }
    }
}
