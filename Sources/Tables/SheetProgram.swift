import Core
import Foundation
import Ledger
import Web

/// Workbooks are read and filled by Debian's openpyxl, in a process of its own with limits: what a
/// superior's file looks like is kept by a library that others keep, and a fault in it takes
/// nothing of ours along.
package struct SheetProgram: Sendable {
    private let program = LimitedProgram(
        "/usr/bin/python3", package: "python3-openpyxl", memoryBytes: TableLimits.programBytes,
        fileBytes: TableLimits.unpackedBytes, seconds: TableLimits.programSeconds,
        most: TableLimits.programs)
    private let script: String

    package init() {
        let file = Bundle.module.url(
            forResource: "workbook", withExtension: "py", subdirectory: "Programs")
        script = file?.path ?? ""
    }

    /// What is asked of the program.
    private struct Order: Encodable {
        var parts = TableLimits.parts
        var bytes = TableLimits.unpackedBytes
        var rows = TableLimits.rows
        var columns = TableLimits.columns
        var cells = TableLimits.cells
        var characters = TableLimits.cellCharacters
        var sheet: String?
        var write: [Written]?
        var source: SourceSheet?
    }

    /// A cell to write.
    package struct Written: Encodable, Sendable {
        let place: Place
        let value: CellValue

        package init(place: Place, value: CellValue) {
            self.place = place
            self.value = value
        }

        package func encode(to encoder: any Encoder) throws {
            var parts = encoder.unkeyedContainer()
            try parts.encode(place.row)
            try parts.encode(place.column)
            try parts.encode(value.kind == .none ? "t" : value.kind.rawValue)
            try parts.encode(value.text)
        }
    }

    /// The sheet behind that says where each number comes from.
    package struct SourceSheet: Encodable, Sendable {
        let title: String
        let lines: [[String]]
        let widths: [Int]

        package init(title: String, lines: [[String]], widths: [Int]) {
            self.title = title
            self.lines = lines
            self.widths = widths
        }
    }

    /// Why the program answered nothing else.
    private struct Told: Decodable {
        let fault: String
    }

    /// Looks at a file before anything opens it, and reads one of its sheets.
    ///
    /// - Parameter sheet: the first that is not hidden unless given.
    /// - Throws: `Refusal.invalid` beside the field `file`.
    package func read(_ bytes: [UInt8], sheet: String? = nil) async throws -> SheetShape {
        try Self.check(bytes)
        let made = try await made(bytes, Order(sheet: sheet))
        do {
            return try SheetShape(made)
        } catch {
            throw Self.unreadable
        }
    }

    /// The same file with cells written and a sheet behind. Formulas stay formulas.
    package func fill(
        _ bytes: [UInt8], sheet: String, _ cells: [Written], source: SourceSheet
    ) async throws -> [UInt8] {
        let made = try await made(bytes, Order(sheet: sheet, write: cells, source: source))
        guard made.first == UInt8(ascii: "P") else { throw Self.unreadable }
        return made
    }

    /// Tells what a file is by its content: only a workbook of the newer form is opened.
    private static func check(_ bytes: [UInt8]) throws(Refusal) {
        guard bytes.count <= TableLimits.fileBytes else {
            let limit = TableLimits.fileBytes >> 20
            throw .invalid(
                "file", zh: "表样超过 \(limit) MB。请删去其中的数据和图片，只留空表后再交。",
                en: "The file is larger than \(limit) MB. Leave the blank form alone in it.")
        }
        let form = FileForm(bytes)
        switch form {
        case .workbook: return
        case .openDocument, .oldWorkbook:
            throw .invalid(
                "file", zh: "表样须为 .xlsx 工作簿。请用 WPS 或 Excel 打开，另存为 .xlsx 后再交。",
                en: "The form has to be an .xlsx workbook: open it in a spreadsheet program, save "
                    + "it as .xlsx and bring that.")
        case .text:
            throw .invalid(
                "file", zh: "这是文本文件，没有表格样式。请交上级下发的 .xlsx 原表。",
                en: "This is a text file without a form. Bring the .xlsx that was sent to you.")
        default:
            throw form.refusal(at: "file") ?? unreadable
        }
    }

    private func made(_ bytes: [UInt8], _ order: Order) async throws -> [UInt8] {
        try program.requireInstalled()
        let said = Array(try JSONEncoder().encode(order))
        let digits = String(said.count)
        let head = String(repeating: "0", count: max(0, 10 - digits.count)) + digits
        let made: [UInt8]?? = try await program.inTurn { [script] in
            try await program.made(of: Array(head.utf8) + said + bytes) { source, target in
                ["-I", "-B", script, source, target]
            }
        }
        guard let made else {
            throw Refusal.conflict(
                zh: "正在处理其他表格，请稍后再试。",
                en: "Other tables are being worked on: try again in a moment.")
        }
        guard let made else { throw Self.unreadable }
        if made.first == UInt8(ascii: "{"), made.count < Self.toldBytes,
            let told = try? JSONDecoder().decode(Told.self, from: Data(made))
        {
            throw Self.refusal(told.fault)
        }
        return made
    }

    /// So short is an answer that only says a fault.
    private static let toldBytes = 200

    private static func refusal(_ fault: String) -> Refusal {
        switch fault {
        case "large":
            .invalid(
                "file", zh: "工作簿展开后过大，没有打开。请只留需要填写的表。",
                en: "Unpacked, the workbook is too large, and was not opened. Leave only the "
                    + "sheet that is filled.")
        case "wide":
            .invalid(
                "file",
                zh: "表格超过 \(TableLimits.rows) 行或 \(TableLimits.columns) 列，请拆分。",
                en: "The sheet has more than \(TableLimits.rows) rows or \(TableLimits.columns) "
                    + "columns: split it.")
        case "empty":
            .invalid(
                "file", zh: "工作簿中没有可见的、有内容的表。",
                en: "No sheet of the workbook is visible and holds anything.")
        case "sheet":
            .invalid(
                "sheet", zh: "工作簿中没有这张表。", en: "The workbook has no such sheet.")
        default: unreadable
        }
    }

    private static var unreadable: Refusal {
        .invalid(
            "file", zh: "工作簿无法读取：已损坏，或设有密码。请在 WPS 或 Excel 中打开后另存。",
            en: "The workbook cannot be read: damaged, or locked. Open it in a spreadsheet "
                + "program and save it anew.")
    }
}
