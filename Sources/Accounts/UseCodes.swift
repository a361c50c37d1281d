import Core
import Hummingbird
import Storage
import Web

/// GET and POST /my/codes. For anyone who is signed in: sets up the codes of a telephone, or sets
/// them up anew. The password is asked for again, and one of the codes there are: whoever found a
/// session open, and overheard the password, moves them to no telephone of theirs. An administrator
/// cannot do without them.
struct UseCodes: Sendable {
    let accounts: Accounts
    let site: Site

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try page(try await accounts.account(context), .fresh(), context, FormState(context))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let account = try await accounts.account(context)
        let sealed = form.all("sealed").first ?? ""
        guard let codes = OneTimeCode(sealed: sealed, accounts.secrets, for: account.id) else {
            throw Refusal.notFound
        }
        return try await context.mending(form) {
            try await accounts.requirePassword(form, "old", account)
            let moment = accounts.now()
            guard let step = codes.step(of: try form.text("code") ?? "", at: moment) else {
                throw Refusal.invalid(
                    "code", zh: "验证码不对或已过期。", en: "The code is wrong or too old.")
            }
            try await accounts.requireCode(form, "present", account, by: context.actor)
            let recovery = RecoveryCode.fresh()
            try await accounts.database.write { [accounts] db in
                try accounts.adopt(sealed, step, recovery, account, moment, db)
            }
            return site.show(RecoveryPage(recovery, site.words(context)), context)
        } again: {
            try page(account, codes, context, $0)
        }
    }

    /// POST /my/codes/end: does without codes from now on.
    @Sendable func end(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let account = try await accounts.account(context)
        guard account.office == nil else {
            throw Refusal.conflict(
                zh: "管理员账号必须使用动态验证码。", en: "An administrator cannot do without codes.")
        }
        return try await context.mending(form) {
            try await accounts.requirePassword(form, "password", account)
            try await accounts.requireCode(form, "ending_code", account, by: context.actor)
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
        } again: {
            try page(account, .fresh(), context, FormState(context), ending: $0)
        }
    }

    private func page(
        _ account: Account, _ codes: OneTimeCode, _ context: AppContext, _ state: FormState,
        ending: FormState? = nil
    ) throws -> Response {
        let words = site.words(context)
        func password(_ name: String, _ state: FormState) -> FormPart {
            state.line(
                name, words["password_old"], type: "password", isRequired: true,
                autocomplete: "current-password")
        }
        func known(_ name: String, _ state: FormState) -> FormPart {
            state.line(
                name, words["codes_present"], isRequired: true, help: words["code_help"],
                autocomplete: "one-time-code")
        }
        let hasCodes = account.oneTimeSecret != nil
        var sheet = FormSheet(
            context.formHead(.codes), state,
            [CodesPage.code(state, words), password("old", state)]
                + (hasCodes ? [known("present", state)] : []), submit: words["enrolment_go"])
        sheet.hidden = [
            HiddenField("sealed", try codes.sealed(accounts.secrets, for: account.id))
        ]
        let end = ending ?? FormState(context)
        let endSheet =
            hasCodes && account.office == nil
            ? FormSheet(
                context.formHead(.endCodes), end,
                [password("password", end), known("ending_code", end)],
                submit: words["codes_end_go"]) : nil
        return site.show(
            CodesPage(codes, account, sheet, ending: endSheet, words), context,
            status: (ending ?? state).status)
    }
}
