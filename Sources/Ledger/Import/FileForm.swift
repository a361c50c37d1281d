import Core

/// What a file is, told by its content and never by its name, for every door alike.
package enum FileForm: Sendable, Hashable, CaseIterable {
    /// An Excel workbook, `.xlsx` or `.xlsm`.
    case workbook
    /// Tables of other programs, which LibreOffice turns into workbooks: `.ods` and old `.xls`.
    case openDocument, oldWorkbook
    /// Text, such as CSV.
    case text
    case empty, lockedWorkbook, binaryWorkbook, wordDocument, archive, webPage, xmlTable
    case portableDocument, other

    package init(_ bytes: [UInt8]) {
        if bytes.isEmpty {
            self = .empty
        } else if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            self = Self.zipped(bytes)
        } else if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            self = Self.compound(bytes)
        } else if bytes.starts(with: Array("%PDF-".utf8)) {
            self = .portableDocument
        } else if let text = try? TextEncoding.utf8(bytes) {
            self = Self.written(text)
        } else {
            // Its reader says where it is damaged.
            self = TextEncoding.isDamagedText(bytes) ? .text : .other
        }
    }

    private static func zipped(_ bytes: [UInt8]) -> FileForm {
        guard let archive = try? Archive(bytes) else {
            // It was cut short: the names of its parts may still be there.
            return bytes.contains(Array("word/document".utf8)) ? .wordDocument : .workbook
        }
        if archive.part("xl/workbook.bin") != nil { return .binaryWorkbook }
        if archive.hasPart(beginning: "xl/") { return .workbook }
        if archive.hasPart(beginning: "word/") { return .wordDocument }
        // An open document says what it is in a part of its own.
        let type = text(of: "mimetype", in: archive)
        if type.contains("opendocument") {
            guard type.contains("spreadsheet") else { return .wordDocument }
            let isLocked = text(of: "META-INF/manifest.xml", in: archive).contains(
                ":encryption-data")
            return isLocked ? .lockedWorkbook : .openDocument
        }
        // A workbook may keep its parts in other folders; then its content types say what it is.
        return text(of: "[Content_Types].xml", in: archive).contains("spreadsheetml")
            ? .workbook : .archive
    }

    /// The beginning of a part; nothing where it can't be read.
    private static func text(of name: String, in archive: Archive) -> String {
        var text: [UInt8] = []
        if let part = archive.part(name) {
            try? archive.unpack(part) { piece in
                text += piece
                return text.count < typesLimit
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// How much is read of what an archive says it is.
    private static let typesLimit = 1 << 16

    /// What older programs wrote: an archive whose entries are named in UTF-16.
    private static func compound(_ bytes: [UInt8]) -> FileForm {
        func holds(_ name: String) -> Bool {
            bytes.contains(name.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
        }
        if holds("EncryptedPackage") { return .lockedWorkbook }
        if holds("WordDocument") { return .wordDocument }
        if holds("PowerPoint Document") { return .other }
        return isLocked(bytes) ? .lockedWorkbook : .oldWorkbook
    }

    /// Whether an old workbook has a password: its first record says that it begins, and of a
    /// locked one the next says how it is locked.
    private static func isLocked(_ bytes: [UInt8]) -> Bool {
        let beginning: [UInt8] = [0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00]
        let length = 20
        guard let found = bytes.firstRange(of: beginning)?.lowerBound,
            found + length + 1 < bytes.count
        else { return false }
        return bytes[found + length] == 0x2F && bytes[found + length + 1] == 0x00
    }

    private static func written(_ text: [UInt8]) -> FileForm {
        let head = String(decoding: text.prefix(2_000), as: UTF8.self).trimmed.lowercased()
        if head.hasPrefix("<?xml") || head.hasPrefix("<workbook") {
            let isTable = head.contains("office:spreadsheet") || head.contains("excel.sheet")
            return isTable ? .xmlTable : head.contains("<html") ? .webPage : .other
        }
        let marks = ["<html", "<!doctype html", "<table", "<meta", "<head", "<body", "<style"]
        if marks.contains(where: head.hasPrefix) || head.contains("<table") && head.first == "<" {
            return .webPage
        }
        // Codes that stand for no character are what other bytes look like when read as text.
        if head.unicodeScalars.contains(where: { $0.value == 0xFFFE || $0.value == 0xFFFF }) {
            return .other
        }
        // Text has no control characters but those of lines and columns; where one stands among a
        // score of others it was damaged, and its reader says where.
        let strange = text.count { $0 < 32 && $0 != 9 && $0 != 10 && $0 != 13 }
        return strange * 20 <= text.count ? .text : .other
    }

    /// What to do instead of bringing such a file; nil for a file that can be read.
    ///
    /// - Parameter place: the field or thing the words belong beside.
    package func refusal(at place: String = "文件") -> Refusal? {
        guard let words else { return nil }
        return .invalid(place, zh: words.zh, en: words.en)
    }

    private var words: Wording? {
        switch self {
        case .workbook, .text: nil
        case .openDocument, .oldWorkbook: OtherTable.isReadable ? nil : OtherTable.missing(self)
        case .empty: Wording(zh: "文件是空的。", en: "The file is empty.")
        case .lockedWorkbook:
            Wording(
                zh: "工作簿设有打开密码，请去掉密码后再交。",
                en: "The workbook is locked with a password: save it without one.")
        case .binaryWorkbook:
            Wording(
                zh: "这是二进制工作簿（.xlsb），请另存为 .xlsx 或 CSV 后再交。",
                en: "This is a binary workbook (.xlsb). Save it as .xlsx or CSV and bring that.")
        case .wordDocument:
            Wording(
                zh: "这是文档（如 Word），不是 Excel 表格。请把表格放进 Excel，存为 .xlsx 后再交。",
                en: "This is a document, such as Word's, and no table. Put the table into Excel, "
                    + "save it as .xlsx and bring that.")
        case .archive:
            Wording(
                zh: "这是压缩包或其他文档，不是 Excel 工作簿。请交 .xlsx 或 CSV 文件。",
                en: "This is an archive or another document, not an Excel workbook. Bring an .xlsx "
                    + "or a CSV file.")
        case .webPage:
            Wording(
                zh: "这是网页（HTML）格式的表格，只是名字像 Excel。请用 Excel 打开，另存为 .xlsx 后再交。",
                en:
                    "This is a web page (HTML) under the name of a table. Open it in Excel, save "
                    + "it as .xlsx and bring that.")
        case .xmlTable:
            Wording(
                zh: "这是“XML 表格 2003”格式的文件。请用 Excel 打开，另存为 .xlsx 后再交。",
                en: "This is an “XML Spreadsheet 2003”. Open it in Excel, save it as .xlsx and "
                    + "bring that.")
        case .portableDocument:
            Wording(
                zh: "这是 PDF，不是表格。请交原来的 Excel 工作簿（.xlsx）或 CSV 文件。",
                en:
                    "This is a PDF and no table. Bring the Excel workbook (.xlsx) behind it "
                    + "or a CSV file.")
        case .other:
            Wording(
                zh: "文件不是表格。请交 Excel 工作簿（.xlsx）或 CSV 文件。",
                en: "This file is no table. Bring an Excel workbook (.xlsx) or a CSV file.")
        }
    }
}
