import Core
import Foundation
import Storage

/// A person known because they serve, joined, asked or consented. There is no register
/// of everybody: a person comes in with the file or record that names them.
package struct Person: Sendable {
    package typealias ID = Core.ID<Person>

    package let id: ID
    package let number: String?
    package let name: String
    package let unit: OrgUnit.ID

    /// The most entries that are taken for one person.
    static let entriesPerPerson = 100

    /// What stands where a name was erased, or may not be shown because its holder restricted it.
    package static let withheld = "＊＊＊"

    package init(id: ID, number: String?, name: String, unit: OrgUnit.ID) {
        self.id = id
        self.number = number
        self.name = name
        self.unit = unit
    }
}

/// Folds a name for matching and sorting: width, case, spaces and the kind of dot do not tell
/// persons apart.
package func sortName(_ name: String) -> String {
    Folding.key(name).filter { !$0.isWhitespace }
}

/// Every statement on persons.
package struct PersonStore {
    let db: Connection

    package init(db: Connection) { self.db = db }

    /// What of a person somebody may not change by hand.
    package static let marked = MarkedTable(
        "person", ["number", "name", "unit_id", "import_id", "erased_at", "number_mark"])

    /// Folds the names anew that an older program folded in another way, so that they are found.
    ///
    /// - Returns: how many there were.
    package func refold() throws -> Int {
        var stale: [(id: String, name: String)] = []
        try db.each("SELECT id, name, sort_name FROM person WHERE erased_at IS NULL") { row in
            let name = try row.at(1, as: String.self)
            guard try row.at(2, as: String.self) != sortName(name) else { return }
            stale.append((try row.at(0), name))
        }
        for (id, name) in stale {
            try db.execute(
                "UPDATE person SET sort_name = \(sortName(name)) WHERE id = \(id)")
        }
        return stale.count
    }

    /// Marks persons after something of theirs was written.
    package func seal(_ ids: some Sequence<String>) throws {
        try db.seal(Self.marked, where: "id IN (\(values: ids))")
    }

    /// What is kept of a number when its holder's data go.
    package func mac(ofNumber number: String) -> String {
        db.mac(["person number", Folding.key(number)])
    }

    /// When the data of who had a number were deleted; nil where nobody's were.
    package func deletion(ofNumber number: String) throws -> Moment? {
        try db.value(
            """
            SELECT MAX(erased_at) FROM person WHERE number_mark = \(mac(ofNumber: number))
                OR id IN (SELECT person_id FROM person_change
                    WHERE number_mark = \(mac(ofNumber: number)))
            """, as: Moment.self)
    }

    /// A person counts when no import brought them in, or a published one that stands. One whose
    /// data are erased or restricted is neither found nor named.
    let standing: SQL = """
        (p.import_id IS NULL OR EXISTS (SELECT 1 FROM import i
            WHERE i.id = p.import_id AND i.base IS NOT NULL AND i.reversed IS NULL))
        AND p.erased_at IS NULL AND p.restricted_at IS NULL
        """

    /// Who has a number, or had it before.
    package func find(number: String) throws -> [Person] {
        let spellings = Self.spellings(number)
        let found = try db.rows(
            """
            SELECT id, number, name, unit_id FROM person p
            WHERE number IN (\(values: spellings)) AND \(standing)
            ORDER BY id LIMIT 5
            """
        ).map(Person.init)
        guard found.isEmpty else { return found }
        return try db.rows(
            """
            SELECT id, number, name, unit_id FROM person p
            WHERE id IN (SELECT c.person_id FROM person_change c
                WHERE c.number IN (\(values: spellings))) AND \(standing)
            ORDER BY id LIMIT 5
            """
        ).map(Person.init)
    }

    /// A number as it may have been kept: as written, folded, and in either case.
    private static func spellings(_ number: String) -> [String] {
        let folded = Folding.identifier(number)
        return Set([number, folded, folded.uppercased(), folded.lowercased()]).sorted()
    }

    /// The person whom a number or an identity means, as answers print them.
    package func find(written: String) throws -> Person? {
        if let person = try find(number: written).first { return person }
        let folded = Folding.identifier(written)
        guard let id = Person.ID(folded) ?? Person.ID(folded.lowercased()) else { return nil }
        return try find([id]).first
    }

    /// A person's entries: the one whose name stands for all first, then those that were found to
    /// be the same person.
    package func entries(of person: Person.ID) throws -> [Person.ID] {
        let stands: SQL = """
            j.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM person_join n WHERE n.undoes = j.id)
            """
        let main =
            try db.value(
                """
                SELECT j.to_person FROM person_join j
                WHERE j.from_person = \(person) AND \(stands)
                """, as: Person.ID.self) ?? person
        let joined = try db.rows(
            """
            SELECT j.from_person FROM person_join j WHERE j.to_person = \(main) AND \(stands)
            ORDER BY j.from_person LIMIT \(Person.entriesPerPerson)
            """
        ).map { try $0.at(0, as: Person.ID.self) }
        return [main] + joined
    }

    package func find(name: String) throws -> [Person] {
        try db.rows(
            """
            SELECT id, number, name, unit_id FROM person p
            WHERE sort_name = \(sortName(name)) AND \(standing) ORDER BY id LIMIT 20
            """
        ).map(Person.init)
    }

    /// All persons with a number, by its key, for an import that names many of them; a number that
    /// somebody had before leads to them as well.
    package func numbers() throws -> [String: Person.ID] {
        var numbers: [String: Person.ID] = [:]
        try db.each(
            """
            SELECT c.number, p.id FROM person_change c JOIN person p ON p.id = c.person_id
            WHERE c.number IS NOT NULL AND \(standing) ORDER BY c.changed_on, c.id
            """
        ) { row in
            let number = try row.at(0, as: String.self)
            numbers[Folding.key(number)] = try row.at(1, as: Person.ID.self)
        }
        try db.each(
            "SELECT number, id FROM person p WHERE number IS NOT NULL AND \(standing)"
        ) { row in
            let number = try row.at(0, as: String.self)
            numbers[Folding.key(number)] = try row.at(1, as: Person.ID.self)
        }
        return numbers
    }

    /// Who has some numbers, or had them before, by the keys of these.
    package func numbered(among numbers: [String]) throws -> [String: Person] {
        let all = try self.numbers()
        let sought = Set(numbers.map(Folding.key)).intersection(all.keys)
        var persons: [Person.ID: Person] = [:]
        let ids = Set(sought.compactMap { all[$0] }).sorted { $0.text < $1.text }
        for start in stride(from: 0, to: ids.count, by: Self.soughtAtOnce) {
            for person in try find(ids[start..<min(start + Self.soughtAtOnce, ids.count)]) {
                persons[person.id] = person
            }
        }
        var found: [String: Person] = [:]
        for key in sought { found[key] = all[key].flatMap { persons[$0] } }
        return found
    }

    /// A name in a unit.
    package struct Namesake: Hashable, Sendable {
        let name: String
        let unit: OrgUnit.ID

        package init(_ name: String, in unit: OrgUnit.ID) {
            self.name = sortName(name)
            self.unit = unit
        }
    }

    /// What the persons who stand are called, unit by unit, with a number or identity of each.
    package func namesakes(of names: [String]) throws -> [Namesake: String] {
        var found: [Namesake: String] = [:]
        let sought = Set(names.map(sortName)).sorted()
        for start in stride(from: 0, to: sought.count, by: Self.soughtAtOnce) {
            let some = sought[start..<min(start + Self.soughtAtOnce, sought.count)]
            for row in try db.rows(
                """
                SELECT id, number, name, unit_id FROM person p
                WHERE sort_name IN (\(values: some)) AND \(standing) ORDER BY id
                """)
            {
                let person = try Person(row)
                found[Namesake(person.name, in: person.unit)] = person.number ?? person.id.text
            }
        }
        return found
    }

    private static let soughtAtOnce = 500

    /// Whether an import has staged a person without number whose name somebody who stands has in
    /// the same unit.
    package func hasTaken(namesOf importID: String) throws -> Bool {
        try db.value(
            """
            SELECT 1 FROM person n JOIN person p ON p.sort_name = n.sort_name
                AND p.unit_id = n.unit_id
            WHERE n.import_id = \(importID) AND n.number IS NULL AND p.id <> n.id
                AND \(standing) LIMIT 1
            """, as: Int.self) != nil
    }

    /// Whether somebody who stands has a number that an import has staged.
    package func hasTaken(numbersOf importID: String) throws -> Bool {
        let taken = try db.value(
            """
            SELECT 1 FROM person n JOIN person p ON p.number = n.number
            WHERE n.import_id = \(importID) AND p.id <> n.id AND (p.import_id IS NULL
                OR EXISTS (SELECT 1 FROM import i WHERE i.id = p.import_id
                    AND i.base IS NOT NULL AND i.reversed IS NULL)) LIMIT 1
            """, as: Int.self)
        let former = try db.value(
            """
            SELECT 1 FROM person n JOIN person_change c ON c.number = n.number
                JOIN person p ON p.id = c.person_id
            WHERE n.import_id = \(importID) AND p.id <> n.id AND \(standing) LIMIT 1
            """, as: Int.self)
        return taken != nil || former != nil
    }

    /// Persons by their identities.
    package func find(_ ids: some Sequence<Person.ID>) throws -> [Person] {
        try db.rows(
            """
            SELECT id, number, name, unit_id FROM person p
            WHERE id IN (\(values: ids)) AND \(standing) ORDER BY id
            """
        ).map(Person.init)
    }

    package func names(_ ids: [Person.ID]) throws -> [Person.ID: String] {
        var names: [Person.ID: String] = [:]
        for row in try db.rows(
            """
            SELECT id, CASE WHEN restricted_at IS NULL AND erased_at IS NULL THEN name
                ELSE \(Person.withheld) END
            FROM person WHERE id IN (\(values: ids))
            """)
        {
            names[try row.at(0)] = try row.at(1, as: String.self)
        }
        return names
    }

    package func insert(_ persons: [Person], importID: String?) throws {
        try db.insert(
            into: "person",
            ["id", "number", "name", "unit_id", "import_id", "sort_name", "mark"],
            persons.map { person in
                let said: [Value] = [
                    person.id.storageValue, person.number.storageValue, .text(person.name),
                    person.unit.storageValue, importID.storageValue,
                ]
                let mark = db.mark(of: Self.marked, said + [.null, .null])
                return said + [.text(sortName(person.name)), .text(mark)]
            })
    }
}

extension Person {
    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), number: try row.optional("number"), name: try row.get("name"),
            unit: try row.get("unit_id"))
    }
}
