import Storage

/// The digests of what stands at each position, read from every table in the order of positions, a
/// window at a time: however much the ledger holds, little of it is held here.
struct PostedDigests: Sendable {
    private let newest: Int
    /// What stands at each position from `start` on.
    private var window: [Posted] = []
    private var start = 1

    /// What stands at a position: nothing where something is gone, more than one where two things
    /// stand.
    struct Posted: Sendable {
        fileprivate(set) var count = 0
        /// The digest of the last of them.
        fileprivate(set) var digest = ""
    }

    /// Positions that are read at a time.
    static let windowSize = 10_000

    /// - Parameter newest: the ledger's head; nothing is asked of positions past it.
    init(upTo newest: Int) { self.newest = newest }

    mutating func at(_ position: Int, _ db: Connection) throws -> Posted {
        if position < start || position >= start + window.count { try read(from: position, db) }
        return window[position - start]
    }

    private mutating func read(from first: Int, _ db: Connection) throws {
        let last = max(first, min(newest, first + Self.windowSize - 1))
        let structure = Verification.structureTables.map { table -> SQL in
            """
            SELECT t.position, t.digest FROM \(name: table) t
            WHERE t.position BETWEEN \(first) AND \(last)
            """
        }
        let records: [SQL] = [
            """
            SELECT r.ordinal AS position, r.digest FROM record r
            WHERE r.import_id IS NULL AND r.ordinal BETWEEN \(first) AND \(last)
            """,
            """
            SELECT i.base + r.ordinal AS position, r.digest FROM import i CROSS JOIN record r
            WHERE r.import_id = i.id AND i.base < \(last)
                AND r.ordinal BETWEEN \(first) - i.base AND \(last) - i.base
            """,
        ]
        var found = [Posted](repeating: Posted(), count: last - first + 1)
        try db.each((records + structure).joined(separator: " UNION ALL ")) { row in
            let place = try row.at(0, as: Int.self) - first
            found[place].count += 1
            found[place].digest = try row.at(1)
        }
        start = first
        window = found
    }
}
