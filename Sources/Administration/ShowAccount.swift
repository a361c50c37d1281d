import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /admin/accounts/:account. For the system administrator: one account, what can be done with
/// it, and everything that was done.
struct ShowAccount: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, FormState(context))
    }

    /// What is known of an account in one snapshot.
    private struct Known: Sendable {
        let account: Account
        let person: String?
        let number: String?
        let isOpened: Bool
        let sessions: Int
        let history: History
    }

    func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let known = try await app.database.read { [app] db in
            let account = try app.account(context, db)
            let person = try account.person.flatMap { try PersonDirectory(db: db).find($0) }
            return Known(
                account: account, person: person?.name, number: person?.number,
                isOpened: try AccountStore(db).isOpened(account.id),
                sessions: try AccountDirectory(db: db).sessions(of: account.id),
                history: try History(of: account.id.text, db))
        }
        let words = app.site.words(context)
        var page = DeskPage(known.account.name)
        page.sections = [facts(known, context, words), changes(known, context, words)]
        if known.account.office == nil {
            page.sections.append(person(known, state, context, words))
        }
        page.sections.append(known.history.section(words, app.site.terms))
        return app.site.show(
            page, context, trail: [Link(words["accounts_title"], .accounts)],
            status: state.status)
    }

    private func facts(_ known: Known, _ context: AppContext, _ words: Words) -> DeskSection {
        let account = known.account
        var section = DeskSection(nil)
        section.add(words["account_sign_in"], account.signIn)
        section.add(words["account_name"], account.name)
        section.add(words["account_office"], words.office(account.office))
        section.add(words["account_state"], words.state(account))
        section.add(
            words["account_person"], known.person ?? words["account_nobody"],
            to: account.person.map { .person($0) })
        section.add(words["account_made"], account.createdAt.text)
        section.add(words["account_sessions"], String(known.sessions))
        section.add(
            words["account_codes"],
            words[account.oneTimeSecret == nil ? "account_codes_off" : "account_codes_on"])
        return section
    }

    private func changes(_ known: Known, _ context: AppContext, _ words: Words) -> DeskSection {
        let id = known.account.id
        func button(_ word: String, _ change: String) -> FormButton {
            FormButton(words[word], context.formHead(.account(id, change)))
        }
        var section = DeskSection(words["account_changes"])
        if known.account.office != nil { section.sectionNote = words["account_officer_note"] }
        if known.account.isDisabled {
            section.buttons = [button("account_enable", "enable")]
            return section
        }
        if known.account.office == nil {
            section.sectionNote = words["account_reset_note"]
            section.buttons = [
                button(
                    known.account.password == nil ? "account_invite" : "account_reset", "invite")
            ]
        }
        if known.sessions > 0 { section.buttons.append(button("account_end_sessions", "sessions")) }
        if context.reader.account != id {
            section.buttons.append(button("account_disable", "disable"))
            section.add(Link(words["account_leave"], .account(id, "leaving")))
        }
        return section
    }

    private func person(
        _ known: Known, _ state: FormState, _ context: AppContext, _ words: Words
    ) -> DeskSection {
        let state =
            state.form == nil
            ? FormState(context, offering: ["person": known.number ?? ""]) : state
        var section = DeskSection(
            words["account_person"],
            note: words[known.isOpened ? "account_person_opened" : "account_person_note"])
        if known.isOpened, known.account.person == nil, state.form == nil { return section }
        section.sheet = FormSheet(
            context.formHead(.account(known.account.id, "person"), keeping: state.form), state,
            [
                state.line(
                    "person", words["account_person_number"], help: words["account_person_help"])
            ], submit: words["account_person_set"])
        return section
    }
}
