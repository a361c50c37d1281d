import Core
import Storage
import Web

/// An account and what it may do on a day.
struct AccountAccess: Sendable {
    let account: Account
    let reader: Reader

    init(_ account: Account, _ access: Access) {
        self.account = account
        reader = Reader(
            actor: account.actor, name: account.name, access: access, account: account.id)
    }
}

/// What accounts may do, kept until the audit has a newer row or a new day begins.
///
/// Nothing gives or takes a right without an audit row in the same commit, and the number of the
/// newest row is read with each request's session: what was taken from somebody is gone at once.
typealias AccountAccessShelf = Shelf<SeenState, Account.ID, AccountAccess>

extension AccountAccessShelf {
    /// What an account may do in this state; nil where there is no such account.
    func standing(
        of id: Account.ID, _ state: SeenState, _ accounts: Accounts, _ db: Connection
    ) throws -> AccountAccess? {
        if let known = take(id, state) { return known }
        guard let account = try AccountStore(db).find(id) else { return nil }
        let standing = AccountAccess(account, try accounts.access(of: account, on: state.day, db))
        put(standing, id, state)
        return standing
    }
}
