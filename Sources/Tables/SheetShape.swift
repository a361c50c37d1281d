import Core
import Foundation

/// A sheet of a workbook as it looks: what stands where, how cells are merged, what is hidden.
package struct SheetShape: Sendable, Codable {
    package let sheet: String
    /// The sheets of the workbook that are not hidden.
    package let sheets: [String]
    package let rows: Int
    package let columns: Int
    package let cells: [Cell]
    package let merges: [[Int]]
    package let hiddenRows: [Int]
    /// Whether the file had macros or links to other files, neither of which is followed or kept.
    package let hasMacros: Bool
    package let hasLinks: Bool

    /// A cell that says something or has a format of its own: row, column, text, and letters for
    /// how it looks.
    package struct Cell: Sendable, Codable {
        package let place: Place
        package let text: String
        let look: String

        init(place: Place, text: String, look: String) {
            self.place = place
            self.text = text
            self.look = look
        }

        package init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            place = Place(row: try parts.decode(Int.self), column: try parts.decode(Int.self))
            text = try parts.decode(String.self)
            look = try parts.decode(String.self)
        }

        package func encode(to encoder: any Encoder) throws {
            var parts = encoder.unkeyedContainer()
            try parts.encode(place.row)
            try parts.encode(place.column)
            try parts.encode(text)
            try parts.encode(look)
        }

        package var isFormula: Bool { look.contains("f") }
        var isBold: Bool { look.contains("b") }
        var isCentred: Bool { look.contains("c") }
        /// Whether the sheet shows numbers here as shares of a hundred.
        var isShare: Bool { look.contains("p") }
    }

    init(_ bytes: [UInt8]) throws {
        self = try JSONDecoder().decode(SheetShape.self, from: Data(bytes))
    }

    init(kept text: String) throws { try self.init(Array(text.utf8)) }

    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// What stands in each cell that is not empty.
    func byPlace() -> [Place: Cell] {
        Dictionary(cells.map { ($0.place, $0) }) { first, _ in first }
    }

    /// The rows in which units may stand: those in which a column holds texts that are no formula.
    func texts(in column: Int) -> [(row: Int, text: String)] {
        cells.filter { $0.place.column == column && !$0.isFormula && !$0.text.isEmpty }
            .map { ($0.place.row, $0.text) }
    }

    /// What stands over a column: the texts above a row, from the top, merged ones included, and
    /// none that goes over nearly all columns.
    func heading(over column: Int, above row: Int) -> String {
        var parts: [String] = []
        let known = byPlace()
        for above in 1..<max(row, 1) {
            let merge = merges.first {
                $0[0] <= above && above <= $0[2] && $0[1] <= column && column <= $0[3]
            }
            if let merge, (merge[3] - merge[1] + 1) * 2 > columns { continue }
            let place = merge.map { Place(row: $0[0], column: $0[1]) }
            let text = known[place ?? Place(row: above, column: column)]?.text
            let plain = text?.split(whereSeparator: \.isWhitespace).joined() ?? ""
            if !plain.isEmpty, parts.last != plain { parts.append(plain) }
        }
        return String(parts.joined(separator: "／").prefix(TableLimits.titleCharacters))
    }
}
