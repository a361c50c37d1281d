/// A line of a file of values apart by commas, with its end.
package func csvLine(_ cells: [String]) -> String {
    cells.map(csvCell).joined(separator: ",") + "\r\n"
}

/// A cell of such a file, kept from being taken for a formula.
package func csvCell(_ text: String) -> String {
    let text = neutralCell(text)
    guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else {
        return text
    }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
}

/// Text as a spreadsheet may hold it: what begins like a formula is led by an apostrophe. Some
/// programs pass over blanks and what cannot be seen before they look for the sign.
package func neutralCell(_ text: String) -> String {
    let lead = text.unicodeScalars.prefix { scalar in
        scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
    }
    let first = text.unicodeScalars.dropFirst(lead.count).first
    let isFormula = first.map { "=+-@＝＋－＠".unicodeScalars.contains($0) } ?? false
    let isSplit = lead.contains { "\t\r\n".unicodeScalars.contains($0) }
    return isFormula || isSplit ? "'" + text : text
}
