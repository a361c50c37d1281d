import Accounts
import Cases
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /requests?unit=CODE&service=ID&late=1&state=closed&number=NUMBER. For whoever reads: the
/// requests that wait for them, what is due first; or those of a unit and below. A number leads to
/// its case.
struct ListRequests: Sendable {
    let app: RequestServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let asked = try AskedRequests(query)
        let words = app.site.words(context)
        let found = try await app.app.database.read { [app] db in
            let acting = try app.app.accounts.acting(context, db)
            if let number = asked.number {
                let scope = app.district.caseScope(of: acting.access, acting.structure)
                let row = try CaseStore(db).find(
                    number: Folding.identifier(number).uppercased(), in: scope)
                if let row { return Found.one(row.id) }
            }
            let queue = try RequestQueue(asked, app, acting, words, db)
            return Found.page(try queue.page(query))
        }
        switch found {
        case .one(let id): return app.site.redirect(to: .requestCase(id))
        case .page(let page): return app.site.show(page, context)
        }
    }

    private enum Found {
        case one(Record.ID)
        case page(RequestsPage)
    }
}

/// What was asked of the queue.
struct AskedRequests: Sendable {
    let unit: String?
    let service: String?
    let number: String?
    let isLate: Bool
    let isClosed: Bool

    init(_ query: Query) throws(Refusal) {
        unit = try query.text("unit")
        service = try query.text("service")
        number = try query.text("number")
        isLate = try query.text("late") == "1"
        isClosed = try query.text("state") == "closed"
    }

    /// Whether it is the list of what waits for its reader.
    var isMine: Bool { unit == nil && !isClosed }

    var address: Address {
        Address.requests.with("unit", unit).with("service", service)
            .with("late", isLate ? "1" : nil).with("state", isClosed ? "closed" : nil)
    }
}

/// The requests that one reader asked for.
struct RequestQueue {
    private let asked: AskedRequests
    private let app: RequestServices
    private let acting: ActingAccount
    private let db: Connection
    private let filter: CaseFilter
    private let says: RequestSays

    /// So many lines are read in all where a service is looked for: it stands beside the cases.
    private static let readMost = 2_000

    init(
        _ asked: AskedRequests, _ app: RequestServices, _ acting: ActingAccount, _ words: Words,
        _ db: Connection
    ) throws {
        (self.asked, self.app, self.acting, self.db) = (asked, app, acting, db)
        let id = app.services.desk.procedure
        let district = app.district
        var filter = CaseFilter(
            in: asked.isMine
                ? .everything : district.caseScope(of: acting.access, acting.structure))
        filter.procedure = id
        filter.standing = asked.isClosed ? .closed : .open
        if asked.isLate { filter.lateAt = district.now() }
        if asked.isMine {
            filter.holders = district.caseHolders(acting.access)
        } else if let text = asked.unit {
            let unit = acting.structure.unit(naming: text, on: acting.today)
            guard let unit, acting.may(.read, in: unit.unit) || acting.may(.write, in: unit.unit)
            else { throw Refusal.notFound }
            filter.units = acting.structure.all(below: unit.unit, on: acting.today)
        }
        self.filter = filter
        says = RequestSays(
            words, app.requests, acting.structure, district.catalogue.procedures[id]?.last,
            at: district.now())
    }

    private var words: Words { says.words }

    func page(_ query: Query) throws -> RequestsPage {
        let isOwed = filter.holders != nil || filter.lateAt != nil
        let keyset = try Keyset(query, parts: isOwed ? 5 : 2, limit: FilingLimits.queue)
        let found = try lines(after: keyset.after?.parts, keyset.fetch)
        let (shown, next) = keyset.cut(found) { $0.line.place }
        let owed = try CaseStore(db).obligations(of: Array(Set(shown.map(\.line.row.id))).sorted())
        let none = words[asked.number == nil ? "requests_none" : "requests_no_number"]
        return RequestsPage(
            title: words["nav_requests"],
            lead: words[asked.isMine ? "requests_lead_mine" : "requests_lead"],
            action: Address.requests.text, unit: asked.unit ?? "", number: asked.number ?? "",
            selects: selects,
            rows: Listed(shown.map { row($0.line, $0.request, owed[$0.line.row.id] ?? []) }),
            empty: shown.isEmpty || asked.number != nil ? none : nil,
            pager: keyset.pager(next: next, at: asked.address), doors: doors)
    }

    private var doors: [Link] {
        (acting.may(.write) ? [Link(words["requests_new"], .newRequest)] : [])
            + [
                Link(words["refusals_title"], .refusals),
                Link(words["services_title"], .requestServices),
            ]
    }

    /// The lines of the page, those of another service left out.
    private func lines(
        after place: [String]?, _ limit: Int
    ) throws -> [(line: CaseLine, request: RequestRow?)] {
        var found: [(line: CaseLine, request: RequestRow?)] = []
        var (after, read) = (place, 0)
        while found.count < limit, read < Self.readMost {
            let lines = try CaseStore(db).list(filter, after: after, limit: limit)
            let requests = try RequestStore(db).find(Array(Set(lines.map(\.row.id))).sorted())
            let known = Dictionary(requests.map { ($0.id, $0) }) { first, _ in first }
            found += lines.map { (line: $0, request: known[$0.row.id]) }
                .filter { asked.service == nil || $0.request?.service == asked.service }
            guard lines.count == limit, let last = lines.last else { break }
            (after, read) = (last.place, read + lines.count)
        }
        return Array(found.prefix(limit))
    }

    private func row(
        _ line: CaseLine, _ request: RequestRow?, _ owed: [CaseObligation]
    ) -> RequestsPage.Row {
        let pressing = line.owed ?? owed.min { $0.latest < $1.latest }
        let isLate = pressing?.isLate(at: app.district.now()) ?? false
        let turn = pressing.map {
            words["status_turn", ["unit": says.unit($0.holder), "step": says.step($0.step)]]
        }
        let closed = line.row.end.map { says.end($0) }
        return RequestsPage.Row(
            number: line.row.number, caseHref: Address.requestCase(line.row.id).text,
            serviceName: request.map { says.service($0.service) } ?? words["requests_unsorted"],
            place: says.unit(request?.place ?? line.row.unit), owner: says.unit(line.row.owner),
            stage: closed ?? says.stage(line.row.stage), turn: closed == nil ? turn ?? "" : "",
            due: pressing.flatMap { $0.hasDeadline ? says.deadline($0.latest) : nil } ?? "",
            late: isLate && closed == nil ? words["requests_late"] : nil)
    }

    private var selects: [Select] {
        let any = (value: "", label: words["requests_any"])
        return [
            Select(
                name: "service", label: words["requests_service"], chosen: asked.service ?? "",
                options: [any]
                    + app.services.services.map {
                        (value: $0.id, label: $0.name[words.language])
                    }),
            Select(
                name: "late", label: words["requests_clock"], chosen: asked.isLate ? "1" : "",
                options: [any, (value: "1", label: words["requests_late_only"])]),
            Select(
                name: "state", label: words["requests_state"],
                chosen: asked.isClosed ? "closed" : "",
                options: [
                    (value: "", label: words["requests_state_open"]),
                    (value: "closed", label: words["requests_state_closed"]),
                ]),
        ]
    }
}

extension Structure {
    /// A unit and every one below it on a day.
    func all(below top: OrgUnit.ID, on day: Day) -> [OrgUnit.ID] {
        var met: Set<OrgUnit.ID> = []
        var open = [top]
        while let next = open.popLast() {
            guard met.insert(next).inserted else { continue }
            for link in children[next] ?? [] where link.inForce(on: day) { open.append(link.child) }
        }
        return met.sorted()
    }
}

/// The queue of requests.
struct RequestsPage: Page {
    static let template = "requests/list"

    let title: String
    let lead: String
    let action: String
    let unit: String
    let number: String
    let selects: [Select]
    let rows: Listed<Row>?
    let empty: String?
    let pager: Pager?
    let doors: [Link]

    struct Row: Sendable {
        let number: String
        let caseHref: String
        let serviceName: String
        let place: String
        let owner: String
        let stage: String
        let turn: String
        let due: String
        let late: String?
    }
}
