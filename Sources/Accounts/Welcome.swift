import Core
import Hummingbird
import Storage
import Web

/// GET and POST /welcome?key=…&for=invitation. For anyone who holds a good link: they choose a
/// password, which is the only way into their account until they link it to a provider again. A
/// link that waits to be released is told so; only its holder knows it.
///
/// The key stands in the query, which is never logged, and the page sends no referrer.
struct Welcome: Sendable {
    let accounts: Accounts
    let site: Site

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let door = try await door(
            key: context.address["key"] ?? "", purpose: context.address["for"] ?? "")
        guard door.isReleased else { return waiting(context) }
        return page(door, context, FormState(context))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let door = try await door(
            key: form.all("secret").first ?? "", purpose: form.all("for").first ?? "")
        guard door.isReleased else { return waiting(context) }
        let password = form.all("password").first ?? ""
        return try await context.mending(form) {
            try PasswordRule.check(password, of: door.account)
            let kept = try await accounts.passwords.keep(password)
            let moment = accounts.now()
            try await accounts.database.write { [accounts] db in
                guard try AccessKeyStore(db).use(door.secret, for: door.purpose, at: moment) else {
                    throw Refusal.notFound
                }
                try accounts.setPassword(kept, of: door.account.id, excluding: nil, db)
                try accounts.unlinkAll(door.account.id, by: door.account.actor, db)
            }
            return site.redirect(to: Address.signIn.with("done", "password_set"))
        } again: {
            page(door, context, $0)
        }
    }

    private struct Door: Sendable {
        let account: Account
        let purpose: AccessKey.Purpose
        let secret: String
        let isReleased: Bool
    }

    /// A link that is used, too old, for something else or made up leads nowhere, all the same.
    private func door(key: String, purpose: String) async throws -> Door {
        guard let purpose = AccessKey.Purpose(rawValue: purpose),
            purpose.isForPassword, key.utf8.count == 64
        else { throw Refusal.notFound }
        let moment = accounts.now()
        let found = try await accounts.database.read { db -> Door? in
            guard let held = try AccessKeyStore(db).find(key, for: purpose, at: moment),
                let account = try AccountStore(db).find(held.account)
            else { return nil }
            return Door(
                account: account, purpose: purpose, secret: key, isReleased: held.isReleased)
        }
        guard let found, accounts.maySignIn(found.account) else { throw Refusal.notFound }
        return found
    }

    private func waiting(_ context: AppContext) -> Response {
        unkept(site.show(UnreleasedPage(site.words(context)), context, status: .conflict))
    }

    private func page(_ door: Door, _ context: AppContext, _ state: FormState) -> Response {
        unkept(
            site.show(
                WelcomePage(
                    door.account, secret: door.secret, purpose: door.purpose, state,
                    head: context.formHead(.welcome), site.words(context)),
                context, status: state.status))
    }

    /// The answer to who holds a secret in their address: told to nobody, kept nowhere.
    private func unkept(_ page: Response) -> Response {
        var response = page.unkept
        if let name = HTTPFields.Element.Name("Referrer-Policy") {
            response.headers[name] = "no-referrer"
        }
        return response
    }
}

/// What is said of an address that was not released yet.
struct UnreleasedPage: Page {
    static let template = "accounts/unreleased"

    let title: String
    let sentence: String

    init(_ words: Words) {
        title = words["unreleased_title"]
        sentence = words["unreleased_text"]
    }
}

/// The form of a first or new password.
struct WelcomePage: Page {
    static let template = "accounts/welcome"

    let title: String
    let head: FormHead
    let summary: FaultSummary?
    let greeting: String
    let signIn: String
    let secret: String
    let purpose: String
    let password: FormPart

    init(
        _ account: Account, secret: String, purpose: AccessKey.Purpose, _ state: FormState,
        head: FormHead, _ words: Words
    ) {
        title = words["welcome_title"]
        self.head = head
        greeting = words["welcome_text", ["name": account.name, "sign_in": account.signIn]]
        signIn = account.signIn
        self.secret = secret
        self.purpose = purpose.rawValue
        summary = state.summary(over: ["password"])
        password = state.line(
            "password", words["welcome_password"], type: "password", isRequired: true,
            help: words[
                "welcome_password_help", ["shortest": String(PasswordRule.shortest)]],
            opens: true, autocomplete: "new-password")
    }
}
