import Hummingbird
import Logging

/// One line at info for each request: what was asked, what was answered, how long it took.
///
/// Of the address it says the route, not what stands in its places, and not the query: a link can
/// carry a key, and a search can name a person. The sender's address stays out too.
struct RequestLog: RouterMiddleware {
    func handle(
        _ request: Request, context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let spent = start.duration(to: .now) / .milliseconds(1)
        // Whatever watches the server asks all day long.
        let level: Logger.Level = request.uri.path.hasPrefix(Health.prefix) ? .debug : .info
        context.logger.log(
            level: level, "request",
            metadata: [
                "method": "\(request.method)", "path": "\(context.endpointPath ?? "-")",
                "status": "\(response.status.code)", "ms": "\(Int(spent.rounded(.up)))",
            ])
        return response
    }
}

/// HEAD gets the headers of GET and no body, refusal pages included.
struct HeadAnswers: RouterMiddleware {
    func handle(
        _ request: Request, context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        return request.method == .head ? response.createHeadResponse() : response
    }
}
