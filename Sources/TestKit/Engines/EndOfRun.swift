import Foundation
import Synchronization

private let chores = Mutex<[@Sendable () -> Void]>([])

/// Has something tidied up when all tests have ended.
func atEndOfRun(_ chore: @escaping @Sendable () -> Void) {
    let isFirst = chores.withLock { chores in
        chores.append(chore)
        return chores.count == 1
    }
    guard isFirst else { return }
    atexit {
        for chore in chores.withLock({ $0 }) { chore() }
    }
}
