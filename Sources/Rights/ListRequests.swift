import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /rights/requests. For anyone who answers requests: those of their units, the open ones by
/// the day they are due. No name stands here.
struct ListRequests: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let isClosed = try query.text("state") == "closed"
        let keyset = try Keyset(query, parts: 2)
        let district = app.district
        let words = app.site.words(context)
        let today = district.now().day
        let page = try await district.database.read { [app] db in
            let found = try RightsRequestStore(db, key: district.key).list(
                in: try app.units(context, db), closed: isClosed, keyset)
            let (rows, next) = keyset.cut(found) { RightsRequestStore.place($0, isClosed) }
            let structure = try district.structure(db)
            return RequestsPage(
                rows.map { request in
                    let unit = structure.nearestVersion(request.unit, on: today)?.name
                    return (request, unit ?? "–")
                }, closed: isClosed, waiting: try RetentionConfirmations(db: db).announced(),
                pager: keyset.pager(next: next, at: context.address),
                today: today, clock: RightsClock(district.catalogue), words)
        }
        return app.site.show(page, context).unkept
    }
}

/// The requests of some units.
struct RequestsPage: Page {
    static let template = "rights/requests"

    let title: String
    let lead: String
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager?
    let otherLabel: String
    let otherHref: String
    let issueHref: String
    let intakeHref: String
    let disclosuresHref: String
    let retentionHref: String
    /// That what is due waits for somebody's word; nil when nothing does.
    let retentionNotice: String?

    struct Row: Sendable {
        let href: String
        let line: MyDataPage.Line
        let unit: String
    }

    init(
        _ requests: [(request: RightsRequest, unit: String)], closed: Bool, waiting: Int,
        pager: Pager?,
        today: Day, clock: RightsClock, _ words: Words
    ) {
        title = words["requests_title"]
        lead = words[closed ? "requests_closed" : "requests_open"]
        rows = requests.map { request, unit in
            Row(
                href: Address.rightsRequest(request.id).text,
                line: MyDataPage.line(request, today, clock, words), unit: unit)
        }
        isEmpty = requests.isEmpty
        self.pager = pager
        otherLabel = words[closed ? "requests_show_open" : "requests_show_closed"]
        otherHref =
            (closed ? Address.rightsRequests : .rightsRequests.with("state", "closed")).text
        issueHref = Address.rightsContacts.text
        intakeHref = Address.rightsIntake.text
        disclosuresHref = Address.rightsDisclosures.text
        retentionHref = Address.rightsRetention.text
        retentionNotice =
            waiting == 0 ? nil : words["retention_notice", ["count": String(waiting)]]
    }
}
