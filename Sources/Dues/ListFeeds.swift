import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /dues/calendar. For who may read or write somewhere: how to have what is due in one's own
/// calendar, and which calendars were given a key.
struct ListFeeds: Sendable {
    let district: District
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await show(context)
    }

    /// The page, also after a form that was wrong or that made a key.
    func show(
        _ context: AppContext, made: MadeFeed? = nil, form: Form? = nil, faults: [Fault] = []
    ) async throws -> Response {
        guard let account = context.reader.account.flatMap({ Account.ID($0) }) else {
            throw Refusal.notFound
        }
        let feeds = try await district.database.read { db in
            try DueFeedStore(db).list(of: account)
        }
        let words = site.words(context)
        let page = FeedsPage(feeds, made: made, form: form, faults: faults, context, words)
        return site.show(
            page, context,
            trail: [Link(words["dues_title"], .dues)],
            status: faults.isEmpty ? .ok : .unprocessableContent)
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
    let feeds: [Line]
    let hasFeeds: Bool
    let endAction: String
    let mayAdd: Bool
    let full: String?
    let head: FormHead
    let summary: FaultSummary?
    let name: FormField
    let language: FormChoice

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
        _ feeds: [DueFeed], made: MadeFeed?, form: Form?, faults: [Fault], _ context: AppContext,
        _ words: Words
    ) {
        title =
            faults.isEmpty
            ? words["feeds_title"] : words["feeds_title_wrong", ["title": words["feeds_title"]]]
        lead = words["feeds_lead"]
        madeHeading = made.map { words["feeds_made", ["name": $0.name]] }
        madeAddress = made?.address ?? ""
        self.feeds = feeds.map { feed in
            Line(
                id: feed.id.text, feedName: feed.name, made: feed.madeAt.day.description,
                fetched: feed.fetchedOn?.description ?? words["feeds_never"],
                endLabel: words["feeds_end_label", ["name": feed.name]],
                head: context.formHead(.endFeed))
        }
        hasFeeds = !feeds.isEmpty
        endAction = Address.endFeed.text
        mayAdd = feeds.count < DueFeed.limit
        full = mayAdd ? nil : words["feeds_full", ["count": String(DueFeed.limit)]]
        head = context.formHead(.dueCalendar, keeping: faults.isEmpty ? nil : form)
        func sentences(_ name: String) -> [String] {
            faults.filter { $0.place == name }.map { $0.words[words.language] }
        }
        summary = FaultSummary(
            faults.map { (name: $0.place, sentence: $0.words[words.language]) })
        let sent = faults.isEmpty ? nil : form
        name = FormField(
            "name", words["feeds_name"], value: sent?.all("name").first ?? "", isRequired: true,
            help: words["feeds_name_help"], faults: sentences("name"),
            isFirst: !sentences("name").isEmpty, autocomplete: "off")
        language = FormChoice(
            "language", words["feeds_language"],
            chosen: sent?.all("language").first ?? words.language.rawValue,
            options: Language.allCases.map {
                (value: $0.rawValue, label: words["feeds_language_\($0.rawValue)"])
            }, isRequired: true, faults: sentences("language"),
            isFirst: sentences("name").isEmpty && !sentences("language").isEmpty)
    }
}
