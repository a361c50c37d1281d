import Catalogue
import Core
import Organization
import Storage

/// Reads the whole ledger into columns, a batch of records after the other in the order of their
/// identities, within one snapshot.
struct ColumnLoader {
    private let db: Connection
    private var columns: LedgerColumns
    /// By the numbers of their words; nil once columns have no room for a kind.
    private var kinds: [KindColumns?] = []
    private var kindWords = Words()
    private var reversed: Set<PackedID> = []
    /// Records that end others: which they are, and from which day on.
    private var ends: [(id: PackedID, target: PackedID, day: Int32)] = []

    /// Records read in one statement.
    private static let batch = 20_000

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
            _ = kindWords.number(for: id)
            kinds.append(KindColumns(held))
        }
    }

    /// Where a record of a batch lies.
    private struct Place {
        let id: PackedID
        let kind: Int
        let row: Int
    }

    /// - Returns: the last identity of the batch; nil at the end.
    private mutating func readBatch(after last: String) throws -> String? {
        var (first, end) = ("", "")
        var places: [Place] = []
        places.reserveCapacity(Self.batch)
        try db.scan(
            """
            SELECT \(LedgerColumns.recordColumns), r.until_on, r.reverses, r.ends
            FROM posted r WHERE r.id > \(last) ORDER BY r.id LIMIT \(Self.batch)
            """
        ) { cells in
            if first.isEmpty { first = cells.text(0) }
            end = cells.text(0)
            if let place = try take(cells) { places.append(place) }
        }
        guard !end.isEmpty else { return nil }
        try addNames(of: "record_id BETWEEN \(first) AND \(end)", places)
        return end
    }

    private mutating func take(_ cells: any Cells) throws -> Place? {
        let next = LedgerColumns.recordWidth + 1
        let kind = Int(kindWords.number(for: cells.letters(1)))
        guard kind < kinds.count, kinds[kind] != nil else { return nil }
        let id = try PackedID(held: cells.letters(0))
        if !cells.isNull(next) {
            reversed.insert(try PackedID(held: cells.letters(next)))
        } else if !cells.isNull(next + 1) {
            ends.append(
                (id, try PackedID(held: cells.letters(next + 1)), try cells.day(4)))
        } else {
            do {
                try columns.append(cells, to: &kinds[kind]!)
                return Place(id: id, kind: kind, row: (kinds[kind]?.count ?? 0) - 1)
            } catch is NotHeld { kinds[kind] = nil }
        }
        return nil
    }

    /// Records and what they name come in the same order, so that one is found behind the other.
    private mutating func addNames(of records: SQL, _ places: [Place]) throws {
        for names in LedgerColumns.Names.allCases {
            var next = places.startIndex
            try db.scan(names.statement(of: records)) { cells in
                let id = try PackedID(held: cells.letters(0))
                while next < places.endIndex, places[next].id < id { next += 1 }
                guard next < places.endIndex, places[next].id == id else { return }
                let place = places[next]
                guard kinds[place.kind] != nil else { return }
                do {
                    try columns.add(names, cells, to: &kinds[place.kind]!, place.row)
                } catch is NotHeld { kinds[place.kind] = nil }
            }
        }
    }

    /// Takes out what was reversed, ends what was ended, and puts each kind in order.
    private mutating func finish(_ position: Int) throws {
        var lasts: [PackedID: Int32] = [:]
        for end in ends where !reversed.contains(end.id) {
            lasts[end.target] = min(lasts[end.target] ?? end.day, end.day)
        }
        for index in kinds.indices {
            try db.requireWanted()
            guard var kind = kinds[index] else { continue }
            kinds[index] = nil
            kind.end(lasts)
            kind.settle { _, id in !reversed.contains(id) }
            columns.put(kind)
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
