import Core

/// One cell of a table that is taken away.
package enum TableCell: Sendable, Hashable {
    /// Any text, a code or an identity number: it is never taken for a formula or for a number.
    case text(String)
    /// A number as it is exactly, `-12.50`, with no marks between thousands.
    case exact(String)
    case empty
    /// Why no number stands here, in words.
    case withheld(String)

    package static func number(_ number: Int) -> TableCell { .exact(String(number)) }

    /// A day as everybody writes it: as text, so that no spreadsheet turns it around.
    package static func day(_ day: Day?) -> TableCell {
        day.map { .text($0.description) } ?? .empty
    }

    /// A text that may be missing.
    package static func optional(_ text: String?) -> TableCell {
        text.map { .text($0) } ?? .empty
    }

    /// What stands in it, as text.
    package var text: String {
        switch self {
        case .text(let text), .exact(let text), .withheld(let text): text
        case .empty: ""
        }
    }

    /// A number that is one stays one, with its sign; anything else is text.
    var csv: String {
        if case .exact(let text) = self, isNumber(text) { return text }
        return csvCell(text)
    }

    func write(_ book: WorkbookWriter, _ sheet: Int, row: Int, column: Int) throws {
        if case .exact(let text) = self, isNumber(text),
            text.utf8.count(where: { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ".") })
                <= Self.sheetDigits, let number = Double(text)
        {
            return try book.write(number, sheet, row: row, column: column)
        }
        guard !text.isEmpty else { return }
        try book.write(
            text.count > Self.sheetCharacters ? text.prefix(Self.sheetCharacters) + "…" : text,
            sheet, row: row, column: column, .text)
    }

    /// Spreadsheets reckon with so many digits and make the others zeros.
    private static let sheetDigits = 15
    /// What a spreadsheet takes in one cell, with room for signs of two parts.
    private static let sheetCharacters = 16_000
}

/// Whether a text is a number with a point at most, and nothing a spreadsheet could make of it.
private func isNumber(_ text: String) -> Bool {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    let parts = digits.split(
        separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
        !part.isEmpty
            && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
