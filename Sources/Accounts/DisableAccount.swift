import Core
import Storage

extension Accounts {
    /// Lets an account sign in no longer, from this moment on.
    ///
    /// Nobody disables their own, and no office is left without anybody, by whatever door: the
    /// three watch each other.
    ///
    /// - Throws: `Refusal.conflict`.
    package func disable(
        _ account: Account, by actor: Actor, at moment: Moment, _ db: Connection
    ) throws {
        guard account.id.text != actor.name else {
            throw Refusal.conflict(
                zh: "不能停用自己的账号。", en: "Nobody disables their own account.")
        }
        guard !account.isDisabled else { return }
        let accounts = AccountStore(db)
        if let office = account.office,
            try !accounts.hasOfficer(office, beside: account.id)
        {
            throw Refusal.conflict(
                zh: "这是该职责最后一个启用的账号，请先设立接任者。",
                en: "This is the last open account of its office: make a successor first.")
        }
        try accounts.disable(account.id, at: moment)
        try SessionStore(db).endAll(of: account.id)
        try Audit(db, key: key).record(
            "account.disabled", account.id.text, by: actor, at: moment, quietly: true)
    }
}

extension AccountStore {
    /// Whether somebody else holds an office and can sign in: who was only invited may never come.
    fileprivate func hasOfficer(_ office: Office, beside id: Account.ID) throws -> Bool {
        try connection.value(
            """
            SELECT 1 FROM account WHERE office = \(office.rawValue) AND id <> \(id)
                AND disabled_at IS NULL AND password IS NOT NULL LIMIT 1
            """, as: Int.self) != nil
    }
}
