import Hummingbird

/// Refuses what is longer than any honest request before anything reads it.
struct RequestLimits: RouterMiddleware {
    /// Where a provider sends somebody back to after signing in.
    private static let returnPath = "/sign-in/openid"

    func handle(
        _ request: Request, context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        guard request.uri.path.utf8.count <= Limits.pathBytes,
            (request.uri.query?.utf8.count ?? 0)
                <= (request.uri.path == Self.returnPath
                    ? Limits.returnQueryBytes : Limits.queryBytes)
        else { throw HTTPError(.uriTooLong) }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }),
            length > Limits.uploadBytes
        {
            throw HTTPError(.contentTooLarge)
        }
        return try await next(request, context)
    }
}
