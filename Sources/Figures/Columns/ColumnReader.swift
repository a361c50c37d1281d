import Catalogue
import Core
import Organization
import Storage

/// Brings columns up to a newer position: what came or went since is read from the view `fact`.
struct ColumnReader {
    let db: Connection
    let held: [String: HeldKind]

    /// Records asked for in one statement.
    private static let chunk = 500
    /// For more changes than this in a kind it is put in order as a whole.
    private static let fewChanges = 16

    /// Those of some records of a kind that count now, each as a line.
    private func lines(
        of held: HeldKind, _ ids: [String], _ columns: inout LedgerColumns,
        _ body: (KindColumns.Line) throws -> Void
    ) throws {
        let named = try LedgerColumns.Named("record_id IN (\(values: ids))", db)
        try db.each(
            """
            SELECT \(LedgerColumns.lineColumns), r.last_on FROM fact r
            WHERE r.kind = \(held.kind.id) AND r.id IN (\(values: ids))
            """
        ) { row in
            let end = try row.optionalAt(LedgerColumns.lineWidth, as: Day.self)
            try body(try columns.line(row, until: end, of: held, named))
        }
    }

    /// Brings columns up to a newer position. A kind with a record they have no room for is let go.
    func bring(_ columns: inout LedgerColumns, to position: Int) throws {
        let old = columns.position
        let structure = try StructureStore(db: db).position()
        if structure != columns.reach.position {
            columns.reach = try ReachColumns(db, at: structure, &columns.units)
            columns.placedAt = position
        }
        for (kind, records) in try changed(after: old, to: position) {
            guard let held = held[kind], var known = columns.take(kind) else { continue }
            do {
                try bring(&known, held, records, &columns)
                columns.put(known, changedAt: position)
            } catch is NotHeld {}
        }
        let joined = try db.value("SELECT MAX(position) FROM person_join", as: Int.self) ?? 0
        if joined > old {
            try columns.readJoins(db)
            columns.joinedAt = position
        }
        columns.fillUp()
        columns.position = position
    }

    private func bring(
        _ known: inout KindColumns, _ held: HeldKind, _ records: [Changed],
        _ columns: inout LedgerColumns
    ) throws {
        let isFew = records.count <= Self.fewChanges
        let settled = known.count
        let gone = try records.map { (id: try PackedID(held: $0.id), day: $0.day) }
        if isFew { for record in gone { known.remove(record.id, on: record.day) } }
        for chunk in records.map(\.id).chunks(of: Self.chunk) {
            try lines(of: held, chunk, &columns) { line in
                if isFew { try known.insert(line) } else { try known.append(line) }
            }
        }
        if !isFew {
            let gone = Set(gone.map(\.id))
            known.settle { row, id in row >= settled || !gone.contains(id) }
        }
    }

    /// A record that came, went, or was reversed or ended, or is no longer.
    private struct Changed {
        let id: String
        let kind: String
        let day: Int32
        /// The record that this one reverses or ends.
        let target: String?

        init(_ row: Row) throws {
            id = try row.at(0)
            kind = try row.at(1)
            day = try row.at(2, as: Day.self).column
            target = try row.optionalAt(3)
        }
    }

    /// Every record that may count otherwise at a position than at an older one, by kind: those
    /// posted or undone between the two, and what they reverse or end.
    private func changed(after old: Int, to new: Int) throws -> [String: [Changed]] {
        var found: [String: Changed] = [:]
        var open: [String] = []
        func take(_ row: Row) throws {
            let record = try Changed(row)
            guard found.updateValue(record, forKey: record.id) == nil else { return }
            if let target = record.target { open.append(target) }
        }
        let columns: SQL = "r.id, r.kind, r.happened_on, COALESCE(r.reverses, r.ends)"
        try db.each(
            """
            SELECT \(columns) FROM record r
            WHERE r.import_id IS NULL AND r.ordinal > \(old) AND r.ordinal <= \(new)
            """, take)
        let imports = try db.rows(
            """
            SELECT id FROM import WHERE (base >= \(old) AND base < \(new)) OR reversed > \(old)
            """)
        for row in imports {
            try db.each(
                """
                SELECT \(columns) FROM record r
                WHERE r.import_id = \(try row.at(0, as: String.self))
                """, take)
        }
        while !open.isEmpty {
            let targets = open.filter { found[$0] == nil }
            open = []
            for chunk in targets.chunks(of: Self.chunk) {
                try db.each(
                    "SELECT \(columns) FROM record r WHERE r.id IN (\(values: chunk))", take)
            }
        }
        return Dictionary(grouping: found.values, by: \.kind)
    }
}
