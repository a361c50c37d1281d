import Catalogue
import Core
import Organization
import Storage

/// Reads the whole ledger into columns, a batch of records after the other in the order of their
/// identities, within one snapshot.
struct ColumnLoader {
    private let db: Connection
    private var columns: LedgerColumns
    private var kinds: [String: KindColumns] = [:]
    private var reversed: Set<PackedID> = []
    /// Records that end others: which they are, and from which day on.
    private var ends: [(id: PackedID, target: PackedID, day: Int32)] = []

    /// Records read in one statement.
    private static let batch = 2_000

    /// - Parameters:
    ///   - position: the newest position of the snapshot.
    ///   - bytes: about how much memory columns may take. Smaller kinds come first; those there is
    ///     no room for are asked of the ledger.
    static func load(
        _ db: Connection, _ held: [String: HeldKind], at position: Int, within bytes: Int
    ) throws -> LedgerColumns {
        var loader = try ColumnLoader(db, position)
        try loader.choose(held, within: bytes)
        var last = ""
        while let next = try loader.readBatch(after: last) { last = next }
        try loader.finish(position)
        return loader.columns
    }

    private init(_ db: Connection, _ position: Int) throws {
        self.db = db
        var units = Numbers<PackedID>()
        let reach = try ReachColumns(db, at: StructureStore(db: db).position(), &units)
        columns = LedgerColumns(position: position, units: units, reach: reach)
    }

    private mutating func choose(_ held: [String: HeldKind], within limit: Int) throws {
        var left = limit
        var counts: [String: Int] = [:]
        try db.each("SELECT kind, COUNT(*) FROM record GROUP BY kind") { row in
            counts[try row.at(0)] = try row.at(1, as: Int.self)
        }
        for (id, held) in held.sorted(by: { (counts[$0.key] ?? 0) < (counts[$1.key] ?? 0) }) {
            left -= (counts[id] ?? 0) * KindColumns.rowBytes(held)
            guard left >= 0 else { return }
            kinds[id] = KindColumns(held)
        }
    }

    /// - Returns: the last identity of the batch; nil at the end.
    private mutating func readBatch(after last: String) throws -> String? {
        let rows = try db.rows(
            """
            SELECT \(LedgerColumns.lineColumns), r.until_on, r.reverses, r.ends
            FROM posted r WHERE r.id > \(last) ORDER BY r.id LIMIT \(Self.batch)
            """)
        guard let first = rows.first, let end = rows.last else { return nil }
        let (from, to) = (try first.at(0, as: String.self), try end.at(0, as: String.self))
        let named = try LedgerColumns.Named("record_id BETWEEN \(from) AND \(to)", db)
        for row in rows {
            let kind = try row.at(1, as: String.self)
            guard var known = kinds.removeValue(forKey: kind) else { continue }
            do {
                try take(row, into: &known, named)
                kinds[kind] = known
            } catch is NotHeld {}
        }
        return to
    }

    private mutating func take(
        _ row: Row, into known: inout KindColumns, _ named: LedgerColumns.Named
    ) throws {
        let next = LedgerColumns.lineWidth
        if let target = try row.optionalAt(next + 1, as: String.self) {
            reversed.insert(try PackedID(held: target))
        } else if let target = try row.optionalAt(next + 2, as: String.self) {
            ends.append(
                (
                    try PackedID(held: row.at(0)), try PackedID(held: target),
                    try row.at(4, as: Day.self).column
                ))
        } else {
            let end = try row.optionalAt(next, as: Day.self)
            try known.append(try columns.line(row, until: end, of: known.held, named))
        }
    }

    /// Takes out what was reversed, ends what was ended, and puts each kind in order.
    private mutating func finish(_ position: Int) throws {
        var lasts: [PackedID: Int32] = [:]
        for end in ends where !reversed.contains(end.id) {
            lasts[end.target] = min(lasts[end.target] ?? end.day, end.day)
        }
        for (id, kind) in kinds {
            try db.requireWanted()
            var kind = kind
            kinds[id] = nil
            kind.end(lasts)
            kind.settle { _, id in !reversed.contains(id) }
            columns.put(kind, changedAt: position)
        }
        try columns.readJoins(db)
    }
}

extension LedgerColumns {
    /// Reads who was found to be whom.
    mutating func readJoins(_ db: Connection) throws {
        var joins: [(from: UInt32, to: UInt32)] = []
        try db.each(
            """
            SELECT j.from_person, j.to_person FROM person_join j WHERE j.undoes IS NULL
                AND NOT EXISTS (SELECT 1 FROM person_join n WHERE n.undoes = j.id)
            """
        ) { row in
            let from = try persons.number(for: PackedID(held: row.at(0)))
            joins.append((from, try persons.number(for: PackedID(held: row.at(1)))))
        }
        join(joins)
    }
}
