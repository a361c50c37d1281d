import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// What the administrators' verbs share: the district, its accounts, and the site.
struct Desk: Sendable {
    let district: District
    let accounts: Accounts
    let site: Site

    var database: Database { district.database }
    var today: Day { district.now().day }

    func audit(_ db: Connection) -> Audit { Audit(db, key: district.key) }

    /// The account behind a request.
    func me(_ context: AppContext) throws(Refusal) -> Account.ID {
        guard let id = context.reader.account.flatMap({ Account.ID($0) }) else { throw .notFound }
        return id
    }

    /// Makes a change once, however often its form is sent, while whoever sent it still may.
    ///
    /// What he may do is read again inside the write: what was taken from him while the request
    /// was under way is gone.
    /// - Parameter may: looks at what he may do now.
    /// - Returns: what was made, nil when an earlier sending made it, and where to go on.
    func once<Made: Sendable>(
        _ form: Form, _ context: AppContext, may: @escaping @Sendable (Access) -> Bool,
        _ change: @escaping @Sendable (Connection, Access, Moment) throws -> (Made, Address)
    ) async throws -> (made: Made?, address: Address) {
        let me = try me(context)
        let moment = district.now()
        return try await database.write { [accounts] db in
            guard let account = try AccountStore(db).find(me), accounts.isWelcome(account) else {
                throw Refusal.notFound
            }
            let access = try accounts.access(of: account, on: moment.day, db)
            guard may(access) else { throw Refusal.notFound }
            let sent = Submissions(db)
            if let earlier = try sent.earlier(account: me.text, key: form.key),
                let address = Address(local: earlier)
            {
                return (nil, address)
            }
            let (made, address) = try change(db, access, moment)
            try sent.remember(
                account: me.text, key: form.key, address: address.text, at: moment)
            return (made, address)
        }
    }

    /// The same for a change that makes nothing to be shown.
    func redirecting(
        _ form: Form, _ context: AppContext, _ right: Right,
        _ change: @escaping @Sendable (Connection, Moment) throws -> Address
    ) async throws -> Response {
        let done = try await once(form, context, may: { $0.may(right) }) { db, _, moment in
            (true, try change(db, moment))
        }
        return site.redirect(to: done.address)
    }

    /// What a change refused, as faults of its form; everything else rises.
    func faults(_ error: any Error, at place: String) throws -> [Fault] {
        switch error as? Refusal {
        case .invalid(let faults): return faults
        case .conflict(let words): return [Fault(place, zh: words.zh, en: words.en)]
        default: throw error
        }
    }

    /// An account in the address.
    func account(_ context: AppContext, _ db: Connection) throws -> Account {
        guard let account = try AccountStore(db).find(try context.id("account", of: Account.self))
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

/// Where the administrators' pages are.
extension Address {
    static let accounts = Address("admin", "accounts")
    static let newAccount = Address("admin", "accounts", "new")
    static let grants = Address("admin", "grants")
    static let releases = Address("admin", "releases")
    static let sealedLists = Address("admin", "sealed")
    static let persons = Address("admin", "persons")
    static let catalogue = Address("admin", "catalogue")
    static let audit = Address("admin", "audit")
    static let auditExport = Address("admin", "audit", "export")
    static let sealed = Address("sealed")

    static func account(_ id: Account.ID) -> Address { Address("admin", "accounts", id.text) }
    static func account(_ id: Account.ID, _ change: String) -> Address {
        Address("admin", "accounts", id.text, change)
    }
    static func grants(_ id: Account.ID) -> Address { Address("admin", "grants", id.text) }
    static func endGrant(_ id: Grant.ID, of account: Account.ID) -> Address {
        Address("admin", "grants", account.text, "end", id.text)
    }
    static func codes(_ id: Account.ID) -> Address {
        Address("admin", "grants", id.text, "codes")
    }
    static func release(_ key: String) -> Address { Address("admin", "releases", key) }
    static func refusal(_ key: String) -> Address {
        Address("admin", "releases", key, "refusal")
    }
    static func pass(_ id: Account.ID) -> Address { Address("admin", "grants", id.text, "pass") }
    static func sealedList(_ kind: String) -> Address { Address("admin", "sealed", kind) }
    static func strike(_ id: ID<SealedName>, on kind: String) -> Address {
        Address("admin", "sealed", kind, "strike", id.text)
    }
    static func sealed(_ kind: String) -> Address { Address("sealed", kind) }
    static func person(_ id: Person.ID) -> Address { Address("admin", "persons", id.text) }
    static func change(_ id: Person.ID) -> Address {
        Address("admin", "persons", id.text, "change")
    }
    static func part(_ join: String, of id: Person.ID) -> Address {
        Address("admin", "persons", id.text, "part", join)
    }
}
