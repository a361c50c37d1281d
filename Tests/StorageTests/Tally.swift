import Synchronization

/// Counts how often closures ran: the one thing outside the database that these touch.
final class Tally: Sendable {
    private let counts = Mutex<[Int: Int]>([:])

    /// How often this one ran, now included.
    @discardableResult
    func add(_ index: Int = 0) -> Int {
        counts.withLock {
            $0[index, default: 0] += 1
            return $0[index, default: 0]
        }
    }

    subscript(index: Int) -> Int { counts.withLock { $0[index, default: 0] } }
}
