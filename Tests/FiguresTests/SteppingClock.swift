import Core
import Synchronization
import TestKit

/// A clock that stands at noon until a test moves it on by days.
final class SteppingClock: Sendable {
    private let now = Mutex(TreeDistrict.today)

    var moment: Moment { now.withLock { $0 } }

    func step(days: Int) {
        now.withLock { $0 = Moment(milliseconds: $0.milliseconds + Int64(days) * 86_400_000) }
    }
}
