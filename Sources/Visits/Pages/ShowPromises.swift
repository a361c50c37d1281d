import Core
import Hummingbird
import Ledger
import Web

/// GET /visits/desk/promises. For whoever writes: what their units promised for this week and
/// month, what is done and planned of it, and the way to plan what is lacking.
struct ShowPromises: Sendable {
    let app: VisitServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = app.site.words(context)
        let page = try await app.app.database.read { [app] db in
            let acting = try app.app.accounts.acting(context, db)
            let promises = try app.visits.promises(of: app.units(of: acting), for: acting, db)
            return VisitPromisesPage(promises, on: app.visits.today, words)
        }
        return app.site.show(page, context, trail: [Link(words["nav_visit_desk"], .visitDesk)])
    }
}

/// Promises, one a line.
struct VisitPromisesPage: Page {
    static let template = "visits/promises"

    let title: String
    let lead: String
    let nothing: String?
    let rows: Listed<Row>?

    struct Row: Sendable {
        let promise: String
        let promiseUnit: String
        let household: String
        let span: String
        let promised: String
        let done: String
        let planned: String
        let lacking: String
        let plan: Link?
    }

    init(_ promises: [Promise], on day: Day, _ words: Words) {
        title = words["visit_promises"]
        lead = words["visit_promises_lead"]
        nothing = promises.isEmpty ? words["visit_promises_none"] : nil
        rows = Listed(
            promises.map { promise in
                let last = promise.to - 1
                let proposed = min(day + 1, last).description
                let address: Address =
                    promise.agreement.map {
                        Address.planCare.with("agreement", $0.id.text).with("day", proposed)
                    }
                    ?? Address.offerVisits.with("unit", promise.unit.code)
                    .with("form", promise.form.id).with("from", proposed)
                return Row(
                    promise: promise.due.name[words.language], promiseUnit: promise.unit.name,
                    household: promise.agreement?.household ?? "",
                    span: words[
                        "visit_span", ["from": promise.from.description, "to": last.description]],
                    promised: promise.promised.grouped, done: promise.done.grouped,
                    planned: promise.planned.grouped, lacking: promise.lacking.grouped,
                    plan: promise.lacking > 0 ? Link(words["visit_plan"], address) : nil)
            })
    }
}
