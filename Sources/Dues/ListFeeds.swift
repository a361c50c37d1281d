import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /dues/calendar. For anyone who may read or write somewhere: how to have what is due in one's
/// own calendar, and which calendars were given a key.
struct ListFeeds: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await show(context, state(context))
    }

    /// The form before anything was entered.
    func state(_ context: AppContext) -> FormState {
        FormState(context, offering: ["language": context.language.rawValue])
    }

    /// The page, also after a form that was wrong or that made a key.
    func show(
        _ context: AppContext, _ state: FormState, made: MadeFeed? = nil
    ) async throws -> Response {
        let account = try context.requireAccount()
        let feeds = try await app.database.read { db in
            try DueFeedStore(db).list(of: account)
        }
        let words = app.site.words(context)
        let page = KeysPage(
            KeysPage.Said(
                title: words["feeds_title"], lead: words["feeds_lead"], mine: words["feeds_mine"],
                none: words["feeds_none"], add: words["feeds_add"]),
            feeds.map { line($0, context, words) },
            made: made.map {
                KeysPage.Made(
                    words["feeds_made", ["name": $0.name]], words["feeds_made_text"],
                    secret: $0.address)
            },
            how: KeysPage.How(
                words["feeds_how"],
                [
                    words["feeds_step_name"], words["feeds_step_copy"],
                    words["feeds_step_subscribe"],
                ], safety: words["feeds_safety"]),
            full: feeds.count < DueFeed.limit
                ? nil : words["feeds_full", ["count": String(DueFeed.limit)]],
            sheet(state, context, words))
        return app.site.show(
            page, context, trail: [Link(words["dues_title"], .dues)], status: state.status)
    }

    private func line(
        _ feed: DueFeed, _ context: AppContext, _ words: Words
    ) -> KeysPage.Line {
        let facts = words[
            "feeds_facts",
            [
                "made": feed.madeAt.day.description,
                "fetched": feed.fetchedOn?.description ?? words["feeds_never"],
            ]]
        return KeysPage.Line(
            feed.name, facts,
            end: (words["feeds_end"], words["feeds_end_label", ["name": feed.name]]),
            context.formHead(.endFeed), HiddenField("feed", feed.id.text))
    }

    private func sheet(
        _ state: FormState, _ context: AppContext, _ words: Words
    ) -> FormSheet {
        FormSheet(
            context.formHead(.dueCalendar, keeping: state.form), state,
            [
                state.line(
                    "name", words["feeds_name"], isRequired: true,
                    help: words["feeds_name_help"]),
                state.choice(
                    "language", words["feeds_language"],
                    options: words.options(Language.allCases, "feeds_language"),
                    isRequired: true),
            ], submit: words["feeds_go"])
    }
}

/// A key that was just made: the one time that it is shown.
struct MadeFeed: Sendable {
    let name: String
    let address: String
}
