import Core
import Hummingbird
import Storage
import Web

/// GET /sign-in/openid/start and GET /sign-in/openid. For everybody: out to the provider, and back.
///
/// Both are links and no forms, for browsers hold a form to this site even where its answer sends
/// them on. Nobody can be signed in unasked all the same: only the browser that set out holds the
/// number that the answer of the provider must fit.
struct SignInWithOpenID: Sendable {
    let accounts: Accounts
    let provider: OpenIDProvider
    let site: Site
    private let rate: RateLimit

    init(accounts: Accounts, provider: OpenIDProvider, site: Site) {
        self.accounts = accounts
        self.provider = provider
        self.site = site
        rate = RateLimit(OpenIDAttempt.perMinute, per: 60_000, now: accounts.now)
    }

    /// It keeps a try: the one address that writes when it is only asked for, because a form may
    /// not lead to another site.
    @Sendable func start(_ request: Request, _ context: AppContext) async throws -> Response {
        guard rate.takes(context.client) else { throw HTTPError(.tooManyRequests) }
        do {
            let begun = try await accounts.begin(
                provider, for: nil, next: context.address["next"])
            var headers = HTTPFields()
            headers[.location] = begun.address
            headers[.cacheControl] = "no-store"
            var response = Response(status: .seeOther, headers: headers)
            response.setCookie(SessionCookie.openID(begun.secret, site))
            return response
        } catch let fault as OpenIDFault {
            return site.show(fault, context)
        }
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        do {
            var response = try await arrive(request, context)
            response.setCookie(SessionCookie.openID("", site))
            return response
        } catch let fault as OpenIDFault {
            return site.show(fault, context)
        }
    }

    /// Takes in what the provider sent: signs in, or links the account of who is signed in.
    private func arrive(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = context.address
        guard let secret = request.cookie(site.cookie(SessionCookie.openID)),
            secret.utf8.count == 64
        else { throw OpenIDFault.expired }
        let attempt = OpenIDAttempt(secret: secret, key: accounts.secrets)
        guard isSame(query["state"] ?? "", attempt.state) else { throw OpenIDFault.expired }
        let moment = accounts.now()
        let kept = try await accounts.database.write { db in
            try OpenIDAttemptStore(db).take(attempt, at: moment)
        }
        guard let kept else { throw OpenIDFault.expired }
        // A provider that says who it is must be the one that was asked (RFC 9207).
        guard query["iss"].map({ $0 == provider.setting.issuer }) ?? true else {
            throw OpenIDFault.invalid("issuer of the answer")
        }
        guard query["error"] == nil else { throw OpenIDFault.denied }
        guard let code = query["code"], !code.isEmpty else { throw OpenIDFault.invalid("code") }
        let visitor = try await provider.visitor(code, attempt)
        guard let account = kept.account else {
            return try await signIn(visitor, request, context, next: kept.next)
        }
        guard context.reader.account == account else { throw OpenIDFault.expired }
        let actor = context.actor
        let session = Session.digest(of: request.cookie(SessionCookie.name(site)) ?? "")
        try await accounts.database.write { [accounts, provider] db in
            try SessionStore(db).requireOpen(session, of: account, at: accounts.now())
            try accounts.link(
                account, to: visitor.subject, at: provider.setting.issuer, by: actor, db)
        }
        return site.redirect(to: Address.linkOpenID.with("done", "openid_linked"))
    }

    private func signIn(
        _ visitor: OpenIDProvider.Visitor, _ request: Request, _ context: AppContext,
        next: String?
    ) async throws -> Response {
        let issuer = provider.setting.issuer
        let account = try await accounts.database.read { db in
            try AccountIdentityStore(db).account(of: visitor.subject, at: issuer)
                .flatMap { try AccountStore(db).find($0) }
        }
        // A disabled account is answered like none.
        guard let account, accounts.maySignIn(account) else {
            throw OpenIDFault.unlinked(subject: visitor.subject)
        }
        return try await SessionOpening(accounts: accounts, site: site).proceed(
            account, request, context, next: next,
            hasSecondFactor: provider.setting.trustsSecondFactor && visitor.hasSecondFactor)
    }
}

extension Accounts {
    /// Begins a try to sign in with the provider, or to link an account to it: what the browser
    /// keeps, and where it is sent.
    func begin(
        _ provider: OpenIDProvider, for account: Account.ID?, next: String?
    ) async throws -> (secret: String, address: String) {
        let attempt = OpenIDAttempt(secret: freshSecret(), key: secrets)
        let address = try await provider.address(for: attempt)
        let local = next.flatMap(Address.init(local:))?.text
        let moment = now()
        try await database.write { db in
            try OpenIDAttemptStore(db).insert(attempt, account: account, next: local, at: moment)
        }
        return (attempt.secret, address)
    }
}
