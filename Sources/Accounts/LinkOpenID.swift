import Core
import Hummingbird
import Storage
import Web

/// GET and POST /my/openid. For anyone who is signed in: links their account to who they are at the
/// provider, or ends the link. The password is asked for, and a code of who has codes, because the
/// link opens the account from then on.
struct LinkOpenID: Sendable {
    let accounts: Accounts
    let provider: OpenIDProvider
    let site: Site

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(try await accounts.account(context), context, FormState(context))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let account = try await accounts.account(context)
        return try await context.mending(form) {
            try await accounts.requirePassword(form, "old", account)
            try await accounts.requireCode(form, "code", account, by: context.actor)
            do {
                guard try await identity(of: account) == nil else { throw OpenIDFault.taken }
                let begun = try await accounts.begin(provider, for: account.id, next: nil)
                // A link to follow: a form may not lead to another site, not even by a redirect.
                var response = site.show(
                    OpenIDLeavePage(
                        href: begun.address, button: provider.setting.button, site.words(context)),
                    context)
                response.setCookie(SessionCookie.openID(begun.secret, site))
                return response
            } catch let fault as OpenIDFault {
                return site.show(fault, context)
            }
        } again: {
            try await page(account, context, $0)
        }
    }

    /// POST /my/openid/end: ends the link.
    @Sendable func end(_ request: Request, _ context: AppContext) async throws -> Response {
        _ = try await context.form(request)
        let account = try await accounts.account(context)
        guard account.password != nil else {
            throw Refusal.conflict(
                zh: "您还没有密码，解除后将无法登录。请先请系统管理员发送设置密码的邀请。",
                en: """
                    You have no password and could not sign in any more. Ask the system \
                    administrator for an invitation to choose one first.
                    """)
        }
        let current = Session.digest(
            of: request.cookie(SessionCookie.name(site)) ?? "")
        try await accounts.database.write { [accounts, provider] db in
            try accounts.unlink(
                account.id, at: provider.setting.issuer, excluding: current, by: account.actor, db)
        }
        return site.redirect(to: Address.linkOpenID.with("done", "openid_unlinked"))
    }

    private func identity(of account: Account) async throws -> AccountIdentity? {
        let issuer = provider.setting.issuer
        return try await accounts.database.read { db in
            try AccountIdentityStore(db).find(account.id, at: issuer)
        }
    }

    private func page(
        _ account: Account, _ context: AppContext, _ state: FormState
    ) async throws -> Response {
        let identity = try await identity(of: account)
        return site.show(
            OpenIDPage(
                identity, account, state, button: provider.setting.button, context,
                site.words(context)),
            context, status: state.status)
    }
}

/// The link of one's own account to the provider.
struct OpenIDPage: Page {
    static let template = "accounts/openid"

    let title: String
    let provider: String
    /// How to link the account; nil when it is linked.
    let linking: FormSheet?
    /// What the account is linked to; nil when it is not.
    let linked: Linked?

    struct Linked: Sendable {
        let head: FormHead
        let subject: String
        let since: String
    }

    init(
        _ identity: AccountIdentity?, _ account: Account, _ state: FormState, button: Wording,
        _ context: AppContext, _ words: Words
    ) {
        title = words["openid_title"]
        provider = button[words.language]
        linked = identity.map {
            Linked(
                head: context.formHead(.endOpenID),
                subject: words["openid_subject", ["subject": $0.subject]],
                since: words["openid_since", ["at": $0.linkedAt.text]])
        }
        func field(_ name: String, _ label: String, _ type: String, _ fill: String) -> FormPart {
            state.line(name, words[label], type: type, isRequired: true, autocomplete: fill)
        }
        let fields =
            [field("old", "password_old", "password", "current-password")]
            + (account.oneTimeSecret == nil
                ? [] : [field("code", "code_label", "text", "one-time-code")])
        linking =
            identity == nil
            ? FormSheet(
                context.formHead(.linkOpenID), state, fields, note: words["openid_lead"],
                submit: words["openid_link"]) : nil
    }

    var summary: FaultSummary? { linking?.summary }
}

/// The way out to the provider, to be followed by hand.
struct OpenIDLeavePage: Page {
    static let template = "accounts/openid_leave"

    let title: String
    let href: String
    let provider: String

    init(href: String, button: Wording, _ words: Words) {
        title = words["openid_title"]
        self.href = href
        provider = button[words.language]
    }
}
