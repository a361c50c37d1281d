import Accounts
import App
import ArgumentParser
import Core
import Ledger
import Storage

/// groundwork account: who can sign in. The first administrators are made here.
struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Make, list, invite anew or disable accounts.",
        subcommands: [
            AccountCreateCommand.self, AccountListCommand.self, AccountInviteCommand.self,
            AccountDisableCommand.self,
        ])
}

extension DataOptions {
    /// The accounts of the district that the options name.
    fileprivate func accounts() async throws -> (District, Accounts) {
        let district = try await open()
        return (
            district, Accounts(district, passwords: Passwords(cost: 14), isDemonstration: false)
        )
    }
}

struct AccountCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make an account and print its invitation.",
        discussion: """
            No password is set here: whoever opens the address that is printed chooses one, once, \
            within three days. An office is system, security or audit; they exclude one another.
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The name to sign in with.")
    var signIn: String

    @Option(help: "How the pages call the holder.")
    var name: String?

    @Option(help: "system, security or audit: makes an administrator.")
    var office: String?

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
        let made = try await accounts.invite(
            signIn, name: name ?? signIn, office: office, by: .command())
        print(invitation(made.secret, .invitation))
    }
}

/// Where somebody chooses his password, without the name of the host, which only he knows.
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
                let parts = [account.signIn, account.name, account.office?.rawValue ?? "-", state]
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
        let (district, _) = try await options.accounts()
        defer { district.database.close() }
        let folded = try Account.folded(signIn)
        let moment = district.now()
        let secret = try await district.database.write { db in
            guard let account = try AccountStore(db).find(signIn: folded) else {
                throw Refusal.notFound
            }
            try Audit(db, key: district.key).record(
                "account.invited", account.id.text, by: .command(), at: moment, quietly: true)
            return try AccessKeyStore(db).make(
                .reset, for: account.id, at: moment, by: .command())
        }
        print(invitation(secret, .reset))
    }
}

struct AccountDisableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Let an account sign in no longer, from this moment on.")

    @OptionGroup var options: DataOptions

    @Argument(help: "The name to sign in with.")
    var signIn: String

    func run() async throws {
        let (district, _) = try await options.accounts()
        defer { district.database.close() }
        let folded = try Account.folded(signIn)
        let moment = district.now()
        try await district.database.write { db in
            guard let account = try AccountStore(db).find(signIn: folded) else {
                throw Refusal.notFound
            }
            try AccountStore(db).disable(account.id, at: moment)
            try SessionStore(db).endAll(of: account.id)
            try Audit(db, key: district.key).record(
                "account.disabled", account.id.text, by: .command(), at: moment, quietly: true)
        }
    }
}
