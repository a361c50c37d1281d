import Catalogue
import Core
import Figures
import Organization

/// Several figures of several units over several periods, with what may be told of each.
struct FigureTable {
    let columns: [Column]
    let rows: [Row]
    /// The unit in which all of them stand.
    let whole: Row

    /// A figure in a period, or one part of it.
    struct Column {
        let indicator: Indicator
        let period: Period
        /// Which of the figures asked for it is.
        let figure: Int
        /// What the part is called; nil for the whole figure.
        var part: String?
    }

    /// A unit, with a cell for each column.
    struct Row {
        let unit: UnitVersion
        let cells: [Cell]
    }

    struct Cell {
        let answer: Answer
        let told: Disclosure

        /// Whether a number stands in it.
        var hasNumber: Bool { told == .open && answer.hasValue }
    }

    /// What stands on a day is asked on the last day of each period.
    init(_ chosen: ChosenTable, _ snapshot: Snapshot) throws {
        let structure = chosen.asked.structure
        let (whole, units) = (chosen.whole, chosen.shown)
        let all = [whole] + units
        var cells = [[Cell]](repeating: [], count: all.count)
        var columns: [Column] = []
        for (figure, indicator) in chosen.indicators.enumerated() {
            let asked = chosen.periods.map { indicator.asked(in: $0, today: snapshot.today) }
            let answers = try snapshot.reading.grid(
                [indicator.id], units: all.map(\.unit), periods: asked, structure)[0]
            let isProtected = snapshot.catalogue.protects(indicator)
            let own = try zip(all, answers).map { unit, answers in
                try zip(asked, answers).map { period, answer in
                    let told =
                        isProtected
                        ? try snapshot.disclosures.disclosure(
                            snapshot.reading.question(
                                indicator.id, unit: unit.unit, period, structure))
                        : .open
                    return Cell(answer: answer, told: told)
                }
            }
            if let part = chosen.part, indicator.by == part, let period = asked.first {
                let parts = try TableParts(
                    snapshot.reading.question(indicator.id, unit: whole.unit, period, structure),
                    indicator, all.map(\.unit), own.map(\.first), snapshot)
                columns += parts.names.map {
                    Column(indicator: indicator, period: period, figure: figure, part: $0)
                }
                for place in all.indices { cells[place] += parts.cells[place] }
            }
            for place in all.indices { cells[place] += own[place] }
            columns += asked.map { Column(indicator: indicator, period: $0, figure: figure) }
        }
        self.columns = columns
        self.whole = Row(unit: whole, cells: cells[0])
        rows = zip(units, cells.dropFirst()).map { Row(unit: $0, cells: $1) }
    }

    /// The rows from the largest number of a column down; what has none comes last, as it was.
    func rows(by column: Int?) -> [Row] {
        guard let column, columns.indices.contains(column) else { return rows }
        let numbered = rows.filter { $0.cells[column].hasNumber }
        let others = rows.filter { !$0.cells[column].hasNumber }
        return numbered.enumerated().sorted { one, other in
            let (left, right) = (
                one.element.cells[column].answer, other.element.cells[column].answer
            )
            if right.isLess(than: left) { return true }
            return !left.isLess(than: right) && one.offset < other.offset
        }.map(\.element) + others
    }

    /// The middle of a column; nil where a number is not told, where it is one of persons, or
    /// where there are too few: of those it would say whose it is.
    func median(of column: Int, _ catalogue: Catalogue) -> Answer? {
        let indicator = columns[column].indicator
        guard !catalogue.protects(indicator), rows.count >= ThemeReader.fewest else { return nil }
        let answers = rows.map(\.cells[column]).filter(\.hasNumber).map(\.answer)
            .sorted { $0.isLess(than: $1) }
        guard answers.count >= ThemeReader.fewest else { return nil }
        return answers.lowerMiddle
    }

    /// The largest number that each figure has in any of its columns, as it is printed.
    func largest() -> [Int] {
        var largest = [Int](repeating: 0, count: (columns.last?.figure ?? -1) + 1)
        for row in rows {
            for (column, cell) in zip(columns, row.cells) where cell.hasNumber {
                largest[column.figure] = max(
                    largest[column.figure], cell.answer.rounded(column.indicator))
            }
        }
        return largest
    }
}

extension Indicator {
    /// What is asked of it in a period: what stands on a day is asked on the last day of it that
    /// has come.
    func asked(in period: Period, today: Day) -> Period {
        isOfDay ? .day(min(period.lastDay, max(today, period.from))) : period
    }
}
