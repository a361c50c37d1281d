import Accounts
import Core
import Hummingbird
import Organization
import Storage
import Web

/// GET and POST /admin/accounts/new. For the system administrator: makes an account without an
/// office, and shows once the address at which its holder chooses a password.
struct MakeAccount: Sendable {
    let desk: Desk

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        page(context, Filled(context.language))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let (draft, unread) = MakeAccount.read(form)
        guard let draft else { return page(context, Filled(context.language, form, unread)) }
        let faults: [Fault]
        do {
            return try await make(draft, form, context)
        } catch {
            faults = try desk.faults(error, at: "name")
        }
        return page(context, Filled(context.language, form, faults))
    }

    private struct Draft: Sendable {
        let signIn: String
        let name: String
        let number: String?
    }

    private static func read(_ form: Form) -> (Draft?, [Fault]) {
        var reader = FormReader(form)
        let typed = reader.line("sign_in", upTo: Account.nameCharacters)
        let name = reader.line("name", upTo: Account.nameCharacters)
        let number = reader.optional("person")
        var signIn: String?
        if let typed {
            do {
                signIn = try Account.folded(typed)
            } catch {
                if case .invalid(let faults) = error, let words = faults.first?.words {
                    reader.fault("sign_in", zh: words.zh, en: words.en)
                }
            }
        }
        guard reader.faults.isEmpty, let signIn, let name else { return (nil, reader.faults) }
        return (Draft(signIn: signIn, name: name, number: number), [])
    }

    private func make(
        _ draft: Draft, _ form: Form, _ context: AppContext
    ) async throws -> Response {
        let actor = context.actor
        let done = try await desk.once(form, context, may: { $0.may(.accounts) }) {
            [desk] db, _, moment in
            let store = AccountStore(db)
            guard try store.find(signIn: draft.signIn) == nil else {
                throw Refusal.invalid(
                    "sign_in", zh: "登录名“\(draft.signIn)”已有人使用。",
                    en: "The name “\(draft.signIn)” is taken.")
            }
            let person = try draft.number.map {
                try Desk.person(number: $0, at: "person", db)
            }
            try store.requireApart(person?.id, office: nil, beside: nil)
            let id = Account.ID.make()
            try store.insert(
                id, signIn: draft.signIn, name: draft.name, person: person?.id,
                office: nil, isDemonstration: desk.accounts.isDemonstration, at: moment, by: actor)
            let audit = desk.audit(db)
            try audit.record("account.made", id.text, by: actor, at: moment, quietly: true)
            let secret = try AccessKeyStore(db).make(.invitation, for: id, at: moment, by: actor)
            try audit.record("account.invited", id.text, by: actor, at: moment, quietly: true)
            return (
                Invitation(account: id, name: draft.name, secret: secret, purpose: .invitation),
                .account(id)
            )
        }
        guard let made = done.made else { return desk.site.redirect(to: done.address) }
        return desk.show(made, context)
    }

    private func page(_ context: AppContext, _ filled: Filled) -> Response {
        let words = desk.site.words(context)
        var page = DeskPage(words["accounts_new"], lead: words["accounts_new_lead"])
        var section = DeskSection(nil)
        section.sheet = FormSheet(
            context.formHead(.newAccount, keeping: filled.form), filled,
            [
                filled.line(
                    "sign_in", words["account_sign_in"], isRequired: true,
                    help: words["account_sign_in_help"]),
                filled.line("name", words["account_name"], isRequired: true),
                filled.line("person", words["account_person"], help: words["account_person_help"]),
            ], submit: words["accounts_make"])
        page.sections = [section]
        return desk.site.show(
            page, context, trail: [Link(words["accounts_title"], .accounts)],
            status: filled.summary == nil ? .ok : .unprocessableContent)
    }
}

/// An address at which somebody chooses a password; the secret in it is kept nowhere.
struct Invitation: Sendable {
    let account: Account.ID
    let name: String
    let secret: String
    let purpose: AccessKey.Purpose
}

extension Desk {
    /// Shows an invitation, this once.
    func show(_ invitation: Invitation, _ context: AppContext) -> Response {
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
