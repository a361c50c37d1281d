import Accounts
import Core
import Storage

/// An address for a password that was made on a page and waits to be released.
struct WaitingAddress: Sendable {
    /// By what the address is known: the digest of its secret, which nobody keeps.
    let digest: String
    let account: Account
    let purpose: AccessKey.Purpose
    let madeAt: Moment
    let madeBy: String
    let endsAt: Moment

    /// Nil for what is no address for a password.
    fileprivate init?(_ row: Row) throws {
        let purpose = AccessKey.Purpose(rawValue: try row.get("purpose"))
        guard let purpose, purpose.isForPassword else { return nil }
        self.purpose = purpose
        digest = try row.get("key_digest")
        account = try Account(row)
        madeAt = try row.get("made_at")
        madeBy = try row.get("made_by")
        endsAt = try row.get("ends_at")
    }
}

extension AccountDirectory {
    /// The addresses that wait, the one first that ends first.
    func waiting(at moment: Moment, limit: Int) throws -> [WaitingAddress] {
        try db.rows(
            """
            SELECT a.*, k.key_digest, k.purpose, k.made_at, k.made_by, k.ends_at
            FROM access_key AS k JOIN account AS a ON a.id = k.account_id
            WHERE k.released_at IS NULL AND k.used_at IS NULL AND k.ends_at > \(moment)
                AND a.disabled_at IS NULL
            ORDER BY k.ends_at, k.key_digest LIMIT \(limit)
            """
        ).compactMap(WaitingAddress.init)
    }
}
