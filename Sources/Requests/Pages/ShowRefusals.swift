import Accounts
import Cases
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /requests/refusals. For whoever reads, of the units they may know of: which unit said how
/// often in which month that a request is not its own, what was decided, and each of them with the
/// way to its case, where those who may read the reason.
struct ShowRefusals: Sendable {
    let app: RequestServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = app.site.words(context)
        let page = try await app.app.database.read { [app] db in
            let acting = try app.app.accounts.acting(context, db)
            let ledger = try RefusalLedger(app, acting, db)
            let says = RequestSays(
                words, app.requests, acting.structure, ledger.procedure, at: app.district.now())
            return RefusalsPage(ledger, app.services.desk, says)
        }
        return app.site.show(page, context, trail: [Link(words["nav_requests"], .requests)])
    }
}

/// Who sent what back: an objection, what it was dispatched by, and how it was decided.
struct RefusalLedger {
    struct Line: Sendable {
        let caseID: Record.ID
        let number: String
        let service: String?
        /// The unit that was to handle it.
        let unit: OrgUnit.ID
        let at: Moment
        /// The outcome that was decided, and the unit it was moved to; nil while it is open.
        let outcome: String?
        let movedTo: OrgUnit.ID?
    }

    let lines: [Line]
    let procedure: Procedure?

    init(_ app: RequestServices, _ acting: ActingAccount, _ db: Connection) throws {
        let desk = app.services.desk
        let district = app.district
        let texts = district.catalogue.procedures[desk.procedure] ?? []
        procedure = texts.last
        let steps = [desk.dispatch.step, desk.objection, desk.arbitration]
        let kinds = Set(texts.compactMap { $0.step(desk.objection)?.kind }).sorted()
        let scope = district.caseScope(of: acting.access, acting.structure)
        let first = acting.today - FilingLimits.refusalMonths * 31
        let records = try db.rows(
            """
            SELECT r.* FROM posted r
            WHERE r.case_id IN (SELECT o.case_id FROM posted o
                    JOIN case_state s ON s.case_id = o.case_id
                    WHERE o.kind IN (\(values: kinds)) AND o.happened_on >= \(first)
                        AND s.procedure = \(desk.procedure)
                        AND \(scope.condition(kind: "s.kind", unit: "s.unit_id"))
                    ORDER BY o.happened_on DESC, o.id DESC LIMIT \(FilingLimits.refusals))
                AND r.step IN (\(values: steps)) AND r.reverses IS NULL
                AND \(Record.isUnreversed("r"))
            ORDER BY r.case_id, r.seq LIMIT \(FilingLimits.refusalsRead)
            """
        ).map(Record.init)
        let cases = Dictionary(grouping: records) { $0.inCase?.caseID ?? $0.id }
        let requests = try RequestStore(db).find(cases.keys.sorted())
        let services = Dictionary(requests.map { ($0.id, $0.service) }) { first, _ in first }
        let store = CaseStore(db)
        lines = try cases.flatMap { id, records in
            let number = try store.find(id, in: .everything)?.number ?? ""
            return Self.lines(records, desk, id, number, services[id])
        }.sorted { ($0.at, $0.caseID) > ($1.at, $1.caseID) }
    }

    private static func lines(
        _ records: [Record], _ desk: ServiceDesk, _ id: Record.ID, _ number: String,
        _ service: String?
    ) -> [Line] {
        records.enumerated().compactMap { place, record in
            guard record.inCase?.step == desk.objection else { return nil }
            let before = records[..<place].last {
                $0.inCase?.step != desk.objection && $0.place != nil
            }
            let decided = records[place...].first { $0.inCase?.step == desk.arbitration }
            let minute = Int64(record.minute?.number ?? 0) * 60_000
            return Line(
                caseID: id, number: number, service: service,
                unit: before?.place ?? record.unit,
                at: Moment(milliseconds: record.happenedOn.start.milliseconds + minute),
                outcome: decided?.fields[Kind.outcomeName], movedTo: decided?.place)
        }
    }
}

/// The ledger of refusals.
struct RefusalsPage: Page {
    static let template = "requests/refusals"

    let title: String
    let lead: String
    let sums: Listed<Sum>?
    let lines: Listed<Line>?
    let empty: String?

    /// One unit in one month.
    struct Sum: Sendable {
        let month: String
        let sumUnit: String
        let count: String
        let moved: String
        let open: String
    }

    struct Line: Sendable {
        let when: String
        let number: String
        let caseHref: String
        let lineService: String
        let lineUnit: String
        let decided: String
    }

    init(_ ledger: RefusalLedger, _ desk: ServiceDesk, _ says: RequestSays) {
        let words = says.words
        title = words["refusals_title"]
        lead = words["refusals_lead", ["months": String(FilingLimits.refusalMonths)]]
        let groups = Dictionary(grouping: ledger.lines) {
            Place(month: String($0.at.day.description.prefix(7)), unit: $0.unit)
        }
        let order = groups.keys.sorted {
            ($1.month, says.unit($0.unit)) < ($0.month, says.unit($1.unit))
        }
        sums = Listed(
            order.map { place in
                let lines = groups[place] ?? []
                return Sum(
                    month: place.month, sumUnit: says.unit(place.unit),
                    count: lines.count.grouped,
                    moved: lines.filter { $0.movedTo != nil }.count.grouped,
                    open: lines.filter { $0.outcome == nil }.count.grouped)
            })
        lines = Listed(
            ledger.lines.prefix(FilingLimits.refusals).map { line in
                let decided = line.outcome.map { says.step(desk.arbitration, outcome: $0) }
                let moved = line.movedTo.map {
                    words["status_to", ["what": decided ?? "", "unit": says.unit($0)]]
                }
                return Line(
                    when: line.at.text, number: line.number,
                    caseHref: Address.requestCase(line.caseID).text,
                    lineService: line.service.map(says.service) ?? words["requests_unsorted"],
                    lineUnit: says.unit(line.unit),
                    decided: moved ?? decided ?? words["refusals_open"])
            })
        empty = ledger.lines.isEmpty ? words["refusals_none"] : nil
    }

    private struct Place: Hashable {
        let month: String
        let unit: OrgUnit.ID
    }
}
