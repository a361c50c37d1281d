import Synchronization

/// How long the program has worked for somebody: how long a reader of the database was held for
/// him, and what else is counted here. Waiting for a turn is no work.
package final class WorkTime: Sendable {
    /// Whose work is being done; nil for what nobody asked for in a request.
    @TaskLocal package static var current: WorkTime?

    private let spent = Atomic<Int64>(0)

    package init() {}

    /// What was spent up to now, in full milliseconds.
    package var milliseconds: Int { Int(spent.load(ordering: .relaxed) / 1_000_000) }

    package func add(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        spent.add(
            seconds * 1_000_000_000 + attoseconds / 1_000_000_000, ordering: .relaxed)
    }

    /// Does a piece of work and counts how long it took, also when it fails.
    package static func count<T>(
        for time: WorkTime? = current, _ work: () throws -> T
    ) rethrows -> T {
        let start = ContinuousClock.now
        defer { time?.add(start.duration(to: .now)) }
        return try work()
    }
}
