import Core
import Organization
import Storage

/// What of the accounts is deleted in time: sessions and keys that ended, secrets nobody used,
/// failures that count no longer, tries that led nowhere, forms that were taken in, old messages,
/// saved pages of disabled accounts, the name of an account long disabled, and looks at sealed
/// records.
let accountSweepers = [
    Sweeper("session") { try SessionStore($0).sweep(at: $1) },
    Sweeper("access_key") { try AccessKeyStore($0).sweep(at: $1) },
    Sweeper("reading_key") { try ReadingKeyStore($0).sweep(on: $1.day) },
    Sweeper("sign_in_failure") { try SignInFailures($0).sweep(at: $1) },
    Sweeper("openid_attempt") { try OpenIDAttemptStore($0).sweep(at: $1) },
    Sweeper("submission") { try Submissions($0).sweep(at: $1) },
    Sweeper("message", keptBy: "message") { db, kept in try Outbox(db).sweep(before: kept) },
    Sweeper("saved_view") { db, _ in try SavedViewStore(db).sweep() },
    Sweeper("account_name", keptBy: "account_name") { db, kept in
        try AccountStore(db).blank(disabledBefore: kept, limit: sweptAtOnce)
    },
    // A look at a sealed record is kept as long as the row of the audit that proves it.
    Sweeper("sealed_view") { db, _ in
        try db.execute(
            """
            DELETE FROM sealed_view WHERE id IN (SELECT v.id FROM sealed_view v
                WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.subject = v.record_id
                    AND a.action = 'sealed.viewed' AND a.at = v.at)
                ORDER BY v.id LIMIT \(sweptAtOnce))
            """)
    },
]

/// Rows in one commit.
private let sweptAtOnce = 500

extension AccountStore {
    /// Takes the names and links off accounts that were disabled before a moment; the account
    /// itself stays, for the audit names it by its identity.
    func blank(disabledBefore moment: Moment, limit: Int) throws -> Int {
        for table in ["account_identity", "recovery_code"] {
            try connection.execute(
                """
                DELETE FROM \(name: table)
                WHERE account_id IN (SELECT id FROM account WHERE disabled_at < \(moment))
                """)
        }
        let old = try connection.rows(
            """
            SELECT id FROM account WHERE disabled_at < \(moment) AND sign_in <> id
            ORDER BY id LIMIT \(limit)
            """
        ).map { try $0.at(0, as: Account.ID.self) }
        let count = try connection.execute(
            """
            UPDATE account SET sign_in = id, name = \(Person.withheld), person_id = NULL,
                password = NULL, one_time_secret = NULL
            WHERE id IN (\(values: old))
            """)
        try connection.seal(Self.marked, where: "id IN (\(values: old))")
        return count
    }
}
