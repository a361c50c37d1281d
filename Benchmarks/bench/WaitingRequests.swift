import Core
import Ledger
import Synchronization

/// Requests that were filed and wait to be accepted, each handed out once.
final class WaitingRequests: Sendable {
    private let ids = Mutex<[Record.ID]>([])

    func add(_ id: Record.ID) { ids.withLock { $0.append(id) } }

    func next() -> Record.ID? { ids.withLock { $0.popLast() } }
}
