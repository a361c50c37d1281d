import Accounts
import Core
import Figures
import Hummingbird
import Ledger
import Storage
import Web

/// The table desk: tables that a level above asks for come out filled in their own file, say where
/// each number comes from, and show what changed since last time; tables for one's own units; and
/// how much is asked of whom.
package func tables(_ figures: Figures, _ accounts: Accounts) -> Feature {
    Feature(
        name: "tables",
        navigation: [
            Destination(
                "nav_tables", .compare, path: Address.tables.text, needs: .right(.read),
                waiting: Waiting(isDear: true) { reader, db in
                    try TablesDesk.count(figures.district, reader, db)
                })
        ],
        templates: .module,
        pages: [TablesPage.self, TablePage.self, MarksPage.self, MinePage.self],
        routes: { router, site in
            let desk = TableDesk(figures, accounts, site)
            routeTables(router, desk)
            routeOneTable(router, desk)
        },
        desk: { _ in tablesOnDesk(figures.district) })
}

/// What is asked of all tables, and how new ones are made.
private func routeTables(_ router: Routes, _ desk: TableDesk) {
    let write = Need.right(.write)
    router.get("tables", needs: .everybody, use: ListTables(desk: desk).handle)
    let bring = BringTable(desk: desk)
    router.get("tables/new", needs: write, use: bring.show)
    router.post("tables/new", needs: write, use: bring.take)
    let own = MakeOwnTable(desk: desk)
    router.get("tables/own", needs: write, use: own.show)
    router.post("tables/own", needs: write, use: own.take)
}

/// What is done with one table.
private func routeOneTable(_ router: Routes, _ desk: TableDesk) {
    let (read, write) = (Need.right(.read), Need.right(.write))
    router.get("tables/:id", needs: read, use: ShowTable(desk: desk).handle)
    router.get("tables/:id/filled.xlsx", needs: read, use: DownloadTable(desk: desk).handle)
    let marks = MarkTable(desk: desk)
    router.get("tables/:id/marks", needs: write, use: marks.show)
    router.post("tables/:id/rows", needs: write, use: marks.layRows)
    router.post(
        "tables/:id/unit", needs: write, fields: ["row": .carried], use: marks.meanUnit)
    router.post(
        "tables/:id/column", needs: write, fields: ["column": .carried, "source": .carried],
        use: marks.bindColumn)
    router.post("tables/:id/file", needs: write, use: marks.replaceFile)
    router.post(
        "tables/:id/cell", needs: write, fields: ["period": .carried, "cell": .carried],
        use: WriteCell(desk: desk).handle)
    router.post(
        "tables/:id/confirmation", needs: write,
        fields: ["period": .carried, "shown": .carried], use: ConfirmTable(desk: desk).handle)
    let mine = FillMine(desk: desk)
    router.get("tables/:id/mine", needs: write, use: mine.show)
    router.post(
        "tables/:id/mine", needs: write,
        fields: ["period": .carried, "row": .carried, "column": .carried], use: mine.take)
    let turns = TurnRows(desk: desk)
    router.post(
        "tables/:id/return", needs: write, fields: ["period": .carried, "row": .carried],
        use: turns.sendBack)
    router.post(
        "tables/:id/reminder", needs: write, fields: ["period": .carried], use: turns.remind)
    router.post("tables/:id/refusal", needs: write, use: DeclineTable(desk: desk).handle)
}

extension Address {
    /// The register of tables.
    package static let tables = Address("tables")

    /// A table to bring.
    static let newTable = Address("tables", "new")

    /// A table for one's own units.
    static let ownTable = Address("tables", "own")

    /// One table.
    package static func table(_ id: DeskTable.ID, _ period: Period? = nil) -> Address {
        Address("tables", id.text).with("period", period?.text)
    }

    /// What belongs to one table.
    static func table(_ id: DeskTable.ID, part: String) -> Address {
        Address("tables", id.text, part)
    }
}

/// What every verb on tables is given.
struct TableDesk: Sendable {
    let app: Services
    let figures: Figures
    let program = SheetProgram()

    init(_ figures: Figures, _ accounts: Accounts, _ site: Site) {
        app = Services(figures.district, accounts, site)
        self.figures = figures
    }

    var site: Site { app.site }
    var database: Database { app.database }

    /// What a reader sees, within one snapshot.
    func sight(_ access: Access, _ db: Connection) throws -> TableSight {
        TableSight(access, try app.district.structure(db), on: app.today)
    }

    /// A table that somebody sees, else it is not there.
    func find(_ id: DeskTable.ID, _ sight: TableSight, _ db: Connection) throws -> DeskTable {
        let condition: SQL = "t.id = \(id) AND \(sight.condition)"
        guard let table = try TableStore(db).list(condition, limit: 1).first else {
            throw Refusal.notFound
        }
        return table
    }

    /// A table that somebody keeps, else it is not there.
    func findKept(_ id: DeskTable.ID, _ sight: TableSight, _ db: Connection) throws -> DeskTable {
        let table = try find(id, sight, db)
        guard sight.keeps(table) else { throw Refusal.notFound }
        return table
    }

    /// The same for whoever acts, inside a write.
    func findKept(
        _ id: DeskTable.ID, _ acting: ActingAccount, _ db: Connection
    ) throws -> DeskTable {
        try findKept(id, TableSight(acting.access, acting.structure, on: acting.today), db)
    }

    /// The period that was asked for; the one that is filled now unless given.
    ///
    /// - Throws: `Refusal.invalid` for what is no period of the table.
    func period(_ text: String?, of table: DeskTable) throws(Refusal) -> Period {
        guard let text else {
            guard let usual = table.period(today: app.today) else { throw .notFound }
            return usual
        }
        guard let period = Period(text), table.rhythm.fits(period),
            table.onlyPeriod.map({ $0 == text }) ?? true
        else {
            throw .invalid(
                "period", zh: "“\(text)”不是这张表的报告期。",
                en: "“\(text)” is no period of this table.")
        }
        return period
    }

    /// What a table comes to in the period that a form names, for who keeps it. It is read ahead,
    /// so that nobody waits for it to write.
    func keptFilling(
        _ id: DeskTable.ID, _ form: Form, _ context: AppContext
    ) async throws -> TableFilling {
        let words = site.words(context)
        return try await database.read { db in
            let sight = try sight(context.reader.access, db)
            let table = try findKept(id, sight, db)
            return try FillingReader(figures, sight, words, db)
                .filling(table, try period(form.all("period").first, of: table))
        }
    }

    /// Writes once what a form says, for who may write, and leads to where it shows.
    func write(
        _ form: Form, _ context: AppContext,
        _ change: @escaping @Sendable (ActingAccount, Connection) throws -> Address
    ) async throws -> Response {
        let address = try await app.accounts.once(form, context, needs: .right(.write)) {
            (true, try change($0, $1))
        }.address
        return site.redirect(to: address)
    }

    /// The steps that lead down to a table.
    func trail(_ words: Words, _ table: DeskTable? = nil) -> [Link] {
        [Link(words["nav_tables"], .tables)]
            + [table.map { Link($0.said.title, .table($0.id)) }].compactMap { $0 }
    }

    /// Writes down in the audit what was done with a table.
    func note(
        _ action: String, _ table: DeskTable.ID, _ acting: ActingAccount, _ db: Connection
    ) throws {
        try app.audit(db).record(
            action, table.text, by: acting.actor, at: acting.moment, quietly: true)
    }
}
