import Accounts
import App
import ArgumentParser
import Core
import Ledger
import Organization
import Storage

/// groundwork account: who can sign in. The first administrators are made here.
struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Make, list, invite anew or disable accounts.",
        subcommands: [
            AccountCreateCommand.self, AccountListCommand.self, AccountInviteCommand.self,
            AccountDisableCommand.self, AccountPersonCommand.self, AccountCodesCommand.self,
            AccountLinkCommand.self, AccountUnlinkCommand.self,
        ])
}

extension DataOptions {
    /// The accounts of the district that the options name.
    fileprivate func accounts() async throws -> (District, Accounts) {
        let district = try await open()
        return (district, Accounts(district, passwords: Passwords(), isDemonstration: false))
    }

    /// Changes an account by its sign-in name, in one write.
    fileprivate func change<Made: Sendable>(
        _ signIn: String,
        _ body: @escaping @Sendable (Accounts, Account, Connection) throws -> Made
    ) async throws -> Made {
        let (district, accounts) = try await self.accounts()
        defer { district.database.close() }
        let folded = try Account.folded(signIn)
        return try await district.database.write { db in
            guard let account = try AccountStore(db).find(signIn: folded) else {
                throw Refusal.notFound
            }
            return try body(accounts, account, db)
        }
    }
}

extension Accounts {
    /// The one person with a number, as somebody typed it.
    fileprivate static func person(number: String, _ db: Connection) throws -> Person.ID {
        guard let person = try PersonStore(db: db).find(written: number) else {
            throw Refusal.invalid(
                "person", zh: "没有编号为“\(number)”的人员。", en: "Nobody has the number “\(number)”.")
        }
        return person.id
    }
}

struct AccountCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make an account and print its invitation.",
        discussion: """
            No password is set here: whoever opens the address that is printed chooses one, once, \
            within three days. An office is system, security or audit; they exclude one another, \
            and each is held by a person of the district who has no other account.
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The name to sign in with.")
    var signIn: String

    @Option(help: "How the pages call the holder.")
    var name: String?

    @Option(help: "system, security or audit: makes an administrator.")
    var office: String?

    @Option(help: "The number of the person who holds the account; an office needs one.")
    var person: String?

    func run() async throws {
        let office = try office.map { word in
            guard let office = Office(rawValue: word) else {
                throw Refusal.invalid(
                    "office", zh: "只能是 system、security 或 audit。",
                    en: "This can only be system, security or audit.")
            }
            return office
        }
        let (district, accounts) = try await options.accounts()
        defer { district.database.close() }
        let number = self.person
        let holder = try await district.database.read { db in
            try number.map { try Accounts.person(number: $0, db) }
        }
        let made = try await accounts.invite(
            signIn, name: name ?? signIn, person: holder, office: office, by: .command())
        print(invitation(made.secret, .invitation))
    }
}

/// Where somebody chooses their password, without the name of the host, which only they know.
private func invitation(_ secret: String, _ purpose: AccessKey.Purpose) -> String {
    "/welcome?for=\(purpose.rawValue)&key=\(secret)"
}

struct AccountListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the accounts.")

    @OptionGroup var options: DataOptions

    private static let batch = 500

    func run() async throws {
        let (district, _) = try await options.accounts()
        defer { district.database.close() }
        var last = ""
        while true {
            let after = last
            let accounts = try await district.database.read { db in
                try AccountStore(db).list(after: after, limit: Self.batch)
            }
            for account in accounts {
                let state =
                    account.isDisabled ? "disabled" : account.password == nil ? "invited" : "open"
                var parts = [account.signIn, account.name, account.office?.rawValue ?? "-", state]
                // One of an older version, for “account person”.
                if account.office != nil, account.person == nil { parts.append("no person") }
                print(parts.joined(separator: "\t"))
            }
            guard accounts.count == Self.batch, let end = accounts.last else { return }
            last = end.signIn
        }
    }
}

struct AccountInviteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite", abstract: "Print a new address to choose a password at.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The name to sign in with.")
    var signIn: String

    func run() async throws {
        let made = try await options.change(signIn) { accounts, account, db in
            try accounts.inviteAgain(account, by: .command(), db)
        }
        print(invitation(made.secret, made.purpose))
    }
}

struct AccountDisableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Let an account sign in no longer, from this moment on.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The name to sign in with.")
    var signIn: String

    func run() async throws {
        try await options.change(signIn) { accounts, account, db in
            try accounts.disable(account, by: .command(), at: accounts.now(), db)
        }
    }
}

struct AccountPersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person", abstract: "Say which person of the district holds an account.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The name to sign in with.")
    var signIn: String

    @Argument(help: "The number of the person.")
    var number: String

    func run() async throws {
        let number = number
        try await options.change(signIn) { accounts, account, db in
            let person = try Accounts.person(number: number, db)
            try accounts.setPerson(person, of: account, by: .command(), db)
        }
    }
}

struct AccountCodesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "codes", abstract: "Codes of a telephone.",
        subcommands: [AccountCodesResetCommand.self])
}

struct AccountCodesResetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset", abstract: "Take the codes of a lost telephone away.",
        discussion: """
            The sessions of the account and its link to the provider end, and its next sign-in \
            sets codes up anew. The password stays; “account invite” prints an address for another \
            one, or for the first.
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The name to sign in with.")
    var signIn: String

    func run() async throws {
        try await options.change(signIn) { accounts, account, db in
            try accounts.resetCodes(of: account, by: .command(), db)
        }
    }
}

extension DataOptions {
    /// The provider of the district, which links are made to.
    fileprivate func issuer() throws -> String {
        guard let setting = try folder.openID() else {
            throw Refusal.conflict(
                zh: "\(folder.path) 中没有 openid.yaml。", en: "\(folder.path) has no openid.yaml.")
        }
        return setting.issuer
    }

    /// Changes the link of an account, by its sign-in name.
    fileprivate func changeLink(
        of signIn: String,
        _ change: @escaping @Sendable (Accounts, Account.ID, Connection) throws -> Void
    ) async throws {
        do {
            try await self.change(signIn) { accounts, account, db in
                try change(accounts, account.id, db)
            }
        } catch is OpenIDFault {
            throw Refusal.conflict(
                zh: "该账号或该标识已有关联，请先解除。",
                en: "The account or the subject is linked already: unlink it first.")
        }
    }
}

struct AccountLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Let somebody at the provider of openid.yaml sign in.",
        discussion: """
            The subject is what the provider calls him: its page of users shows it, and so does \
            the page that turns him away as long as no account is linked.
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The name to sign in with.")
    var signIn: String

    @Option(help: "What the provider calls the holder (sub).")
    var subject: String

    func run() async throws {
        let (issuer, subject) = (try options.issuer(), subject)
        guard !subject.isEmpty, subject.count <= IDToken.subjectCharacters else {
            throw Refusal.invalid(
                "subject", zh: "1至\(IDToken.subjectCharacters)个字符。",
                en: "1 to \(IDToken.subjectCharacters) characters.")
        }
        try await options.changeLink(of: signIn) { accounts, account, db in
            try accounts.link(account, to: subject, at: issuer, by: .command(), db)
        }
    }
}

struct AccountUnlinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlink", abstract: "End the link of an account, and its sessions.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The name to sign in with.")
    var signIn: String

    func run() async throws {
        let issuer = try options.issuer()
        try await options.changeLink(of: signIn) { accounts, account, db in
            try accounts.unlink(account, at: issuer, excluding: nil, by: .command(), db)
        }
    }
}
