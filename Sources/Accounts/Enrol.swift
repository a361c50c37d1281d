import Core
import Hummingbird
import Storage
import Web

/// GET and POST /sign-in/enrol. For anyone who has given the right password and must have codes,
/// which they have not: an administrator, or somebody whose codes were taken away. They get none of
/// their rights before.
struct Enrol: Sendable {
    let accounts: Accounts
    let site: Site

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        guard let (account, _) = try await accounts.stepping(request, .enrolment, site) else {
            return site.redirect(to: .signIn)
        }
        return try page(
            account, .fresh(), context, FormState(context), next: context.address["next"])
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
                account, codes, context, FormState(context, form, [.wrongCode("code")]),
                next: form.all("next").first)
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
        var response = site.show(RecoveryPage(recovery, site.words(context)), context).unkept
        for cookie in opened.headers[values: .setCookie] {
            response.headers.append(HTTPFields.Element(name: .setCookie, value: cookie))
        }
        return response
    }

    private func page(
        _ account: Account, _ codes: OneTimeCode, _ context: AppContext, _ state: FormState,
        next: String?
    ) throws -> Response {
        let words = site.words(context)
        var sheet = FormSheet(
            context.formHead(.enrolment), state, [CodesPage.code(state, words)],
            submit: words["enrolment_go"])
        sheet.hidden =
            [HiddenField("sealed", try codes.sealed(accounts.secrets, for: account.id))]
            + (next.map { [HiddenField("next", $0)] } ?? [])
        // The secret of the telephone stands on it, and nobody is signed in yet.
        return site.show(
            CodesPage(codes, account, sheet, lead: words["enrolment_lead"], words), context,
            status: state.status
        ).unkept
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
            recovery.map { RecoveryCode.mac($0, secrets, account.id) }, of: account.id)
        try Audit(db, key: key).record(
            "account.codes_set", account.id.text, by: account.actor, at: moment, quietly: true)
    }
}

/// The secret for the telephone, and the form of the first code from it.
struct CodesPage: Page {
    static let template = "accounts/codes"

    let title: String
    let lead: String?
    let secret: String
    let link: String
    let sheet: FormSheet
    /// The way to do without codes; nil for anyone who has none, or must have them.
    let ending: FormSheet?

    init(
        _ codes: OneTimeCode, _ account: Account, _ sheet: FormSheet, ending: FormSheet? = nil,
        lead: String? = nil, _ words: Words
    ) {
        title = words["enrolment_title"]
        self.lead = lead
        let typed = Array(codes.typed)
        secret = stride(from: 0, to: typed.count, by: 4)
            .map { String(typed[$0..<min($0 + 4, typed.count)]) }.joined(separator: " ")
        link = codes.link(for: account)
        self.sheet = sheet
        self.ending = ending
    }

    var summary: FaultSummary? { sheet.summary ?? ending?.summary }

    static func code(_ state: FormState, _ words: Words) -> FormPart {
        state.line(
            "code", words["enrolment_code"], isRequired: true, autocomplete: "one-time-code",
            inputmode: "numeric")
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
