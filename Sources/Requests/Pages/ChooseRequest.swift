import Core
import Hummingbird
import Ledger
import Web

/// GET /ask?q=WORDS&at=CODE. For everybody: what may be asked for, in groups or found by one's own
/// words; what is told its proper way instead. GET /requests/new is the same for staff who write
/// for somebody else.
struct ChooseRequest: Sendable {
    let app: RequestServices
    let forOthers: Bool

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let sought = try query.text("q")
        let at = try query.text("at")
        let words = app.site.words(context)
        let offered = app.services.offered(on: app.app.today)
        let found = sought.map { text in offered.filter { $0.isMeant(by: text) } } ?? []
        let shown = found.isEmpty ? offered : found
        let language = words.language
        let groups = app.services.groups.compactMap { group -> ChooseRequestPage.Group? in
            let own = shown.filter { $0.group == group.id }
            guard !own.isEmpty else { return nil }
            return ChooseRequestPage.Group(
                groupName: group.name[language],
                services: own.map { service in
                    let address: Address = forOthers ? .newRequest(service.id) : .ask(service.id)
                    return ChooseRequestPage.Line(
                        serviceName: service.name[language],
                        serviceHref: address.with("at", at).text,
                        serviceAbout: service.about?[language])
                })
        }
        let stoppers = app.services.stoppers
        let meant = sought.map { text in stoppers.filter { $0.isMeant(by: text) } } ?? []
        func line(_ stopper: Stopper) -> ChooseRequestPage.Stop {
            ChooseRequestPage.Stop(
                stopName: stopper.name[language], stopTells: stopper.tells[language])
        }
        let page = ChooseRequestPage(
            title: words[forOthers ? "requests_new" : "ask_title"],
            lead: words[forOthers ? "requests_new_lead" : "ask_lead"],
            action: (forOthers ? Address.newRequest : .ask).text, sought: sought ?? "",
            at: at, meant: Listed(meant.map(line)), stops: Listed(stoppers.map(line)),
            nothing: sought != nil && found.isEmpty && meant.isEmpty ? words["ask_nothing"] : nil,
            groups: groups, statusHref: forOthers ? nil : Address.askStatus.text)
        return app.site.show(
            page, context,
            trail: forOthers ? [Link(words["nav_requests"], .requests)] : [])
    }
}

/// What may be asked for.
struct ChooseRequestPage: Page {
    static let template = "requests/choose"

    let title: String
    let lead: String
    let action: String
    let sought: String
    let at: String?
    /// What the words that were sought belong to instead.
    let meant: Listed<Stop>?
    let stops: Listed<Stop>?
    let nothing: String?
    let groups: [Group]
    let statusHref: String?

    struct Group: Sendable {
        let groupName: String
        let services: [Line]
    }

    struct Line: Sendable {
        let serviceName: String
        let serviceHref: String
        let serviceAbout: String?
    }

    struct Stop: Sendable {
        let stopName: String
        let stopTells: String
    }
}
