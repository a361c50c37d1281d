import Core
import Ledger
import Organization
import Storage

/// What was erased under a right: the codes of persons, records and files, never what they held.
package struct Erasure: Sendable, Hashable {
    let id: String
    let persons: [String]
    /// The records whose private values and salts went, and the entries that went before they
    /// became records.
    let records: [String]
    let evidence: [String]
    let at: Moment

    /// What the audit covers of it.
    var digest: String { Fingerprint(parts).text }

    var parts: [String?] {
        [
            "erasure", id, persons.joined(separator: ","), records.joined(separator: ","),
            evidence.joined(separator: ","), String(at.milliseconds),
        ]
    }

    var isEmpty: Bool { persons.isEmpty && records.isEmpty && evidence.isEmpty }
}

/// Every statement that erases, and on the table of erasures.
struct ErasureStore {
    let db: Connection
    private let declared: [DataDeclaration]
    /// Entries of any feature that are no records yet.
    let unfinished: [any UnfinishedEntries]

    init(_ db: Connection, _ district: District) {
        self.db = db
        declared = district.declared
        unfinished = declared.compactMap { $0.unfinished?(db, district.sealedKey) }
    }

    /// Ids in one statement.
    private static let chunk = 500

    /// Takes the values away. A second time it finds nothing left to take.
    ///
    /// - Parameter unit: the unit that stands where a person's own stood.
    func apply(_ erasure: Erasure, unit: OrgUnit.ID) throws {
        try blank(persons: erasure.persons, unit: unit, at: erasure.at)
        try blank(evidence: erasure.evidence)
        try deletePrivates(of: erasure.records)
        for entries in unfinished { try entries.delete(erasure.records) }
        for ids in erasure.records.chunks(of: Self.chunk) {
            try blankRemarks(about: .records, "\(values: ids)")
        }
    }

    /// Takes names, and with them what somebody wrote about these persons as a reason, and the
    /// entries that name them and are no records yet.
    func blank(persons: [String], unit: OrgUnit.ID, at moment: Moment) throws {
        // First: without number and name they would not be found.
        for entries in unfinished {
            try entries.delete(try entries.naming(persons, kinds: nil))
        }
        let store = PersonStore(db: db)
        for ids in persons.chunks(of: Self.chunk) {
            // The number goes, and a keyed mark of it stays: who brings it again is told why
            // nobody has it.
            for row in try db.rows(
                """
                SELECT id, number FROM person WHERE id IN (\(values: ids)) AND number IS NOT NULL
                """)
            {
                let mark = store.mac(ofNumber: try row.get("number"))
                try db.execute(
                    """
                    UPDATE person SET number_mark = \(mark)
                    WHERE id = \(row.get("id", as: String.self))
                    """)
            }
            try db.execute(
                """
                UPDATE person SET name = \(Person.withheld), sort_name = '', number = NULL,
                    unit_id = \(unit), erased_at = COALESCE(erased_at, \(moment))
                WHERE id IN (\(values: ids))
                """)
            try store.seal(ids)
            try PersonChangeStore(db: db).blank(ids, unit: unit)
            try blankRemarks(about: .persons, "\(values: ids)")
            try blankRemarks(
                about: .records,
                "SELECT m.record_id FROM record_person m WHERE m.person_id IN (\(values: ids))")
        }
    }

    private func blankRemarks(about subject: Remark.Subject, _ ids: SQL) throws {
        for remark in declared.flatMap(\.remarks) where remark.subject == subject {
            let column: SQL = "\(name: remark.column)"
            try db.execute(
                """
                UPDATE \(name: remark.table) SET \(column) = ''
                WHERE \(column) <> '' AND \(remark.condition(ids))
                """)
        }
    }

    func blank(evidence: [String]) throws {
        for ids in evidence.chunks(of: Self.chunk) {
            try db.execute(
                """
                UPDATE evidence SET file_name = '' WHERE file_name <> '' AND id IN (\(values: ids))
                """)
            try db.execute(
                """
                UPDATE released_picture SET thumbnail = ''
                WHERE thumbnail <> '' AND evidence_id IN (\(values: ids))
                """)
        }
    }

    func deletePrivates(of records: [String]) throws {
        for ids in records.chunks(of: Self.chunk) {
            try db.execute("DELETE FROM record_private WHERE record_id IN (\(values: ids))")
        }
    }

    func insert(_ erasure: Erasure, request: String?) throws {
        try db.execute(
            """
            INSERT INTO erasure (id, request_id, persons, records, evidence, erased_at, digest)
            VALUES (\(erasure.id), \(request), \(erasure.persons.joined(separator: ",")),
                \(erasure.records.joined(separator: ",")),
                \(erasure.evidence.joined(separator: ",")), \(erasure.at), \(erasure.digest))
            """)
    }

    func all() throws -> [Erasure] {
        var erasures: [Erasure] = []
        try db.each("SELECT * FROM erasure ORDER BY erased_at, id") { row in
            erasures.append(try Erasure(row))
        }
        return erasures
    }

    func has(_ id: String) throws -> Bool {
        try db.value("SELECT 1 FROM erasure WHERE id = \(id)", as: Int.self) != nil
    }
}

extension Erasure {
    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), persons: Erasure.list(try row.get("persons")),
            records: Erasure.list(try row.get("records")),
            evidence: Erasure.list(try row.get("evidence")), at: try row.get("erased_at"))
    }

    static func list(_ text: String) -> [String] {
        text.split(separator: ",").map(String.init)
    }
}
