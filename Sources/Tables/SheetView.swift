import Core
import Web

/// Writes a sheet as it looks: headings merged as they are, with the letters of its columns and the
/// numbers of its rows, so that what a form names can be pointed at.
struct SheetView {
    private let shape: SheetShape
    private let known: [Place: SheetShape.Cell]
    /// The merge that begins in a cell, and the cells that lie under one.
    private var merges: [Place: (rows: Int, columns: Int)] = [:]
    private var covered: Set<Place> = []

    /// So many rows are shown.
    static let rowsShown = 300

    init(_ shape: SheetShape) {
        self.shape = shape
        known = shape.byPlace()
        for merge in shape.merges where merge.count == 4 {
            let rows = merge[0]...max(merge[0], merge[2])
            let columns = merge[1]...max(merge[1], merge[3])
            merges[Place(row: rows.lowerBound, column: columns.lowerBound)] = (
                rows.count, columns.count
            )
            for row in rows {
                for column in columns { covered.insert(Place(row: row, column: column)) }
            }
        }
    }

    /// Where a press on the letter of a column leads.
    struct Door {
        let address: (Int) -> Address
        let chosen: Int?
        /// What is said of each column that has a source.
        let bound: [Int: String]
        let rows: ClosedRange<Int>?
    }

    func html(_ door: Door) -> String {
        var html = "<table class=\"matrix\"><thead><tr><td></td>"
        for column in 1...max(1, shape.columns) {
            let letters = TableColumn.letters(column)
            let isChosen = column == door.chosen
            html += "<th scope=\"col\"\(isChosen ? " class=\"m-part\"" : "")><a href=\""
            html += Markup.escape(door.address(column).text) + "\">\(letters)</a>"
            if let bound = door.bound[column] {
                html += "<small>\(Markup.escape(bound))</small>"
            }
            html += "</th>"
        }
        html += "</tr></thead><tbody>\n"
        for row in 1...max(1, min(shape.rows, Self.rowsShown)) {
            html += "<tr><th scope=\"row\">\(row)</th>"
            html += cells(in: row, door) + "</tr>\n"
        }
        return html + "</tbody></table>"
    }

    private func cells(in row: Int, _ door: Door) -> String {
        let isUnit = door.rows?.contains(row) ?? false
        var html = ""
        for column in 1...max(1, shape.columns) {
            let place = Place(row: row, column: column)
            let merge = merges[place]
            if merge == nil, covered.contains(place) { continue }
            let cell = known[place]
            var spans = ""
            if let merge {
                if merge.rows > 1 { spans += " rowspan=\"\(merge.rows)\"" }
                if merge.columns > 1 { spans += " colspan=\"\(merge.columns)\"" }
            }
            let style = isUnit && door.bound[column] != nil ? " class=\"m-all\"" : ""
            html += "<td\(spans)\(style)>\(Self.text(cell))</td>"
        }
        return html
    }

    private static func text(_ cell: SheetShape.Cell?) -> String {
        guard let cell, !cell.text.isEmpty else { return "" }
        // A formula is told as one, and not with what it says.
        let text = cell.isFormula ? "∑" : cell.text
        let plain = Markup.escape(text).replacing("\n", with: "<br>")
        return cell.isBold ? "<strong>\(plain)</strong>" : plain
    }
}
