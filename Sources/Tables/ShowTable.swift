import Core
import Hummingbird
import Storage
import Web

/// GET /tables/:id?period=2015-Q2&show=changes&cell=D9. For who sees the table: how it is filled
/// for a period, first of all what differs from last time; and one cell with where it comes from.
struct ShowTable: Sendable {
    let desk: TableDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, FormState(context))
    }

    /// The page, also after a form of a cell that was wrong.
    func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let id = try context.id("id", of: DeskTable.self)
        let words = desk.site.words(context)
        let asked = state.form?.all("period").first ?? context.address["period"]
        let page = try await desk.database.read { [desk] db in
            let sight = try desk.sight(context.reader.access, db)
            let table = try desk.find(id, sight, db)
            let period = try desk.period(asked, of: table)
            let reader = try FillingReader(desk.figures, sight, words, db)
            let filling = try reader.filling(table, period)
            return TablePage(filling, sight, state, desk, context, words)
        }
        return desk.site.show(
            page, context, trail: desk.trail(words), status: state.status)
    }
}
