import Catalogue
import Core
import Ledger
import Organization
import Storage

/// Brings columns up to a newer position: what came or went since is read from the view `fact`.
struct ColumnReader {
    let db: Connection

    /// Records asked for in one statement.
    private static let chunk = 500
    /// For more changes than this in a kind it is put in order as a whole.
    private static let fewChanges = 16

    /// Puts those of some records of a kind that count now behind the others.
    private func append(
        _ ids: [String], to known: inout KindColumns, _ columns: inout LedgerColumns
    ) throws {
        var rows: [PackedID: Int] = [:]
        try db.scan(
            """
            SELECT \(LedgerColumns.recordColumns), r.last_on FROM fact r
            WHERE r.id IN (\(values: ids))
            """
        ) { cells in
            rows[try PackedID(held: cells.letters(0))] = known.count
            try columns.append(cells, to: &known)
        }
        for names in LedgerColumns.Names.allCases {
            try db.scan(names.statement(of: "record_id IN (\(values: ids))")) { cells in
                guard let row = rows[try PackedID(held: cells.letters(0))] else { return }
                try columns.add(names, cells, to: &known, row)
            }
        }
    }

    /// Brings columns up to a newer position. A kind with a record they have no room for is let go.
    func bring(_ columns: inout LedgerColumns, to position: Int) throws {
        let old = columns.position
        let structure = try StructureStore(db: db).position()
        if structure != columns.reach.position {
            columns.reach = try ReachColumns(db, at: structure, &columns.units)
        }
        for (kind, records) in try changed(after: old, to: position) {
            guard var known = columns.take(kind) else { continue }
            do {
                try bring(&known, records, &columns)
                columns.put(known)
            } catch is NotHeld {}
        }
        let joined = try db.value("SELECT MAX(position) FROM person_join", as: Int.self) ?? 0
        if joined > old {
            try columns.readJoins(db)
        }
        columns.fillUp()
        columns.position = position
    }

    private func bring(
        _ known: inout KindColumns, _ records: [Changed], _ columns: inout LedgerColumns
    ) throws {
        let isFew = records.count <= Self.fewChanges
        let gone = try records.map { (id: try PackedID(held: $0.id), day: $0.day) }
        if isFew { for record in gone { known.remove(record.id, on: record.day) } }
        let settled = known.count
        for chunk in records.map(\.id).chunks(of: Self.chunk) {
            try append(chunk, to: &known, &columns)
        }
        if isFew { return known.place(last: known.count - settled) }
        let all = Set(gone.map(\.id))
        known.settle { row, id in row >= settled || !all.contains(id) }
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
            SELECT id FROM import WHERE \(ImportStore.changed(after: old, through: new))
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
