import Accounts
import Core
import Ledger
import Organization
import Storage

/// One look at a sealed record.
struct SealedView: Sendable {
    let record: Record.ID
    let ref: String?
    let account: String
    let reason: String
    let at: Moment
}

/// Every statement on looks at sealed records.
struct SealedViews {
    let db: Connection

    /// The most looks that a page lists.
    static let limit = 100

    func insert(
        _ record: Record.ID, _ account: Account.ID, _ reason: String, at moment: Moment
    ) throws {
        try db.execute(
            """
            INSERT INTO sealed_view (id, record_id, account_id, reason, at)
            VALUES (\(ID<SealedView>.make()), \(record), \(account), \(reason), \(moment))
            """)
    }

    /// The newest looks at records of a kind that a scope covers.
    func list(_ kind: String, in scope: Scope) throws -> [SealedView] {
        try db.rows(
            """
            SELECT v.record_id, r.ref, v.account_id, v.reason, v.at
            FROM sealed_view v JOIN record r ON r.id = v.record_id
            WHERE r.kind = \(kind) AND \(scope.condition(kind: "r.kind", unit: "r.unit_id"))
            ORDER BY v.at DESC, v.id DESC LIMIT \(Self.limit)
            """
        ).map { row in
            SealedView(
                record: try row.get("record_id"), ref: try row.optional("ref"),
                account: try row.get("account_id"), reason: try row.get("reason"),
                at: try row.get("at"))
        }
    }
}
