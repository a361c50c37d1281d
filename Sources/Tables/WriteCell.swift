import Accounts
import Core
import Hummingbird
import Storage
import Web

/// POST /tables/:id/cell. For who keeps the table: writes a value against what the ledger says,
/// with a reason that stays beside it; nothing in both fields lets the ledger speak again.
struct WriteCell: Sendable {
    let desk: TableDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("id", of: DeskTable.self)
        guard let place = Place(form.all("cell").first ?? "") else { throw Refusal.notFound }
        return try await context.mending(form, at: "value") {
            // What the ledger says is read ahead, so that nobody waits for it to write.
            let filling = try await desk.keptFilling(id, form, context)
            let asked = filling.period
            guard let ledger = filling.lines[place]?.ledger else { throw Refusal.notFound }
            let cell = try Self.cell(form, place, against: ledger, at: desk.site.now())
            return try await desk.write(form, context) { [desk] acting, db in
                _ = try desk.findKept(id, acting, db)
                let store = FillingStore(db)
                if let cell {
                    try store.write(cell, in: id, asked, by: acting.actor)
                } else {
                    try store.clear(place, in: id, asked)
                }
                try desk.note("table.cell_written", id, acting, db)
                return Address.table(id, asked).with("cell", place.text)
                    .with("done", cell == nil ? "table_cell_cleared" : "table_cell")
            }
        } again: {
            try await ShowTable(desk: desk).page(context, $0)
        }
    }

    /// What was written; nil where the ledger is to speak.
    private static func cell(
        _ form: Form, _ place: Place, against ledger: CellValue, at moment: Moment
    ) throws(Refusal) -> WrittenCell? {
        let value = try form.text("value", upTo: TableLimits.writtenCharacters)
        let reason = try form.text("reason", upTo: FormReader.reasonCharacters)
        if value == nil, reason == nil { return nil }
        guard let reason, reason.count >= fewest else {
            throw .invalid(
                "reason", zh: "请写明为什么与台账不同，至少\(fewest)个字。",
                en: "Say why it differs from the ledger, in \(fewest) characters at least.")
        }
        return WrittenCell(
            place: place, value: value ?? "", against: ledger.text, reason: reason,
            writtenAt: moment)
    }

    /// The shortest reason, in characters.
    private static let fewest = 4
}
