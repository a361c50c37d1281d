import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET and POST /admin/accounts/new. For the system administrator: makes an account without an
/// office, and shows once the address at which its holder chooses a password.
struct MakeAccount: Sendable {
    let app: Services

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        page(context, FormState(context))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await context.mending(form, at: "name") {
            let done = try await app.accounts.once(form, context, needs: .right(.accounts)) {
                [app] acting, db in
                let made = try app.make(try NewAccount(form), acting, db)
                return (made, .account(made.account))
            }
            return app.show(done.made, else: done.address, context)
        } again: {
            page(context, $0)
        }
    }

    fileprivate struct NewAccount: Sendable {
        let signIn: String
        let name: String
        let number: String?

        init(_ form: Form) throws(Refusal) {
            var reader = FormReader(form)
            let typed = reader.line("sign_in", upTo: Account.nameCharacters)
            name = reader.line("name", upTo: Account.nameCharacters)
            number = reader.optional("person")
            var folded = ""
            do {
                if !typed.isEmpty { folded = try Account.folded(typed) }
            } catch {
                if case .invalid(let faults) = error, let words = faults.first?.words {
                    reader.fault("sign_in", zh: words.zh, en: words.en)
                }
            }
            try reader.check()
            signIn = folded
        }
    }

    private func page(_ context: AppContext, _ state: FormState) -> Response {
        let words = app.site.words(context)
        let sheet = FormSheet(
            context.formHead(.newAccount, keeping: state.form), state,
            [
                state.line(
                    "sign_in", words["account_sign_in"], isRequired: true,
                    help: words["account_sign_in_help"]),
                state.line("name", words["account_name"], isRequired: true),
                state.line("person", words["account_person"], help: words["account_person_help"]),
            ], submit: words["accounts_make"])
        return app.site.show(
            FormPage(words["accounts_new"], lead: words["accounts_new_lead"], sheet), context,
            trail: [Link(words["accounts_title"], .accounts)], status: state.status)
    }
}

/// An address at which somebody chooses a password; the secret in it is kept nowhere.
struct Invitation: Sendable {
    let account: Account.ID
    let name: String
    let secret: String
    let purpose: AccessKey.Purpose
}

extension Services {
    fileprivate func make(
        _ new: MakeAccount.NewAccount, _ acting: ActingAccount, _ db: Connection
    ) throws -> Invitation {
        let store = AccountStore(db)
        let (actor, moment) = (acting.actor, acting.moment)
        guard try store.find(signIn: new.signIn) == nil else {
            throw Refusal.invalid(
                "sign_in", zh: "登录名“\(new.signIn)”已有人使用。",
                en: "The name “\(new.signIn)” is taken.")
        }
        let person = try new.number.map { try Services.person(number: $0, at: "person", db) }
        try store.requireSeparation(person?.id, office: nil, beside: nil)
        let id = Account.ID.make()
        try store.insert(
            id, signIn: new.signIn, name: new.name, person: person?.id, office: nil,
            isDemonstration: accounts.isDemonstration, at: moment, by: actor)
        let audit = audit(db)
        try audit.record("account.made", id.text, by: actor, at: moment, quietly: true)
        let secret = try AccessKeyStore(db).make(.invitation, for: id, at: moment, by: actor)
        try audit.record("account.invited", id.text, by: actor, at: moment, quietly: true)
        return Invitation(account: id, name: new.name, secret: secret, purpose: .invitation)
    }

    /// Shows an invitation, this once; what an earlier sending made was shown by it.
    func show(
        _ invitation: Invitation?, else address: Address, _ context: AppContext
    ) -> Response {
        guard let invitation else { return site.redirect(to: address) }
        let words = site.words(context)
        var page = DeskPage(words["invitation_title"])
        var section = DeskSection(
            nil,
            note: words[
                "invitation_text",
                [
                    "name": invitation.name,
                    "hours": String(invitation.purpose.milliseconds / 3_600_000),
                ]])
        section.secret =
            Address.welcome.with("for", invitation.purpose.rawValue)
            .with("key", invitation.secret).text
        section.add(Link(words["invitation_go_on"], .account(invitation.account)))
        page.sections = [section]
        return site.show(
            page, context, trail: [Link(words["accounts_title"], .accounts)])
    }
}
