import Core
import Foundation
import Organization

/// A file as a table: headings and rows with the lines they stand on.
package struct ImportTable: Sendable {
    package static let fileLimit = 64 << 20
    package static let rowLimit = 200_000

    package let name: String
    /// The SHA-256 of the file, by which it is recognized when it comes again.
    package let digest: String
    /// Of the columns that have a heading or any value.
    package let headings: [String]
    package let rows: [CSV.Row]
    /// What a file of text was written in.
    private(set) var encoding = TextEncoding.utf8
    /// The letters of each column, as a spreadsheet shows it.
    package let letters: [String]
    /// What there is to say about how the file was read.
    package let note: Wording?
    /// What stands in no column that has a heading.
    private let strays: [Fault]

    /// Reads a CSV file or a workbook.
    ///
    /// - Parameter knows: whether a text is a heading that the table may have; by them the sign is
    ///   found that parts the values of a file of text.
    /// - Throws: `Refusal.invalid` with a sentence for a file that is too large, in no known
    ///   encoding, no table, or a workbook that unpacks to too much.
    package init(path: String, knows: (String) -> Bool = { _ in false }) throws {
        let name = (path as NSString).lastPathComponent
        guard let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
        else {
            throw Refusal.invalid(
                "文件", zh: "找不到文件 \(path)。", en: "There is no file \(path).")
        }
        guard size <= Self.fileLimit, let data = FileManager.default.contents(atPath: path) else {
            throw Refusal.invalid(
                "文件", zh: "文件有\(size >> 20) MB，超过\(Self.fileLimit >> 20) MB 的上限。",
                en: "The file has \(size >> 20) MB; the limit is \(Self.fileLimit >> 20) MB.")
        }
        try self.init(name: name, bytes: Array(data), knows: knows)
    }

    /// Reads the bytes of a CSV file or a workbook.
    package init(
        name: String, bytes: [UInt8], rowLimit: Int = ImportTable.rowLimit,
        knows: (String) -> Bool = { _ in false }
    ) throws {
        let form = FileForm(bytes)
        if form != .other, let refusal = form.refusal() { throw refusal }
        let digest = hexadecimalDigest(bytes)
        switch form {
        case .workbook:
            try self.init(
                name: name, digest: digest, sheet: try Workbook.sheet(bytes, rowLimit: rowLimit))
        case .openDocument, .oldWorkbook:
            // A hidden first sheet is shown by what turns open documents into workbooks.
            let place = form == .openDocument ? try OpenTables.firstVisible(bytes) : nil
            let bytes = try OtherTable.workbook(bytes, form)
            let sheet = try Workbook.sheet(bytes, at: place, rowLimit: rowLimit)
            try self.init(name: name, digest: digest, sheet: sheet)
        default:
            let read = try TextEncoding.read(bytes)
            try self.init(
                name: name, digest: digest, text: read.text, rowLimit: rowLimit, knows: knows)
            encoding = read.encoding
        }
    }

    package init(
        name: String, digest: String, text: [UInt8], rowLimit: Int = ImportTable.rowLimit,
        knows: (String) -> Bool = { _ in false }
    ) throws {
        var reader = CSV(text, knows: knows)
        var rows: [CSV.Row] = []
        do {
            while let row = try reader.next() {
                // The headings are a row as well.
                guard rows.count <= rowLimit else { throw Refusal.tooManyRows(rowLimit) }
                rows.append(row)
            }
        } catch let fault as RowBreak {
            throw Refusal.invalid([Fault("文件", zh: fault.words.zh, en: fault.words.en)])
        }
        try self.init(name: name, digest: digest, lines: rows)
    }

    private init(name: String, digest: String, sheet: Workbook.Sheet) throws {
        let width = sheet.rows.lazy.map(\.values.count).max() ?? 0
        try self.init(
            name: name, digest: digest, lines: sheet.rows, width: width, stray: sheet.stray,
            note: sheet.note)
    }

    /// - Parameter width: how many columns there are; as many as headings unless given.
    private init(
        name: String, digest: String, lines: [CSV.Row], width: Int? = nil,
        stray: (column: Int, row: Int)? = nil, note: Wording? = nil
    ) throws {
        guard let head = lines.first else {
            throw Refusal.invalid("文件", zh: "文件是空的。", en: "The file is empty.")
        }
        guard lines.count > 1 else {
            throw Refusal.invalid(
                "文件", zh: "文件只有标题，没有数据。", en: "The file has headings but no rows.")
        }
        let width = width ?? head.values.count
        let heads = head.values + Array(repeating: "", count: width - head.values.count)
        var strays: [Fault] = []
        var kept: [Int] = []
        for (column, heading) in heads.enumerated() {
            if heading.isEmpty {
                let first = lines.dropFirst().first {
                    column < $0.values.count && !$0.values[column].isEmpty
                }
                guard let first else { continue }
                strays.append(Self.stray(column, first.line))
            }
            kept.append(column)
        }
        if let stray { strays.append(Self.stray(stray.column, stray.row)) }
        self.name = name
        self.digest = digest
        self.note = note
        self.strays = strays
        headings = kept.map { heads[$0] }
        letters = kept.map(Cell.letters)
        rows = lines.dropFirst().map { $0.fitted(to: width, keeping: kept) }
    }

    private static func stray(_ column: Int, _ row: Int) -> Fault {
        let letters = Cell.letters(column)
        return Fault(
            "标题", zh: "第\(letters)列有内容但没有标题（第\(row)行起）。请加上标题，或清空该列。",
            en: "Column \(letters) has values, from row \(row) on, but no heading. Give it one, or "
                + "empty the column.")
    }

    /// How many rows may stand above the headings and be told from them.
    private static let titleRows = 5

    /// - Throws: `Refusal.invalid` when the headings do not stand where they must: under a title,
    ///   or beside columns that have none.
    func checkHeadings(_ isHeading: (String) -> Bool) throws(Refusal) {
        if !headings.contains(where: isHeading) {
            for row in rows.prefix(Self.titleRows) {
                let filled = row.values.filter { !$0.isEmpty }
                let known = filled.count(where: isHeading)
                guard known >= 2, known * 2 >= filled.count else { continue }
                let above = row.line == 2 ? "1" : "1–\(row.line - 1)"
                throw .invalid(
                    "标题", zh: "第\(above)行像是表名，标题应在第1行；请删去表名行。",
                    en: "Row \(above) looks like a title, and the headings stand in row "
                        + "\(row.line): delete what is above them.")
            }
        }
        guard strays.isEmpty else { throw .invalid(strays) }
    }

    /// The same table with other values in its rows.
    func with(rows: [CSV.Row]) -> ImportTable { ImportTable(self, rows) }

    private init(_ table: ImportTable, _ rows: [CSV.Row]) {
        name = table.name
        digest = table.digest
        headings = table.headings
        letters = table.letters
        note = table.note
        strays = table.strays
        encoding = table.encoding
        self.rows = rows
    }

    /// - Throws: `Refusal.invalid` when no heading is known after a file was read as GB18030: it is
    ///   in an encoding that nothing tells apart from that.
    func requireReadable(_ knows: (String) -> Bool) throws(Refusal) {
        guard encoding == .gb18030, !headings.contains(where: knows) else { return }
        let words = TextEncoding.unknownWords
        throw .invalid("文件", zh: words.zh, en: words.en)
    }

    /// The faults of rows that do not have as many values as there are headings.
    package var ragged: [RowFault] { rows.compactMap(ragged) }

    func ragged(_ row: CSV.Row) -> RowFault? {
        guard row.values.count != headings.count else { return nil }
        return RowFault(
            row.line, "行", zh: "有\(row.values.count)格，标题有\(headings.count)格。",
            en: "The row has \(row.values.count) values for \(headings.count) headings.")
    }
}

extension CSV.Row {
    /// A row with as many values as there are columns: those missing at the end are empty. One that
    /// is too long by a value stays too long.
    fileprivate func fitted(to width: Int, keeping kept: [Int]) -> CSV.Row {
        guard values.count != width || kept.count != width else { return self }
        let length = values.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
        guard length <= width else {
            return CSV.Row(line: line, values: Array(values.prefix(length)), kinds: kinds)
        }
        return CSV.Row(
            line: line, values: kept.map { $0 < values.count ? values[$0] : "" },
            kinds: kinds.isEmpty ? [] : kept.map { $0 < kinds.count ? kinds[$0] : .empty })
    }
}
