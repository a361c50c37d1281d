import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /requests/services. For whoever reads: what may be asked for, from which day and where it
/// begins, and every place that has not exactly one answer.
struct ShowServices: Sendable {
    let app: RequestServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = app.site.words(context)
        let page = try await app.app.database.read { [app] db in
            let acting = try app.app.accounts.acting(context, db)
            let routing = Routing(app.services, acting.structure, on: acting.today)
            return ServicesPage(routing, RouteWords(app.requests, acting.structure), words)
        }
        return app.site.show(page, context, trail: [Link(words["nav_requests"], .requests)])
    }
}

/// What may be asked for, and where it begins.
struct ServicesPage: Page {
    static let template = "requests/services"

    let title: String
    let lead: String
    let faults: Listed<Gap>?
    let whole: String?
    let rows: [Row]

    struct Gap: Sendable {
        let gapPlace: String
        let gapService: String
        let gapText: String
    }

    struct Row: Sendable {
        let serviceName: String
        let groupName: String
        let from: String
        let tier: String
        let places: String
    }

    init(_ routing: Routing, _ says: RouteWords, _ words: Words) {
        let (services, language) = (routing.services, words.language)
        title = words["services_title"]
        lead = words["services_lead", ["day": routing.day.description]]
        let found = routing.faults
        faults = Listed(
            found.prefix(Limits.rowsPerPage).map { fault in
                Gap(
                    gapPlace: fault.place.name,
                    gapService: fault.service?.name[language] ?? words["services_every"],
                    gapText: says.fault(fault.fault)[language])
            })
        whole = found.isEmpty ? words["services_whole"] : nil
        rows = services.services.flatMap { service in
            service.routes.sorted { $0.from < $1.from }.map { route in
                Row(
                    serviceName: service.name[language],
                    groupName: services.groups.first { $0.id == service.group }?
                        .name[language] ?? "",
                    from: route.from.description,
                    tier: [says.tier(route.tier)[language], route.unit].compactMap { $0 }
                        .joined(separator: " "),
                    places: route.places.isEmpty
                        ? words["services_everywhere"]
                        : route.places.joined(separator: words.comma))
            }
        }
    }
}
