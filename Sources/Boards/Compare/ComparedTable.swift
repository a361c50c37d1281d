import Catalogue
import Core
import Figures
import Organization
import Web

/// The table of a comparison as its page shows it. The cells of a row are written at once: there
/// are many of them, and each is a number with its link and a bar.
struct ComparedTable: Sendable {
    let formName: String
    let heads: [Head]
    let periodHeads: Listed<Head>?
    let rows: [Row]
    let feet: [Foot]
    let note: String
    let hidden: String?
    let more: String?

    struct Head: Sendable {
        let label: String
        let unit: String
        let href: String
        let span: Int
        let isSorted: Bool
    }

    struct Row: Sendable {
        let name: String
        let href: String
        let cellsHTML: String
    }

    struct Foot: Sendable {
        let footName: String
        let cellsHTML: String
    }

    init(_ table: FigureTable, _ chosen: ChosenTable, more: String?, _ snapshot: Snapshot) {
        let words = snapshot.words
        let isCut = chosen.periods.count > 1
        let cells = CellWriter(table, chosen, snapshot)
        formName =
            snapshot.catalogue.forms[chosen.level?.form ?? ""]?.name[words.language]
            ?? words["unit_name"]
        heads = chosen.indicators.enumerated().map { figure, indicator in
            let own = table.columns.indices.filter { table.columns[$0].figure == figure }
            let column = (own.last ?? 0) + 1
            return Head(
                label: indicator.name[words.language],
                unit: CountingUnit.words(indicator.unit)[words.language],
                href: chosen.asked.with { $0.sort = column }.address.text, span: own.count,
                isSorted: own.count == 1 && chosen.asked.sort == column)
        }
        periodHeads =
            table.columns.count > heads.count
            ? Listed(
                table.columns.enumerated().map { place, column in
                    let isWhole = chosen.part != nil && column.indicator.by == chosen.part
                    return Head(
                        label: column.part
                            ?? (isWhole
                                ? words["compare_part_all"] : column.period.shortWords(words)),
                        unit: "", href: chosen.asked.with { $0.sort = place + 1 }.address.text,
                        span: 1, isSorted: chosen.asked.sort == place + 1)
                }) : nil
        rows = table.rows(by: chosen.asked.sort.map { $0 - 1 }).map { row in
            Row(
                name: row.unit.name,
                href: Address.unit(row.unit, on: max(row.unit.from, chosen.day(snapshot))).text,
                cellsHTML: cells.html(row, bars: !isCut))
        }
        let medians = table.columns.indices.map { table.median(of: $0, snapshot.catalogue) }
        feet =
            (medians.contains { $0 != nil }
                ? [
                    Foot(
                        footName: words["compare_median"], cellsHTML: cells.html(medians: medians))
                ] : [])
            + [Foot(footName: chosen.whole.name, cellsHTML: cells.html(table.whole, bars: false))]
        let hidesSome = ([table.whole] + table.rows).contains { row in
            row.cells.contains { $0.told != .open }
        }
        note = words[isCut ? "compare_note_shades" : "compare_note_bars"]
        hidden = hidesSome ? words["breakdown_hidden"] : nil
        self.more = more
    }
}

extension ChosenTable {
    /// The day whose map the table shows.
    func day(_ snapshot: Snapshot) -> Day {
        asked.structure == .now ? snapshot.today : period.lastDay
    }
}

extension Period {
    /// The period where the year stands elsewhere: a month alone, or a quarter.
    func shortWords(_ words: Words) -> String {
        switch shape {
        case .month: words["compare_month", ["month": String(from.month)]]
        case .day: words["compare_day", ["month": String(from.month), "day": String(from.parts.2)]]
        case .quarter: words["compare_quarter", ["quarter": String((from.month + 2) / 3)]]
        default: self.words[words.language]
        }
    }
}
