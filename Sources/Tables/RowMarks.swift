import Core
import Organization
import Web

/// Where the units stand in a sheet, and which they are.
package enum RowMarks {
    /// What a form says of it.
    static func layout(
        _ reader: inout FormReader, _ shape: SheetShape
    ) throws(Refusal) -> DeskTable.Layout {
        let first = number("first_row", 1...TableLimits.rows, &reader)
        let last = number("last_row", 1...TableLimits.rows, &reader)
        let letters = reader.line("unit_column").uppercased()
        let column = TableColumn.number(letters)
        if column.map({ $0 <= shape.columns }) != true {
            reader.fault(
                "unit_column", zh: "请填单位所在列的字母，如 A。",
                en: "Write the letter of the column in which the units stand, such as A.")
        }
        if let first, let last, last < first {
            reader.fault(
                "last_row", zh: "末行在首行之前。", en: "The last row is above the first.")
        } else if let first, let last, last - first >= TableLimits.units {
            reader.fault(
                "last_row", zh: "最多 \(TableLimits.units) 行。",
                en: "\(TableLimits.units) rows at most.")
        }
        try reader.check()
        guard let first, let last, let column else { throw .notFound }
        return DeskTable.Layout(sheet: shape.sheet, rows: first...last, unitColumn: column)
    }

    private static func number(
        _ name: String, _ range: ClosedRange<Int>, _ reader: inout FormReader
    ) -> Int? {
        let text = reader.line(name)
        guard let number = Int(text), range.contains(number) else {
            if !text.isEmpty {
                reader.fault(name, zh: "请填行号，如 5。", en: "Write the number of a row, such as 5.")
            }
            return nil
        }
        return number
    }

    /// The rows with their units: each unit once, the first row that names it.
    package static func rows(
        _ layout: DeskTable.Layout, _ shape: SheetShape, below unit: OrgUnit.ID,
        _ sight: TableSight
    ) -> [TableRow] {
        let guess = UnitGuess(
            sight, on: sight.today, among: sight.structure.below(unit, on: sight.today))
        var met: Set<OrgUnit.ID> = []
        return shape.texts(in: layout.unitColumn).filter { layout.rows.contains($0.row) }
            .map { row, text in
                let meant = guess.meant(text).unit?.unit
                return TableRow(
                    number: row, label: text,
                    unit: meant.flatMap { met.insert($0).inserted ? $0 : nil })
            }
    }

    /// Where the units probably stand: the column and rows in which most texts mean one.
    package static func proposed(
        _ shape: SheetShape, below unit: OrgUnit.ID, _ sight: TableSight
    ) -> DeskTable.Layout? {
        let guess = UnitGuess(
            sight, on: sight.today, among: sight.structure.below(unit, on: sight.today))
        var best: (column: Int, rows: [Int])?
        for column in 1...max(1, min(shape.columns, columnsTried)) {
            let rows = shape.texts(in: column).filter { guess.meant($0.text).unit != nil }
                .map(\.row)
            if rows.count > best?.rows.count ?? 0 { best = (column, rows) }
        }
        guard let best, let first = best.rows.min(), let last = best.rows.max() else { return nil }
        return DeskTable.Layout(sheet: shape.sheet, rows: first...last, unitColumn: best.column)
    }

    /// Units stand in one of the first columns.
    private static let columnsTried = 4
}

extension Structure {
    /// A unit and every unit below it on a day, on any axis.
    func below(_ unit: OrgUnit.ID, on day: Day) -> Set<OrgUnit.ID> {
        var met: Set<OrgUnit.ID> = []
        var open = [unit]
        while let next = open.popLast() {
            guard met.insert(next).inserted else { continue }
            for link in children[next] ?? [] where link.inForce(on: day) { open.append(link.child) }
        }
        return met
    }
}
