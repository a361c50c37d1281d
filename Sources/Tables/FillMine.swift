import Accounts
import Core
import Hummingbird
import Organization
import Storage
import Web

/// GET and POST /tables/:id/mine?period=2015-Q2. For who writes for a unit of the table: its own
/// row, with what the ledger says and what is filled by hand.
struct FillMine: Sendable {
    let desk: TableDesk

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, FormState(context))
    }

    @Sendable func take(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("id", of: DeskTable.self)
        let (asked, number) = (form.all("period").first, Int(form.all("row").first ?? "") ?? 0)
        return try await context.mending(form, at: "value") {
            let said = try Self.said(form)
            return try await desk.write(form, context) { [desk] acting, db in
                let period = try desk.fill(said, row: number, asked, in: id, acting, db)
                return Address.table(id, part: "mine").with("period", period.text)
                    .with("done", "table_sent")
            }
        } again: {
            try await page(context, $0)
        }
    }

    /// What stands in each column, in the order in which the form has them.
    private static func said(_ form: Form) throws(Refusal) -> [Int: String] {
        let (columns, values) = (form.all("column"), form.all("value"))
        guard columns.count == values.count else { throw .notFound }
        var said: [Int: String] = [:]
        for (column, value) in zip(columns, values) {
            guard let number = Int(column) else { throw .notFound }
            let text = try Refusal.cleaned(value.trimmed, at: "value", lines: false)
            guard text.unicodeScalars.count <= TableLimits.writtenCharacters else {
                throw .invalid(
                    "value", zh: "每格最多 \(TableLimits.writtenCharacters) 个字。",
                    en: "At most \(TableLimits.writtenCharacters) characters in each cell.")
            }
            said[number] = text
        }
        return said
    }

    private func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let id = try context.id("id", of: DeskTable.self)
        let words = desk.site.words(context)
        let asked = state.form?.all("period").first ?? context.address["period"]
        let (table, page) = try await desk.database.read { [desk] db in
            let sight = try desk.sight(context.reader.access, db)
            let table = try desk.find(id, sight, db)
            let filling = try FillingReader(desk.figures, sight, words, db)
                .filling(table, try desk.period(asked, of: table))
            let rows = filling.rows.filter { sight.fills($0.unit.unit) }
            guard filling.hasHand, !rows.isEmpty, table.state == .filling else {
                throw Refusal.notFound
            }
            return (table, MinePage(filling, rows, state, context, words))
        }
        return desk.site.show(
            page, context, trail: desk.trail(words, table), status: state.status)
    }
}

extension TableDesk {
    /// Writes the row of a unit, which is sent with it.
    fileprivate func fill(
        _ said: [Int: String], row number: Int, _ asked: String?, in id: DeskTable.ID,
        _ acting: ActingAccount, _ db: Connection
    ) throws -> Period {
        let sight = TableSight(acting.access, acting.structure, on: acting.today)
        let table = try find(id, sight, db)
        let period = try period(asked, of: table)
        let store = TableStore(db)
        guard table.state == .filling,
            let row = try store.rows(of: id).first(where: { $0.number == number }),
            let unit = row.unit, sight.fills(unit)
        else { throw Refusal.notFound }
        let fillings = FillingStore(db)
        for column in try store.columns(of: id) where !column.isBound {
            guard let text = said[column.number] else { continue }
            let place = Place(row: number, column: column.number)
            try fillings.write(
                WrittenCell(
                    place: place, value: text, against: nil, reason: nil,
                    writtenAt: acting.moment), in: id, period, by: acting.actor)
        }
        try fillings.turn(
            unit, UnitTurn(state: .sent, note: nil, turnedAt: acting.moment), in: id, period,
            by: acting.actor)
        try note("table.row_sent", id, acting, db)
        return period
    }
}

/// The rows of one's own units.
struct MinePage: Page {
    static let template = "tables/mine"

    let title: String
    let lead: String
    let summary: FaultSummary?
    let rows: [RowForm]
    let cut: String?

    struct RowForm: Sendable {
        let unit: String
        let state: String
        let style: String
        let note: String?
        let facts: Listed<FactLine>?
        let head: FormHead
        let hidden: [HiddenField]
        let cells: [CellField]
    }

    struct CellField: Sendable {
        let label: String
        let fieldID: String
        let columnNumber: String
        let text: String
        let last: String?
    }

    /// So many rows are filled on one page; others follow as soon as some are sent.
    private static let rowsShown = 20

    init(
        _ filling: TableFilling, _ all: [TableFilling.Row], _ state: FormState,
        _ context: AppContext, _ words: Words
    ) {
        let open = all.filter { filling.turn($0) != .sent }
        let ordered = open + all.filter { filling.turn($0) == .sent }
        title =
            words[
                open.isEmpty ? "tables_mine_done" : "tables_mine_title",
                ["title": filling.table.said.title, "count": open.count.grouped]]
        lead =
            words[
                "tables_lead",
                [
                    "issuer": filling.table.said.issuer, "title": filling.table.said.title,
                    "period": filling.period.words[words.language],
                    "day": filling.table.dueOn(filling.period).description,
                ]]
        summary = state.summary(over: [])
        rows = ordered.prefix(Self.rowsShown).map {
            Self.row($0, filling, state, context, words)
        }
        cut =
            ordered.count > Self.rowsShown
            ? words["tables_mine_cut", ["count": "\(ordered.count - Self.rowsShown)"]] : nil
    }

    private static func row(
        _ row: TableFilling.Row, _ filling: TableFilling, _ state: FormState,
        _ context: AppContext, _ words: Words
    ) -> RowForm {
        let turn = filling.turn(row)
        let isSent = state.form?.all("row").first == "\(row.number)"
        let sent = isSent ? state.form?.all("value") ?? [] : []
        let known = filling.columns.filter(\.isBound).compactMap { column -> FactLine? in
            let line = filling.lines[Place(row: row.number, column: column.number)]
            return line.map { FactLine(column.heading, Self.text($0.value, words)) }
        }
        return RowForm(
            unit: row.unit.name, state: words["tables_turn_\(turn.rawValue)"],
            style: turn == .sent ? "tag-good" : turn == .returned ? "tag-warn" : "tag-seal",
            note: filling.turns[row.unit.unit]?.note, facts: Listed(known),
            head: context.formHead(Address.table(filling.table.id, part: "mine")),
            hidden: [
                HiddenField("period", filling.period.text), HiddenField("row", "\(row.number)"),
            ],
            cells: filling.columns.filter { !$0.isBound }.enumerated().map { index, column in
                let line = filling.lines[Place(row: row.number, column: column.number)]
                return CellField(
                    label: column.heading, fieldID: "cell-\(row.number)-\(column.number)",
                    columnNumber: String(column.number),
                    text: sent.indices.contains(index) ? sent[index] : line?.value.text ?? "",
                    last: line?.before.map {
                        words["tables_before", ["value": Self.text($0, words)]]
                    })
            })
    }

    private static func text(_ value: CellValue, _ words: Words) -> String {
        switch value.kind {
        case .empty: words["tables_empty"]
        case .share: value.text + "%"
        case .number, .text, .none: value.text
        }
    }
}
