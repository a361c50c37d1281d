import Core
import Hummingbird
import Reports
import Web

/// GET /sitemap.xml and GET /robots.txt. For everybody: which public pages there are, for whoever
/// looks through the web, and where looking leads nowhere.
struct ShowSiteMap: Sendable {
    let board: Board

    /// The most pages that are named, and the most units among them.
    static let limit = 5_000
    static let unitLimit = 3_000

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let places = try await board.read(context) { try Self.places($0) }
        let absolute = board.site.linked(request)
        let lines = places.prefix(Self.limit).map {
            "<url><loc>\(Markup.escape(absolute($0)))</loc></url>"
        }
        let text =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
            + "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
            + lines.joined(separator: "\n") + "\n</urlset>\n"
        return board.site.fetched(text, as: "application/xml", request)
    }

    private static func places(_ snapshot: Snapshot) throws -> [Address] {
        let (structure, today) = (snapshot.structure, snapshot.today)
        let units = structure.versions.values.compactMap { versions in
            versions.first { $0.inForce(on: today) }
        }.sorted { $0.code < $1.code }.prefix(unitLimit)
        let reports = try ReportStore(db: snapshot.db).list()
        let lists: [Address] = [
            Address(), .figures, .themes, .units, .kinds, .mechanisms, .rules, .register, .reports,
            .developers,
        ]
        return lists
            + Theme.all(snapshot).filter { !$0.indicators.isEmpty }.map { .theme($0.area) }
            + snapshot.publicIndicators.map { Address("figures", $0.id) }
            + snapshot.catalogue.kinds.keys.sorted().map { .kind($0) }
            + reports.map { Address("reports", $0.id) }
            + units.map { Address("units", $0.code) }
    }

    @Sendable func robots(_ request: Request, _ context: AppContext) async throws -> Response {
        let closed = Self.closed.map { "Disallow: \($0)" }
        let map = board.site.linked(request)(Address("sitemap.xml"))
        let text =
            (["User-agent: *"] + closed + ["Sitemap: \(map)"]).joined(separator: "\n") + "\n"
        return board.site.fetched(text, as: "text/plain", request)
    }

    /// What is somebody's own, and what is reckoned anew for every question.
    private static let closed = [
        "/api/", "/admin/", "/compare", "/confirmations", "/desk", "/dues", "/entries", "/my",
        "/rights/", "/search", "/sealed", "/sign-in", "/uploads", "/*?",
    ]
}

extension Address {
    static let developers = Address("developers")
}
