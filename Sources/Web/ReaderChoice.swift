import Core
import Hummingbird

/// The two ways a page is laid out.
enum Mode: String {
    case plain, elder
}

/// Settles the reader's language and mode: what the address asks for, else what was chosen
/// before, else (for the language) what the browser hints at, else Chinese and plain.
package struct ReaderChoice: RouterMiddleware {
    static let languageName = "lang"
    static let modeName = "mode"

    package func handle(
        _ request: Request, context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.address = Address(request)
        let pairs = Query(request).pairs
        func asked(_ name: String) -> String? { pairs.first { $0.name == name }?.value }
        let language = asked(Self.languageName).flatMap(Language.init)
        let mode = asked(Self.modeName).flatMap(Mode.init)

        context.language =
            language ?? request.cookie(Self.languageName).flatMap(Language.init(rawValue:))
            ?? Self.hinted(request.headers[.acceptLanguage]) ?? .zh
        context.isElder =
            (mode ?? request.cookie(Self.modeName).flatMap(Mode.init(rawValue:))) == .elder

        var response = try await next(request, context)
        // A program says what it wants each time.
        if Api.covers(request.uri.path) { return response }
        if let language {
            response.setCookie(Self.choice(Self.languageName, language.rawValue))
        }
        if let mode { response.setCookie(Self.choice(Self.modeName, mode.rawValue)) }
        return response
    }

    /// The language of ours that the browser prefers: `en-GB,en;q=0.9,zh;q=0.8` hints English.
    package static func hinted(_ header: String?) -> Language? {
        guard let header else { return nil }
        var best: (language: Language, weight: Double)?
        for entry in header.prefix(Limits.valueCharacters).split(separator: ",") {
            let parts = entry.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            guard let tag = parts.first?.split(separator: "-").first?.lowercased(),
                let language = Language(rawValue: tag)
            else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }
                .map { Double($0.dropFirst(2)) ?? 0 }
            if (weight ?? 1) > (best?.weight ?? 0) { best = (language, weight ?? 1) }
        }
        return best?.language
    }

    private static func choice(_ name: String, _ value: String) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: Limits.choiceSeconds, path: "/", httpOnly: true,
            sameSite: .lax)
    }
}
