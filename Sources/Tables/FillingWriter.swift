import Core
import Figures
import Organization
import Web

/// Writes a filled table in the reader's language.
struct FillingWriter {
    let filling: TableFilling
    private let columns: ColumnForm
    private let words: Words

    /// So many changes are listed on one page; all of them stand in the table.
    private static let listed = 400

    init(_ filling: TableFilling, _ columns: ColumnForm, _ words: Words) {
        self.filling = filling
        self.columns = columns
        self.words = words
    }

    private var table: DeskTable { filling.table }

    var title: String {
        let values = [
            "title": table.said.title, "period": filling.period.words[words.language],
            "count": filling.changes.count.grouped,
        ]
        guard table.state == .filling else { return words["tables_title_\(table.state)", values] }
        guard filling.last != nil else { return words["tables_title_first", values] }
        return words[filling.changes.isEmpty ? "tables_title_same" : "tables_title_moved", values]
    }

    var lead: String {
        words[
            "tables_lead",
            [
                "issuer": table.said.issuer, "title": table.said.title,
                "period": filling.period.words[words.language],
                "day": table.dueOn(filling.period).description,
            ]]
    }

    func text(_ value: CellValue) -> String {
        switch value.kind {
        case .empty: words["tables_empty"]
        case .share: value.text + "%"
        case .number, .text, .none: value.text
        }
    }

    // MARK: What is shown

    func lines(_ shown: TablePage.Shown) -> [TableFilling.Line] {
        switch shown {
        case .all: filling.ordered
        case .changes: filling.changes
        case .hand: filling.ordered.filter { $0.ledger == nil }
        case .overridden: filling.ordered.filter(\.isOverridden)
        }
    }

    func views(_ shown: TablePage.Shown, _ here: Address) -> [TablePage.View] {
        TablePage.Shown.allCases.compactMap { one in
            // Without a last time everything is new.
            if one == .changes, filling.last == nil { return nil }
            let count = lines(one).count
            if count == 0, one == .hand || one == .overridden, one != shown { return nil }
            return TablePage.View(
                label: words["tables_show_\(one.rawValue)", ["count": count.grouped]],
                href: here.with("show", one.rawValue).text, isCurrent: one == shown)
        }
    }

    func change(
        _ line: TableFilling.Line, _ here: Address, _ shown: TablePage.Shown
    ) -> TablePage.ChangeLine {
        TablePage.ChangeLine(
            place: line.place.text, href: href(line, here.with("show", shown.rawValue)),
            unit: filling.row(line.place.row)?.unit.name ?? "",
            heading: filling.column(line.place.column)?.heading ?? "",
            before: line.before.map(text) ?? "–", now: text(line.value),
            tag: tag(line))
    }

    private func tag(_ line: TableFilling.Line) -> String? {
        switch line.origin {
        case .ledger: nil
        case .hand: words["tables_way_hand"]
        case .missing: words["tables_tag_missing"]
        case .override(let written):
            words[
                "tables_tag_override",
                ["ledger": line.ledger.map(text) ?? "", "reason": written.reason ?? ""]]
        }
    }

    private func href(_ line: TableFilling.Line, _ here: Address) -> String {
        here.with("cell", line.place.text).text + "#cell"
    }

    /// The whole table: what moved, what was written against the ledger, what is filled by hand.
    func gridHTML(_ here: Address) -> String {
        var html = "<table class=\"matrix\"><thead><tr><th scope=\"col\">"
        html += Markup.escape(words["pick_unit"]) + "</th>"
        for column in filling.columns {
            html += "<th scope=\"col\">\(Markup.escape(column.heading))<small>"
            html += Markup.escape(TableColumn.letters(column.number)) + "</small></th>"
        }
        html += "</tr></thead><tbody>\n"
        for row in filling.rows {
            html += "<tr><th scope=\"row\" class=\"matrix-unit\">"
            html += Markup.escape(row.unit.name) + "</th>"
            for column in filling.columns {
                html += cellHTML(Place(row: row.number, column: column.number), here)
            }
            html += "</tr>\n"
        }
        return html + "</tbody></table>"
    }

    private func cellHTML(_ place: Place, _ here: Address) -> String {
        guard let line = filling.lines[place] else { return "<td>∑</td>" }
        let style: String
        var small: String?
        switch line.origin {
        case .override:
            style = "m-none"
            small = words["tables_small_ledger", ["value": line.ledger.map(text) ?? ""]]
        case .hand, .missing: style = "m-unasked"
        case .ledger:
            style = filling.last != nil && line.isChanged ? "m-part" : "m-going"
        }
        if small == nil, line.isChanged, let before = line.before {
            small = words["tables_small_before", ["value": text(before)]]
        }
        let said = line.origin == .missing ? words["tables_tag_missing"] : text(line.value)
        var html = "<td class=\"\(style)\"><a href=\""
        html += Markup.escape(href(line, here.with("show", "all")))
        html += "\"><span>\(Markup.escape(said))"
        if let small { html += "<small>\(Markup.escape(small))</small>" }
        return html + "</span></a></td>"
    }

    // MARK: Where it comes from

    func source(of line: TableFilling.Line) -> String {
        guard let column = filling.column(line.place.column) else { return "" }
        return columns.said(column.source)
    }

    /// Where the figure of a cell is opened to its records.
    func address(of line: TableFilling.Line) -> Address? {
        guard let column = filling.column(line.place.column),
            let row = filling.row(line.place.row)
        else { return nil }
        switch column.source {
        case .figure(let id, let term):
            return term.period(of: filling.period).map {
                Address("figures", id).with("unit", row.unit.code).with("period", $0.text)
            }
        case .list(let kind, _):
            return Address("kinds", kind, "records").with("unit", row.unit.code)
                .with("period", filling.period.text)
        case .unit: return Address("units", row.unit.code)
        case .constant, .hand: return nil
        }
    }

    // MARK: Beside it

    var facts: [FactLine] {
        let said = table.said
        let bound = filling.columns.filter(\.isBound).count
        var facts = [
            FactLine(words["tables_issuer"], said.issuer),
            FactLine(
                words["tables_listed"],
                words[said.isListed ? "tables_listed_yes" : "tables_listed_no"]),
        ]
        if let document = said.document {
            facts.append(FactLine(words["tables_document"], document))
        }
        if let basis = said.basis { facts.append(FactLine(words["tables_basis"], basis)) }
        if let last = table.lastOn {
            facts.append(FactLine(words["tables_until"], last.description))
        }
        if let reason = table.declinedFor {
            facts.append(FactLine(words["tables_declined_for"], reason))
        }
        facts.append(
            FactLine(
                words["tables_held"],
                words[
                    "tables_held_text",
                    ["bound": "\(bound)", "all": "\(filling.columns.count)"]]))
        if let last = filling.last {
            facts.append(
                FactLine(
                    words["tables_last"], last.period.words[words.language],
                    to: .table(table.id, last.period)))
        }
        return facts
    }

    // MARK: Whose turn it is

    var turnsLead: String {
        let sent = filling.rows.filter { filling.turn($0) == .sent }.count
        return words[
            "tables_turns_lead",
            [
                "sent": sent.grouped, "all": filling.rows.count.grouped,
                "open": (filling.rows.count - sent).grouped,
            ]]
    }

    /// Those that have not sent their part come first.
    func turns(_ context: AppContext) -> [TablePage.TurnLine] {
        let states = filling.rows.map { ($0, filling.turn($0)) }
        let ordered = states.filter { $0.1 != .sent } + states.filter { $0.1 == .sent }
        return ordered.map { row, turn in
            TablePage.TurnLine(
                unit: row.unit.name, state: words["tables_turn_\(turn.rawValue)"],
                style: turn == .sent ? "tag-good" : turn == .returned ? "tag-warn" : "tag-seal",
                note: filling.turns[row.unit.unit]?.note,
                back: turn != .sent
                    ? nil
                    : TablePage.Back(
                        head: context.formHead(Address.table(table.id, part: "return")),
                        hidden: [
                            HiddenField("period", filling.period.text),
                            HiddenField("row", String(row.number)),
                        ], noteID: "note-\(row.number)"))
        }
    }

    func remind(_ context: AppContext) -> TablePage.Remind? {
        let open = filling.rows.filter { filling.turn($0) != .sent }
        guard !open.isEmpty else { return nil }
        return TablePage.Remind(
            head: context.formHead(Address.table(table.id, part: "reminder")),
            hidden: [HiddenField("period", filling.period.text)],
            button: words["tables_remind_go", ["count": open.count.grouped]])
    }
}
