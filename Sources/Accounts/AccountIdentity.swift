import Core
import Storage

/// Who somebody is at a provider: an account that is linked to it can be opened from there.
package struct AccountIdentity: Sendable {
    package let account: Account.ID
    package let issuer: String
    /// What the provider calls them. Names and addresses change hands there; this does not.
    package let subject: String
    package let linkedAt: Moment

    init(_ row: Row) throws {
        account = try row.get("account_id")
        issuer = try row.get("issuer")
        subject = try row.get("subject")
        linkedAt = try row.get("linked_at")
    }
}

/// Every statement on identities at a provider.
package struct AccountIdentityStore {
    private let db: Connection

    package init(_ db: Connection) { self.db = db }

    package static let marked = MarkedTable(
        "account_identity", keys: ["account_id", "issuer"], ["subject", "linked_at"])

    /// A link that was written by hand opens nothing.
    package func account(of subject: String, at issuer: String) throws -> Account.ID? {
        let row = try db.first(
            """
            SELECT * FROM account_identity WHERE issuer = \(issuer) AND subject = \(subject)
            """)
        guard let row, db.isMarked(row, of: Self.marked) else { return nil }
        return try row.get("account_id")
    }

    package func find(_ account: Account.ID, at issuer: String) throws -> AccountIdentity? {
        try db.first(
            """
            SELECT * FROM account_identity WHERE account_id = \(account) AND issuer = \(issuer)
            """
        ).map(AccountIdentity.init)
    }

    /// Links an account; false when it is linked already, or somebody else is to the subject.
    func insert(
        _ account: Account.ID, issuer: String, subject: String, at moment: Moment
    ) throws -> Bool {
        let isNew =
            try db.execute(
                """
                INSERT INTO account_identity (account_id, issuer, subject, linked_at)
                VALUES (\(account), \(issuer), \(subject), \(moment))
                ON CONFLICT DO NOTHING
                """) == 1
        if isNew {
            try db.seal(
                Self.marked, where: "account_id = \(account) AND issuer = \(issuer)")
        }
        return isNew
    }

    /// Ends a link; false when there was none.
    func delete(_ account: Account.ID, issuer: String) throws -> Bool {
        try db.execute(
            """
            DELETE FROM account_identity WHERE account_id = \(account) AND issuer = \(issuer)
            """) == 1
    }

    /// Ends the links of an account at every provider; false when there were none.
    func deleteAll(of account: Account.ID) throws -> Bool {
        try db.execute("DELETE FROM account_identity WHERE account_id = \(account)") > 0
    }
}

extension Accounts {
    /// Links an account to who somebody is at a provider.
    ///
    /// - Throws: `OpenIDFault.taken` when either of them has a link.
    package func link(
        _ account: Account.ID, to subject: String, at issuer: String, by actor: Actor,
        _ db: Connection
    ) throws {
        let moment = now()
        let identities = AccountIdentityStore(db)
        guard
            try identities.insert(account, issuer: issuer, subject: subject, at: moment)
        else { throw OpenIDFault.taken }
        try Audit(db, key: key).record(
            "account.identity_linked", account.text, by: actor, at: moment, quietly: true)
    }

    /// Ends the link of an account, and the sessions with it, but one.
    ///
    /// - Throws: `Refusal.notFound` when there is none.
    package func unlink(
        _ account: Account.ID, at issuer: String, excluding session: String?, by actor: Actor,
        _ db: Connection
    ) throws {
        guard try AccountIdentityStore(db).delete(account, issuer: issuer) else {
            throw Refusal.notFound
        }
        try SessionStore(db).endAll(of: account, excluding: session)
        try Audit(db, key: key).record(
            "account.identity_unlinked", account.text, by: actor, at: now(), quietly: true)
    }

    /// Ends every link of an account that is given back to its holder: whoever had it in hand may
    /// have linked themselves. There may be none; the sessions end where this is asked for.
    func unlinkAll(_ account: Account.ID, by actor: Actor, _ db: Connection) throws {
        guard try AccountIdentityStore(db).deleteAll(of: account) else { return }
        try Audit(db, key: key).record(
            "account.identity_unlinked", account.text, by: actor, at: now(), quietly: true)
    }
}
