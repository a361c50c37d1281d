import Catalogue
import Core
import Organization
import Storage

/// Every statement on records, their persons, subjects and private values.
package struct RecordStore {
    let db: Connection

    package init(db: Connection) { self.db = db }

    /// Writes the rows of records, as they were made of entries.
    package func insert(_ rows: RecordRows) throws {
        try db.insert(into: "record", rows.columns, values: rows.records)
        try db.insert(
            into: "record_person", ["record_id", "role", "person_id"], values: rows.persons)
        try db.insert(into: "record_subject", ["record_id", "kind", "code"], values: rows.subjects)
        try db.insert(into: "record_private", ["record_id", "salt", "body"], values: rows.privates)
        try PairStore(db: db).insert(rows.pairs)
    }

    /// A posted record that the scope covers, reversed or not.
    package func find(_ id: Record.ID, in scope: Scope) throws -> Record? {
        try db.first(
            """
            SELECT r.* FROM posted r
            WHERE r.id = \(id) AND \(scope.condition(kind: "r.kind", unit: "r.unit_id"))
            """
        ).map(Record.init)
    }

    /// Those of some posted records that the scope covers, reversed or not.
    package func find(_ ids: [Record.ID], in scope: Scope) throws -> [Record.ID: Record] {
        guard !ids.isEmpty else { return [:] }
        let found = try db.rows(
            """
            SELECT r.* FROM posted r
            WHERE r.id IN (\(values: ids)) AND \(scope.condition(kind: "r.kind", unit: "r.unit_id"))
            """
        ).map(Record.init)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
    }

    /// The record itself and everything that ever referred to it, in the order of positions.
    package func history(_ id: Record.ID) throws -> [Record] {
        try db.rows(
            """
            SELECT r.* FROM posted r
            WHERE r.id = \(id) OR r.reverses = \(id) OR r.ends = \(id)
                OR r.reverses IN (SELECT e.id FROM posted e WHERE e.ends = \(id))
            ORDER BY position LIMIT 100
            """
        ).map(Record.init)
    }

    /// The record of one kind, or the end of one, that counts under a number: more than one never.
    package func find(kind: String, ref: String) throws -> Record.ID? {
        try known(kind: kind, refs: [ref])[ref]
    }

    /// The numbers of one kind among some that records or their ends bear in the ledger.
    package func known(kind: String, refs: [String]) throws -> [String: Record.ID] {
        var known: [String: Record.ID] = [:]
        for row in try db.rows(
            """
            SELECT r.ref, r.id FROM posted r
            WHERE r.kind = \(kind) AND r.ref IN (\(values: refs)) AND r.reverses IS NULL
                AND r.case_id IS NULL AND \(Record.isUnreversed("r"))
            """)
        {
            known[try row.at(0)] = try row.at(1, as: Record.ID.self)
        }
        return known
    }

    /// Which of some contents already stand in the ledger, with the position of each.
    package func known(contents: [String]) throws -> [String: Int] {
        var known: [String: Int] = [:]
        for row in try db.rows(
            """
            SELECT r.content, r.position FROM posted r
            WHERE r.content IN (\(values: contents)) AND r.reverses IS NULL
                AND r.case_id IS NULL AND \(Record.isUnreversed("r"))
            """)
        {
            known[try row.at(0)] = try row.at(1, as: Int.self)
        }
        return known
    }

    /// Whether a record counts now: posted, not reversed, and no reversal itself.
    package func counts(_ id: Record.ID) throws -> Bool {
        try db.value(
            """
            SELECT 1 FROM posted r WHERE r.id = \(id) AND r.reverses IS NULL
                AND \(Record.isUnreversed("r"))
            """, as: Int.self) != nil
    }

    /// The day of the mark that ends a record, where one counts.
    package func end(of id: Record.ID) throws -> Day? {
        try db.value(
            """
            SELECT MIN(r.happened_on) FROM posted r
            WHERE r.ends = \(id) AND \(Record.isUnreversed("r"))
            """, as: Day.self)
    }

    /// Whether anything of a kind was posted after a position.
    package func hasGrown(_ kind: String, since position: Int) throws -> Bool {
        try db.value(Self.growth(kind, since: position), as: Int.self) != nil
    }

    /// Written one by one a record stands at its own position; a file's records stand behind the
    /// base of their import, which names their kind. Both are found from the newest end.
    package static func growth(_ kind: String, since position: Int) -> SQL {
        """
        SELECT 1 AS grown WHERE EXISTS (
            SELECT 1 FROM record r
            WHERE r.import_id IS NULL AND r.ordinal > \(position) AND r.kind = \(kind))
        OR EXISTS (
            SELECT 1 FROM import i WHERE i.kind = \(kind) AND i.base + i.row_count > \(position)
                AND i.reversed IS NULL)
        """
    }

    package func persons(of id: Record.ID) throws -> [Entry.Participant] {
        try db.rows(
            "SELECT role, person_id FROM record_person WHERE record_id = \(id) ORDER BY role"
        ).map { Entry.Participant(role: try $0.at(0), person: try $0.at(1)) }
    }

    package func subjects(of id: Record.ID) throws -> [Entry.Subject] {
        try db.rows(
            "SELECT kind, code FROM record_subject WHERE record_id = \(id) ORDER BY kind, code"
        ).map { Entry.Subject(kind: try $0.at(0), code: try $0.at(1)) }
    }
}

extension Record {
    /// What the audit covers of one record.
    package static func digest(
        id: ID, content: String, reason: String?, privates: String?, at: Moment, by: String
    ) -> String {
        Fingerprint([id.text, content, reason, privates, String(at.milliseconds), by]).text
    }
}

/// Private values with their salt: the record keeps only the digest, so they can be erased.
package struct PrivateValues {
    package let salt: String
    package let body: String

    package init(_ values: [String: String]) {
        var generator = SystemRandomNumberGenerator()
        salt = hexadecimal((0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) })
        body = jsonObject(values)
    }

    package init(salt: String, body: String) {
        self.salt = salt
        self.body = body
    }

    package var digest: String { Fingerprint([salt, body]).text }

    /// As they are kept, bound to their record. The salt is sealed as well: beside it, the digest
    /// of a telephone number would tell the number to whoever tries them all.
    package func sealed(
        _ key: SecretKey, for record: Record.ID
    ) throws -> (salt: String, body: String) {
        (
            try key.seal(text: salt, for: "salt of \(record)"),
            try key.seal(text: body, for: "body of \(record)")
        )
    }

    /// - Throws: `Refusal.conflict` when they were changed, or sealed with another key.
    package init(
        sealed: (salt: String, body: String), _ key: SecretKey, for record: Record.ID
    ) throws {
        salt = try key.open(text: sealed.salt, for: "salt of \(record)")
        body = try key.open(text: sealed.body, for: "body of \(record)")
    }

    package var values: [String: String] { Record.fields(body) }
}
