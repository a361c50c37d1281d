import Core
import Hummingbird
import Storage
import Web

/// GET and POST /sign-in/enrol. For who has given the right password and must have codes, which he
/// has not: an administrator, or somebody whose codes were taken away. He gets none of his rights
/// before.
struct Enrol: Sendable {
    let accounts: Accounts
    let site: Site

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        guard let (account, _) = try await accounts.stepping(request, .enrolment, site) else {
            return site.redirect(to: .signIn)
        }
        return try page(account, .fresh(), context, next: context.address["next"], isWrong: false)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        guard let (account, secret) = try await accounts.stepping(request, .enrolment, site) else {
            return site.redirect(to: .signIn)
        }
        let sealed = form.all("sealed").first ?? ""
        guard
            let codes = OneTimeCode(sealed: sealed, accounts.secrets, for: account.id)
        else { throw Refusal.notFound }
        let moment = accounts.now()
        guard let step = codes.step(of: try form.text("code") ?? "", at: moment) else {
            return try page(
                account, codes, context, next: form.all("next").first, isWrong: true)
        }
        let recovery = RecoveryCode.fresh()
        let done = try await accounts.database.write { [accounts] db in
            guard try AccessKeyStore(db).use(secret, for: .enrolment, at: moment) else {
                return false
            }
            try accounts.adopt(sealed, step, recovery, account, moment, db)
            return true
        }
        guard done else { return site.redirect(to: .signIn) }
        let opened = try await SessionOpening(accounts: accounts, site: site)
            .open(account, request, context, next: nil)
        var response = site.show(
            RecoveryPage(recovery, site.words(context)), context)
        response.headers[.cacheControl] = "no-store"
        for cookie in opened.headers[values: .setCookie] {
            response.headers.append(HTTPFields.Element(name: .setCookie, value: cookie))
        }
        return response
    }

    private func page(
        _ account: Account, _ codes: OneTimeCode, _ context: AppContext, next: String?,
        isWrong: Bool
    ) throws -> Response {
        var response = site.show(
            EnrolmentPage(
                codes, account, sealed: try codes.sealed(accounts.secrets, for: account.id),
                next: next, isWrong: isWrong, head: context.formHead(.enrolment),
                site.words(context)),
            context, status: isWrong ? .unprocessableContent : .ok)
        // The secret of the telephone stands on it, and nobody is signed in yet.
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

extension Accounts {
    /// Takes codes into use, with new recovery codes beside them.
    func adopt(
        _ sealed: String, _ step: Int, _ recovery: [String], _ account: Account, _ moment: Moment,
        _ db: Connection
    ) throws {
        let store = AccountStore(db)
        try store.setOneTimeSecret(sealed, of: account.id)
        _ = try store.useStep(step, of: account.id)
        try store.setRecoveryCodes(
            recovery.map { RecoveryCode.mark($0, secrets, account.id) }, of: account.id)
        try Audit(db, key: key).record(
            "account.codes_set", account.id.text, by: account.actor, at: moment, quietly: true)
    }
}

/// The secret for the telephone, and the first code from it.
struct EnrolmentPage: Page {
    static let template = "accounts/enrolment"

    let title: String
    let head: FormHead
    let summary: FaultSummary?
    let secret: String
    let link: String
    let sealed: String
    let code: FormField
    let next: String?

    init(
        _ codes: OneTimeCode, _ account: Account, sealed: String, next: String?, isWrong: Bool,
        head: FormHead, _ words: Words
    ) {
        title = words["enrolment_title"]
        self.head = head
        self.next = next
        self.sealed = sealed
        let typed = Array(codes.typed)
        secret = stride(from: 0, to: typed.count, by: 4)
            .map { String(typed[$0..<min($0 + 4, typed.count)]) }.joined(separator: " ")
        link = codes.link(for: account)
        summary = FaultSummary(isWrong ? [(name: "code", sentence: words["code_wrong"])] : [])
        code = FormField(
            "code", words["enrolment_code"], isRequired: true,
            faults: isWrong ? [words["code_wrong"]] : [], isFirst: isWrong,
            autocomplete: "one-time-code", inputmode: "numeric")
    }
}

/// The recovery codes, shown once.
struct RecoveryPage: Page {
    static let template = "accounts/recovery"

    let title: String
    let codes: [String]
    let mineHref: String

    init(_ codes: [String], _ words: Words) {
        title = words["recovery_title"]
        self.codes = codes
        mineHref = Address.mine.text
    }
}
