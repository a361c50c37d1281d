import Core
import Hummingbird
import Storage
import Web

/// GET and POST /my/codes. For who is signed in: sets up the codes of a telephone, or sets them up
/// anew. The password is asked for again, and one of the codes there are: whoever found a session
/// open, and overheard the password, moves them to no telephone of his. An administrator cannot do
/// without them.
struct UseCodes: Sendable {
    let accounts: Accounts
    let site: Site

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try page(try await accounts.account(context), .fresh(), context, [])
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let account = try await accounts.account(context)
        let sealed = form.all("sealed").first ?? ""
        guard let codes = OneTimeCode(sealed: sealed, accounts.secrets, for: account.id) else {
            throw Refusal.notFound
        }
        guard try await accounts.knows(form.all("old").first ?? "", account, context) else {
            return try page(
                account, codes, context,
                [Fault("old", zh: "当前密码不对。", en: "This is not the password you have.")])
        }
        let moment = accounts.now()
        guard let step = codes.step(of: try form.text("code") ?? "", at: moment) else {
            return try page(
                account, codes, context,
                [Fault("code", zh: "验证码不对或已过期。", en: "The code is wrong or too old.")])
        }
        let present = try form.text("present") ?? ""
        let outcome = try await accounts.knowsCode(present, account, by: context.actor)
        guard outcome == .right else {
            return try page(account, codes, context, [Self.wrong("present", outcome)])
        }
        let recovery = RecoveryCode.fresh()
        try await accounts.database.write { [accounts] db in
            try accounts.adopt(sealed, step, recovery, account, moment, db)
        }
        return site.show(RecoveryPage(recovery, site.words(context)), context)
    }

    /// POST /my/codes/end: does without codes from now on.
    @Sendable func end(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let account = try await accounts.account(context)
        guard account.office == nil else {
            throw Refusal.conflict(
                zh: "管理员账号必须使用动态验证码。", en: "An administrator cannot do without codes.")
        }
        guard try await accounts.knows(form.all("password").first ?? "", account, context) else {
            return try page(
                account, .fresh(), context,
                [Fault("old", zh: "当前密码不对。", en: "This is not the password you have.")])
        }
        let ending = try form.text("ending_code") ?? ""
        let outcome = try await accounts.knowsCode(ending, account, by: context.actor)
        guard outcome == .right else {
            return try page(account, .fresh(), context, [Self.wrong("ending_code", outcome)])
        }
        let moment = accounts.now()
        try await accounts.database.write { [accounts] db in
            let store = AccountStore(db)
            try store.setOneTimeSecret(nil, of: account.id)
            try store.setRecoveryCodes([], of: account.id)
            try Audit(db, key: accounts.key).record(
                "account.codes_ended", account.id.text, by: account.actor, at: moment,
                quietly: true)
        }
        return site.redirect(to: Address.mine.with("done", "codes_ended"))
    }

    private static func wrong(_ place: String, _ outcome: CodeOutcome) -> Fault {
        guard outcome != .closed else {
            return Fault(
                place, zh: "多次输入有误，请稍候再试。", en: "Too many wrong tries. Wait a little.")
        }
        return Fault(place, zh: "验证码不对或已用过。", en: "This code is wrong, or was used before.")
    }

    private func page(
        _ account: Account, _ codes: OneTimeCode, _ context: AppContext, _ faults: [Fault]
    ) throws -> Response {
        site.show(
            CodesPage(
                codes, account, sealed: try codes.sealed(accounts.secrets, for: account.id),
                faults, context, site.words(context)),
            context, status: faults.isEmpty ? .ok : .unprocessableContent)
    }
}

/// The codes of one's own account.
struct CodesPage: Page {
    static let template = "accounts/codes"

    let title: String
    let head: FormHead
    let summary: FaultSummary?
    let enrolment: EnrolmentPage
    let old: FormField
    /// A code of those there are; nil for who has none.
    let present: FormField?
    let code: FormField
    /// The way to do without codes; nil for who has none, or must have them.
    let ending: Ending?

    struct Ending: Sendable {
        let head: FormHead
        let password: FormField
        let endingCode: FormField
    }

    init(
        _ codes: OneTimeCode, _ account: Account, sealed: String, _ faults: [Fault],
        _ context: AppContext, _ words: Words
    ) {
        func sentences(_ place: String) -> [String] {
            faults.filter { $0.place == place }.map { $0.words[words.language] }
        }
        title = words["enrolment_title"]
        head = context.formHead(.codes)
        summary = FaultSummary(
            faults.map { (name: $0.place, sentence: $0.words[words.language]) })
        enrolment = EnrolmentPage(
            codes, account, sealed: sealed, next: nil, isWrong: false, head: head, words)
        old = FormField(
            "old", words["password_old"], type: "password", isRequired: true,
            faults: sentences("old"), isFirst: faults.first?.place == "old",
            autocomplete: "current-password")
        func known(_ name: String) -> FormField {
            FormField(
                name, words["codes_present"], isRequired: true, help: words["code_help"],
                faults: sentences(name), isFirst: faults.first?.place == name,
                autocomplete: "one-time-code")
        }
        present = account.oneTimeSecret == nil ? nil : known("present")
        code = FormField(
            "code", words["enrolment_code"], isRequired: true, faults: sentences("code"),
            isFirst: faults.first?.place == "code", autocomplete: "one-time-code",
            inputmode: "numeric")
        let isFree = account.oneTimeSecret != nil && account.office == nil
        ending =
            isFree
            ? Ending(
                head: context.formHead(.endCodes),
                password: FormField(
                    "password", words["password_old"], type: "password", isRequired: true,
                    autocomplete: "current-password"), endingCode: known("ending_code"))
            : nil
    }
}
