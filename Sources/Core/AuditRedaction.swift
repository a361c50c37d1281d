import Storage

/// Rows of the audit whose time has passed: what they said is deleted, number and hash remain.
///
/// A row that covers positions or holds a digest proves something that still stands, so it stays.
/// Each redacted row has a keyed hash over the hash before it and its own: the chain is followed
/// through the gap, and without the key nobody can make one.
extension Audit {
    /// The most rows that one call redacts.
    package static let redactedPerBatch = 500

    /// Deletes what old rows say, from the one after `seq` on.
    ///
    /// - Returns: the numbers of these rows, in order; fewer than the limit when none is left.
    package func redact(
        before moment: Moment, after seq: Int = 0, limit: Int = Audit.redactedPerBatch
    ) throws -> [Int] {
        let rows = try db.rows(
            """
            SELECT a.seq, a.hash, COALESCE(p.hash, s.hash, '') AS previous
            FROM audit a
            LEFT JOIN audit p ON p.seq = a.seq - 1
            LEFT JOIN audit_spent s ON s.seq = a.seq - 1
            WHERE a.seq > \(seq) AND a.at < \(moment) AND a.first_position IS NULL
                AND a.digest IS NULL
            ORDER BY a.seq LIMIT \(limit)
            """)
        var redacted: [Int] = []
        var left: [[Value]] = []
        for row in rows {
            let seq = try row.get("seq", as: Int.self)
            let hash = try row.get("hash", as: String.self)
            let mac = key.redaction(seq, hash: hash, after: try row.get("previous"))
            redacted.append(seq)
            left.append([seq.storageValue, .text(hash), .text(mac)])
        }
        guard !redacted.isEmpty else { return [] }
        try db.insert(into: "audit_spent", ["seq", "hash", "mac"], left)
        try db.execute("DELETE FROM audit WHERE seq IN (\(values: redacted))")
        return redacted
    }

    /// How many rows `redact` would take.
    package func redactable(before moment: Moment) throws -> Int {
        try db.value(
            """
            SELECT COUNT(*) FROM audit
            WHERE at < \(moment) AND first_position IS NULL AND digest IS NULL
            """, as: Int.self) ?? 0
    }
}

extension AuditKey {
    /// The keyed hash of a redacted row, which only the holder of the key can make.
    package func redaction(_ seq: Int, hash: String, after previous: String) -> String {
        link(previous, ["spent", String(seq), hash])
    }
}

/// The table of redacted rows, and the one exception to the audit's triggers: a row that stands in
/// it may go.
package let auditRedactionMigration = Migration(id: "2026-11-22-audit-spent") { dialect in
    """
    CREATE TABLE audit_spent (
        seq BIGINT PRIMARY KEY,
        hash TEXT NOT NULL,
        mac TEXT NOT NULL
    );
    """
        + appendOnly("audit_spent", dialect)
        + appendOnly(
            "audit", except: .delete,
            when: """
                EXISTS (SELECT 1 FROM audit_spent s WHERE s.seq = OLD.seq AND s.hash = OLD.hash)
                """, dialect)
}
