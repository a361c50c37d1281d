import Accounts
import Core
import Ledger
import Organization
import Storage
import Web

/// Accounts and persons as an address names them, or as somebody typed them.
extension Services {
    /// An account in the address.
    func account(_ context: AppContext, _ db: Connection) throws -> Account {
        guard
            let account = try AccountStore(db).find(
                try context.id("account", of: Identified.Account.self))
        else { throw Refusal.notFound }
        return account
    }

    /// The account with a sign-in name, as somebody typed it.
    static func account(signIn: String, at place: String, _ db: Connection) throws -> Account {
        guard let folded = try? Account.folded(signIn),
            let account = try AccountStore(db).find(signIn: folded)
        else {
            throw Refusal.invalid(
                place, zh: "没有登录名为“\(signIn)”的账号。", en: "No account signs in as “\(signIn)”.")
        }
        return account
    }

    /// The one person with a number, as somebody typed it.
    static func person(number: String, at place: String, _ db: Connection) throws -> Person {
        guard let person = try PersonStore(db: db).find(written: number) else {
            throw Refusal.invalid(
                place, zh: "没有编号为“\(number)”的人员。", en: "Nobody has the number “\(number)”.")
        }
        return person
    }
}
