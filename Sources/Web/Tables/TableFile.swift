import Core

/// A table as somebody takes it away: its headings, and rows of cells that stay what they are.
///
///     var table = TableFile(title, [.text("编码"), .number("面积")])
///     try table.add([.text(unit.code), .number(count)])
///     return try site.download(table, as: form, named: words["nav_units"])
package struct TableFile: Sendable {
    /// What a file is made as, under the name `as` in the query of the page's own address.
    package enum Form: String, CaseIterable, Sendable { case csv, xlsx }

    /// One column. Its kind says how a spreadsheet shows what stands below the heading.
    package struct Column: Sendable, Hashable {
        package enum Kind: Sendable { case text, number, day }

        package let heading: String
        package let kind: Kind

        package static func text(_ heading: String) -> Column {
            Column(heading: heading, kind: .text)
        }
        package static func number(_ heading: String) -> Column {
            Column(heading: heading, kind: .number)
        }
        package static func day(_ heading: String) -> Column {
            Column(heading: heading, kind: .day)
        }
    }

    /// The name of the sheet.
    package let title: String
    package let columns: [Column]
    /// What stands above the headings, such as for whom and for what the file went out.
    package var note: String?
    /// Under which terms the table may be used further. It stands in a header of the answer and on
    /// a sheet of its own: a line of a CSV file is a row of the table.
    package var licence: TableLicence?
    package private(set) var rows: [[TableCell]] = []

    package init(_ title: String, _ columns: [Column], note: String? = nil) {
        self.title = title
        self.columns = columns
        self.note = note
    }

    /// - Throws: `Refusal` past the limit of rows: a file is refused and never cut.
    package mutating func add(_ row: [TableCell]) throws(Refusal) {
        precondition(row.count == columns.count, "a row has one cell for each column")
        guard rows.count < Limits.tableRows else { throw Self.tooMany }
        rows.append(row)
    }

    /// What a reader is told who asks for more rows than one file may have.
    package static var tooMany: Refusal {
        let limit = Limits.tableRows.grouped
        return .conflict(
            zh: "超过 \(limit) 行，不能一次下载。请缩小范围后再试，例如选较短的时期或一个单位。",
            en: """
                These are more than \(limit) rows, too many for one file. Ask for less, such as a \
                shorter period or one unit.
                """)
    }

    package func bytes(as form: Form) throws -> [UInt8] {
        switch form {
        case .csv: csv()
        case .xlsx: try workbook()
        }
    }

    /// The mark at the beginning tells spreadsheets that this is UTF-8.
    private func csv() -> [UInt8] {
        var bytes = Array("\u{FEFF}".utf8)
        if let note { bytes += csvLine([note]).utf8 }
        bytes += csvLine(columns.map(\.heading)).utf8
        for row in rows {
            bytes += row.lazy.map(\.csv).joined(separator: ",").utf8
            bytes += "\r\n".utf8
        }
        return bytes
    }

    private func workbook() throws -> [UInt8] {
        let book = try WorkbookWriter(isLong: true)
        let first = note == nil ? 0 : 1
        let sheet = try book.addSheet(WorkbookWriter.sheetName(title), frozenRows: first + 1)
        for (index, column) in columns.enumerated() {
            try book.setColumn(
                index, of: sheet, width: width(index),
                column.kind == .number ? .number : .text)
        }
        if let note { try book.write(note, sheet, row: 0, column: 0, .text) }
        for (index, column) in columns.enumerated() {
            try book.write(column.heading, sheet, row: first, column: index, .heading)
        }
        for (number, row) in rows.enumerated() {
            for (index, cell) in row.enumerated() {
                try cell.write(book, sheet, row: first + 1 + number, column: index)
            }
        }
        try licence?.write(book)
        return try book.finish()
    }

    /// How wide a column is in letters, by what stands at its beginning.
    private func width(_ index: Int) -> Int {
        let texts = [columns[index].heading] + rows.prefix(Self.measuredRows).map { $0[index].text }
        let widths = texts.map(TextWidth.letters)
        return min(max((widths.max() ?? 0) + 2, Self.narrowest), Self.widest)
    }

    private static let measuredRows = 100
    private static let narrowest = 8
    private static let widest = 48
}
