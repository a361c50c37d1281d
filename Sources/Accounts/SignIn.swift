import Core
import Hummingbird
import Storage
import Web

/// GET and POST /sign-in. For everybody: a name and a password, and on from there.
///
/// Whatever is wrong, the answer is the same and takes as long, so that nobody learns which names
/// there are. The form kit shows the form again, but takes none in once: whoever sent it is not
/// known yet.
struct SignIn: Sendable {
    let accounts: Accounts
    let site: Site

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        if context.reader.account != nil { return site.redirect(to: .desk) }
        return page(context, FormState(context), next: context.address["next"], .ok)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let password = form.all("password").first ?? ""
        let name = (try? Account.folded(form.text("name") ?? "")) ?? ""
        let moment = accounts.now()
        let way = SessionCookie.way(request, context, accounts.secrets, site, name: name)
        let (account, isClosed) = try await accounts.database.read { [accounts] db in
            let gate = SignInGate(db, key: accounts.secrets)
            return (
                try AccountStore(db).find(signIn: name),
                try gate.isClosed(name: name, way: way, at: moment)
            )
        }
        var isRight = false
        if !isClosed {
            isRight = try await accounts.passwords.isRight(
                String(password.prefix(PasswordRule.longest)), kept: account?.password)
        }
        if isRight {
            // Guesses sent at once are checked side by side: the way may be closed by now.
            isRight = try await accounts.database.read { [accounts] db in
                let gate = SignInGate(db, key: accounts.secrets)
                return try !gate.isClosed(name: name, way: way, at: moment)
            }
        }
        guard let account, isRight, accounts.maySignIn(account) else {
            if !isClosed { try await refuse(name, account, way, moment) }
            let said = isClosed ? SignInGate.closed : site.terms["sign_in_wrong"]
            return page(
                context, FormState(context, form, said.map { [Fault("name", $0)] } ?? []),
                next: form.all("next").first, isClosed ? .tooManyRequests : .unprocessableContent)
        }
        let current = try await accounts.keepAnew(password, of: account)
        return try await SessionOpening(accounts: accounts, site: site)
            .proceed(current, request, context, next: form.all("next").first)
    }

    private func page(
        _ context: AppContext, _ state: FormState, next: String?, _ status: HTTPResponse.Status
    ) -> Response {
        site.show(
            SignInPage(
                state, next: next, openID: accounts.openID?.setting.button,
                head: context.formHead(.signIn), site.words(context)),
            context, status: status)
    }

    /// One wrong password: counted, and in the audit under the account it was meant for.
    private func refuse(
        _ name: String, _ account: Account?, _ way: String, _ moment: Moment
    ) async throws {
        try await accounts.database.write { [accounts] db in
            let gate = SignInGate(db, key: accounts.secrets)
            try gate.fail(name: name, way: way, at: moment)
            if let account {
                try Audit(db, key: accounts.key).record(
                    "session.refused", account.id.text, by: .visitor, at: moment, quietly: true)
            }
        }
    }
}

extension Accounts {
    /// Keeps a right password at today's cost, when it was kept at another, so that this account
    /// takes as long to answer as a name that nobody has.
    fileprivate func keepAnew(_ password: String, of account: Account) async throws -> Account {
        guard let old = account.password, passwords.isOutdated(old) else { return account }
        let kept = try await passwords.keep(String(password.prefix(PasswordRule.longest)))
        return try await database.write { db in
            let store = AccountStore(db)
            // Who chose another one meanwhile is not let in with this one.
            guard try store.replacePassword(old, with: kept, of: account.id) else {
                return account
            }
            return try store.find(account.id) ?? account
        }
    }
}

/// Opens a session behind the last step, whichever that was.
struct SessionOpening: Sendable {
    let accounts: Accounts
    let site: Site

    /// Goes on with who has shown who they are: to the code they have to give, to set codes up when
    /// they must have them, or straight in.
    ///
    /// - Parameter hasSecondFactor: whether they showed more than one thing already.
    func proceed(
        _ account: Account, _ request: Request, _ context: AppContext, next: String?,
        hasSecondFactor: Bool = false
    ) async throws -> Response {
        let moment = accounts.now()
        let purpose: AccessKey.Purpose? =
            hasSecondFactor
            ? nil
            : account.oneTimeSecret != nil
                ? .secondStep : account.office != nil || account.mustEnrol ? .enrolment : nil
        guard let purpose else {
            return try await open(account, request, context, next: next)
        }
        let secret = try await accounts.database.write { db in
            try AccessKeyStore(db).make(purpose, for: account.id, at: moment, by: account.actor)
        }
        var response = site.redirect(
            to: (purpose == .secondStep ? Address.code : .enrolment).with("next", next))
        response.setCookie(SessionCookie.step(secret, site))
        return response
    }

    /// A new number for the new session: whatever the browser held before is worth nothing.
    func open(
        _ account: Account, _ request: Request, _ context: AppContext, next: String?
    ) async throws -> Response {
        let secret = freshSecret()
        let moment = accounts.now()
        let device = Session.device(request.headers[.userAgent] ?? "")
        let old = request.cookie(SessionCookie.name(site))
        let way = SessionCookie.way(request, context, accounts.secrets, site, name: account.signIn)
        let isOpen = try await accounts.database.write { [accounts] db in
            // Disabled since, or with another password: what was shown before is worth nothing.
            guard let found = try AccountStore(db).find(account.id), accounts.maySignIn(found),
                found.password == account.password
            else { return false }
            let gate = SignInGate(db, key: accounts.secrets)
            try gate.succeed(name: account.signIn, way: way, at: moment)
            try gate.succeed(gate.counter(name: account.signIn, way: Accounts.codeWay(way)))
            let sessions = SessionStore(db)
            try self.end(old, for: account, at: moment, db)
            try sessions.open(
                Session.digest(of: secret), account: account.id, device: device, at: moment)
            try Audit(db, key: accounts.key).record(
                "session.opened", account.id.text, by: account.actor, at: moment, quietly: true)
            return true
        }
        guard isOpen else { return site.redirect(to: .signIn) }
        var response = site.redirect(to: next.flatMap(Address.init(local:)) ?? .desk)
        response.setCookie(SessionCookie.given(secret, site))
        response.setCookie(SessionCookie.device(account.signIn, accounts.secrets, site))
        response.setCookie(SessionCookie.step("", site))
        return response
    }
}

extension SessionOpening {
    /// Ends the session that the browser held, whoever it was: nobody could come back to it.
    private func end(
        _ old: String?, for account: Account, at moment: Moment, _ db: Connection
    ) throws {
        let sessions = SessionStore(db)
        guard let old, let earlier = try sessions.arrive(Session.digest(of: old))?.session
        else { return }
        try sessions.end(earlier.digest, of: earlier.account)
        guard earlier.account != account.id else { return }
        try Audit(db, key: accounts.key).record(
            "session.ended", earlier.account.text, by: account.actor, at: moment, quietly: true)
    }
}

/// The form of name and password.
struct SignInPage: Page {
    static let template = "accounts/sign_in"

    let title: String
    let head: FormHead
    let summary: FaultSummary?
    let name: FormPart
    let password: FormPart
    let next: String?
    /// The way over the provider; nil where there is none.
    let openID: Link?

    init(
        _ state: FormState, next: String?, openID: Wording?, head: FormHead, _ words: Words
    ) {
        title = words["sign_in_title"]
        self.head = head
        self.next = next
        self.openID = openID.map {
            Link($0[words.language], Address.startOpenID.with("next", next))
        }
        summary = state.summary(over: ["name"])
        name = state.line(
            "name", words["sign_in_name"], isRequired: true, opens: true, autocomplete: "username")
        password = state.line(
            "password", words["sign_in_password"], type: "password", isRequired: true,
            autocomplete: "current-password")
    }
}

/// POST /sign-out: ends the session that sent it.
struct SignOut: Sendable {
    let accounts: Accounts
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        _ = try await context.form(request)
        let secret = request.cookie(SessionCookie.name(site)) ?? ""
        let id = try context.requireAccount()
        let (moment, actor) = (accounts.now(), context.actor)
        try await accounts.database.write { [accounts] db in
            try SessionStore(db).end(Session.digest(of: secret), of: id)
            try Audit(db, key: accounts.key).record(
                "session.ended", id.text, by: actor, at: moment, quietly: true)
        }
        var response = site.redirect(to: Address().with("done", "signed_out"))
        response.setCookie(SessionCookie.gone(site))
        return response
    }
}
