import Core
import Hummingbird
import Storage
import Web

/// GET and POST /sign-in/code. For anyone who has given the right password: the code of their
/// telephone, or one of their recovery codes.
struct EnterCode: Sendable {
    let accounts: Accounts
    let site: Site

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        guard try await accounts.stepping(request, .secondStep, site) != nil else {
            return site.redirect(to: .signIn)
        }
        return page(context, FormState(context), next: context.address["next"])
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        guard let (account, secret) = try await accounts.stepping(request, .secondStep, site) else {
            return site.redirect(to: .signIn)
        }
        let code = try form.text("code") ?? ""
        let moment = accounts.now()
        let way = SessionCookie.way(request, context, accounts.secrets, site, name: account.signIn)
        let outcome = try await accounts.database.write { [accounts] db -> SignInOutcome in
            let outcome = try accounts.takes(
                code, of: account, way, at: moment, by: .visitor, db)
            guard outcome == .right else { return outcome }
            return try AccessKeyStore(db).use(secret, for: .secondStep, at: moment)
                ? .right : .wrong
        }
        guard outcome == .right else {
            return page(
                context, FormState(context, form, [outcome.fault("code")]),
                next: form.all("next").first, status: outcome.status)
        }
        return try await SessionOpening(accounts: accounts, site: site)
            .open(
                account, request, context,
                next: form.all("next").first)
    }

    private func page(
        _ context: AppContext, _ state: FormState, next: String?,
        status: HTTPResponse.Status? = nil
    ) -> Response {
        let words = site.words(context)
        var sheet = FormSheet(
            context.formHead(.code), state,
            [
                state.line(
                    "code", words["code_label"], isRequired: true, help: words["code_help"],
                    opens: true, autocomplete: "one-time-code")
            ], submit: words["sign_in_go"])
        sheet.hidden = next.map { [HiddenField("next", $0)] } ?? []
        return site.show(
            FormPage(words["code_title"], sheet), context, status: status ?? state.status)
    }
}

/// What came of a code or a password.
enum SignInOutcome {
    case right, wrong
    /// The way is closed for a while: it was not looked at.
    case closed

    /// What is said beside the field of a code that did not open.
    func fault(_ place: String) -> Fault {
        self == .closed ? Fault(place, SignInGate.closed) : .wrongCode(place)
    }

    var status: HTTPResponse.Status {
        switch self {
        case .right: .ok
        case .wrong: .unprocessableContent
        case .closed: .tooManyRequests
        }
    }
}

extension Accounts {
    /// Who is between two steps of signing in, by the key in their cookie.
    func stepping(
        _ request: Request, _ purpose: AccessKey.Purpose, _ site: Site
    ) async throws -> (Account, String)? {
        guard let secret = request.cookie(site.cookie(SessionCookie.step)), secret.utf8.count == 64
        else { return nil }
        let moment = now()
        let account = try await database.read { db in
            try AccessKeyStore(db).account(of: secret, for: purpose, at: moment)
                .flatMap { try AccountStore(db).find($0) }
        }
        guard let account, maySignIn(account) else { return nil }
        return (account, secret)
    }

    /// The way by which wrong codes are counted, beside the wrong passwords of the same way.
    static func codeWay(_ way: String) -> String { "code " + way }

    /// Whether a code is the account's; wrong ones are counted as at the door, and in the audit.
    ///
    /// Whoever knows the password closes only their own way: the holder's device stays open. Codes
    /// that are tried from everywhere close the ways of all devices that never signed in.
    func takes(
        _ code: String, of account: Account, _ way: String, at moment: Moment, by actor: Actor,
        _ db: Connection
    ) throws -> SignInOutcome {
        let gate = SignInGate(db, key: secrets)
        let counter = gate.counter(name: account.signIn, way: Self.codeWay(way))
        let strangers =
            way.hasPrefix(SessionCookie.addressWay)
            ? gate.counter(name: account.signIn, way: Self.codeWay("strangers")) : nil
        guard try !gate.isClosed(counter, at: moment),
            try !(strangers.map { try gate.isClosed($0, at: moment) } ?? false)
        else { return .closed }
        // What the account has now: its codes may have been taken away since.
        guard let current = try AccountStore(db).find(account.id),
            try uses(code, current, moment, db)
        else {
            try gate.fail(counter, at: moment)
            if let strangers {
                try gate.fail(strangers, at: moment, free: SignInGate.freeCodes)
            }
            try Audit(db, key: key).record(
                "session.code_refused", account.id.text, by: actor, at: moment, quietly: true)
            return .wrong
        }
        return .right
    }

    /// Lets nobody pass who is signed in, has codes and did not give one of them.
    ///
    /// - Parameter name: the field in which it stands.
    func requireCode(
        _ form: Form, _ name: String, _ account: Account, by actor: Actor
    ) async throws {
        let code = try form.text(name) ?? ""
        guard account.oneTimeSecret != nil else { return }
        let moment = now()
        let outcome = try await database.write { db in
            try takes(
                code, of: account, "session " + account.id.text, at: moment, by: actor, db)
        }
        guard outcome == .right else { throw Refusal.invalid([outcome.fault(name)]) }
    }

    /// Whether a code is good for an account now; each is good once.
    private func uses(
        _ code: String, _ account: Account, _ moment: Moment, _ db: Connection
    ) throws -> Bool {
        let store = AccountStore(db)
        if let sealed = account.oneTimeSecret,
            let codes = OneTimeCode(sealed: sealed, secrets, for: account.id),
            let step = codes.step(of: code, at: moment)
        {
            return try store.useStep(step, of: account.id)
        }
        let mac = RecoveryCode.mac(code, secrets, account.id)
        guard try store.useRecoveryCode(mac, of: account.id, at: moment) else { return false }
        try Audit(db, key: key).record(
            "account.recovery_code_used", account.id.text, by: account.actor, at: moment,
            quietly: true)
        return true
    }
}
