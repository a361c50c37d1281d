import Catalogue
import Storage
import Synchronization

/// The columns of a district: read once in the background, and brought up to each newer position by
/// the first reader who stands at it. Nothing is added to a write.
package final class ColumnShelf: Sendable {
    /// About how much memory columns may take, in bytes, as `KindColumns.rowBytes` reckons it:
    /// some four million records.
    package static let byteLimit = 256 << 20

    private let held: [String: HeldKind]
    private let limit: Int
    /// A reader may stand one step behind another.
    private let kept = Mutex<(newest: LedgerColumns?, before: LedgerColumns?)>((nil, nil))

    package init(_ catalogue: Catalogue, limit: Int = byteLimit) {
        held = HeldKind.all(of: catalogue)
        self.limit = limit
    }

    package var isLoaded: Bool { kept.withLock { $0.newest != nil } }

    /// Reads the ledger. Until it is read, figures are asked of the ledger itself.
    package func load(_ db: Connection, at position: Int) throws {
        guard
            let columns = try Self.held({
                try ColumnLoader.load(db, held, at: position, within: limit)
            })
        else { return }
        kept.withLock { kept in
            if let newest = kept.newest, newest.position >= position { return }
            kept = (columns, nil)
        }
    }

    /// The columns at a position; nil when they are not read yet, or have gone on past it.
    func columns(at position: Int, _ db: Connection) throws -> LedgerColumns? {
        try kept.withLock { kept in
            guard var next = kept.newest else { return nil }
            if next.position == position { return next }
            if kept.before?.position == position { return kept.before }
            guard next.position < position else { return nil }
            let reader = ColumnReader(db: db)
            guard try Self.held({ try reader.bring(&next, to: position) }) != nil else {
                return nil
            }
            kept = (next, kept.newest)
            return next
        }
    }

    /// Nil for a ledger with units or persons that columns cannot name.
    private static func held<T>(_ read: () throws -> T) throws -> T? {
        do { return try read() } catch is NotHeld { return nil }
    }
}
