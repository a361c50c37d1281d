import Core
import Figures
import Ledger
import Organization
import Storage
import Web

/// What is done with tables at the terminal: whoever runs the program reads and fills everything
/// that is not sealed.
package struct TerminalTables: Sendable {
    private let figures: Figures
    private let words: Words
    private let program = SheetProgram()

    package init(_ figures: Figures, _ words: Words) {
        self.figures = figures
        self.words = words
    }

    private var district: District { figures.district }

    private func sight(_ db: Connection) throws -> TableSight {
        let (structure, today) = (try district.structure(db), district.now().day)
        let root = structure.root(nearest: today)?.unit
        let holdings = [Right.read, .write].map {
            Access.Holding(right: $0, unit: root, role: "terminal", basis: .office)
        }
        return TableSight(Access(holdings: holdings), structure, on: today)
    }

    private func find(_ text: String, _ db: Connection) throws -> DeskTable {
        guard let id = DeskTable.ID(text), let table = try TableStore(db).find(id) else {
            throw Refusal.invalid(
                text, zh: "没有编号为“\(text)”的报表。", en: "There is no table “\(text)”.")
        }
        return table
    }

    // MARK: List

    /// A table as the terminal lists it.
    package struct Line: Sendable, Encodable {
        package let id: String
        package let title: String
        package let issuer: String
        package let rhythm: String
        package let state: String
        package let period: String?
        package let units: Int
        package let columns: Int
        package let bound: Int
    }

    package func list() async throws -> [Line] {
        try await district.database.read { db in
            let store = TableStore(db)
            let tables = try store.list("TRUE", limit: TableLimits.listed)
            let columns = try store.columns(of: tables.map(\.id))
            let units = try store.unitCounts(of: tables.map(\.id))
            let today = district.now().day
            return tables.map { table in
                let own = columns[table.id] ?? []
                return Line(
                    id: table.id.text, title: table.said.title, issuer: table.said.issuer,
                    rhythm: table.rhythm.rawValue, state: table.state.rawValue,
                    period: table.period(today: today)?.text, units: units[table.id] ?? 0,
                    columns: own.count, bound: own.filter(\.isBound).count)
            }
        }
    }

    // MARK: Bring and bind

    /// Keeps a file as a table, with the rows in which units were found.
    ///
    /// - Returns: the id of the table.
    package func bring(
        _ bytes: [UInt8], named name: String, _ table: DeskTable, by actor: Actor
    ) async throws -> DeskTable.ID {
        let shape = try await program.read(bytes)
        return try await district.database.write { db in
            let store = TableStore(db)
            try store.insert(table, by: actor)
            try store.add(bytes, named: name, shape, to: table.id, by: actor, at: table.madeAt)
            let sight = try sight(db)
            if let layout = RowMarks.proposed(shape, below: table.unit, sight) {
                let rows = RowMarks.rows(layout, shape, below: table.unit, sight)
                try store.lay(layout, rows, in: table.id)
            }
            try Audit(db, key: district.key).record(
                "table.brought", table.id.text, by: actor, at: table.madeAt, quietly: true)
            return table.id
        }
    }

    /// Says where a column comes from.
    ///
    /// - Parameter letters: the letters of the column in the sheet.
    package func bind(
        _ text: String, _ letters: String, heading: String?, to source: TableColumn.Source,
        by actor: Actor
    ) async throws {
        guard let number = TableColumn.number(letters), number <= TableLimits.columns else {
            throw Refusal.invalid(
                letters, zh: "请写列号字母，如 D。", en: "Write the letters of a column, such as D.")
        }
        let columns = ColumnForm(district.catalogue, words)
        if case .figure(let id, _) = source { _ = try columns.indicator(id) }
        try await district.database.write { db in
            let table = try find(text, db)
            let store = TableStore(db)
            let over = try store.file(of: table.id)?.shape.heading(
                over: number, above: table.layout?.rows.lowerBound ?? 1)
            try store.bind(
                TableColumn(number: number, heading: heading ?? over ?? letters, source: source),
                in: table.id)
            try Audit(db, key: district.key).record(
                "table.bound", table.id.text, by: actor, at: district.now(), quietly: true)
        }
    }

    // MARK: Fill

    /// A file that was filled, and what stands in it.
    package struct Filled: Sendable {
        package let bytes: [UInt8]
        package let period: String
        package let cells: Int
        package let changed: Int
        package let missing: Int
        package let overridden: Int
    }

    package func fill(_ text: String, period asked: String?) async throws -> Filled {
        let (filling, file) = try await read(text, period: asked)
        let bytes = try await FilledFile(program, ColumnForm(district.catalogue, words), words) {
            $0.text
        }.bytes(filling, file)
        return Filled(
            bytes: bytes, period: filling.period.text, cells: filling.lines.count,
            changed: filling.changes.count, missing: filling.missing.count,
            overridden: filling.ordered.filter(\.isOverridden).count)
    }

    /// Confirms a period as it would be filled now.
    package func confirm(_ text: String, period asked: String, by actor: Actor) async throws {
        let (filling, _) = try await read(text, period: asked)
        let moment = district.now()
        try await district.database.write { db in
            try FillingStore(db).keep(
                KeptFilling(
                    period: filling.period, cells: filling.values, position: filling.position,
                    confirmedAt: moment), in: filling.table.id, by: actor)
            try Audit(db, key: district.key).record(
                "table.confirmed", filling.table.id.text, by: actor, at: moment, quietly: true)
        }
    }

    private func read(
        _ text: String, period asked: String?
    ) async throws -> (TableFilling, [UInt8]) {
        try await district.database.read { db in
            let table = try find(text, db)
            let period = asked.map { Period($0) } ?? table.period(today: district.now().day)
            guard let period, table.rhythm.fits(period) else {
                throw Refusal.invalid(
                    "period", zh: "这不是这张表的报告期。", en: "This is no period of the table.")
            }
            guard table.state == .filling else {
                throw Refusal.conflict(
                    zh: "这张表还没有标注，或者已退回不填。",
                    en: "The table is not marked yet, or was declined.")
            }
            let filling = try FillingReader(figures, try sight(db), words, db)
                .filling(table, period)
            return (filling, table.isOwn ? [] : try TableStore(db).content(of: table.id))
        }
    }
}
