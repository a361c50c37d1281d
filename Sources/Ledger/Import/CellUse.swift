import Catalogue
import Core
import Organization

/// What the cells of a column are read as, by which a typed cell is taken or refused.
enum CellUse: Hashable {
    /// A number or code that is a name: never reckoned with, and kept to its last digit.
    case identifier
    case day
    case minute
    case number(MeasureUnit)
    case flag
    case text
}

extension Kind {
    func use(_ heading: Heading) -> CellUse {
        switch heading {
        case .ref, .unit, .place, .ends, .reverses, .person, .subject: .identifier
        case .day, .lastDay: .day
        case .minute: .minute
        case .measure(let index): .number(measures[index].unit)
        case .field(let id): field(id)?.form == .flag ? .flag : .text
        case .reason, .privateValue: .text
        }
    }
}

extension ImportTable {
    /// A row as its columns are read, and what is wrong with its cells. A row of text stays.
    ///
    /// - Parameter places: what faults call each column; its heading unless given.
    func read(
        _ row: CSV.Row, as uses: [CellUse], places: [String]? = nil
    ) -> (row: CSV.Row, faults: [RowFault]) {
        guard !row.kinds.isEmpty else { return (row, []) }
        var values = row.values
        var faults: [RowFault] = []
        for (column, kind) in row.kinds.enumerated() where kind != .text && column < uses.count {
            let value = values[column]
            let cell = Cell(kind, value)
            if let words = cell.fault(as: uses[column], at: letters[column] + "\(row.line)") {
                faults.append(
                    RowFault(
                        row.line, Fault((places ?? headings)[column], zh: words.zh, en: words.en),
                        column: letters[column]))
                values[column] = ""
            } else {
                values[column] = cell.text(as: uses[column])
            }
        }
        return (CSV.Row(line: row.line, values: values, kinds: row.kinds), faults)
    }

    /// The table as units, changes or persons are read from it: days, and names of things.
    func readAsStructure() -> (table: ImportTable, faults: [RowFault]) {
        let days: Set<String> = ["from", "last_day", "effective_on"]
        let uses = headings.map { heading in
            days.contains(fold(heading)) || heading.contains("日期") ? CellUse.day : .identifier
        }
        var faults: [RowFault] = []
        let rows = rows.map { row in
            let (read, spoiled) = read(row, as: uses)
            faults += spoiled
            return read
        }
        return (with(rows: rows), faults)
    }
}

extension ImportOutcome {
    /// With the letters of the columns that faults are in, for units, changes and persons.
    func placed(in table: ImportTable, _ what: String) -> ImportOutcome {
        guard case .refused(let faults) = self else { return self }
        let names = StructureReader.headings(of: what)
        func column(_ place: String) -> String? {
            let all = names.first { $0.key == place || $0.value.contains(place) }
                .map { [$0.key] + $0.value }
            let folded = Set((all ?? [place]).map(fold))
            return table.headings.firstIndex { folded.contains(fold($0)) }
                .map { table.letters[$0] }
        }
        return .refused(
            faults.map { RowFault($0.row, $0.fault, column: column($0.fault.place)) })
    }
}

extension Cell {
    /// What is written in a cell, in the column's own terms.
    fileprivate func text(as use: CellUse) -> String {
        switch (kind, use) {
        case (.moment, .day): String(text.prefix(10))
        case (.boolean, .flag): text == "TRUE" ? "是" : "否"
        case (.percent, .number(.percent)): StoredNumber(text)?.hundredfold ?? text
        default: text
        }
    }

    /// Why a cell can't be taken in its column, and what to do; nil when it can.
    fileprivate func fault(as use: CellUse, at address: String) -> Wording? {
        switch (kind, use) {
        case (.error, _):
            Wording(
                zh: "\(address)格的公式出错（\(text)）。请更正公式，或直接填写内容。",
                en:
                    "The formula in \(address) fails (\(text)). Correct it, or write the value."
            )
        case (.merged, _):
            Wording(
                zh: "该格是合并单元格，请取消合并后逐行填写。",
                en: "\(address) is covered by a merged cell: unmerge it and fill in every row.")
        case (.longNumber, .number): nil
        case (.longNumber, _):
            Wording(
                zh: "长编号被 Excel 改成了科学计数，末尾数字已丢失；请把该列设为“文本”后重新填写。",
                en:
                    "Excel turned the long number in \(address) into a rounded one and lost its "
                    + "last digits: set the column to “Text” and fill it in again.")
        case (.paddedNumber, .identifier), (.paddedNumber, .text):
            Wording(
                zh: "\(address)格存的是数字 \(text)，前面的 0 只是显示出来的；请把该列设为“文本”后重新填写。",
                en:
                    "\(address) holds the number \(text), and its leading zeros are only shown: "
                    + "set the column to “Text” and fill it in again.")
        case (.day, .identifier), (.moment, .identifier), (.time, .identifier):
            Wording(
                zh: "\(address)格是日期或时间（\(text)），不是编号；请把该列设为“文本”后重新填写。",
                en:
                    "\(address) holds a day or a time (\(text)) and no number or code: set the "
                    + "column to “Text” and fill it in again.")
        case (.number, .day): serialFault
        case (.number, .minute), (.day, .minute), (.moment, .minute):
            Wording(
                zh: "\(address)格不是时间（\(text)），请写成 09:30，或把该列设为时间格式。",
                en:
                    "\(address) holds no time of day (\(text)): write it as 09:30, or set the "
                    + "column to a time format.")
        default: nil
        }
    }

    /// The days that a bare number of days is worth naming for: 1949 to 2100.
    private static let likelySerials = 17_989...73_415

    private var serialFault: Wording? {
        guard let seconds = StoredNumber(text)?.seconds,
            Self.likelySerials.contains(seconds / 86_400),
            let day = SerialCalendar(countsFrom1904: false).day(seconds / 86_400)
        else { return nil }
        return Wording(
            zh: "“\(text)”是 Excel 内部的日期数（即 \(day)），请把该列设为日期格式。",
            en: "“\(text)” is Excel's own count of days (\(day)): set the column to a date format.")
    }
}
