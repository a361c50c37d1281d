import Core
import Storage

/// An address for a password that was made on a page opens nothing until another office has
/// released it ([decision 0017](docs/decisions/0017-an-address-is-released-by-a-second-office.md)).
extension Accounts {
    /// Lets an address open what it was made for. One that was released before stays so.
    ///
    /// - Throws: `Refusal.conflict` when the address stands no longer, or who made it asks.
    package func release(_ digest: String, by actor: Actor, _ db: Connection) throws {
        let (keys, moment) = (AccessKeyStore(db), now())
        let (account, maker) = try keys.requireStanding(digest, at: moment)
        guard maker != actor.name else {
            throw Refusal.conflict(
                zh: "激活链接须由生成者以外的人审核。",
                en: "Somebody else than who made an address releases it.")
        }
        try TransitionStore<AccessKey>(db, key: key).take(
            digest, from: .waiting, to: .released,
            setting: "released_at = \(moment), released_by = \(actor.name)", by: actor, at: moment,
            about: account.text)
    }

    /// Takes an address away before it was used, whether it was released or not.
    ///
    /// - Throws: `Refusal.conflict` when the address stands no longer.
    package func refuse(_ digest: String, by actor: Actor, _ db: Connection) throws {
        let (keys, moment) = (AccessKeyStore(db), now())
        let (account, _) = try keys.requireStanding(digest, at: moment)
        try keys.end(digest)
        try Audit(db, key: key).record(
            "account.refused", account.text, by: actor, at: moment, quietly: true)
    }
}

extension AccessKeyStore {
    /// The account whose password an address is for, and who made the address.
    ///
    /// - Throws: `Refusal.conflict` when it was used, refused or replaced, has run out, or its
    ///   account is disabled.
    fileprivate func requireStanding(
        _ digest: String, at moment: Moment
    ) throws -> (account: Account.ID, maker: String) {
        let purposes = AccessKey.Purpose.allCases.filter(\.isForPassword).map(\.rawValue)
        let row = try connection.first(
            """
            SELECT k.*
            FROM access_key k JOIN account a ON a.id = k.account_id
            WHERE k.key_digest = \(digest) AND k.purpose IN (\(values: purposes))
                AND k.used_at IS NULL AND k.ends_at > \(moment) AND a.disabled_at IS NULL
            """)
        guard let row, connection.isMarked(row, of: Self.marked) else {
            throw Refusal.conflict(
                zh: "此地址已使用、已被拒绝或更换，或已过期；如仍需要，请系统管理员重新生成。",
                en: """
                    This address was used, refused or replaced, or has run out. If it is still \
                    wanted, the system administrator makes another one.
                    """)
        }
        return (try row.get("account_id"), try row.get("made_by"))
    }

    fileprivate func end(_ digest: String) throws {
        try connection.execute("DELETE FROM access_key WHERE key_digest = \(digest)")
    }
}
