import Core
import Storage

extension Accounts {
    /// Takes the codes of a lost telephone away: sessions, half-made sign-ins and links to a
    /// provider end, and at the next sign-in codes are set up anew. The password stays, so who has
    /// lost both needs two.
    ///
    /// - Throws: `Refusal.conflict` when there are no codes to take away.
    package func resetCodes(of account: Account, by actor: Actor, _ db: Connection) throws {
        guard account.oneTimeSecret != nil else {
            throw Refusal.conflict(
                zh: "该账号没有启用动态验证码。", en: "The account has no codes set up.")
        }
        let store = AccountStore(db)
        try store.setOneTimeSecret(nil, of: account.id)
        try store.setRecoveryCodes([], of: account.id)
        try store.demandCodes(of: account.id)
        try SessionStore(db).endAll(of: account.id)
        try AccessKeyStore(db).endSteps(of: account.id)
        try unlinkAll(account.id, by: actor, db)
        try Audit(db, key: key).record(
            "account.codes_reset", account.id.text, by: actor, at: now(), quietly: true)
    }
}
