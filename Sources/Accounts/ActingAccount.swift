import Core
import Organization
import Storage
import Web

/// Whoever acts, as one snapshot knows them: who they are, what they may do today, and where.
///
/// A write asks for it inside its transaction, so that what was taken from somebody while their
/// request was under way is gone:
///
///     try await database.write { db in
///         let acting = try accounts.acting(context, db)
///         guard acting.may(.write, in: unit) else { throw Refusal.notFound }
///         …
///     }
package struct ActingAccount: Sendable {
    package let account: Account.ID
    package let access: Access
    package let structure: Structure
    package let moment: Moment

    package var today: Day { moment.day }
    package var actor: Actor { Actor(name: account.text, standing: .account) }

    package func may(_ right: Right) -> Bool { access.may(right) }

    /// Whether they hold the right over this unit today.
    package func may(_ right: Right, in unit: OrgUnit.ID) -> Bool {
        structure.lies(unit, below: access.units(right), on: today)
    }
}

extension Accounts {
    /// Whoever sent a request, as this snapshot knows them.
    ///
    /// - Throws: `Refusal.notFound` for anyone who is not signed in, or may sign in no longer.
    package func acting(_ context: AppContext, _ db: Connection) throws -> ActingAccount {
        guard let acting = try acting(try context.requireAccount(), db) else {
            throw Refusal.notFound
        }
        return acting
    }

    /// Whoever reads, with what their session was found to allow in this very request: for what is
    /// only shown.
    package func acting(_ reader: Reader, _ db: Connection) throws -> ActingAccount? {
        guard let id = reader.account else { return nil }
        return ActingAccount(
            account: id, access: reader.access, structure: try structure(db), moment: now())
    }

    /// Whoever holds an account, for work that goes on without a request of theirs; nil where it
    /// may not sign in.
    package func acting(_ id: Account.ID, _ db: Connection) throws -> ActingAccount? {
        guard let account = try AccountStore(db).find(id), maySignIn(account) else { return nil }
        let moment = now()
        return ActingAccount(
            account: id, access: try access(of: account, on: moment.day, db),
            structure: try structure(db), moment: moment)
    }
}
