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
        let page = ReadingKeysPage(
            keys, made: made, state, context, today: accounts.now().day, words)
        return site.show(
            page, context, trail: [Link(words["mine_title"], .mine)], status: state.status
        ).unkept
    }
}

/// A key that was just made: the one time that it is shown.
struct MadeReadingKey: Sendable {
    let name: String
    let secret: String
}

/// The keys of an account, and the form that makes one more.
struct ReadingKeysPage: Page {
    static let template = "accounts/keys"

    let title: String
    let lead: String
    let madeHeading: String?
    let secret: String
    let keys: Listed<Line>?
    let endAction: String
    let full: String?
    /// Nil when there are as many as there may be.
    let sheet: FormSheet?

    /// One key: its name, what it reads, and until when.
    struct Line: Sendable {
        let id: String
        let keyName: String
        let reach: String
        let facts: String
        let endLabel: String
        /// Of the form that ends it, which goes elsewhere than the one that makes a key.
        let head: FormHead
    }

    init(
        _ keys: [ReadingKey], made: MadeReadingKey?, _ state: FormState, _ context: AppContext,
        today: Day, _ words: Words
    ) {
        title = words["keys_title"]
        lead = words["keys_lead"]
        madeHeading = made.map { words["keys_made", ["name": $0.name]] }
        secret = made?.secret ?? ""
        self.keys = Listed(
            keys.map { key in
                Line(
                    id: key.id.text, keyName: key.name,
                    reach: words["keys_reach_\(key.reach.rawValue)"],
                    facts: ReadingKeysPage.facts(key, today, words),
                    endLabel: words["keys_end_label", ["name": key.name]],
                    head: context.formHead(.endReadingKey))
            })
        endAction = Address.endReadingKey.text
        let mayAdd = keys.count < ReadingKey.limit
        full = mayAdd ? nil : words["keys_full", ["count": String(ReadingKey.limit)]]
        sheet = mayAdd ? ReadingKeysPage.sheet(state, context, words) : nil
    }

    private static func facts(_ key: ReadingKey, _ today: Day, _ words: Words) -> String {
        words[
            key.endsOn > today ? "keys_facts" : "keys_facts_over",
            [
                "made": key.madeAt.day.description, "last": (key.endsOn - 1).description,
                "used": key.usedOn?.description ?? words["keys_never"],
            ]]
    }

    private static func sheet(
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

    var summary: FaultSummary? { sheet?.summary }
}
