import Core
import Hummingbird

/// Refuses a form that another site sent: what the browser itself says of where the form stood.
///
/// `Sec-Fetch-Site` is said where the connection is safe, and `Origin` by every browser of today.
/// A program that says neither is no browser, and carries nobody's cookies unasked.
struct FormOrigin: RouterMiddleware {
    let site: Site

    func handle(
        _ request: Request, context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        if request.method != .get, request.method != .head, !comesFromHere(request) {
            throw ForgedForm(isForeign: true)
        }
        return try await next(request, context)
    }

    private static let fetchSite = HTTPFields.Element.Name("Sec-Fetch-Site")
    private static let origin = HTTPFields.Element.Name("Origin")
    private static let forwardedHost = HTTPFields.Element.Name("X-Forwarded-Host")

    func comesFromHere(_ request: Request) -> Bool {
        func said(_ name: HTTPFields.Element.Name?) -> String? {
            name.flatMap { request.headers[$0] }
        }
        let fetch = said(Self.fetchSite)
        if let fetch, fetch != "same-origin", fetch != "none" { return false }
        guard let origin = said(Self.origin) else { return true }
        let host = Self.host(of: origin)
        let own = [request.head.authority] + (site.isBehindProxy ? [said(Self.forwardedHost)] : [])
        if let host, own.contains(where: { $0.map { Self.plain($0, of: origin) } == host }) {
            return true
        }
        // A proxy may ask for another host than the browser did, and a browser may keep its origin
        // to itself; then only its own word counts, which no page can put into its mouth.
        return (site.isBehindProxy || origin == "null") && fetch != nil
    }

    /// The host and port of an origin; nil when it names none.
    private static func host(of origin: String) -> String? {
        guard let scheme = origin.range(of: "://") else { return nil }
        return plain(String(origin[scheme.upperBound...]), of: origin)
    }

    /// A host without the port that goes without saying.
    private static func plain(_ host: String, of origin: String) -> String {
        let host = host.lowercased()
        let port = origin.lowercased().hasPrefix("https:") ? ":443" : ":80"
        return host.hasSuffix(port) ? String(host.dropLast(port.count)) : host
    }
}
