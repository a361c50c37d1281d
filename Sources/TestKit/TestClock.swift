import Core
import Synchronization

/// A clock that a test sets forward by hand.
package final class TestClock: Sendable {
    private let now: Mutex<Moment>

    package init(_ moment: Moment = TestDistrict.moment) { now = Mutex(moment) }

    package var moment: Moment { now.withLock { $0 } }

    package func advance(_ milliseconds: Int64) {
        now.withLock { $0 = Moment(milliseconds: $0.milliseconds + milliseconds) }
    }
}
