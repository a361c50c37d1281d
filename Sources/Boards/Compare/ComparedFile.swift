import Catalogue
import Core
import Figures
import Organization
import Web

extension ComparePage {
    /// The table of a comparison to take away: the same rows and columns, and the same numbers
    /// left out. The whole comes last; the median, which is no unit's, stays on the page.
    static func file(_ asked: AskedTable, _ snapshot: Snapshot) throws -> TableFile {
        let words = snapshot.words
        guard let chosen = try ChosenTable(asked, snapshot) else { throw Refusal.notFound }
        let found = try FigureTable(chosen, snapshot)
        var table = TableFile(
            title(chosen, snapshot),
            [.text(words["unit_name"]), .text(words["units_code"])]
                + found.columns.map { column in
                    .number(
                        words[
                            "compare_heading",
                            [
                                "figure": column.name(words),
                                "unit": CountingUnit.words(column.indicator.unit)[words.language],
                                "period": column.period.words[words.language],
                            ]])
                })
        for row in found.rows(by: asked.sort.map { $0 - 1 }) + [found.whole] {
            try table.add(
                [.text(row.unit.name), .text(row.unit.code)]
                    + zip(found.columns, row.cells).map { column, cell in
                        let said = ComparedNumber(cell, column.indicator, words)
                        return cell.hasNumber ? .exact(said.data) : .withheld(said.text)
                    })
        }
        return table
    }
}

extension FigureTable.Column {
    /// The figure, with the part of it where it is one.
    fileprivate func name(_ words: Words) -> String {
        let figure = indicator.name[words.language]
        return part.map { words["compare_part_heading", ["figure": figure, "part": $0]] } ?? figure
    }
}
