import Catalogue
import Core
import Ledger
import Organization
import Web

/// The workbook to fill in for one kind: an empty sheet under the headings of the import, and
/// behind it, where nothing is read, help with examples and the values that are allowed.
package struct TemplateBook {
    let kind: Kind
    /// The units somebody may bring rows for.
    let units: [UnitVersion]
    let today: Day
    let words: Words

    package init(_ kind: Kind, units: [UnitVersion], today: Day, _ words: Words) {
        self.kind = kind
        self.units =
            units
            .filter { kind.forms.isEmpty || kind.forms.contains($0.form) }
        self.today = today
        self.words = words
    }

    /// The headings of the first sheet.
    package var headings: [String] {
        TemplateColumn.all(of: kind).map { $0.title(in: kind, words) }
    }

    /// What each of them stands for.
    package var meaning: [Heading] { TemplateColumn.all(of: kind).map(\.heading) }

    package func bytes() throws -> [UInt8] {
        let columns = TemplateColumn.all(of: kind)
        let book = try WorkbookWriter()
        let rows = try book.addSheet(words["upload_sheet_rows"])
        let help = try book.addSheet(words["upload_sheet_help"])
        let values = try book.addSheet(words["upload_sheet_values"])
        let ranges = try writeValues(columns, book, values)
        for (index, column) in columns.enumerated() {
            let title = column.title(in: kind, words)
            try book.setColumn(
                index, of: rows, width: min(max(title.count * 2, 12), 40), look(column.form))
            try book.write(title, rows, row: 0, column: index, .heading)
            try restrict(column, index, book, rows, ranges)
        }
        try writeHelp(columns, book, help)
        return try book.finish()
    }

    private func look(_ form: TemplateColumn.Form) -> WorkbookWriter.Look {
        switch form {
        case .day: .day
        case .number: .number
        default: .text
        }
    }

    private func restrict(
        _ column: TemplateColumn, _ index: Int, _ book: WorkbookWriter, _ sheet: Int,
        _ ranges: [Heading: String]
    ) throws {
        let rule: WorkbookWriter.Rule
        switch column.form {
        case .day: rule = .day
        case .number: rule = .number
        default:
            guard let range = ranges[column.heading] else { return }
            rule = .listed(range)
        }
        // A day may be written in other ways, and another unit may be right on another day.
        let isStrict =
            switch column.form {
            case .choice, .flag, .number: true
            default: false
            }
        try book.restrict(
            index, of: sheet, rows: UploadLimits.rows, to: rule, isStrict: isStrict,
            saying: column.says(words))
    }

    /// Writes the allowed values, each list in columns of its own.
    ///
    /// - Returns: where the values of a heading stand.
    private func writeValues(
        _ columns: [TemplateColumn], _ book: WorkbookWriter, _ sheet: Int
    ) throws -> [Heading: String] {
        var ranges: [Heading: String] = [:]
        var place = 0
        func list(_ title: String, _ lines: [String], width: Int = 28) throws -> String? {
            try book.setColumn(place, of: sheet, width: width, .text)
            try book.write(title, sheet, row: 0, column: place, .heading)
            for (row, line) in lines.enumerated() {
                try book.write(line, sheet, row: row + 1, column: place, .text)
            }
            let letter = Cell.letters(place)
            place += 1
            guard !lines.isEmpty else { return nil }
            let name = words["upload_sheet_values"]
            return "'\(name)'!$\(letter)$2:$\(letter)$\(lines.count + 1)"
        }
        let listed = units.prefix(UploadLimits.listedUnits)
        for column in columns {
            let title = column.label[words.language]
            switch column.form {
            case .choice(let options):
                ranges[column.heading] = try list(
                    title, options.map { $0.name[words.language] })
            case .flag:
                ranges[column.heading] = try list(
                    title, [words["upload_yes"], words["upload_no"]])
            case .unit where column.heading == .unit:
                ranges[column.heading] = try list(title, listed.map(\.code))
                _ = try list(words["upload_unit_name"], listed.map(\.name), width: 40)
            default: continue
            }
        }
        return ranges
    }

    private func writeHelp(
        _ columns: [TemplateColumn], _ book: WorkbookWriter, _ sheet: Int
    ) throws {
        let heads = [
            "upload_help_heading", "upload_help_required", "upload_help_says",
            "upload_help_more", "upload_help_first", "upload_help_second",
        ]
        for (index, head) in heads.enumerated() {
            try book.setColumn(
                index, of: sheet, width: index == 2 || index == 3 ? 48 : 24, .wrapped)
            try book.write(words[head], sheet, row: 0, column: index, .heading)
        }
        let first = units.first?.code ?? ""
        let second = units.dropFirst().first?.code ?? first
        for (row, column) in columns.enumerated() {
            let cells = [
                column.title(in: kind, words),
                words[column.isRequired ? "kind_required" : "kind_optional"],
                column.says(words), column.hint(words) ?? "",
                column.example(unit: first, on: today, words),
                column.isRequired ? column.example(unit: second, on: today - 1, words) : "",
            ]
            for (index, text) in cells.enumerated() where !text.isEmpty {
                try book.write(text, sheet, row: row + 1, column: index)
            }
        }
        try book.write(words["upload_help_note"], sheet, row: columns.count + 2, column: 0)
    }

}
