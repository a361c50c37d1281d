import CXlsxWriter
import Core

/// Writes an Excel workbook, in memory. Text is written as text: never as a formula.
package final class WorkbookWriter {
    /// How a cell or a column looks.
    package enum Look: CaseIterable, Sendable { case heading, text, day, number, wrapped }

    private let file: MemoryFile
    private let book: UnsafeMutablePointer<lxw_workbook>
    private var looks: [Look: UnsafeMutablePointer<lxw_format>] = [:]
    private var sheets: [UnsafeMutablePointer<lxw_worksheet>] = []
    private var isOpen = true

    /// - Parameter isLong: whether row comes after row and cell after cell, so that no more than
    ///   one row is held at a time.
    package init(isLong: Bool = false) throws {
        let file = try MemoryFile()
        // What the library puts aside while it writes stays in memory as well.
        let made = Self.aside.withCString { aside in
            var options = lxw_workbook_options()
            options.constant_memory = UInt8(isLong ? LXW_TRUE.rawValue : LXW_FALSE.rawValue)
            options.tmpdir = UnsafeMutablePointer(mutating: aside)
            return workbook_new_opt(file.path, &options)
        }
        guard let book = made else { throw UnwrittenWorkbook(code: 0) }
        self.file = file
        self.book = book
        for look in Look.allCases {
            guard let format = workbook_add_format(book) else { continue }
            switch look {
            case .heading:
                format_set_bold(format)
                format_set_bg_color(format, 0xF8EBE7)
                format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
            case .text: format_set_num_format(format, "@")
            case .day: format_set_num_format(format, "yyyy-mm-dd")
            case .number: format_set_num_format(format, "General")
            case .wrapped: format_set_text_wrap(format)
            }
            if look == .wrapped {
                format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
            }
            looks[look] = format
        }
    }

    deinit {
        if isOpen { workbook_close(book) }
    }

    /// A name as a sheet may have it: not long, and without the signs that formulas use for sheets.
    package static func sheetName(_ text: String) -> String {
        let name = String(
            text.unicodeScalars.filter { !"[]:*?/\\'".unicodeScalars.contains($0) }
                .prefix(nameLimit).map(Character.init))
        return name.isEmpty ? "1" : name
    }

    /// Adds a sheet whose first rows stay in sight, and answers its number.
    package func addSheet(_ name: String, frozenRows: Int = 1) throws -> Int {
        guard let sheet = workbook_add_worksheet(book, name) else {
            throw UnwrittenWorkbook(code: 0)
        }
        worksheet_freeze_panes(sheet, lxw_row_t(frozenRows), 0)
        sheets.append(sheet)
        return sheets.count - 1
    }

    /// Writes text, kept from being taken for a formula by whatever opens the file later.
    package func write(
        _ text: String, _ sheet: Int, row: Int, column: Int, _ look: Look = .wrapped
    ) throws {
        try check(
            worksheet_write_string(
                sheets[sheet], lxw_row_t(row), lxw_col_t(column), neutralCell(text),
                looks[look] ?? nil))
    }

    /// Writes a day as spreadsheets keep them.
    package func write(_ day: Day, _ sheet: Int, row: Int, column: Int) throws {
        var moment = Self.moment(day)
        try check(
            worksheet_write_datetime(
                sheets[sheet], lxw_row_t(row), lxw_col_t(column), &moment, looks[.day] ?? nil))
    }

    package func write(_ number: Double, _ sheet: Int, row: Int, column: Int) throws {
        try check(
            worksheet_write_number(
                sheets[sheet], lxw_row_t(row), lxw_col_t(column), number, looks[.number] ?? nil))
    }

    /// How wide a column is, in letters, and how what is written there looks.
    package func setColumn(_ column: Int, of sheet: Int, width: Int, _ look: Look) throws {
        try check(
            worksheet_set_column(
                sheets[sheet], lxw_col_t(column), lxw_col_t(column), Double(width),
                looks[look] ?? nil))
    }

    /// What a spreadsheet lets somebody write in a column.
    package enum Rule: Sendable {
        /// One of the values in a range such as `'Values'!$A$2:$A$9`.
        case listed(String)
        case day
        case number
    }

    /// Lets a column below its heading take only what the rule allows; with `isStrict` nothing
    /// else, otherwise anything after a question.
    package func restrict(
        _ column: Int, of sheet: Int, rows: Int, to rule: Rule, isStrict: Bool, saying: String
    ) throws {
        var validation = lxw_data_validation()
        validation.ignore_blank = UInt8(LXW_VALIDATION_ON.rawValue)
        validation.show_error = UInt8(LXW_VALIDATION_ON.rawValue)
        validation.error_type = UInt8(
            (isStrict ? LXW_VALIDATION_ERROR_TYPE_STOP : LXW_VALIDATION_ERROR_TYPE_WARNING)
                .rawValue)
        var formula = "0"
        switch rule {
        case .listed(let range):
            formula = "=" + range
            validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
        case .day:
            validation.validate = UInt8(LXW_VALIDATION_TYPE_DATE.rawValue)
            validation.criteria = UInt8(
                LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO.rawValue)
            validation.value_datetime = Self.moment(Day(1949, 10, 1) ?? .first)
        case .number:
            validation.validate = UInt8(LXW_VALIDATION_TYPE_DECIMAL.rawValue)
            validation.criteria = UInt8(
                LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO.rawValue)
            validation.value_number = 0
        }
        let code = formula.withCString { formula in
            String(saying.prefix(Self.messageLimit)).withCString { message in
                if case .listed = rule {
                    validation.value_formula = UnsafeMutablePointer(mutating: formula)
                }
                validation.error_message = UnsafeMutablePointer(mutating: message)
                return worksheet_data_validation_range(
                    sheets[sheet], 1, lxw_col_t(column), lxw_row_t(rows), lxw_col_t(column),
                    &validation)
            }
        }
        try check(code)
    }

    /// Ends the workbook and answers its bytes.
    package func finish() throws -> [UInt8] {
        isOpen = false
        try check(workbook_close(book))
        return try file.bytes()
    }

    /// A folder in memory.
    private static let aside = "/dev/shm"

    /// The longest name of a sheet, with room for signs of two parts.
    private static let nameLimit = 15

    /// The longest message a spreadsheet shows, in characters.
    private static let messageLimit = 250

    private static func moment(_ day: Day) -> lxw_datetime {
        let parts = day.parts
        return lxw_datetime(
            year: Int32(parts.year), month: Int32(parts.month), day: Int32(parts.day), hour: 0,
            min: 0, sec: 0)
    }

    private func check(_ error: lxw_error) throws {
        guard error == LXW_NO_ERROR else { throw UnwrittenWorkbook(code: error.rawValue) }
    }
}

/// The library could not write a workbook.
struct UnwrittenWorkbook: Error {
    let code: UInt32
}
