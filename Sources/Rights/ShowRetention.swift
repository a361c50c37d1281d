import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET and POST /rights/retention. For anyone who answers for the whole district: what has had its
/// time, by register entry and number, and the word without which nothing old on arrival goes.
struct ShowRetention: Sendable {
    let app: Services
    let folder: RightsFolder

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await requireWhole(context)
        let retention = Retention(app.district, folder: folder)
        let words = app.site.words(context)
        let page = RetentionPage(
            due: try await retention.dryRun(), waiting: try await retention.waiting(),
            position: try await retention.position(),
            isDemonstration: try await app.district.isDemonstration(),
            head: context.formHead(.rightsRetention), app.district.catalogue, words)
        return app.site.show(
            page, context, trail: [Link(words["nav_rights"], .rightsRequests)]
        ).unkept
    }

    /// What came in since the page was shown is not confirmed with it: the form says up to where
    /// the counts went.
    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await requireWhole(context)
        let form = try await context.form(request)
        guard let position = try form.text("position").flatMap({ Int($0) }) else {
            throw Refusal.invalid(
                "position", zh: "请在“到期删除”页上核对后确认。",
                en: "Look at the page of what is due, and confirm there.")
        }
        try await Retention(app.district, folder: folder)
            .confirm(upTo: position, by: context.actor)
        return app.site.redirect(
            to: Address.rightsRetention.with("done", "retention_confirmed"))
    }

    private func requireWhole(_ context: AppContext) async throws {
        let today = app.district.now().day
        try await app.district.database.read { [app] db in
            let root = try app.district.rootUnit(on: today, db)
            guard try app.units(context, db).contains(root) else { throw Refusal.notFound }
        }
    }
}

/// What is due to go.
struct RetentionPage: Page {
    static let template = "rights/retention"

    let title: String
    let lead: String
    let rows: [Row]
    let isEmpty: Bool
    let waits: Bool
    let head: FormHead
    let position: String

    struct Row: Sendable {
        let href: String
        let what: String
        let count: String
        let waiting: String
    }

    init(
        due: [Retention.Part], waiting: [Retention.Part], position: Int, isDemonstration: Bool,
        head: FormHead, _ catalogue: Catalogue, _ words: Words
    ) {
        title = words["retention_title"]
        lead = words[isDemonstration ? "retention_demonstration" : "retention_lead"]
        rows = due.map { part in
            Row(
                href: Address.registerEntries.text + "#" + part.entry,
                what: catalogue.register[part.entry]?.what[words.language] ?? part.entry,
                count: String(part.count),
                waiting: String(waiting.first { $0.entry == part.entry }?.count ?? 0))
        }
        isEmpty = due.isEmpty
        waits = !waiting.isEmpty && !isDemonstration
        self.head = head
        self.position = String(position)
    }
}
