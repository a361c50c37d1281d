import Catalogue
import Core
import Figures
import Web

/// How the first figure of a comparison went in each unit, drawn small and to one scale, with the
/// middle of all units as a line.
struct ComparedCourse: Sendable {
    let frame: ChartFrame

    /// The most units that are drawn.
    static let unitLimit = 30
    /// Fewer periods than this are no course.
    static let fewestPeriods = 3

    /// Nil where the period is not cut, and where numbers are of persons or missing for too many.
    init?(_ table: FigureTable, _ chosen: ChosenTable, _ snapshot: Snapshot) {
        let words = snapshot.words
        guard let indicator = chosen.indicators.first,
            chosen.periods.count >= Self.fewestPeriods,
            (2...Self.unitLimit).contains(table.rows.count),
            !snapshot.catalogue.protects(indicator)
        else { return nil }
        let columns = table.columns.indices.filter { table.columns[$0].figure == 0 }
        let most = max(table.largest().first ?? 0, indicator.wholeShare ?? 0)
        guard most > 0 else { return nil }
        let medians = columns.map { table.median(of: $0, snapshot.catalogue) }
        func said(_ cell: FigureTable.Cell) -> String {
            ComparedNumber(cell, indicator, words).phrase
        }
        let pictures = table.rows.map { row in
            let points = columns.map { column in
                let cell = row.cells[column]
                return ChartPoint(
                    table.columns[column].period.shortWords(words),
                    cell.hasNumber ? cell.answer.rounded(indicator) : nil, text: said(cell))
            }
            return (
                name: row.unit.name,
                picture: SmallColumns(
                    title: words[
                        "compare_course_of",
                        ["unit": row.unit.name, "figure": indicator.name[words.language]]],
                    points: points, most: most, line: medians.map { $0?.rounded(indicator) }
                ).picture
            )
        }
        let hrefs = table.rows.map { row in
            snapshot.figure(indicator, row.unit, chosen.period, chosen.asked.structure).text
        }
        let what =
            words[
                medians.contains { $0 != nil } ? "compare_course_what" : "compare_course_plain",
                [
                    "figure": indicator.name[words.language],
                    "unit": CountingUnit.words(indicator.unit)[words.language],
                ]]
        let grid = PictureGrid(
            title: indicator.name[words.language], pictures: pictures)
        frame = ChartFrame(
            "small", finding: Self.finding(table, columns, indicator, snapshot), what: what,
            grid.drawings(hrefs), snapshot.takeAway, words)
    }

    /// Who had most and who had least in the last period that has numbers.
    private static func finding(
        _ table: FigureTable, _ columns: [Int], _ indicator: Indicator, _ snapshot: Snapshot
    ) -> String {
        let words = snapshot.words
        guard
            let column = columns.last(where: { column in
                table.rows.contains { $0.cells[column].hasNumber }
            })
        else { return indicator.name[words.language] }
        let ranked = table.rows(by: column).filter { $0.cells[column].hasNumber }
        guard let first = ranked.first, let last = ranked.last else {
            return indicator.name[words.language]
        }
        // They stand in order, so nobody is between two that are the same.
        let isEven = !last.cells[column].answer.isLess(than: first.cells[column].answer)
        let period = table.columns[column].period.words[words.language]
        func said(_ row: FigureTable.Row) -> String {
            ComparedNumber(row.cells[column], indicator, words).phrase
        }
        return words[
            isEven ? "compare_finding_even" : "compare_finding",
            [
                "period": period, "figure": indicator.name[words.language],
                "first": first.unit.name, "most": said(first),
                "last": last.unit.name, "least": said(last),
            ]]
    }
}
