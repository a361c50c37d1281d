import Core
import Organization
import Storage

extension Verification {
    /// Checks the next records: each is what its digest says, stands at a position that there is,
    /// and, where it counts, in a unit of its day. Answers where to go on; nil at the end.
    ///
    /// The whole ledger is read by identities, with what imports staged and never published; since
    /// a verified head it is read by positions.
    mutating func checkRecords(
        after last: String, position: Int, _ db: Connection
    ) throws -> (id: String, position: Int)? {
        let end = min(newest, position + Self.batch)
        let rows = try db.rows(start == 0 ? byIdentity(after: last) : byPosition(position, end))
        let now = try Audit(db, key: district.key).position()
        let beside = try Beside(
            db, try rows.map { try $0.get("id") }, district.sealedKey)
        for row in rows { try check(row, beside, now: now) }
        try checkDays(rows, db)
        if start > 0 { return end < newest ? (last, end) : nil }
        return try rows.last.map { (try $0.get("id"), 0) }
    }

    private func byIdentity(after last: String) -> SQL {
        """
        SELECT r.*, i.base AS base FROM record r LEFT JOIN import i ON i.id = r.import_id
        WHERE r.id > \(last) ORDER BY r.id LIMIT \(Self.batch)
        """
    }

    private func byPosition(_ first: Int, _ last: Int) -> SQL {
        """
        SELECT r.*, NULL AS base FROM record r
        WHERE r.import_id IS NULL AND r.ordinal > \(first) AND r.ordinal <= \(last)
        UNION ALL
        SELECT r.*, i.base AS base FROM import i CROSS JOIN record r
        WHERE r.import_id = i.id AND i.base < \(last)
            AND r.ordinal > \(first) - i.base AND r.ordinal <= \(last) - i.base
        """
    }

    /// What stands beside some records.
    private struct Beside {
        var persons: [String: [String]] = [:]
        var subjects: [String: [String]] = [:]
        /// The digest of each record's private values; empty for what does not open, because it was
        /// changed or sealed with another key.
        var privates: [String: String] = [:]

        init(_ db: Connection, _ records: [String], _ key: SecretKey) throws {
            let these: SQL = "record_id IN (\(values: records))"
            for row in try db.rows(
                "SELECT record_id, role, person_id FROM record_person WHERE \(these)")
            {
                persons[try row.at(0), default: []].append(
                    try row.at(1, as: String.self) + ":" + row.at(2, as: String.self))
            }
            for row in try db.rows(
                "SELECT record_id, kind, code FROM record_subject WHERE \(these)")
            {
                subjects[try row.at(0), default: []].append(
                    try row.at(1, as: String.self) + ":" + row.at(2, as: String.self))
            }
            for row in try db.rows(
                "SELECT record_id, salt, body FROM record_private WHERE \(these)")
            {
                let id = try row.at(0, as: Record.ID.self)
                let values = try? PrivateValues(
                    sealed: (salt: row.at(1), body: row.at(2)), key, for: id)
                privates[id.text] = values?.digest ?? ""
            }
        }
    }

    private mutating func check(_ row: Row, _ beside: Beside, now: Int) throws {
        let id = try row.get("id", as: String.self)
        let content = try Self.content(row, beside.persons[id] ?? [], beside.subjects[id] ?? [])
        let isSaid = try row.get("content", as: String.self) == content
        let secret = try row.optional("private_digest", as: String.self)
        let digest = Record.digest(
            id: ID(trusted: id), content: content, reason: try row.optional("reason"),
            privates: secret, at: try row.get("recorded_at"), by: try row.get("recorded_by"))
        let isStored = try row.get("digest", as: String.self) == digest
        if !isStored || !isSaid {
            find("the record \(id) was changed: it is not what its digest says")
        } else if let here = beside.privates[id], here != secret {
            find("the private values of the record \(id) were changed")
        }
        let ordinal = try row.get("ordinal", as: Int.self)
        if let base = try row.optional("base", as: Int.self) {
            checkPlace(base + ordinal, "a record", now: now)
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
        if let minute = try row.optional("minute", as: Minute.self) { parts.append(minute.said) }
        return String(Fingerprint(parts).text.prefix(32))
    }

    /// Records that count stand in units that existed on their day, or had been followed by then:
    /// a reorganization may be entered after records of its day.
    private mutating func checkDays(_ rows: [Row], _ db: Connection) throws {
        let structure = try district.structure(db)
        let ids = try rows.map { try $0.get("id", as: String.self) }
        for row in try db.rows(
            "SELECT id, unit_id, happened_on FROM fact WHERE id IN (\(values: ids)) ORDER BY id")
        {
            let unit = try row.get("unit_id", as: OrgUnit.ID.self)
            let day = try row.get("happened_on", as: Day.self)
            guard structure.version(unit, on: day) == nil else { continue }
            let ended = structure.versions[unit]?.compactMap(\.to).max()
            let isFollowed = structure.successors[unit] != nil && ended.map { $0 <= day } ?? false
            if !isFollowed {
                let id = try row.get("id", as: String.self)
                find("the unit of the record \(id) did not exist on its day")
            }
        }
    }
}
