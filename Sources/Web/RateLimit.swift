import Core
import Synchronization

/// How often somebody may do a thing: so many at once, refilled evenly over a time.
package final class RateLimit: Sendable {
    private struct Bucket {
        var filled: Int64
        var at: Int64
    }

    private let most: Int64
    private let milliseconds: Int64
    private let now: @Sendable () -> Moment
    private let buckets = Mutex<[String: Bucket]>([:])

    /// - Parameter milliseconds: the time over which an empty bucket fills again.
    package init(_ most: Int, per milliseconds: Int64, now: @escaping @Sendable () -> Moment) {
        self.most = Int64(most)
        self.milliseconds = milliseconds
        self.now = now
    }

    /// Whether this sender may do it once more, or so many times. Each is counted by itself.
    package func takes(_ sender: String, _ count: Int = 1) -> Bool {
        let (moment, cost) = (now().milliseconds, Int64(count) * milliseconds)
        return buckets.withLock { buckets in
            var bucket = bucket(of: sender, &buckets, at: moment)
            let isEnough = bucket.filled >= cost
            if isEnough { bucket.filled -= cost }
            buckets[sender] = bucket
            return isEnough
        }
    }

    /// Takes from this sender what it turned out to cost, even if there is less: they owe the rest,
    /// and waits the longer. Less than nothing is given back.
    package func charge(_ sender: String, _ count: Int) {
        let (moment, cost) = (now().milliseconds, Int64(count) * milliseconds)
        buckets.withLock { buckets in
            var bucket = bucket(of: sender, &buckets, at: moment)
            bucket.filled = min(most * milliseconds, bucket.filled - cost)
            buckets[sender] = bucket
        }
    }

    /// The bucket of a sender as it has filled by now; a new one is full.
    private func bucket(
        of sender: String, _ buckets: inout [String: Bucket], at moment: Int64
    ) -> Bucket {
        if buckets.count >= Limits.countedSenders, buckets[sender] == nil {
            // Who has been silent longest has the fullest bucket. A quarter goes at once, so that
            // a flood of new senders does not sort them all for each of its own.
            let newest = buckets.sorted { $0.value.at > $1.value.at }
                .prefix(Limits.countedSenders / 4 * 3)
            buckets = Dictionary(uniqueKeysWithValues: newest.map { ($0.key, $0.value) })
        }
        var bucket = buckets[sender] ?? Bucket(filled: most * milliseconds, at: moment)
        let gained = max(0, moment - bucket.at) * most
        bucket.filled = min(most * milliseconds, bucket.filled + gained)
        bucket.at = moment
        return bucket
    }
}
