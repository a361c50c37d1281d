/// A caller's closure on its way through the writer: waiting, run, answered.
protocol PendingWrite: AnyObject, Sendable {
    /// Where the caller stands in the source, for the log.
    var place: String { get }
    /// Whether it must not share a commit.
    var isAlone: Bool { get }
    /// Whether its last run was refused.
    var isRefused: Bool { get }

    func run(on connection: Connection) throws
    func refuse(_ error: any Error)
    /// Hands the caller what the last run left. Called once, after the flush.
    func answer()
}

// Safety: the queue hands it from the caller's thread to the writer's under a lock, and only
// the writer's thread touches the outcome.
final class Write<T: Sendable>: PendingWrite, @unchecked Sendable {
    let place: String
    let isAlone: Bool
    private let body: @Sendable (Connection) throws -> T
    private let continuation: CheckedContinuation<T, any Error>
    private var outcome: Result<T, any Error>?

    init(
        place: String, isAlone: Bool, body: @escaping @Sendable (Connection) throws -> T,
        continuation: CheckedContinuation<T, any Error>
    ) {
        self.place = place
        self.isAlone = isAlone
        self.body = body
        self.continuation = continuation
    }

    var isRefused: Bool {
        if case .failure = outcome { true } else { false }
    }

    func run(on connection: Connection) throws {
        let answer = try body(connection)
        try connection.settle()
        outcome = .success(answer)
    }

    func refuse(_ error: any Error) { outcome = .failure(error) }

    func answer() {
        precondition(outcome != nil, "a write is answered after it ran")
        if let outcome { continuation.resume(with: outcome) }
    }
}
