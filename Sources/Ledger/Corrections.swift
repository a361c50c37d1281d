import Core
import Organization
import Storage

/// What took the place of a record: who corrected it, when, by which reversal, and what they wrote
/// instead.
package struct Correction: Sendable {
    package let by: String
    package let at: Moment
    /// The reversal, which has the reason.
    package let reversal: Record.ID
    package let replacement: Record.ID
}

extension RecordStore {
    /// The correction that took a record's place; nil where nobody corrected it.
    package func correction(of id: Record.ID) throws -> Correction? {
        try db.first(
            """
            SELECT v.recorded_by, v.recorded_at, v.id, r.id FROM audit a
            JOIN record v ON v.import_id IS NULL AND v.ordinal = a.first_position
            JOIN record r ON r.import_id IS NULL AND r.ordinal = a.last_position
            WHERE a.subject = \(id) AND a.action = 'record.corrected' AND v.reverses = \(id)
            """
        ).map { row in
            Correction(
                by: try row.at(0), at: try row.at(1), reversal: try row.at(2),
                replacement: try row.at(3))
        }
    }

    /// The reversal that made room for this record, with the reason of the correction; nil where
    /// the record was written anew.
    package func reversal(before record: Record) throws -> Record? {
        guard record.importID == nil else { return nil }
        return try db.first(
            """
            SELECT v.* FROM posted v
            JOIN audit a ON a.subject = v.reverses AND a.action = 'record.corrected'
                AND a.last_position = \(record.position)
            WHERE v.import_id IS NULL AND v.ordinal = \(record.position - 1)
            """
        ).map(Record.init)
    }

    /// The most records of one chain of corrections.
    private static let chainLimit = 1_000

    /// A record, and every one that corrections put before it or in its place.
    package func corrections(around id: Record.ID) throws -> [Record.ID] {
        var chain = [id]
        var next = 0
        while next < chain.count, chain.count < Self.chainLimit {
            let here = chain[next]
            next += 1
            let others = try db.rows(
                """
                SELECT n.id FROM audit a
                JOIN record n ON n.import_id IS NULL AND n.ordinal = a.last_position
                WHERE a.subject = \(here) AND a.action = 'record.corrected'
                UNION
                SELECT v.reverses FROM record h
                JOIN record v ON v.import_id IS NULL AND v.ordinal = h.ordinal - 1
                JOIN audit a ON a.subject = v.reverses AND a.action = 'record.corrected'
                    AND a.last_position = h.ordinal
                WHERE h.id = \(here) AND h.import_id IS NULL
                """
            ).map { try $0.at(0, as: Record.ID.self) }
            chain += others.filter { !chain.contains($0) }
        }
        return chain
    }

    /// Who reversed a record that counts no longer.
    package func reversal(of id: Record.ID) throws -> Record? {
        try db.first("SELECT r.* FROM posted r WHERE r.reverses = \(id)").map(Record.init)
    }

    /// The values kept beside a record, where they were not erased.
    ///
    /// - Throws: `Refusal.conflict` when they do not open with the key of what is sealed.
    package func privates(of id: Record.ID, _ key: SecretKey) throws -> [String: String] {
        try db.first("SELECT salt, body FROM record_private WHERE record_id = \(id)").map {
            try PrivateValues(
                sealed: (salt: try $0.at(0), body: try $0.at(1)), key, for: id
            ).values
        } ?? [:]
    }

    /// The newest records of some kinds that somebody wrote one by one and that count.
    package func newest(by writer: String, kinds: [String], limit: Int) throws -> [Record] {
        // Whoever wrote them has few; an expression keeps the index of the kinds out of it.
        try db.rows(
            """
            SELECT r.* FROM posted r
            WHERE r.recorded_by = \(writer) AND r.import_id IS NULL AND r.case_id IS NULL
                AND (r.kind || '') IN (\(values: kinds)) AND r.reverses IS NULL AND r.ends IS NULL
                AND \(Record.isUnreversed("r"))
            ORDER BY r.id DESC LIMIT \(limit)
            """
        ).map(Record.init)
    }
}
