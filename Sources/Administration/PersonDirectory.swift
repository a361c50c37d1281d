import Catalogue
import Core
import Ledger
import Organization
import Storage

/// Every statement with which an administrator looks at persons.
struct PersonDirectory {
    let db: Connection

    /// The most persons, posts or joins that a page lists.
    static let limit = 50

    /// A person who stands: one of an import that was undone is not found, and one whose data may
    /// not be used is not named.
    func find(_ id: Person.ID) throws -> Person? {
        let row = try db.first(
            """
            SELECT p.id, p.number, CASE WHEN p.restricted_at IS NULL THEN p.name
                ELSE \(Person.withheld) END AS name, p.unit_id FROM person p
            WHERE p.id = \(id) AND (p.import_id IS NULL OR EXISTS (SELECT 1 FROM import i
                WHERE i.id = p.import_id AND i.base IS NOT NULL AND i.reversed IS NULL))
            """)
        return try row.map { row in
            Person(
                id: try row.get("id"), number: try row.optional("number"),
                name: try row.get("name"), unit: try row.get("unit_id"))
        }
    }

    /// Persons by number or whole name, those they had before included.
    func search(_ text: String) throws -> [Person] {
        let store = PersonStore(db: db)
        let found =
            (try store.find(written: text).map { [$0] } ?? []) + (try store.find(name: text))
            + (try PersonChangeStore(db: db).find(formerName: text))
        return found.reduce(into: []) { list, person in
            if !list.contains(where: { $0.id == person.id }) { list.append(person) }
        }
    }

    /// A post that a person holds or held.
    struct Post: Sendable {
        let record: Record
        let last: Day?
    }

    /// The posts of a person, the newest first; posts are of the kinds that roles rest on.
    func posts(of person: Person.ID, in district: District) throws -> [Post] {
        let fact = Fact("f", asOf: try Audit(db, key: district.key).position())
        let kinds = Set(district.catalogue.roles.values.flatMap(\.posts).map(\.kind)).sorted()
        let ids = try db.rows(
            """
            SELECT DISTINCT f.id, f.happened_on
            FROM record_person p CROSS JOIN \(fact.source)
            WHERE p.person_id = \(person) AND f.id = p.record_id
                AND f.kind IN (\(values: kinds)) AND \(fact.counts)
            ORDER BY f.happened_on DESC, f.id DESC LIMIT \(Self.limit)
            """
        ).map { try $0.at(0, as: Record.ID.self) }
        let store = RecordStore(db: db)
        return try ids.compactMap { id in
            try store.find(id, in: .everything).map { record in
                let ends = [record.untilOn, try store.end(of: id)].compactMap { $0 }
                return Post(record: record, last: ends.min())
            }
        }
    }

    /// That two entries are one person, or were held to be.
    struct Join: Sendable {
        let id: String
        let from: Person.ID
        let to: Person.ID
        let day: Day
        /// The join it takes back, where it does.
        let undoes: String?
        let isUndone: Bool
        let reason: String?
        let at: Moment?
        let by: String?
    }

    /// Everything that was ever said of a person's being another, the newest first.
    func joins(of person: Person.ID) throws -> [Join] {
        try db.rows(
            """
            SELECT j.id, j.from_person, j.to_person, j.joined_on, j.undoes, n.id AS undone,
                w.reason, a.at, a.actor
            FROM person_join j
            LEFT JOIN person_join n ON n.undoes = j.id
            LEFT JOIN person_join_reason w ON w.join_id = j.id
            LEFT JOIN audit a ON a.subject = j.id
            WHERE j.from_person = \(person) OR j.to_person = \(person)
            ORDER BY j.position DESC LIMIT \(Self.limit)
            """
        ).map { row in
            Join(
                id: try row.get("id"), from: try row.get("from_person"),
                to: try row.get("to_person"), day: try row.get("joined_on"),
                undoes: try row.optional("undoes"),
                isUndone: try row.optional("undone", as: String.self) != nil,
                reason: try row.optional("reason"), at: try row.optional("at"),
                by: try row.optional("actor"))
        }
    }

    func keepReason(_ reason: String, of join: String) throws {
        try db.execute(
            """
            INSERT INTO person_join_reason (join_id, reason) VALUES (\(join), \(reason))
            """)
    }
}
