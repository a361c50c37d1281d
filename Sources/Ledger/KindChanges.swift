import Core
import Storage
import Synchronization

/// When the records of each kind last changed, and when anything else did that takes a position:
/// the map, or who was found to be whom. What was read of some kinds is as good as new while none
/// of them changed. It is read from the ledger by the first who stands at a newer position, so that
/// nothing is added to a write, and writes of other programs count as ours do.
package final class KindChanges: Sendable {
    private struct Known {
        var position: Int
        /// The newest position that may have changed anything.
        var whole: Int
        var kinds: [String: Int] = [:]
    }

    private let known = Mutex<Known?>(nil)

    /// After more positions than this in one step, everything counts as changed.
    static let stepLimit = 10_000

    package init() {}

    /// The newest position that may have changed what is read of some kinds.
    ///
    /// - Parameter position: that of the snapshot.
    /// - Returns: nil for a snapshot that is older than another that asked: what came between the
    ///   two is not known apart.
    package func newest(
        of kinds: some Sequence<String>, at position: Int, _ db: Connection
    ) throws -> Int? {
        try known.withLock { known in
            var now = known ?? Known(position: position, whole: position)
            guard position >= now.position else { return nil }
            if position > now.position {
                try Self.bring(&now, to: position, db)
                known = now
            } else if known == nil {
                known = now
            }
            return kinds.reduce(now.whole) { max($0, now.kinds[$1] ?? 0) }
        }
    }

    private static func bring(
        _ known: inout Known, to position: Int, _ db: Connection
    ) throws {
        let old = known.position
        known.position = position
        guard position - old <= stepLimit else { return known.whole = position }
        var explained = 0
        // A record that reverses or ends another is of the same kind.
        try db.each(
            """
            SELECT kind, COUNT(*) FROM record
            WHERE import_id IS NULL AND ordinal > \(old) AND ordinal <= \(position)
            GROUP BY kind
            """
        ) { row in
            known.kinds[try row.at(0)] = position
            explained += try row.at(1, as: Int.self)
        }
        try db.each(
            """
            SELECT kind,
                CASE WHEN base >= \(old) AND base < \(position) THEN row_count ELSE 0 END
                + CASE WHEN reversed > \(old) AND reversed <= \(position) THEN 1 ELSE 0 END
            FROM import
            WHERE kind IS NOT NULL AND \(ImportStore.changed(after: old, through: position))
            """
        ) { row in
            known.kinds[try row.at(0)] = position
            explained += try row.at(1, as: Int.self)
        }
        if explained != position - old { known.whole = position }
    }
}
