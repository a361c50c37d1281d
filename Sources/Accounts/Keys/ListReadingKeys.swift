import Core
import Hummingbird
import Storage
import Web

/// GET /my/keys. For anyone who is signed in: the keys with which their programs read, and the form
/// that makes one more.
struct ListReadingKeys: Sendable {
    let accounts: Accounts
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await show(context, state(context))
    }

    /// The form before anything was entered.
    func state(_ context: AppContext) -> FormState {
        FormState(
            context,
            offering: [
                "reach": ReadingKey.Reach.everybody.rawValue,
                "days": ReadingKey.Term.quarter.rawValue,
            ])
    }

    /// The page, also after a form that was wrong or that made a key.
    func show(
        _ context: AppContext, _ state: FormState, made: MadeReadingKey? = nil
    ) async throws -> Response {
        let account = try context.requireAccount()
        let keys = try await accounts.database.read { db in
            try ReadingKeyStore(db).list(of: account)
        }
        let words = site.words(context)
        let page = KeysPage(
            KeysPage.Said(
                title: words["keys_title"], lead: words["keys_lead"], mine: words["keys_mine"],
                none: words["keys_none"], add: words["keys_add"]),
            keys.map { line($0, context, words) },
            made: made.map {
                KeysPage.Made(
                    words["keys_made", ["name": $0.name]], words["keys_made_text"],
                    secret: $0.secret)
            },
            note: KeysPage.Note(
                words["keys_safety"], Link(words["keys_developers"], Address("developers"))),
            full: keys.count < ReadingKey.limit
                ? nil : words["keys_full", ["count": String(ReadingKey.limit)]],
            sheet(state, context, words))
        return site.show(
            page, context, trail: [Link(words["mine_title"], .mine)], status: state.status
        ).unkept
    }

    private func line(
        _ key: ReadingKey, _ context: AppContext, _ words: Words
    ) -> KeysPage.Line {
        let facts = words[
            key.endsOn > accounts.now().day ? "keys_facts" : "keys_facts_over",
            [
                "reach": words["keys_reach_\(key.reach.rawValue)"],
                "made": key.madeAt.day.description, "last": (key.endsOn - 1).description,
                "used": key.usedOn?.description ?? words["keys_never"],
            ]]
        return KeysPage.Line(
            key.name, facts,
            end: (words["keys_end"], words["keys_end_label", ["name": key.name]]),
            context.formHead(.endReadingKey), HiddenField("key", key.id.text))
    }

    private func sheet(
        _ state: FormState, _ context: AppContext, _ words: Words
    ) -> FormSheet {
        FormSheet(
            context.formHead(.readingKeys, keeping: state.form), state,
            [
                state.line(
                    "name", words["keys_name"], isRequired: true, help: words["keys_name_help"]),
                state.choice(
                    "reach", words["keys_reach"],
                    options: words.options(ReadingKey.Reach.allCases, "keys_reach"),
                    isRequired: true, help: words["keys_reach_help"]),
                state.choice(
                    "days", words["keys_days"],
                    options: words.options(ReadingKey.Term.allCases, "keys_days"),
                    isRequired: true),
                state.lines(
                    "purpose", words["keys_purpose"], rows: 2, help: words["keys_purpose_help"]),
            ], submit: words["keys_go"])
    }
}

/// A key that was just made: the one time that it is shown.
struct MadeReadingKey: Sendable {
    let name: String
    let secret: String
}
