import Core
import Hummingbird

/// The interface for programs: its routes, and the document that describes them.
package struct Api: Sendable {
    /// Where it begins. What is answered below it keeps its names and their meaning.
    package static let root = "/api/v1"
    /// Below it every refusal is told to a program.
    static let prefix = "/api"

    package let routes: [ApiRoute]
    /// What several routes answer, by name.
    let components: [(name: String, schema: Schema)]
    private let title: Wording

    package init(
        _ title: Wording, _ routes: [ApiRoute], components: KeyValuePairs<String, Schema>
    ) {
        self.title = title
        self.routes = routes
        self.components = components.map { ($0.key, $0.value) }
    }

    /// Whether an address is for programs.
    package static func covers(_ path: String) -> Bool {
        path == prefix || path.hasPrefix(prefix + "/")
    }

    /// Declares the routes, and the document beside them.
    package func declare(in router: Routes) {
        for route in routes {
            router.answer(route.address, use: route.handle)
        }
        router.answer(Self.root + "/" + Self.document, use: describe)
    }

    static let document = "openapi.json"

    @Sendable private func describe(
        _ request: Request, _ context: AppContext
    ) async throws -> Response {
        let ask = try ApiAsk(request, context, [ApiParameter.language])
        let text = ApiDocument(self, title: title, ask.context.language)
        return ApiAnswer(text.members).response(to: request, context, isPaged: false)
    }
}

/// A program may only ask: whatever else it sends below `/api` is refused before anything reads it.
struct ApiMethods: RouterMiddleware {
    func handle(
        _ request: Request, context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        guard Api.covers(request.uri.path), request.method != .get, request.method != .head else {
            return try await next(request, context)
        }
        throw ApiRefusal.onlyReads
    }
}
