import Accounts
import Core
import Hummingbird
import Storage
import Web

/// POST /tables/:id/refusal. For who keeps the table: one that is not on the yearly list is not
/// filled, and says on what ground.
struct DeclineTable: Sendable {
    let desk: TableDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("id", of: DeskTable.self)
        var reader = FormReader(form)
        let reason = reader.lines("reason", atLeast: Self.fewest)
        try reader.check()
        return try await desk.write(form, context) { [desk] acting, db in
            let table = try desk.findKept(id, acting, db)
            guard !table.said.isListed else {
                throw Refusal.conflict(
                    zh: "这张表已列入年度报表目录，不能不填。",
                    en: "The table is on the yearly list and cannot be declined.")
            }
            try TableStore(db).decline(id, for: reason)
            try desk.note("table.declined", id, acting, db)
            return Address.table(id).with("done", "table_declined")
        }
    }

    /// The shortest reason, in characters.
    private static let fewest = 8

    /// The form, which offers the usual ground.
    static func sheet(
        _ table: DeskTable, _ context: AppContext, _ words: Words
    ) -> FormSheet {
        let state = FormState(
            words.language, offering: ["reason": words["tables_decline_reason"]])
        return FormSheet(
            context.formHead(.table(table.id, part: "refusal")), state,
            [state.lines("reason", words["tables_reason"], isRequired: true)],
            note: words["tables_decline_text"], submit: words["tables_decline_go"])
    }
}
