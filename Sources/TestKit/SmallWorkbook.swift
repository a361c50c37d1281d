import Foundation

/// A workbook of a few cells, made part by part as text, so that a test can say exactly what
/// stands in it. Its parts are not packed.
package struct SmallWorkbook: Sendable {
    /// The text of each part by its name.
    package var parts: [String: String]
    /// Parts that are written as they are, in the place of text.
    package var raw: [String: [UInt8]] = [:]

    package static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package static let office =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package static let sheet = "xl/worksheets/sheet1.xml"

    /// - Parameters:
    ///   - rows: the rows of the sheet, as the part has them.
    ///   - format: the code of the format of style 1.
    ///   - builtIn: the number of that format, where it needs no code.
    package init(rows: String, format: String? = nil, builtIn: Int = 0) {
        let id = format == nil ? builtIn : 176
        let code = (format ?? "").replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
        let formats =
            format == nil
            ? "" : "<numFmts count='1'><numFmt numFmtId='176' formatCode=\"\(code)\"/></numFmts>"
        let types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        parts = [
            "[Content_Types].xml": """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
            <Override PartName="/xl/workbook.xml" ContentType="\(types).sheet.main+xml"/></Types>
            """,
            "_rels/.rels": Self.relations([("officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": """
            <workbook xmlns="\(Self.main)" xmlns:r="\(Self.office)"><workbookPr/>\
            <sheets><sheet name="登记表" sheetId="1" r:id="rId1"/></sheets></workbook>
            """,
            "xl/_rels/workbook.xml.rels": Self.relations([
                ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"),
                ("sharedStrings", "sharedStrings.xml"),
            ]),
            "xl/styles.xml": """
            <styleSheet xmlns="\(Self.main)">\(formats)<cellStyleXfs count="1">\
            <xf numFmtId="14"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/>\
            <xf numFmtId="\(id)"/></cellXfs></styleSheet>
            """,
            Self.sheet: """
            <worksheet xmlns="\(Self.main)"><sheetData>\(rows)</sheetData></worksheet>
            """,
        ]
    }

    package static func relations(_ targets: [(kind: String, target: String)]) -> String {
        let all = targets.enumerated().map { index, one in
            "<Relationship Id=\"rId\(index + 1)\" Type=\"\(office)/\(one.kind)\" "
                + "Target=\"\(one.target)\"/>"
        }
        let space = "http://schemas.openxmlformats.org/package/2006/relationships"
        return "<Relationships xmlns=\"\(space)\">\(all.joined())</Relationships>"
    }

    /// A cell of text that stands in the sheet itself.
    package static func text(_ address: String, _ text: String) -> String {
        "<c r=\"\(address)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
    }

    /// The same with a text in a part replaced, which must be there.
    package func replacing(_ part: String, _ old: String, _ new: String) -> SmallWorkbook {
        var book = self
        precondition(parts[part]?.contains(old) == true, "\(part) has no \(old)")
        book.parts[part] = parts[part]?.replacing(old, with: new)
        return book
    }

    package var bytes: [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        var count = 0
        for (name, text) in parts.sorted(by: { $0.key < $1.key }) {
            let content = raw[name] ?? Array(text.utf8)
            let sums =
                little(UInt32(0)) + little(Self.check(content)) + little(UInt32(content.count))
                + little(UInt32(content.count)) + little(UInt16(name.utf8.count)) + [0, 0]
            directory += [0x50, 0x4B, 1, 2, 20, 0, 20, 0, 0, 0, 0, 0] + sums
            directory += [UInt8](repeating: 0, count: 10) + little(UInt32(file.count))
            directory += Array(name.utf8)
            file += [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 0, 0] + sums + Array(name.utf8) + content
            count += 1
        }
        let end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
        return file + directory + end + little(UInt16(count)) + little(UInt16(count))
            + little(UInt32(directory.count)) + little(UInt32(file.count)) + [0, 0]
    }

    private func little(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }

    /// The sum that archives check their parts with (CRC-32).
    private static func check(_ bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        return ~sum
    }
}
