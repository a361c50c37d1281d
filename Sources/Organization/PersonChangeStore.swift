import Core
import Foundation
import Storage

/// What was known of a person until a day, when their name, number or unit became another.
package struct FormerPerson: Sendable {
    package typealias ID = Core.ID<FormerPerson>

    package let id: ID
    package let person: Person.ID
    /// The first day of what followed.
    package let changedOn: Day
    package let number: String?
    package let name: String
    package let unit: OrgUnit.ID
    package let reason: String
    /// The file that brought the change; nil where somebody made it by itself.
    package let importID: String?
    package let changedAt: Moment
    package let changedBy: String

    /// The most changes of one person that are listed.
    package static let perPerson = 100
}

/// Every statement on what was known of persons before it changed.
///
/// A former number goes on leading to its person: lists that were printed and files that come late
/// still name it. A former name leads there for the administrator who looks for somebody, and is
/// told to the person; nobody else sees it.
package struct PersonChangeStore {
    private let db: Connection

    package init(db: Connection) { self.db = db }

    package static let marked = MarkedTable(
        "person_change",
        [
            "person_id", "changed_on", "number", "name", "unit_id", "reason", "import_id",
            "changed_at", "changed_by", "number_mark",
        ])

    /// What a person was called before, the newest first.
    package func history(of person: Person.ID) throws -> [FormerPerson] {
        try db.rows(
            """
            SELECT * FROM person_change WHERE person_id = \(person)
            ORDER BY changed_on DESC, id DESC LIMIT \(FormerPerson.perPerson)
            """
        ).map(FormerPerson.init)
    }

    /// Who stands and had a name before, under the name they have now.
    package func find(formerName name: String) throws -> [Person] {
        let ids = try db.rows(
            """
            SELECT DISTINCT person_id FROM person_change WHERE sort_name = \(sortName(name))
            ORDER BY person_id LIMIT 20
            """
        ).map { try $0.at(0, as: Person.ID.self) }
        return ids.isEmpty ? [] : try PersonStore(db: db).find(ids)
    }

    /// Makes a person another, and keeps what they were until then.
    package func change(
        _ person: Person, to now: Person, on day: Day, because reason: String,
        importID: String?, at moment: Moment, by actor: Actor
    ) throws -> FormerPerson.ID {
        let id = FormerPerson.ID.make()
        try db.execute(
            """
            INSERT INTO person_change (id, person_id, changed_on, number, name, sort_name, unit_id,
                reason, import_id, changed_at, changed_by)
            VALUES (\(id), \(person.id), \(day), \(person.number), \(person.name),
                \(sortName(person.name)), \(person.unit), \(reason), \(importID), \(moment),
                \(actor.name))
            """)
        try db.seal(Self.marked, where: "id = \(id)")
        try db.execute(
            """
            UPDATE person SET number = \(now.number), name = \(now.name),
                sort_name = \(sortName(now.name)), unit_id = \(now.unit)
            WHERE id = \(person.id)
            """)
        try PersonStore(db: db).seal([person.id.text])
        return id
    }

    /// Whether a file changed somebody, so that it cannot be taken back as a whole.
    package func hasChanges(ofImport id: String) throws -> Bool {
        try db.value(
            "SELECT 1 FROM person_change WHERE import_id = \(id) LIMIT 1", as: Int.self) != nil
    }

    /// Takes what was known of persons before, together with what is known of them now. That
    /// something changed, on which day and by whom, stays; of a number, its keyed mark.
    package func blank(_ persons: [String], unit: OrgUnit.ID) throws {
        let store = PersonStore(db: db)
        for row in try db.rows(
            """
            SELECT id, number FROM person_change
            WHERE person_id IN (\(values: persons)) AND number IS NOT NULL
            """)
        {
            try db.execute(
                """
                UPDATE person_change SET number_mark = \(store.mac(ofNumber: row.get("number")))
                WHERE id = \(row.get("id", as: String.self))
                """)
        }
        try db.execute(
            """
            UPDATE person_change SET name = \(Person.withheld), sort_name = '', number = NULL,
                unit_id = \(unit), reason = ''
            WHERE person_id IN (\(values: persons))
            """)
        try db.seal(Self.marked, where: "person_id IN (\(values: persons))")
    }

    /// The changes that the audit names and no row tells of, for `verify`.
    package func missing() throws -> [String] {
        try db.rows(
            """
            SELECT a.subject FROM audit a WHERE a.action = 'person.changed'
                AND NOT EXISTS (SELECT 1 FROM person_change c WHERE c.id = a.subject)
            ORDER BY a.seq LIMIT 20
            """
        ).map { try $0.at(0) }
    }
}

extension FormerPerson {
    fileprivate init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), person: try row.get("person_id"),
            changedOn: try row.get("changed_on"), number: try row.optional("number"),
            name: try row.get("name"), unit: try row.get("unit_id"),
            reason: try row.get("reason"), importID: try row.optional("import_id"),
            changedAt: try row.get("changed_at"), changedBy: try row.get("changed_by"))
    }
}
