import Hummingbird
import Storage

/// Bounds the work that one sender makes in a minute: an account wherever it is used, and an
/// address for everybody there who is not signed in.
///
/// Work is counted, and not pages: a page that is kept costs a millisecond and a cold figure over
/// ten years a second, so an office of hundreds behind one address reads on, and nobody keeps the
/// readers of the database to himself. Waiting costs nothing, so a busy hour is nobody's debt.
struct WorkRates: RouterMiddleware {
    private let rate: RateLimit
    /// What a request pays ahead, in milliseconds; what it did not need comes back.
    private let share: Int

    init(_ site: Site) {
        let most = site.workSeconds * 1000
        rate = RateLimit(most, per: 60_000, now: site.now)
        share = most / Limits.requestsAtOnce
    }

    func handle(
        _ request: Request, context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        let sender = context.reader.account ?? context.client
        // Were nothing paid ahead, a thousand requests at once would all find enough left.
        guard rate.takes(sender, share) else { throw HTTPError(.tooManyRequests) }
        let time = WorkTime()
        // What stands around the work costs something too: a millisecond stands for it.
        defer { rate.charge(sender, 1 + time.milliseconds - share) }
        return try await WorkTime.$current.withValue(time) {
            try await next(request, context)
        }
    }
}
