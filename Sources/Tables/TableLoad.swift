import Core
import Organization
import Storage

/// How much tables ask: counted from how they are bound, and told in sums.
package struct TableLoad: Sendable {
    /// How many tables are in force, and how many of them stand on the yearly list.
    package let tables: Int
    package let listed: Int
    /// The cells that are asked for in a year, and those of them that the ledger answers.
    package let cells: Int
    package let held: Int
    /// The columns that are asked for, and those of them that more than one table asks.
    package let columns: Int
    package let doubled: Int
    /// How many units stand in any of the tables.
    package let units: Int
    /// Which tables ask the same as a table.
    private let same: [DeskTable.ID: Set<DeskTable.ID>]

    package init(_ tables: [DeskTable], _ store: TableStore) throws {
        let asked = tables.filter { $0.state != .declined }
        let columns = try store.columns(of: asked.map(\.id))
        let units = try store.unitCounts(of: asked.map(\.id))
        self.init(asked, columns, units, units: try store.unitCount(of: asked.map(\.id)))
    }

    init(
        _ asked: [DeskTable], _ columns: [DeskTable.ID: [TableColumn]],
        _ rows: [DeskTable.ID: Int], units: Int
    ) {
        tables = asked.count
        listed = asked.filter { $0.said.isListed || $0.isOwn }.count
        self.units = units
        var askers: [TableColumn.Source: Set<DeskTable.ID>] = [:]
        var (cells, held, count) = (0, 0, 0)
        for table in asked {
            let own = columns[table.id] ?? []
            let times = (rows[table.id] ?? 0) * table.rhythm.timesAYear
            cells += own.count * times
            held += own.filter(\.isBound).count * times
            count += own.count
            for column in own {
                if let fact = column.source.asked { askers[fact, default: []].insert(table.id) }
            }
        }
        (self.cells, self.held, self.columns) = (cells, held, count)
        var same: [DeskTable.ID: Set<DeskTable.ID>] = [:]
        var doubled = 0
        for tables in askers.values where tables.count > 1 {
            doubled += tables.count
            for table in tables { same[table, default: []].formUnion(tables) }
        }
        self.doubled = doubled
        self.same = same
    }

    /// The other tables that ask something that a table asks as well.
    func same(as table: DeskTable.ID) -> Set<DeskTable.ID> {
        (same[table] ?? []).subtracting([table])
    }

    /// The cells that one unit is asked for in a month, in tenths.
    package var tenthsAMonth: Int { units == 0 ? 0 : cells * 10 / (units * 12) }

    /// What of it the ledger already holds, in hundredths.
    package var heldShare: Int { cells == 0 ? 0 : (held * 200 + cells) / (2 * cells) }
}

extension TableColumn.Source {
    /// What a column asks, whichever table asks it; nil for what is no question.
    fileprivate var asked: TableColumn.Source? {
        switch self {
        case .figure(let id, _): .figure(id, .own)
        case .list: self
        case .unit, .constant, .hand: nil
        }
    }
}

extension TableStore {
    /// How many units stand in some tables.
    func unitCount(of tables: [DeskTable.ID]) throws -> Int {
        guard !tables.isEmpty else { return 0 }
        return try db.value(
            """
            SELECT COUNT(DISTINCT unit_id) FROM desk_table_row
            WHERE table_id IN (\(values: tables))
            """, as: Int.self) ?? 0
    }

    /// The tables that are asked for on a day, of the whole district.
    package func inForce(on day: Day, limit: Int) throws -> [DeskTable] {
        try list(
            "t.state <> 'declined' AND (t.last_on IS NULL OR t.last_on >= \(day))", limit: limit)
    }
}
