import Core

/// Reads the cells of one sheet by their stored values and types.
///
/// Cells and rows are placed by their own addresses, or by counting where they have none. What the
/// sheet says about its size is not heeded.
final class SheetReader: XMLVisitor {
    /// The most cells with something in them.
    static let cellLimit = 8_000_000
    /// The most cells that merged cells may cover.
    static let mergedLimit = 2_000_000

    private let texts: [String]
    private let styles: WorkbookStyles
    private let calendar: SerialCalendar
    private let rowLimit: Int

    private(set) var rows: [CSV.Row] = []
    /// The first cell that lies past the last column a table may have.
    private(set) var stray: (column: Int, row: Int)?
    private var merges: [CellRange] = []
    private var cells = 0

    private var isInRows = false
    private var line = 0
    private var column = -1
    private var values: [String] = []
    private var kinds: [Cell.Kind] = []
    private var type = CellType.number
    private var style = 0
    private var isInCell = false
    private var isInValue = false
    private var stored: [UInt8] = []
    private var text = CellText()
    private var hasText = false

    private enum CellType { case number, shared, inline, formula, boolean, error, day }

    init(texts: [String], styles: WorkbookStyles, calendar: SerialCalendar, rowLimit: Int) {
        self.texts = texts
        self.styles = styles
        self.calendar = calendar
        self.rowLimit = rowLimit
    }

    func begin(_ tag: XMLTag) throws {
        if isInCell {
            text.begin(tag)
            if tag.isNamed("v") { isInValue = true } else if tag.isNamed("is") { hasText = true }
        } else if isInRows, tag.isNamed("c") {
            beginCell(tag)
        } else if isInRows, tag.isNamed("row") {
            line = tag.bytes("r").flatMap(CellRange.number) ?? line + 1
            column = -1
            values = []
            kinds = []
        } else if tag.isNamed("sheetData") {
            isInRows = true
        } else if tag.isNamed("mergeCell"), let range = tag["ref"].flatMap(CellRange.init) {
            guard merges.count < WorkbookIndex.listLimit else { throw Refusal.unreadableWorkbook }
            merges.append(range)
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard isInCell else { return }
        if isInValue { stored.append(contentsOf: bytes) } else { text.add(bytes) }
    }

    func end(_ tag: XMLTag) throws {
        if isInCell {
            text.end(tag)
            if tag.isNamed("v") { isInValue = false }
            if tag.isNamed("c") {
                isInCell = false
                try keep(try cell())
            }
        } else if isInRows, tag.isNamed("row") {
            guard values.contains(where: { !$0.isEmpty }) else { return }
            // The headings are a row as well.
            guard rows.count <= rowLimit else { throw Refusal.tooManyRows(rowLimit) }
            rows.append(CSV.Row(line: line, values: values, kinds: kinds))
        } else if tag.isNamed("sheetData") {
            isInRows = false
        }
    }

    private func beginCell(_ tag: XMLTag) {
        isInCell = true
        isInValue = false
        hasText = false
        stored.removeAll(keepingCapacity: true)
        text.clear()
        let address = tag.bytes("r").flatMap(CellRange.place)
        column = address?.column ?? column + 1
        // A row without its number has that of its cells.
        if values.isEmpty, let row = address?.row, row > line { line = row }
        style = tag.bytes("s").flatMap(CellRange.number) ?? 0
        type =
            switch tag["t"] {
            case "s": .shared
            case "inlineStr": .inline
            case "str": .formula
            case "b": .boolean
            case "e": .error
            case "d": .day
            default: .number
            }
    }

    /// What the cell holds; nil when that is nothing.
    private func cell() throws -> Cell? {
        if type == .inline || (hasText && stored.isEmpty) { return Cell(.text, text.take()) }
        if stored.isEmpty { return nil }
        if type == .formula { return Cell(.text, CellText.decode(stored)) }
        let written = String(decoding: stored, as: UTF8.self).trimmed
        switch type {
        case .shared:
            guard let index = Int(written), texts.indices.contains(index) else {
                throw Refusal.unreadableWorkbook
            }
            return Cell(.text, texts[index])
        case .boolean:
            return Cell(
                .boolean, written == "1" || written.lowercased() == "true" ? "TRUE" : "FALSE")
        case .error: return Cell(.error, written)
        case .day: return SerialCalendar.day(written) ?? Cell(.text, written)
        default:
            guard !written.isEmpty else { return nil }
            guard let number = StoredNumber(written) else { return Cell(.error, written) }
            return calendar.cell(number, styles[style])
        }
    }

    private func keep(_ cell: Cell?) throws {
        guard let cell, !cell.text.isEmpty else { return }
        guard column < CSV.columnLimit else {
            if stray == nil { stray = (column, line) }
            return
        }
        guard cell.text.utf8.count <= CSV.cellLimit else {
            throw Refusal.longCell(Cell.letters(column) + "\(line)")
        }
        cells += 1
        guard cells <= Self.cellLimit else { throw Refusal.unreadableWorkbook }
        while values.count <= column {
            values.append("")
            kinds.append(.empty)
        }
        values[column] = cell.text
        kinds[column] = cell.kind
    }

    /// Marks the empty cells that merged cells cover, where the merged cell holds something.
    func markMerged() throws {
        guard !merges.isEmpty else { return }
        var places: [Int: Int] = [:]
        for (index, row) in rows.enumerated() where places[row.line] == nil {
            places[row.line] = index
        }
        var covered = 0
        for range in merges {
            guard let top = places[range.top], range.left < rows[top].values.count,
                !rows[top].values[range.left].isEmpty
            else { continue }
            for place in top..<rows.count {
                guard (range.top...range.bottom).contains(rows[place].line) else { break }
                for column in range.left...min(range.right, CSV.columnLimit - 1) {
                    covered += 1
                    guard covered <= Self.mergedLimit else { throw Refusal.unreadableWorkbook }
                    rows[place].mark(column, .merged)
                }
            }
        }
    }
}

extension CSV.Row {
    /// Says what an empty cell is.
    fileprivate mutating func mark(_ column: Int, _ kind: Cell.Kind) {
        while kinds.count <= column { kinds.append(.empty) }
        if kinds[column] == .empty { kinds[column] = kind }
    }
}

extension Refusal {
    fileprivate static func longCell(_ address: String) -> Refusal {
        .invalid(
            "文件", zh: "\(address)格超过\(CSV.cellLimit)字节，请缩短内容。",
            en: "\(address) holds more than \(CSV.cellLimit) bytes: shorten it.")
    }

    static func tooManyRows(_ limit: Int) -> Refusal {
        .invalid(
            "文件", zh: "文件超过\(limit)行，请分成几个文件。",
            en: "The file has more than \(limit) rows: split it.")
    }
}
