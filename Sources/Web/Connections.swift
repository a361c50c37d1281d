import Hummingbird
import Storage
import Synchronization

/// The connections that are open, and what is worked on for each: when one closes, its work ends.
package final class Connections: Sendable {
    package typealias Number = ObjectIdentifier

    private struct State {
        var hasLeft = false
        var work: Work?
    }

    private let open = Mutex<[Number: State]>([:])

    package init() {}

    func opened(_ number: Number) { open.withLock { $0[number] = State() } }

    /// Whoever asked on a connection sends nothing more and waits for nothing.
    func left(_ number: Number) {
        let work = open.withLock { open in
            open[number]?.hasLeft = true
            return open[number]?.work
        }
        work?.leave()
    }

    func forget(_ number: Number) { open.withLock { $0[number] = nil } }

    /// Ties work to the connection it is done for, until `end`. A connection that nobody watches,
    /// as in a test without one, ties nothing.
    func begin(_ work: Work, on number: Number?) {
        guard let number else { return }
        let hasLeft = open.withLock { open in
            open[number]?.work = work
            return open[number]?.hasLeft ?? false
        }
        if hasLeft { work.leave() }
    }

    func end(on number: Number?) {
        guard let number else { return }
        open.withLock { $0[number]?.work = nil }
    }
}
