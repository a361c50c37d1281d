import Core
import Hummingbird
import Organization
import Storage
import Web

/// GET /tables. For everybody: how much is asked of the units, in sums. For who reads or writes for
/// units: the tables that these fill, when each is due, and which of them ask the same.
struct ListTables: Sendable {
    let desk: TableDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = desk.site.words(context)
        let page = try await desk.database.read { [desk] db in
            let sight = try desk.sight(context.reader.access, db)
            let store = TableStore(db)
            let tables = try store.list(sight.condition, limit: TableLimits.listed)
            let load = try TableLoad(
                try store.inForce(on: sight.today, limit: TableLimits.listed), store)
            return try TablesPage(tables, load, sight, store, words)
        }
        return desk.site.show(page, context)
    }
}

/// The register of tables and the load meter.
struct TablesPage: Page {
    static let template = "tables/list"

    let title: String
    let lead: String
    let tiles: [Tile]
    let note: String
    let isSignedIn: Bool
    let newHref: String?
    let ownHref: String?
    let rows: Listed<TableLine>?
    let none: String?

    struct Tile: Sendable {
        let value: String
        let name: String
    }

    struct TableLine: Sendable {
        let title: String
        let href: String
        let issuer: String
        let rhythm: String
        let due: String
        let listed: String
        let listedStyle: String
        let held: String
        let same: String?
        let state: String
    }

    private static func tiles(_ load: TableLoad, _ words: Words) -> [Tile] {
        [
            Tile(
                value: load.tables.grouped,
                name: words["tables_tile_tables", ["listed": load.listed.grouped]]),
            Tile(
                value: load.tenthsAMonth.decimal(per: 10),
                name: words["tables_tile_cells", ["units": load.units.grouped]]),
            Tile(value: "\(load.heldShare)%", name: words["tables_tile_held"]),
            Tile(
                value: load.doubled.grouped,
                name: words["tables_tile_doubled", ["all": load.columns.grouped]]),
        ]
    }

    init(
        _ tables: [DeskTable], _ load: TableLoad, _ sight: TableSight, _ store: TableStore,
        _ words: Words
    ) throws {
        title = words["tables_list_title"]
        lead = words["tables_list_lead"]
        let isAsked = load.tables > 0
        tiles = isAsked ? Self.tiles(load, words) : []
        note = words[isAsked ? "tables_load_note" : "tables_load_none"]
        let canWrite = sight.access.may(.write)
        isSignedIn = sight.access.may(.read) || canWrite
        newHref = canWrite ? Address.newTable.text : nil
        ownHref = canWrite ? Address.ownTable.text : nil
        let columns = try store.columns(of: tables.map(\.id))
        let titles = Dictionary(tables.map { ($0.id, $0.said.title) }) { first, _ in first }
        rows = Listed(
            tables.map { table in
                let own = columns[table.id] ?? []
                let others = load.same(as: table.id).compactMap { titles[$0] }.sorted()
                return TableLine(
                    title: table.said.title, href: Self.href(table, sight).text,
                    issuer: table.said.issuer,
                    rhythm: words["tables_rhythm_\(table.rhythm.rawValue)"],
                    due: table.period(today: sight.today).map {
                        table.dueOn($0).description
                    } ?? "–",
                    listed: words[Self.listed(table)],
                    listedStyle: table.said.isListed || table.isOwn ? "tag-good" : "tag-warn",
                    held: "\(own.filter(\.isBound).count)/\(own.count)",
                    same: others.isEmpty
                        ? nil
                        : words["tables_same", ["titles": others.joined(separator: words.comma)]],
                    state: words["tables_state_\(table.state.rawValue)"])
            })
        none = isSignedIn && tables.isEmpty ? words["tables_none"] : nil
    }

    private static func listed(_ table: DeskTable) -> String {
        table.isOwn
            ? "tables_listed_own"
            : table.said.isListed ? "tables_listed_yes" : "tables_listed_no"
    }

    /// Who fills only rows of it begins with those.
    private static func href(_ table: DeskTable, _ sight: TableSight) -> Address {
        guard table.state == .marking, sight.keeps(table) else {
            return sight.reads(table) ? .table(table.id) : .table(table.id, part: "mine")
        }
        return .table(table.id, part: "marks")
    }
}
