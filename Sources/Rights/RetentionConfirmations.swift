import Core
import Storage

/// Every statement on confirmations of what retention may delete.
struct RetentionConfirmations {
    let db: Connection

    /// The position up to which everything due may go: somebody confirmed it, or a run found that
    /// nothing waited. Zero before the first of either.
    func settled() throws -> Int {
        try db.value(
            """
            SELECT MAX(s.position) FROM (
                SELECT MAX(position) AS position FROM retention_confirmation
                UNION ALL SELECT MAX(settled) AS position FROM retention_run) s
            """, as: Int.self) ?? 0
    }

    /// How much waited at the last run and was not confirmed since.
    func announced() throws -> Int {
        try db.value(
            """
            SELECT r.waiting FROM retention_run r
            WHERE NOT EXISTS (SELECT 1 FROM retention_confirmation c
                WHERE c.confirmed_at >= r.started_at)
            ORDER BY r.started_at DESC, r.id DESC LIMIT 1
            """, as: Int.self) ?? 0
    }

    func insert(
        _ position: Int, _ count: Int, by actor: Actor, at moment: Moment, key: AuditKey
    ) throws {
        let id = ID<Retention>.make().text
        try db.execute(
            """
            INSERT INTO retention_confirmation
                (id, position, row_count, confirmed_at, confirmed_by)
            VALUES (\(id), \(position), \(count), \(moment), \(actor.name))
            """)
        try Audit(db, key: key).record(
            "retention.confirmed", id, by: actor, at: moment,
            evidence: Fingerprint([id, String(position), String(count)]).text, quietly: true)
    }
}
