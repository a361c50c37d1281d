import Hummingbird
import Storage

/// Bounds the work that one sender makes in a minute: an account wherever it is used, and an
/// address for everybody there who is not signed in.
///
/// Work is counted, and not pages: a page that is kept costs a millisecond and a cold figure over
/// ten years a second, so an office of hundreds behind one address reads on, and nobody keeps the
/// readers of the database to themselves. Waiting costs nothing, so a busy hour is nobody's debt.
/// What is known to take long is paid for before it is begun, and ends when whoever asked leaves.
struct WorkRates: RouterMiddleware {
    private let rate: RateLimit
    private let connections: Connections
    /// What a request pays ahead, in milliseconds; what it did not need comes back.
    private let share: Int

    init(_ site: Site) {
        connections = site.connections
        let most = site.workSeconds * 1000
        rate = RateLimit(most, per: 60_000, now: site.now)
        share = most / Limits.requestsAtOnce
    }

    func handle(
        _ request: Request, context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        let sender = context.reader.account?.text ?? context.client
        // Were nothing paid ahead, a thousand requests at once would all find enough left.
        guard rate.takes(sender, share) else { throw HTTPError(.tooManyRequests) }
        let work = Work(for: sender, paid: share) { [rate] in rate.takes(sender, $0) }
        // What stands around the work costs something too: a millisecond stands for it.
        defer { rate.charge(sender, 1 + work.milliseconds - work.paidMilliseconds) }
        // A form is never left half done: only what is read ends with its connection.
        let isReading = request.method == .get || request.method == .head
        if isReading { connections.begin(work, on: context.connection) }
        defer { if isReading { connections.end(on: context.connection) } }
        do {
            return try await Work.$current.withValue(work) { try await next(request, context) }
        } catch is Work.Refused {
            throw HTTPError(.tooManyRequests)
        }
    }
}
