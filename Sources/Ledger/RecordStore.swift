import Catalogue
import Core
import Organization
import Storage

/// Every statement on records, their persons, subjects and private values.
package struct RecordStore {
    let db: Connection

    package init(db: Connection) { self.db = db }

    /// Writes entries at the ordinals from `first` on: positions, or places in an import.
    ///
    /// - Parameters:
    ///   - kinds: what the catalogue knows, which says what of them may be looked for.
    ///   - key: the key of what is sealed, for the private values.
    /// - Returns: the digest of each record, in order.
    package func insert(
        _ entries: [Entry], from first: Int, importID: String?, by actor: Actor, at moment: Moment,
        kinds: [String: Kind], sealedWith key: SecretKey
    ) throws -> [String] {
        var records: [[Value]] = []
        var persons: [[Value]] = []
        var subjects: [[Value]] = []
        var privates: [[Value]] = []
        var digests: [String] = []
        for (offset, entry) in entries.enumerated() {
            let apart = entry.sealingReason(kinds[entry.kind])
            let secret = apart.privates.isEmpty ? nil : PrivateValues(apart.privates)
            let content = entry.content
            let digest = Record.digest(
                id: entry.id, content: content, reason: apart.reason, privates: secret?.digest,
                at: moment, by: actor.name)
            digests.append(digest)
            records.append([
                entry.id.storageValue, importID.storageValue, .integer(Int64(first + offset)),
                .text(entry.kind), entry.unit.storageValue, entry.place.storageValue,
                entry.happenedOn.storageValue, entry.untilOn.storageValue, entry.measure(0),
                entry.measure(1), entry.measure(2), entry.measure(3), .text(entry.fieldsJSON),
                entry.ref.storageValue, entry.reverses.storageValue, entry.ends.storageValue,
                apart.reason.storageValue, .text(content), (secret?.digest).storageValue,
                moment.storageValue, .text(actor.name), .text(digest), entry.minute.storageValue,
            ])
            for one in Set(entry.persons) {
                persons.append([
                    entry.id.storageValue, .text(one.role), one.person.storageValue,
                ])
            }
            for one in Set(entry.subjects) {
                subjects.append([entry.id.storageValue, .text(one.kind), .text(one.code)])
            }
            if let secret {
                let sealed = try secret.sealed(key, for: entry.id)
                privates.append([
                    entry.id.storageValue, .text(sealed.salt), .text(sealed.body),
                ])
            }
        }
        try db.insert(into: "record", RecordStore.columns, records)
        try db.insert(into: "record_person", ["record_id", "role", "person_id"], persons)
        try db.insert(into: "record_subject", ["record_id", "kind", "code"], subjects)
        try db.insert(into: "record_private", ["record_id", "salt", "body"], privates)
        try PairStore(db: db).insert(entries, kinds)
        return digests
    }

    private static let columns = [
        "id", "import_id", "ordinal", "kind", "unit_id", "place_id", "happened_on", "until_on",
        "m1", "m2", "m3", "m4", "fields", "ref", "reverses", "ends", "reason", "content",
        "private_digest", "recorded_at", "recorded_by", "digest", "minute",
    ]

    /// A posted record that the scope covers, reversed or not.
    package func find(_ id: Record.ID, in scope: Scope) throws -> Record? {
        try db.first(
            """
            SELECT r.* FROM posted r
            WHERE r.id = \(id) AND \(scope.condition(kind: "r.kind", unit: "r.unit_id"))
            """
        ).map(Record.init)
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
                AND \(Record.isUnreversed("r"))
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
                AND \(Record.isUnreversed("r"))
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

extension Entry {
    fileprivate func measure(_ index: Int) -> Value {
        index < measures.count ? measures[index].storageValue : .null
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
