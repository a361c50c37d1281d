import Storage

/// The digests of what stands at each position, read from every table in the order of positions, a
/// window at a time: however much the ledger holds, little of it is held here.
struct PostedDigests: Sendable {
    private let newest: Int
    /// What stands at each position from `start` on.
    private var window: [[String]] = []
    private var start = 1

    /// Positions that are read at a time.
    static let windowSize = 10_000

    /// - Parameter newest: the ledger's head; nothing is asked of positions past it.
    init(upTo newest: Int) { self.newest = newest }

    /// What stands at a position: one digest, none where something is gone, more where two things
    /// stand.
    mutating func at(_ position: Int, _ db: Connection) throws -> [String] {
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
        var found = [[String]](repeating: [], count: last - first + 1)
        try db.each((records + structure).joined(separator: " UNION ALL ")) { row in
            found[try row.at(0, as: Int.self) - first].append(try row.at(1))
        }
        start = first
        window = found
    }
}
