import Synchronization

/// What somebody asked for and still waits for: whose it is, how long the program has worked on it,
/// and whether anybody is still there to take the answer.
///
/// Time counts while a reader of the database is held, or wherever else it is counted; waiting for
/// a turn is no work.
package final class Work: Sendable {
    /// What is being worked on; nil for what nobody asked for in a request.
    @TaskLocal package static var current: Work?

    /// Who asked, as senders are told apart; nil for the program itself.
    package let sender: String?
    private let spent = Atomic<Int64>(0)
    private let paid: Atomic<Int64>
    private let allow: @Sendable (Int) -> Bool
    private let ends = Mutex(Ends())

    private struct Ends {
        var isLeft = false
        var next = 0
        var stops: [Int: Stop] = [:]
    }

    /// - Parameters:
    ///   - paid: how many milliseconds were paid for ahead.
    ///   - allow: takes so many more from whoever asked, or says that there are no more.
    package init(
        for sender: String? = nil, paid: Int = 0,
        allow: @escaping @Sendable (Int) -> Bool = { _ in true }
    ) {
        self.sender = sender
        self.paid = Atomic(Int64(paid))
        self.allow = allow
    }

    /// Whoever asked has no more work left to ask for.
    package struct Refused: Error {}

    /// What was spent up to now, in full milliseconds.
    package var milliseconds: Int { Int(spent.load(ordering: .relaxed) / 1_000_000) }

    /// What was paid for up to now, in milliseconds.
    package var paidMilliseconds: Int { Int(paid.load(ordering: .relaxed)) }

    package func add(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        spent.add(
            seconds * 1_000_000_000 + attoseconds / 1_000_000_000, ordering: .relaxed)
    }

    /// Has a piece of work paid for before it is begun, by what such work usually takes.
    ///
    /// - Throws: `Refused` when whoever asked cannot pay; then it is not begun.
    package func foresee(_ milliseconds: Int) throws(Refused) {
        let lacking = self.milliseconds + milliseconds - paidMilliseconds
        guard lacking > 0 else { return }
        guard allow(lacking) else { throw Refused() }
        paid.add(Int64(lacking), ordering: .relaxed)
    }

    /// Whoever asked has gone: what waits is dropped, and what is being read stops.
    package func leave() {
        let stops = ends.withLock { ends in
            ends.isLeft = true
            return ends.stops.values
        }
        for stop in stops { stop.stop() }
    }

    /// Lets a stop know when whoever asked goes, until the piece of work is over.
    func whileStoppable<T>(
        by stop: Stop, isolation: isolated (any Actor)? = #isolation,
        _ body: () async throws -> T
    ) async rethrows -> T {
        let number: Int? = ends.withLock { ends in
            guard !ends.isLeft else { return nil }
            ends.next += 1
            ends.stops[ends.next] = stop
            return ends.next
        }
        guard let number else {
            stop.stop()
            return try await body()
        }
        defer { ends.withLock { $0.stops[number] = nil } }
        return try await body()
    }

    /// Does a piece of work and counts how long it took, also when it fails.
    package static func count<T>(for work: Work? = current, _ body: () throws -> T) rethrows -> T {
        let start = ContinuousClock.now
        defer { work?.add(start.duration(to: .now)) }
        return try body()
    }
}
