import Catalogue
import Core
import Organization
import Storage

/// What of the accounts goes by itself: sessions that ended, secrets nobody used, failures that
/// count no longer, tries that led nowhere, forms that were taken in, and the name of an account
/// long disabled.
package func accountSweepers(_ catalogue: Catalogue) -> [Sweeper] {
    [
        Sweeper("session") { try SessionStore($0).sweep(at: $1) },
        Sweeper("access_key") { try AccessKeyStore($0).sweep(at: $1) },
        Sweeper("sign_in_failure") { try SignInFailures($0).sweep(at: $1) },
        Sweeper("openid_attempt") { try OpenIDAttemptStore($0).sweep(at: $1) },
        Sweeper("submission") { try Submissions($0).sweep(at: $1) },
        Sweeper("message") { db, now in
            guard case .days(let days, _) = catalogue.register["message"]?.keeping else {
                return 0
            }
            return try Outbox(db).sweep(before: (now.day - days).start)
        },
        Sweeper("account_name") { db, now in
            guard case .days(let days, _) = catalogue.register["account_name"]?.keeping else {
                return 0
            }
            let cutoff = Moment(
                milliseconds: now.milliseconds - Int64(days) * 24 * 3_600_000)
            return try AccountStore(db).blank(disabledBefore: cutoff, limit: 500)
        },
    ]
}

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
