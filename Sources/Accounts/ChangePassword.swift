import Core
import Hummingbird
import Storage
import Web

/// GET and POST /my/password. For anyone who is signed in, and knows the password they have.
struct ChangePassword: Sendable {
    let accounts: Accounts
    let site: Site

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        page(context, FormState(context))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let account = try await accounts.account(context)
        return try await context.mending(form) {
            try await accounts.requirePassword(form, "old", account)
            let password = form.all("password").first ?? ""
            try PasswordRule.check(password, of: account)
            let kept = try await accounts.passwords.keep(password)
            let current = Session.digest(of: request.cookie(SessionCookie.name(site)) ?? "")
            try await accounts.database.write { [accounts] db in
                try accounts.changePassword(kept, of: account.id, in: current, db)
            }
            return site.redirect(to: Address.mine.with("done", "password_changed"))
        } again: {
            page(context, $0)
        }
    }

    private func page(_ context: AppContext, _ state: FormState) -> Response {
        let words = site.words(context)
        let sheet = FormSheet(
            context.formHead(.password), state,
            [
                state.line(
                    "old", words["password_old"], type: "password", isRequired: true,
                    autocomplete: "current-password"),
                state.line(
                    "password", words["welcome_password"], type: "password", isRequired: true,
                    help: words[
                        "welcome_password_help", ["shortest": String(PasswordRule.shortest)]],
                    autocomplete: "new-password"),
            ], submit: words["password_go"])
        return site.show(
            FormPage(words["password_title"], sheet), context, status: state.status)
    }
}

extension Fault {
    /// A code that is not one of the account's.
    static func wrongCode(_ place: String) -> Fault {
        Fault(place, zh: "验证码不对或已用过。", en: "This code is wrong, or was used before.")
    }
}

extension Accounts {
    /// Takes the place of a password, in the session of who knew the old one.
    ///
    /// - Throws: `Refusal.conflict` when that session ended meanwhile, as it does when another
    ///   password was chosen with an address.
    package func changePassword(
        _ kept: String, of id: Account.ID, in session: String, _ db: Connection
    ) throws {
        try SessionStore(db).requireOpen(session, of: id, at: now())
        try setPassword(kept, of: id, excluding: session, db)
    }

    /// The account behind a request.
    func account(_ context: AppContext) async throws -> Account {
        let id = try context.requireAccount()
        guard let account = try await database.read({ try AccountStore($0).find(id) })
        else { throw Refusal.notFound }
        return account
    }

    /// Lets nobody pass who is signed in and does not know their password.
    ///
    /// - Parameter name: the field in which it stands.
    func requirePassword(_ form: Form, _ name: String, _ account: Account) async throws {
        switch try await outcome(of: form.all(name).first ?? "", account) {
        case .right: return
        case .wrong:
            throw Refusal.invalid(
                name, zh: "当前密码不对。", en: "This is not the password you have.")
        case .closed: throw Refusal.invalid([Fault(name, SignInGate.closed)])
        }
    }

    /// Whether somebody who is signed in knows their password; guesses are counted as at the door.
    private func outcome(of password: String, _ account: Account) async throws -> SignInOutcome {
        let moment = now()
        let way = "session " + account.id.text
        let (counter, isClosed) = try await database.read { [secrets] db in
            let gate = SignInGate(db, key: secrets)
            let counter = gate.counter(name: account.signIn, way: way)
            return (counter, try gate.isClosed(counter, at: moment))
        }
        guard !isClosed else { return .closed }
        let isRight = try await passwords.isRight(
            String(password.prefix(PasswordRule.longest)), kept: account.password)
        return try await database.write { [secrets] db in
            let gate = SignInGate(db, key: secrets)
            // Guesses sent at once are checked side by side: the way may be closed by now.
            guard try !gate.isClosed(counter, at: moment) else { return .closed }
            if isRight { try gate.succeed(counter) } else { try gate.fail(counter, at: moment) }
            return isRight ? .right : .wrong
        }
    }
}
