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
        let ids = rows.map { $0[Column.id.rawValue].text }
        let these: SQL =
            start == 0
            ? "record_id > \(last) AND record_id <= \(ids.last ?? last)"
            : "record_id IN (\(values: ids))"
        let beside = try Beside(db, these, district.sealedKey)
        for row in rows { try check(row, beside, now: now) }
        try checkDays(rows, db)
        if start > 0 { return end < newest ? (last, end) : nil }
        return ids.last.map { ($0, 0) }
    }

    /// The columns of a record by their places. Those of its content come first, in the order in
    /// which an entry says them.
    private enum Column: Int, CaseIterable {
        case kind, unit_id, place_id, happened_on, until_on, ref, reverses, ends, m1, m2, m3, m4
        case fields, minute, id, content, reason, private_digest, recorded_at, recorded_by, digest
        case ordinal, case_id, seq, step, due, late, paused, held, base

        static let said = kind.rawValue...fields.rawValue
        static let ofCase = case_id.rawValue...held.rawValue
        /// All of the record's own.
        static let list = allCases.filter { $0 != .base }.map { "r.\(name: "\($0)")" as SQL }
            .joined(separator: ", ")
    }

    private func byIdentity(after last: String) -> SQL {
        """
        SELECT \(Column.list), i.base AS base
        FROM record r LEFT JOIN import i ON i.id = r.import_id
        WHERE r.id > \(last) ORDER BY r.id LIMIT \(Self.batch)
        """
    }

    private func byPosition(_ first: Int, _ last: Int) -> SQL {
        """
        SELECT \(Column.list), NULL AS base FROM record r
        WHERE r.import_id IS NULL AND r.ordinal > \(first) AND r.ordinal <= \(last)
        UNION ALL
        SELECT \(Column.list), i.base AS base FROM import i CROSS JOIN record r
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

        init(_ db: Connection, _ these: SQL, _ key: SecretKey) throws {
            try db.each("SELECT record_id, role, person_id FROM record_person WHERE \(these)") {
                persons[$0[0].text, default: []].append($0[1].text + ":" + $0[2].text)
            }
            try db.each("SELECT record_id, kind, code FROM record_subject WHERE \(these)") {
                subjects[$0[0].text, default: []].append($0[1].text + ":" + $0[2].text)
            }
            try db.each("SELECT record_id, salt, body FROM record_private WHERE \(these)") { row in
                let id = try row.at(0, as: Record.ID.self)
                let values = try? PrivateValues(
                    sealed: (salt: row.at(1), body: row.at(2)), key, for: id)
                privates[id.text] = values?.digest ?? ""
            }
        }
    }

    private mutating func check(_ row: Row, _ beside: Beside, now: Int) throws {
        let id = row[Column.id.rawValue].text
        let content = Self.content(row, beside.persons[id] ?? [], beside.subjects[id] ?? [])
        let isSaid = row[Column.content.rawValue] == .text(content)
        let secret = row[Column.private_digest.rawValue]
        var digest = Fingerprint([id, content])
        for column in [Column.reason, .private_digest, .recorded_at, .recorded_by] {
            digest.add(row[column.rawValue])
        }
        let isStored = row[Column.digest.rawValue] == .text(digest.text)
        if !isStored || !isSaid {
            find("the record \(id) was changed: it is not what its digest says")
        } else if let here = beside.privates[id], .text(here) != secret {
            find("the private values of the record \(id) were changed")
        }
        if case .integer(let base) = row[Column.base.rawValue] {
            checkPlace(Int(base) + (try row.at(Column.ordinal.rawValue)), "a record", now: now)
        }
    }

    /// What a record's row says, fingerprinted as its entry was.
    private static func content(_ row: Row, _ persons: [String], _ subjects: [String]) -> String {
        var said = Fingerprint()
        for column in Column.said { said.add(row[column]) }
        for person in persons.sorted() { said.add(person) }
        said.add("|")
        for subject in subjects.sorted() { said.add(subject) }
        if case .integer(let minute) = row[Column.minute.rawValue] {
            said.add(Minute.said(Int(minute)))
        }
        if row[Column.case_id.rawValue] != .null {
            said.add(CasePlace.said(Column.ofCase.map { row[$0] }))
        }
        return said.half
    }

    /// Records that count stand in units that existed on their day, or had been followed by then:
    /// a reorganization may be entered after records of its day. Few do not, and only of these it
    /// is asked whether they count.
    private mutating func checkDays(_ rows: [Row], _ db: Connection) throws {
        let structure = try district.structure(db)
        let strays = try rows.filter { row in
            let unit = try row.at(Column.unit_id.rawValue, as: OrgUnit.ID.self)
            let day = try row.at(Column.happened_on.rawValue, as: Day.self)
            guard structure.version(unit, on: day) == nil else { return false }
            let ended = structure.versions[unit]?.compactMap(\.to).max()
            return structure.successors[unit] == nil || ended.map { $0 > day } ?? true
        }
        for part in strays.map({ $0[Column.id.rawValue].text }).chunks(of: Self.batch) {
            for row in try db.rows(
                "SELECT id FROM fact WHERE id IN (\(values: part)) ORDER BY id")
            {
                find("the unit of the record \(row[0].text) did not exist on its day")
            }
        }
    }
}

extension Value {
    /// A text as it is kept; empty for anything else.
    fileprivate var text: String {
        if case .text(let text) = self { text } else { "" }
    }
}
