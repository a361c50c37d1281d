import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /rights/disclosures. For anyone who answers requests: what went out to whom, for what, until
/// when.
struct ListDisclosures: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let keyset = try Keyset(Query(request), parts: 1)
        let before = keyset.after.flatMap { Int($0.parts[0]) } ?? Int.max
        let district = app.district
        let words = app.site.words(context)
        let today = district.now().day
        let page = try await district.database.read { [app] db in
            // The ledger is the whole district's, so only who answers for all of it reads it.
            let root = try district.rootUnit(on: today, db)
            guard try app.units(context, db).contains(root) else { throw Refusal.notFound }
            let found = try db.rows(
                """
                SELECT d.number, d.what, d.recipient, d.purpose, d.basis, d.fields, d.extent,
                    d.row_count, d.expires_on, d.made_at, d.made_by FROM disclosure d
                WHERE d.number < \(before) ORDER BY d.number DESC LIMIT \(keyset.fetch)
                """)
            let names = try AccountStore(db).names(try found.map { try $0.get("made_by") })
            let lines = try found.map {
                try DisclosuresPage.Line($0, names: names, today: today, words)
            }
            let (rows, next) = keyset.cut(lines) { [$0.number] }
            return DisclosuresPage(
                rows, pager: keyset.pager(next: next, at: context.address), words)
        }
        return app.site.show(
            page, context, trail: [Link(words["nav_rights"], .rightsRequests)]
        ).unkept
    }
}

/// The ledger of disclosures.
struct DisclosuresPage: Page {
    static let template = "rights/disclosures"

    let title: String
    let rows: [Line]
    let isEmpty: Bool
    let pager: Pager?

    struct Line: Sendable {
        let number: String
        let what: String
        let recipient: String
        let purpose: String
        let basis: String
        let fields: String
        let extent: String
        let count: String
        let until: String
        let isExpired: Bool
        let when: String
        let by: String

        init(_ row: Row, names: [String: String], today: Day, _ words: Words) throws {
            let end = try row.optional("expires_on", as: Day.self)
            let maker = try row.get("made_by", as: String.self)
            number = String(try row.get("number", as: Int.self))
            what = words["disclosed_\(try row.get("what", as: String.self))"]
            recipient = try row.get("recipient")
            purpose = try row.get("purpose")
            basis = try row.get("basis")
            fields = try row.get("fields")
            extent = try row.get("extent")
            count = String(try row.get("row_count", as: Int.self))
            until = end?.description ?? "–"
            isExpired = end.map { $0 < today } ?? false
            when = try row.get("made_at", as: Moment.self).text
            by = names[maker] ?? words["disclosed_by_self"]
        }
    }

    init(_ rows: [Line], pager: Pager?, _ words: Words) {
        title = words["disclosures_title"]
        self.rows = rows
        isEmpty = rows.isEmpty
        self.pager = pager
    }
}
