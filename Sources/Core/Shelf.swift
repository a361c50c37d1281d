import Synchronization

/// Keeps what was read of the ledger, by a key, until something is read in a newer state of it.
///
/// What was read in one state is good in no other, and an older snapshot never replaces what a
/// newer one left. Past its limit everything is dropped, and what is asked for comes back by use.
package final class Shelf<State: Comparable & Sendable, Key: Hashable & Sendable, Value: Sendable>:
    Sendable
{
    private let limit: Int
    private let kept = Mutex<(state: State?, values: [Key: Value])>((nil, [:]))

    package init(limit: Int) { self.limit = limit }

    package func take(_ key: Key, _ state: State) -> Value? {
        kept.withLock { $0.state == state ? $0.values[key] : nil }
    }

    package func put(_ value: Value, _ key: Key, _ state: State) {
        kept.withLock { kept in
            if let known = kept.state, state < known { return }
            if kept.state != state || kept.values.count >= limit { kept = (state, [:]) }
            kept.values[key] = value
        }
    }
}

/// The newest row of the audit, or position of the ledger, and the day on which it is the newest.
package struct SeenState: Comparable, Sendable {
    package let seq: Int
    package let day: Day

    package init(_ seq: Int, on day: Day) {
        self.seq = seq
        self.day = day
    }

    package static func < (one: SeenState, other: SeenState) -> Bool {
        (one.seq, one.day) < (other.seq, other.day)
    }
}

/// The key of a shelf on which one thing lies.
package enum OnlyKey: Sendable { case only }

extension Shelf where Key == OnlyKey {
    package convenience init() { self.init(limit: 1) }

    package func take(_ state: State) -> Value? { take(.only, state) }
    package func put(_ value: Value, _ state: State) { put(value, .only, state) }
}
