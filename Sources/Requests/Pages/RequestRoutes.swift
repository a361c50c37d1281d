import Accounts
import Cases
import Core
import Ledger
import Web

/// Requests: what may be asked for, asking, how far it is, and the queue of whoever answers.
///
/// - Parameter evidence: where photographs come to lie.
package func requestPages(
    _ requests: Requests, _ accounts: Accounts, evidence: EvidenceFolder
) -> Feature {
    Feature(
        name: "requests",
        navigation: [
            Destination("nav_ask", .asking, path: Address.ask.text),
            Destination(
                "nav_requests", .requests, path: Address.requests.text, needs: .right(.read)),
        ],
        templates: .module,
        pages: [
            ChooseRequestPage.self, AskPage.self, FiledPage.self, OpenRequestPage.self,
            RequestStatusPage.self, RequestsPage.self, RefusalsPage.self, ServicesPage.self,
        ],
        routes: { router, site in
            let app = RequestServices(
                requests: requests, app: Services(requests.district, accounts, site),
                evidence: evidence)
            routeAsking(router, app)
            routeStaff(router, app)
        })
}

/// What the verbs of requests are given.
struct RequestServices: Sendable {
    let requests: Requests
    let app: Services
    let evidence: EvidenceFolder
    let pictures = Pictures()

    var district: District { requests.district }
    var services: ServiceCatalogue { requests.services }
    var site: Site { app.site }

    init(requests: Requests, app: Services, evidence: EvidenceFolder) {
        (self.requests, self.app, self.evidence) = (requests, app, evidence)
    }

    /// What a field of a form is called: as the service asks, or as all forms of requests say.
    @Sendable func label(_ context: AppContext, _ name: String) -> Wording? {
        guard let service = context.parameters.get("service").flatMap({ services[$0] }) else {
            return nil
        }
        return service.questions.first { FilingField.answer($0.id) == name }?.ask
    }
}

/// What everybody may do: ask, and see how far it is.
private func routeAsking(_ router: Routes, _ app: RequestServices) {
    router.get(
        "ask", needs: .everybody, use: ChooseRequest(app: app, forOthers: false).handle)
    let open = OpenRequest(app: app)
    router.get("ask/status", needs: .everybody, use: open.show)
    router.post("ask/status", needs: .everybody, fields: ["secret": .code], use: open.handle)
    router.post("ask/status/leave", needs: .everybody, use: open.leave)
    router.post(
        "ask/status/steps/:step", needs: .everybody, fields: TakeRequesterStep.fields,
        label: TakeRequesterStep(app: app).label, use: TakeRequesterStep(app: app).handle)
    let ask = WriteRequest(app: app, forOthers: false)
    router.get("ask/:service", needs: .everybody, use: ask.show)
    router.post(
        "ask/:service", needs: .everybody, fields: WriteRequest.fields, label: app.label,
        use: ask.handle)
}

/// What those who answer do.
private func routeStaff(_ router: Routes, _ app: RequestServices) {
    router.get("requests", needs: .right(.read), use: ListRequests(app: app).handle)
    router.get(
        "requests/new", needs: .right(.write), use: ChooseRequest(app: app, forOthers: true).handle)
    let ask = WriteRequest(app: app, forOthers: true)
    router.get("requests/new/:service", needs: .right(.write), use: ask.show)
    router.post(
        "requests/new/:service", needs: .right(.write), fields: WriteRequest.fields,
        label: app.label, use: ask.handle)
    router.get("requests/refusals", needs: .right(.read), use: ShowRefusals(app: app).handle)
    router.get("requests/services", needs: .right(.read), use: ShowServices(app: app).handle)
}
