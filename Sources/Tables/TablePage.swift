import Core
import Organization
import Web

/// A table as it is filled for a period.
struct TablePage: Page {
    static let template = "tables/table"

    let title: String
    let lead: String
    let action: String
    let periods: Select
    let views: [View]
    let downloadHref: String
    let marksHref: String?
    let confirm: Confirm?
    let confirmed: String?
    let cell: CellPart?
    let changes: Listed<ChangeLine>?
    let nothing: String?
    let gridHTML: String?
    let facts: Listed<FactLine>?
    let turns: Listed<TurnLine>?
    let turnsLead: String?
    let remind: Remind?
    let mineHref: String?
    let decline: FormSheet?

    /// What is shown of it.
    enum Shown: String, CaseIterable { case changes, all, hand, overridden }

    struct View: Sendable {
        let label: String
        let href: String
        let isCurrent: Bool
    }

    struct Confirm: Sendable {
        let head: FormHead
        let hidden: [HiddenField]
        let note: String?

        init(_ filling: TableFilling, _ context: AppContext, _ words: Words) {
            head = context.formHead(Address.table(filling.table.id, part: "confirmation"))
            hidden = [
                HiddenField("period", filling.period.text), HiddenField("shown", filling.mark),
            ]
            let missing = filling.missing.count
            note = missing == 0 ? nil : words["tables_missing", ["count": missing.grouped]]
        }
    }

    struct ChangeLine: Sendable {
        let place: String
        let href: String
        let unit: String
        let heading: String
        let before: String
        let now: String
        let tag: String?
    }

    struct TurnLine: Sendable {
        let unit: String
        let state: String
        let style: String
        let note: String?
        let back: Back?
    }

    /// The form that sends a row back to its unit.
    struct Back: Sendable {
        let head: FormHead
        let hidden: [HiddenField]
        let noteID: String
    }

    struct Remind: Sendable {
        let head: FormHead
        let hidden: [HiddenField]
        let button: String
    }

    init(
        _ filling: TableFilling, _ sight: TableSight, _ state: FormState, _ desk: TableDesk,
        _ context: AppContext, _ words: Words
    ) {
        let (table, period) = (filling.table, filling.period)
        let writer = FillingWriter(filling, ColumnForm(desk.app.district.catalogue, words), words)
        let keeps = sight.keeps(table)
        let asked = context.address["show"].flatMap(Shown.init)
        let shown = asked ?? (filling.last == nil ? .all : .changes)
        let here = Address.table(table.id, period)
        title = writer.title
        lead = writer.lead
        action = Address.table(table.id).text
        periods = Select(
            name: "period", label: words["tables_period"], chosen: period.text,
            options: table.periods(today: sight.today)
                .map { ($0.text, $0.words[words.language]) })
        views = writer.views(shown, here)
        downloadHref =
            Address.table(table.id, part: "filled.xlsx")
            .with("period", period.text).text
        marksHref = keeps && !table.isOwn ? Address.table(table.id, part: "marks").text : nil
        let isReady = keeps && table.state == .filling && !filling.isConfirmed
        confirm = isReady ? Confirm(filling, context, words) : nil
        confirmed = filling.kept.map { kept in
            words[
                filling.isConfirmed ? "tables_confirmed" : "tables_moved",
                ["time": kept.confirmedAt.text]]
        }
        let place =
            state.form.flatMap { Place($0.all("cell").first ?? "") }
            ?? context.address["cell"].flatMap(Place.init)
        cell = place.flatMap { filling.lines[$0] }.map {
            CellPart($0, filling, writer, keeps: keeps, state, context, words)
        }
        let lines = writer.lines(shown)
        changes = shown == .all ? nil : Listed(lines.map { writer.change($0, here, shown) })
        nothing = shown != .all && lines.isEmpty ? words["tables_none_\(shown.rawValue)"] : nil
        gridHTML = shown == .all ? writer.gridHTML(here) : nil
        facts = Listed(writer.facts)
        let parts = keeps && filling.hasHand ? writer.turns(context) : []
        turns = Listed(parts)
        turnsLead = parts.isEmpty ? nil : writer.turnsLead
        remind = parts.isEmpty ? nil : writer.remind(context)
        let isOfReader = filling.hasHand && filling.rows.contains { sight.fills($0.unit.unit) }
        mineHref =
            isOfReader
            ? Address.table(table.id, part: "mine").with("period", period.text).text : nil
        decline =
            keeps && !table.said.isListed && table.state != .declined
            ? DeclineTable.sheet(table, context, words) : nil
    }
}

/// One cell that is looked at: what it says, what it said, where it comes from, and what can be
/// done about it.
struct CellPart: Sendable {
    let heading: String
    let now: String
    let before: String?
    let source: String
    let figureHref: String?
    let overridden: String?
    let override: FormSheet?

    init(
        _ line: TableFilling.Line, _ filling: TableFilling, _ writer: FillingWriter, keeps: Bool,
        _ state: FormState, _ context: AppContext, _ words: Words
    ) {
        let row = filling.row(line.place.row)
        let column = filling.column(line.place.column)
        heading =
            words[
                "tables_cell_title",
                [
                    "cell": line.place.text, "unit": row?.unit.name ?? "",
                    "heading": column?.heading ?? "",
                ]]
        now = writer.text(line.value)
        before = line.before.map { words["tables_before", ["value": writer.text($0)]] }
        source = writer.source(of: line)
        figureHref = writer.address(of: line)?.text
        if case .override(let written) = line.origin {
            overridden =
                words[
                    line.isSettled ? "tables_overridden_settled" : "tables_overridden",
                    [
                        "value": writer.text(line.value),
                        "ledger": line.ledger.map(writer.text) ?? "",
                        "reason": written.reason ?? "",
                    ]]
        } else {
            overridden = nil
        }
        override =
            keeps && line.ledger != nil && filling.table.state == .filling
            ? Self.form(line, filling, state, context, words) : nil
    }

    private static func form(
        _ line: TableFilling.Line, _ filling: TableFilling, _ sent: FormState,
        _ context: AppContext, _ words: Words
    ) -> FormSheet {
        var offered: [String: String] = ["value": line.value.text]
        if case .override(let written) = line.origin { offered["reason"] = written.reason }
        let state =
            sent.form == nil ? FormState(words.language, offering: offered) : sent
        var sheet = FormSheet(
            context.formHead(Address.table(filling.table.id, part: "cell"), keeping: sent.form),
            state,
            [
                state.line("value", words["tables_value"], help: words["tables_value_help"]),
                state.lines("reason", words["tables_reason"], rows: 2),
            ], note: words["tables_override_text"], submit: words["tables_override_go"])
        sheet.hidden = [
            HiddenField("period", filling.period.text), HiddenField("cell", line.place.text),
        ]
        return sheet
    }
}
