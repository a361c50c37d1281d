import Core
import Hummingbird

/// Tells the request the time and where it came from, and gives a visitor what their forms are
/// bound to: a cookie that holds nothing but a random number, sent only when a form is shown.
struct RequestOrigin: RouterMiddleware {
    let site: Site

    private static let visit = "visit"

    func handle(
        _ request: Request, context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.now = site.now
        if site.isBehindProxy, let name = HTTPFields.Element.Name("X-Forwarded-For"),
            let hops = request.headers[name],
            let last = hops.split(separator: ",").last
        {
            // Only the last hop was written by our own proxy; the others anybody can make up.
            context.client = String(last.filter { !$0.isWhitespace }.prefix(64))
        }
        context.client = Sender.counted(context.client)
        let known = request.cookie(site.cookie(Self.visit))
        let isKnown = known.map { $0.utf8.count == 64 } ?? false
        let seed = FormSeed(
            key: site.formKey, seed: isKnown ? known ?? "" : freshSecret(), isFresh: !isKnown)
        context.formSeed = seed
        var response = try await next(request, context)
        if seed.isFresh, seed.wasUsed {
            response.setCookie(
                Cookie(
                    name: site.cookie(Self.visit), value: seed.value, path: "/",
                    secure: site.isBehindProxy, httpOnly: true, sameSite: .lax))
        }
        return response
    }
}

/// Refuses more forms than anybody sends by hand, counted by the address they come from, or by the
/// account that sends them from wherever.
///
/// Many people may share an address. Where one of them has used up what it may send, each browser
/// that was shown a form here before may still send a few.
struct FormRates: RouterMiddleware {
    private let rate: RateLimit
    private let browsers: RateLimit
    private let sender: @Sendable (AppContext) -> String?
    private let browser: @Sendable (AppContext) -> String?

    /// - Parameters:
    ///   - browser: what tells apart those who are counted as one; nil where nothing does.
    ///   - sender: who is counted; nil for who is not.
    init(
        now: @escaping @Sendable () -> Moment,
        beside browser: @escaping @Sendable (AppContext) -> String? = { _ in nil },
        of sender: @escaping @Sendable (AppContext) -> String?
    ) {
        rate = RateLimit(Limits.formsPerMinute, per: 60_000, now: now)
        browsers = RateLimit(Limits.formsPerBrowser, per: 60_000, now: now)
        self.sender = sender
        self.browser = browser
    }

    func handle(
        _ request: Request, context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        if request.method != .get, request.method != .head, let sender = sender(context),
            !rate.takes(sender), !(browser(context).map { browsers.takes($0) } ?? false)
        {
            throw HTTPError(.tooManyRequests)
        }
        return try await next(request, context)
    }
}
