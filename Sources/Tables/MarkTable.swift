import Accounts
import Core
import Hummingbird
import Organization
import Storage
import Web

/// GET /tables/:id/marks, and the forms on it. For who keeps the table: says once where the units
/// stand in the sheet, which unit a doubtful row means, and where each column comes from.
struct MarkTable: Sendable {
    let desk: TableDesk

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, nil, FormState(context))
    }

    /// Which form of the page was sent.
    enum Sent { case rows, unit, column, file }

    @Sendable func layRows(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("id", of: DeskTable.self)
        return try await context.mending(form, at: "last_row") {
            let known = try await file(id, context)
            var reader = FormReader(form)
            let sheet = reader.optional("sheet") ?? known.shape.sheet
            // Another sheet is read before anything is written.
            let shape =
                sheet == known.shape.sheet
                ? known.shape
                : try await desk.program.read(
                    try await desk.database.read { db in try TableStore(db).content(of: id) },
                    sheet: sheet)
            let layout = try RowMarks.layout(&reader, shape)
            return try await desk.write(form, context) { [desk] acting, db in
                try desk.lay(layout, shape, in: id, acting, db)
                return Address.table(id, part: "marks").with("done", "table_rows")
            }
        } again: {
            try await page(context, .rows, $0)
        }
    }

    @Sendable func meanUnit(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("id", of: DeskTable.self)
        return try await context.mending(form, at: "unit") {
            let row = Int(form.all("row").first ?? "") ?? 0
            guard let text = form.all("unit").first(where: { !$0.isEmpty }) else {
                throw Refusal.invalid("unit", zh: "请选择单位。", en: "Choose a unit.")
            }
            return try await desk.write(form, context) { [desk] acting, db in
                let table = try desk.findKept(id, acting, db)
                var units = UnitReading(acting.structure, on: acting.today)
                units.reachesBack = true
                let unit = try units.unit(text)
                guard acting.structure.lies(unit.unit, below: [table.unit], on: acting.today)
                else { throw Refusal.notFound }
                try TableStore(db).mean(unit.unit, by: row, in: id)
                try desk.note("table.marked", id, acting, db)
                return Address.table(id, part: "marks").with("done", "table_rows")
            }
        } again: {
            try await page(context, .unit, $0)
        }
    }

    @Sendable func bindColumn(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("id", of: DeskTable.self)
        guard let number = Int(form.all("column").first ?? ""), number > 0,
            number <= TableLimits.columns
        else { throw Refusal.notFound }
        return try await context.mending(form, at: "heading") {
            let column = try ColumnForm(desk.app.district.catalogue, desk.site.words(context))
                .column(number, form)
            return try await desk.write(form, context) { [desk] acting, db in
                try desk.bind(column, number, in: id, acting, db)
                return Address.table(id, part: "marks")
                    .with("done", column == nil ? "table_loosened" : "table_bound")
            }
        } again: {
            try await page(context, .column, $0)
        }
    }

    @Sendable func replaceFile(
        _ request: Request, _ context: AppContext
    ) async throws -> Response {
        let form = try await context.form(
            request, upTo: TableLimits.fileBytes + Limits.bodyBytes)
        let id = try context.id("id", of: DeskTable.self)
        return try await context.mending(form, at: "file") {
            let known = try await file(id, context)
            guard let file = form.files("file").first else {
                throw Refusal.invalid(
                    "file", zh: "请选择上级下发的表样。", en: "Choose the file that was sent.")
            }
            let first = try await desk.program.read(file.bytes)
            let shape =
                first.sheet != known.shape.sheet && first.sheets.contains(known.shape.sheet)
                ? try await desk.program.read(file.bytes, sheet: known.shape.sheet) : first
            return try await desk.write(form, context) { [desk] acting, db in
                _ = try desk.findKept(id, acting, db)
                try TableStore(db).add(
                    file.bytes, named: file.name, shape, to: id, by: acting.actor,
                    at: acting.moment)
                try desk.note("table.file_replaced", id, acting, db)
                return Address.table(id, part: "marks")
                    .with("done", shape.hasMacros ? "table_macros" : "table_replaced")
            }
        } again: {
            try await page(context, .file, $0)
        }
    }

    private func file(
        _ id: DeskTable.ID, _ context: AppContext
    ) async throws -> TableStore.File {
        try await desk.database.read { [desk] db in
            _ = try desk.findKept(id, try desk.sight(context.reader.access, db), db)
            guard let file = try TableStore(db).file(of: id) else { throw Refusal.notFound }
            return file
        }
    }

    private func page(
        _ context: AppContext, _ sent: Sent?, _ state: FormState
    ) async throws -> Response {
        let id = try context.id("id", of: DeskTable.self)
        let words = desk.site.words(context)
        let (table, page) = try await desk.database.read { [desk] db in
            let sight = try desk.sight(context.reader.access, db)
            let table = try desk.findKept(id, sight, db)
            guard !table.isOwn else { throw Refusal.notFound }
            return (table, try MarksPage(table, sight, (sent, state), desk, context, words, db))
        }
        return desk.site.show(
            page, context, trail: desk.trail(words, table), status: state.status)
    }
}

extension TableDesk {
    fileprivate func lay(
        _ layout: DeskTable.Layout, _ shape: SheetShape, in id: DeskTable.ID,
        _ acting: ActingAccount, _ db: Connection
    ) throws {
        let table = try findKept(id, acting, db)
        let store = TableStore(db)
        let sight = TableSight(acting.access, acting.structure, on: acting.today)
        let rows = RowMarks.rows(layout, shape, below: table.unit, sight)
        if let file = try store.file(of: id), file.shape.sheet != shape.sheet {
            try store.add(
                try store.content(of: id), named: file.name, shape, to: id, by: acting.actor,
                at: acting.moment)
        }
        try store.lay(layout, rows, in: id)
        try note("table.marked", id, acting, db)
    }

    fileprivate func bind(
        _ column: TableColumn?, _ number: Int, in id: DeskTable.ID, _ acting: ActingAccount,
        _ db: Connection
    ) throws {
        _ = try findKept(id, acting, db)
        let store = TableStore(db)
        if let column {
            let others = try store.columns(of: id).filter { $0.number != number }
            guard others.count < TableLimits.filledColumns else {
                throw Refusal.conflict(
                    zh: "一张表最多填\(TableLimits.filledColumns)列。",
                    en: "At most \(TableLimits.filledColumns) columns of a table are filled.")
            }
            try store.bind(column, in: id)
        } else {
            try store.loosen(number, in: id)
        }
        try note("table.bound", id, acting, db)
    }
}
