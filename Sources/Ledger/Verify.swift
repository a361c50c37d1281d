import Catalogue
import Core
import Organization
import Storage

extension District {
    /// Checks the audit chain, the positions, every digest, the imports, `reach` and the days of
    /// records, and says where each breaks. Reads one snapshot and changes nothing.
    package func verify(_ db: Connection) throws -> [Finding] {
        var check = Verification(district: self, db: db)
        try check.run()
        return check.findings
    }
}

/// One run of the checks over one snapshot.
private struct Verification {
    let district: District
    let db: Connection
    private(set) var findings: [Finding] = []
    /// The stored digest of what stands at each position; index 0 is unused.
    private var digests: [String] = []
    private var imports: [Row] = []
    private var published: [String: AuditRow] = [:]
    private var reversed: [String: AuditRow] = [:]

    /// Past so many findings the rest are likely one cause, and the list stops.
    static let findingLimit = 200

    init(district: District, db: Connection) {
        self.district = district
        self.db = db
    }

    mutating func run() throws {
        let head = try Audit(db, key: district.key).position()
        digests = [String](repeating: "", count: head + 1)
        imports = try db.rows(
            "SELECT id, what, base, reversed, digest, file_digest FROM import ORDER BY id")
        try checkRecords()
        try checkStructure()
        try checkChain(head)
        try checkImports()
        try checkReach()
        try checkDays()
    }

    private mutating func find(_ sentence: String) {
        if findings.count < Self.findingLimit { findings.append(Finding(sentence)) }
    }

    private mutating func place(_ digest: String, at position: Int, _ what: String) {
        guard position > 0, position < digests.count else {
            find("\(what) stands at position \(position), past the ledger's head")
            return
        }
        if !digests[position].isEmpty { find("two things stand at position \(position)") }
        digests[position] = digest
    }

    // MARK: Records

    private mutating func checkRecords() throws {
        var persons: [String: [String]] = [:]
        try db.each("SELECT record_id, role, person_id FROM record_person") { row in
            persons[try row.at(0), default: []].append(
                try row.at(1, as: String.self) + ":" + row.at(2, as: String.self))
        }
        var subjects: [String: [String]] = [:]
        try db.each("SELECT record_id, kind, code FROM record_subject") { row in
            subjects[try row.at(0), default: []].append(
                try row.at(1, as: String.self) + ":" + row.at(2, as: String.self))
        }
        var privates: [String: String] = [:]
        try db.each("SELECT record_id, salt, body FROM record_private") { row in
            let id = try row.at(0, as: Record.ID.self)
            // What does not open was changed, or sealed with another key: it has no digest.
            let values = try? PrivateValues(
                sealed: (salt: row.at(1), body: row.at(2)), district.sealedKey, for: id)
            privates[id.text] = values?.digest ?? ""
        }
        var found: [(sentence: String, position: Int?, digest: String)] = []
        try db.each(
            """
            SELECT r.*, i.base AS base FROM record r LEFT JOIN import i ON i.id = r.import_id
            """
        ) { row in
            let id = try row.get("id", as: String.self)
            let stored = try row.get("digest", as: String.self)
            let position: Int? =
                try row.optional("import_id", as: String.self) == nil
                ? row.get("ordinal")
                : row.optional("base", as: Int.self).map {
                    try $0 + row.get("ordinal", as: Int.self)
                }
            let content = try Self.content(row, persons[id] ?? [], subjects[id] ?? [])
            let isSaid = try row.get("content", as: String.self) == content
            let secret = try row.optional("private_digest", as: String.self)
            let digest = Record.digest(
                id: ID(trusted: id), content: content, reason: try row.optional("reason"),
                privates: secret, at: try row.get("recorded_at"), by: try row.get("recorded_by"))
            var sentence = ""
            if digest != stored || !isSaid {
                sentence = "the record \(id) was changed: it is not what its digest says"
            } else if let here = privates[id], here != secret {
                sentence = "the private values of the record \(id) were changed"
            }
            if position != nil || !sentence.isEmpty { found.append((sentence, position, stored)) }
        }
        for one in found {
            if !one.sentence.isEmpty { find(one.sentence) }
            if let position = one.position { place(one.digest, at: position, "a record") }
        }
    }

    /// What a record's row says, fingerprinted as its entry was.
    private static func content(
        _ row: Row, _ persons: [String], _ subjects: [String]
    ) throws -> String {
        var parts: [String?] = [
            try row.get("kind"), try row.get("unit_id"), try row.optional("place_id"),
            try row.get("happened_on"), try row.optional("until_on"), try row.optional("ref"),
            try row.optional("reverses"), try row.optional("ends"),
        ]
        for measure in ["m1", "m2", "m3", "m4"] {
            parts.append(try row.optional(measure, as: Int.self).map(String.init))
        }
        parts.append(try row.get("fields", as: String.self))
        parts += persons.sorted()
        parts.append("|")
        parts += subjects.sorted()
        return String(Fingerprint(parts).text.prefix(32))
    }

    // MARK: Structure

    private mutating func checkStructure() throws {
        for table in [
            "reorganization", "org_unit_version", "org_link", "lineage", "person_join",
        ] {
            let columns = StructureRow.contents(of: table)
            var found: [(id: String, position: Int, stored: String, isWhole: Bool)] = []
            try db.each(
                """
                SELECT \(columns.map { "\(name: $0)" as SQL }.joined(separator: ", ")),
                    position, digest
                FROM \(name: table)
                """
            ) { row in
                let values = columns.map { row[$0] ?? .null }
                let stored = try row.get("digest", as: String.self)
                found.append(
                    (
                        try row.get("id"), try row.get("position"), stored,
                        StructureRow.digest(table: table, values: values) == stored
                    ))
            }
            for one in found {
                if !one.isWhole {
                    find("the row \(one.id) of \(table) was changed: its digest differs")
                }
                place(one.stored, at: one.position, "a row of \(table)")
            }
        }
    }

    // MARK: The chain

    private mutating func checkChain(_ head: Int) throws {
        var rows: [(row: AuditRow, hash: String)] = []
        try db.each("SELECT * FROM audit ORDER BY seq") { row in
            rows.append((try AuditRow(row), try row.get("hash")))
        }
        var gap = try Gap(db)
        var hash = ""
        var expected = 1
        var position = 0
        for (row, stored) in rows {
            (hash, expected) = follow(&gap, from: hash, at: expected, before: row.seq)
            if gap.spent[row.seq] != nil {
                find("the audit row \(row.seq) stands both in the audit and among the spent")
            }
            if row.seq != expected {
                find("the audit row \(expected) is missing or out of order")
                expected = row.seq
            }
            expected += 1
            if district.key.link(hash, row.parts) != stored {
                find("the audit row \(row.seq) (\(row.action)) breaks the chain")
            }
            hash = stored
            position = try checkCoverage(row, after: position)
            if row.action == "import.published" { published[row.subject] = row }
            if row.action == "import.reversed" { reversed[row.subject] = row }
        }
        (hash, expected) = follow(&gap, from: hash, at: expected, before: .max)
        for seq in gap.spent.keys.sorted() where !gap.followed.contains(seq) {
            find("the spent audit row \(seq) stands outside the chain")
        }
        let kept = try db.first("SELECT seq, hash FROM ledger_head WHERE id = 1")
        if try kept?.get("hash", as: String.self) != hash
            || kept?.get("seq", as: Int.self) != expected - 1
        {
            find("the newest audit row is not the one the ledger's head names")
        }
        if position != head {
            find("the audit covers positions up to \(position), the ledger's head is \(head)")
        }
    }

    /// Rows whose time has passed: number, hash and keyed mark are left of them.
    private struct Gap {
        var spent: [Int: (hash: String, mac: String)] = [:]
        var followed: Set<Int> = []

        init(_ db: Connection) throws {
            try db.each("SELECT seq, hash, mac FROM audit_spent") { row in
                spent[try row.at(0)] = (try row.at(1), try row.at(2))
            }
        }
    }

    /// Follows the chain through spent rows; answers the hash and the number after them.
    private mutating func follow(
        _ gap: inout Gap, from hash: String, at seq: Int, before end: Int
    ) -> (String, Int) {
        var (hash, seq) = (hash, seq)
        while seq < end, let row = gap.spent[seq] {
            if district.key.spent(seq, hash: row.hash, after: hash) != row.mac {
                find("the spent audit row \(seq) was not spent by the holder of the key")
            }
            gap.followed.insert(seq)
            hash = row.hash
            seq += 1
        }
        return (hash, seq)
    }

    /// Checks the positions that an audit row covers; answers the last of them.
    private mutating func checkCoverage(_ row: AuditRow, after position: Int) throws -> Int {
        guard let first = row.first, let last = row.last else { return position }
        if first != position + 1 {
            find("the audit row \(row.seq) begins at position \(first), not \(position + 1)")
        }
        guard first > 0, first <= last, last < digests.count else {
            find("the audit row \(row.seq) covers positions past the ledger's head")
            return last
        }
        // An undoing posts nothing, and a file of persons stands at one position as a mark.
        var said: [String]?
        if row.action == "import.reversed" { said = [row.action, row.subject] }
        if row.action == "import.published" { said = try personsMark(row.subject).map { [$0] } }
        let posted = Array(digests[first...last])
        if Fingerprint(said ?? posted).text != row.digest {
            if said == nil, let hole = posted.firstIndex(of: "").map({ first + $0 }) {
                find("what stood at position \(hole) is gone (\(row.action) \(row.subject))")
            } else {
                find("positions \(first) to \(last) are not what \(row.action) posted")
            }
        }
        return last
    }

    /// The mark of a file of persons, which is all its one position stands for.
    private func personsMark(_ id: String) throws -> String? {
        for row in imports where try row.get("id") == id && row.get("what") == "persons" {
            return try row.get("file_digest")
        }
        return nil
    }

    private mutating func checkImports() throws {
        for row in imports {
            let id = try row.get("id", as: String.self)
            let base = try row.optional("base", as: Int.self)
            if base.map({ $0 + 1 }) != published[id]?.first {
                find("the import \(id) is published where the audit does not say so")
            } else if try row.optional("digest") != published[id]?.digest {
                find("the import \(id) does not hold what the audit says")
            }
            if try row.optional("reversed", as: Int.self) != reversed[id]?.first {
                find("the import \(id) is undone where the audit does not say so")
            }
        }
        let kept = Set(try imports.map { try $0.get("id", as: String.self) })
        for id in published.keys.sorted() where !kept.contains(id) {
            find("the import \(id) is gone")
        }
    }

    // MARK: What is derived

    private mutating func checkReach() throws {
        let wanted = Set(
            try StructureStore(db: db).load().reach(formAxis: district.formAxis))
        var kept: Set<Reach> = []
        try db.each(
            """
            SELECT unit_id, axis, ancestor_id, form, valid_from, valid_to FROM reach
            WHERE gone IS NULL
            """
        ) { row in
            kept.insert(try Reach(row))
        }
        for row in wanted.symmetricDifference(kept).prefix(5) {
            find("reach does not follow from the links: \(row.unit) \(row.axis) \(row.ancestor)")
        }
    }

    /// Records that count stand in units that existed on their day, or had been followed by then:
    /// a reorganization may be entered after records of its day.
    private mutating func checkDays() throws {
        let structure = try district.structure(db)
        var strangers: [String] = []
        try db.each("SELECT id, unit_id, happened_on FROM fact") { row in
            let unit = try row.get("unit_id", as: OrgUnit.ID.self)
            let day = try row.get("happened_on", as: Day.self)
            guard structure.version(unit, on: day) == nil else { return }
            let ended = structure.versions[unit]?.compactMap(\.to).max()
            let isFollowed = structure.successors[unit] != nil && ended.map { $0 <= day } ?? false
            if !isFollowed { strangers.append(try row.get("id")) }
        }
        for id in strangers { find("the unit of the record \(id) did not exist on its day") }
    }
}
