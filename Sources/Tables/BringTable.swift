import Accounts
import Core
import Hummingbird
import Organization
import Storage
import Web

/// GET and POST /tables/new. For anyone who writes for a unit: brings the file of a table that
/// somebody asks of it, and says who asks and on what ground.
struct BringTable: Sendable {
    let desk: TableDesk

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, FormState(context, offering: ["listed": "yes", "due_days": "5"]))
    }

    @Sendable func take(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(
            request, upTo: TableLimits.fileBytes + Limits.bodyBytes)
        return try await context.mending(form, at: "file") {
            let sight = try await desk.database.read { [desk] db in
                try desk.sight(context.reader.access, db)
            }
            var reader = FormReader(form)
            let file = reader.given(
                form.files("file").first, "file",
                missing: Wording(zh: "请选择上级下发的表样。", en: "Choose the file that was sent."))
            let table = try TableHead.table(
                &reader, offices: sight.offices(), at: desk.site.now())
            guard let file else { throw Refusal.notFound }
            let shape = try await desk.program.read(file.bytes)
            return try await desk.write(form, context) { [desk] acting, db in
                try desk.bring(table, file, shape, acting, db)
                return Self.next(table, shape)
            }
        } again: {
            try await page(context, $0)
        }
    }

    /// What a file carried that is not kept is said on the next page.
    private static func next(_ table: DeskTable, _ shape: SheetShape) -> Address {
        Address.table(table.id, part: "marks")
            .with("done", shape.hasMacros ? "table_macros" : "table_brought")
    }

    private func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let sight = try await desk.database.read { [desk] db in
            try desk.sight(context.reader.access, db)
        }
        let words = desk.site.words(context)
        let file = state.line(
            "file", words["tables_file"], type: "file", isRequired: true,
            help: words["tables_file_help", ["size": "\(TableLimits.fileBytes >> 20)"]])
        var sheet = FormSheet(
            context.formHead(.newTable, keeping: state.form), state,
            [file] + TableHead.parts(state, offices: sight.offices(), words),
            submit: words["tables_bring_go"])
        sheet.encoding = "multipart/form-data"
        return desk.site.show(
            FormPage(words["tables_bring"], lead: words["tables_bring_lead"], sheet), context,
            trail: desk.trail(words), status: state.status)
    }
}

extension TableDesk {
    fileprivate func bring(
        _ table: DeskTable, _ file: Form.Upload, _ shape: SheetShape, _ acting: ActingAccount,
        _ db: Connection
    ) throws {
        let store = TableStore(db)
        try requireRoom(for: table, acting, store)
        try store.insert(table, by: acting.actor)
        try store.add(
            file.bytes, named: file.name.isEmpty ? "table.xlsx" : file.name, shape, to: table.id,
            by: acting.actor, at: acting.moment)
        try note("table.brought", table.id, acting, db)
    }

    /// Lets nobody make a table for a unit that they do not write for, nor more than a unit has.
    func requireRoom(
        for table: DeskTable, _ acting: ActingAccount, _ store: TableStore
    ) throws {
        guard acting.may(.write, in: table.unit) else { throw Refusal.notFound }
        guard try store.count(of: table.unit) < TableLimits.tablesPerUnit else {
            throw Refusal.conflict(
                zh: "本单位已有\(TableLimits.tablesPerUnit)张表，请先清理不再填报的表。",
                en: "The unit has \(TableLimits.tablesPerUnit) tables: decline some first.")
        }
    }
}
