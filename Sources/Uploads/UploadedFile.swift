import Core
import Foundation
import Ledger

/// A file as it came with a form, told by its content and never by its name.
package struct UploadedFile: Sendable {
    package typealias ID = Core.ID<UploadedFile>

    package let id = ID.make()
    package let name: String
    package let bytes: [UInt8]

    /// - Throws: `Refusal.invalid` in a sentence that says what to send instead.
    package init(name: String, bytes: [UInt8]) throws(Refusal) {
        self.name = Self.plain(name)
        self.bytes = bytes
        guard !bytes.isEmpty else {
            throw .invalid("file", zh: "文件是空的。", en: "The file is empty.")
        }
        guard bytes.count <= UploadLimits.fileBytes else { throw Self.tooLarge }
        if Workbook.looksLikeOne(bytes) {
            guard Workbook.isOne(bytes) else {
                throw .invalid(
                    "file", zh: "这是压缩包或其他文档，不是 Excel 工作簿。请上传 .xlsx 或 CSV 文件。",
                    en: "This is an archive or another document, not an Excel workbook. Upload "
                        + "an .xlsx or a CSV file.")
            }
            return
        }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw .invalid(
                "file", zh: "这是旧版 Excel（.xls）文件，请另存为 .xlsx 或 CSV 后再上传。",
                en: "This is an old Excel file (.xls). Save it as .xlsx or CSV and upload that.")
        }
        guard try Self.isText(bytes) else {
            throw .invalid(
                "file", zh: "文件不是表格。请上传 Excel 工作簿（.xlsx）或 CSV 文件。",
                en: "This file is no table. Upload an Excel workbook (.xlsx) or a CSV file.")
        }
    }

    package static var tooLarge: Refusal {
        let limit = UploadLimits.fileBytes >> 20
        return .invalid(
            "file", zh: "文件超过 \(limit) MB 的上限，请分成几个文件。",
            en: "The file is larger than \(limit) MB. Split it into several.")
    }

    /// Text has no control characters but those of lines and columns, in whichever encoding.
    private static func isText(_ bytes: [UInt8]) throws(Refusal) -> Bool {
        if bytes.starts(with: Array("%PDF-".utf8)) { return false }
        let text: [UInt8]
        do throws(Refusal) { text = try TextEncoding.utf8(bytes) } catch { return false }
        return text.allSatisfy { $0 >= 32 || $0 == 9 || $0 == 10 || $0 == 13 }
    }

    /// The last part of a path, in characters that can be read.
    private static func plain(_ name: String) -> String {
        let last = name.split(whereSeparator: { "/\\".contains($0) }).last ?? "file"
        let text = String(
            String.UnicodeScalarView(
                last.unicodeScalars.filter {
                    $0.properties.generalCategory != .control
                        && $0.properties.generalCategory != .format
                })
        ).trimmed
        return text.isEmpty ? "file" : String(text.prefix(100))
    }
}
