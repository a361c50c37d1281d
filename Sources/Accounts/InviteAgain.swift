import Core
import Storage

extension AccessKey.Purpose {
    /// What the audit calls it that somebody was given such a link.
    package var action: String { self == .reset ? "account.reset" : "account.invited" }
}

extension Accounts {
    /// Makes a new link for an account that is there: who has no password yet is invited again,
    /// who has one can choose another.
    package func inviteAgain(
        _ account: Account, by actor: Actor, _ db: Connection
    ) throws -> (secret: String, purpose: AccessKey.Purpose) {
        let moment = now()
        let purpose: AccessKey.Purpose = account.password == nil ? .invitation : .reset
        let secret = try AccessKeyStore(db).make(purpose, for: account.id, at: moment, by: actor)
        try Audit(db, key: key).record(
            purpose.action, account.id.text, by: actor, at: moment, quietly: true)
        return (secret, purpose)
    }
}
