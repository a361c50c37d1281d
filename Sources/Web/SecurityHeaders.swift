import Hummingbird

/// What every answer tells the browser it may not do. The one script is a file of ours; nothing in
/// a page can bring another, and it may fetch nothing.
struct SecurityHeaders: RouterMiddleware {
    let site: Site

    static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
        font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
        """

    func handle(
        _ request: Request, context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.contentSecurityPolicy] = Self.policy
        response.headers[.xContentTypeOptions] = "nosniff"
        for (name, value) in Self.others where response.headers[name] == nil {
            response.headers[name] = value
        }
        if site.isBehindProxy { response.headers[.strictTransportSecurity] = Self.onlyHTTPS }
        return response
    }

    /// Browsers that came once over HTTPS come so for half a year.
    private static let onlyHTTPS = "max-age=15552000"

    private static let others: [(HTTPFields.Element.Name, String)] = [
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ].compactMap { name, value in HTTPFields.Element.Name(name).map { ($0, value) } }
}
