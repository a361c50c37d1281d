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
        let page = FeedsPage(feeds, made: made, state, context, words)
        return app.site.show(
            page, context,
            trail: [Link(words["dues_title"], .dues)],
            status: state.status)
    }
}

/// A key that was just made: the one time that it is shown.
struct MadeFeed: Sendable {
    let name: String
    let address: String
}

/// The calendars of an account, and the form that makes one more.
struct FeedsPage: Page {
    static let template = "dues/feeds"

    let title: String
    let lead: String
    let madeHeading: String?
    let madeAddress: String
    let feeds: Listed<Line>?
    let endAction: String
    let full: String?
    /// Nil when there are as many as there may be.
    let sheet: FormSheet?

    /// One calendar: its name, since when, and when it was last fetched.
    struct Line: Sendable {
        let id: String
        let feedName: String
        let made: String
        let fetched: String
        let endLabel: String
        /// Of the form that revokes it, which goes elsewhere than the one that makes a key.
        let head: FormHead
    }

    init(
        _ feeds: [DueFeed], made: MadeFeed?, _ state: FormState, _ context: AppContext,
        _ words: Words
    ) {
        title = words["feeds_title"]
        lead = words["feeds_lead"]
        madeHeading = made.map { words["feeds_made", ["name": $0.name]] }
        madeAddress = made?.address ?? ""
        self.feeds = Listed(
            feeds.map { feed in
                Line(
                    id: feed.id.text, feedName: feed.name, made: feed.madeAt.day.description,
                    fetched: feed.fetchedOn?.description ?? words["feeds_never"],
                    endLabel: words["feeds_end_label", ["name": feed.name]],
                    head: context.formHead(.endFeed))
            })
        endAction = Address.endFeed.text
        let mayAdd = feeds.count < DueFeed.limit
        full = mayAdd ? nil : words["feeds_full", ["count": String(DueFeed.limit)]]
        sheet =
            mayAdd
            ? FormSheet(
                context.formHead(.dueCalendar, keeping: state.form), state,
                [
                    state.line(
                        "name", words["feeds_name"], isRequired: true,
                        help: words["feeds_name_help"]),
                    state.choice(
                        "language", words["feeds_language"],
                        options: words.options(Language.allCases, "feeds_language"),
                        isRequired: true),
                ], submit: words["feeds_go"]) : nil
    }

    var summary: FaultSummary? { sheet?.summary }
}
