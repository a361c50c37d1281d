/// A line of a file of values apart by commas, with its end.
package func csvLine(_ cells: [String]) -> String {
    cells.map(csvCell).joined(separator: ",") + "\r\n"
}

/// A cell that no spreadsheet takes for a formula: what could begin one is led by an apostrophe.
package func csvCell(_ text: String) -> String {
    var text = text
    if let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) {
        text = "'" + text
    }
    guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else {
        return text
    }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
}
