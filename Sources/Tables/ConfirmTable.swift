import Accounts
import Core
import Hummingbird
import Storage
import Web

/// POST /tables/:id/confirmation. For who keeps the table: keeps what was shown as what goes out
/// for the period; the next period is compared with it.
struct ConfirmTable: Sendable {
    let desk: TableDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("id", of: DeskTable.self)
        let filling = try await desk.keptFilling(id, form, context)
        guard filling.table.state == .filling else { throw Refusal.notFound }
        guard filling.mark == form.all("shown").first else {
            throw Refusal.conflict(
                zh: "打开页面之后数字有变化，没有确认。请重新打开，看过变化再确认。",
                en: "Numbers changed since the page was opened, and nothing was confirmed. Open "
                    + "it again and look at what changed.")
        }
        return try await desk.write(form, context) { [desk] acting, db in
            _ = try desk.findKept(id, acting, db)
            try FillingStore(db).keep(
                KeptFilling(
                    period: filling.period, cells: filling.values, position: filling.position,
                    confirmedAt: acting.moment), in: id, by: acting.actor)
            try desk.note("table.confirmed", id, acting, db)
            return Address.table(id, filling.period).with("done", "table_confirmed")
        }
    }
}
