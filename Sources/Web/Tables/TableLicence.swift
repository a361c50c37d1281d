import Hummingbird

/// Under which terms a table that is taken away may be used further.
package struct TableLicence: Sendable, Hashable {
    /// The heading of its sheet.
    let title: String
    /// Names and what they say, line by line.
    let lines: [[String]]
    /// Where the terms stand; nil where nowhere but in their name.
    let address: String?

    package init(_ title: String, _ lines: [[String]], address: String?) {
        self.title = title
        self.lines = lines
        self.address = address
    }

    /// The value of the header `Link` that says so; nil where the terms have no address that a
    /// header can hold.
    package var link: String? {
        guard let address,
            address.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != 0x3c && $0 != 0x3e })
        else { return nil }
        return "<\(address)>; rel=\"license\""
    }

    /// Writes the sheet behind the table.
    func write(_ book: WorkbookWriter) throws {
        let sheet = try book.addSheet(WorkbookWriter.sheetName(title), frozenRows: 0)
        try book.setColumn(0, of: sheet, width: Self.nameWidth, .text)
        try book.setColumn(1, of: sheet, width: Self.textWidth, .text)
        for (row, line) in lines.enumerated() {
            for (column, text) in line.enumerated() {
                try book.write(
                    text, sheet, row: row, column: column, column == 0 ? .heading : .text)
            }
        }
    }

    private static let nameWidth = 20
    private static let textWidth = 60
}

extension Response {
    /// The same, saying under which terms what it holds may be used further.
    package func licensed(_ link: String?) -> Response {
        guard let link, let name = HTTPFields.Element.Name("Link") else { return self }
        var response = self
        response.headers[name] = link
        return response
    }
}
