import Core
import Foundation
import Ledger
import TestKit
import Testing

/// Old `.xls` and `.ods`: read where LibreOffice is installed, and else refused with what to do.
struct OtherTableTests {
    @Test func anOldWorkbookIsReadOrSaysWhatToDo() throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "Files/old.xls")
        let bytes = Array(try Data(contentsOf: path))
        #expect(FileForm(bytes) == .oldWorkbook)
        try check(bytes, .oldWorkbook, ["2015-03-01", "S1", "5", "国槐", "T-1"], ".xls")
    }

    @Test func anOpenDocumentIsReadOrSaysWhatToDo() throws {
        let bytes = Self.openDocument(
            """
            <table:table-cell office:value-type="date" office:date-value="2015-03-01"/>\
            <table:table-cell office:value-type="float" office:value="5"><text:p>5 m²</text:p>\
            </table:table-cell>\
            <table:table-cell office:value-type="string"><text:p>00123</text:p></table:table-cell>
            """)
        #expect(FileForm(bytes) == .openDocument)
        try check(bytes, .openDocument, ["2015-03-01", "5", "00123"], ".ods")
    }

    @Test func anOpenTextIsNoTable() {
        let bytes = Self.openDocument("", type: "text")
        #expect(FileForm(bytes) == .wordDocument)
    }

    private func check(
        _ bytes: [UInt8], _ form: FileForm, _ values: [String], _ name: String
    ) throws {
        if form.refusal() == nil {
            let table = try ImportTable(name: "table" + name, bytes: bytes)
            #expect(table.rows.map(\.values) == [values])
        } else {
            let no = #expect(throws: Refusal.self) {
                try ImportTable(name: "table" + name, bytes: bytes)
            }
            #expect(no?.text(.zh).contains(name) == true)
            #expect(no?.text(.zh).contains("请另存为 .xlsx") == true)
        }
    }

    private static func openDocument(_ cells: String, type: String = "spreadsheet") -> [UInt8] {
        let space = "urn:oasis:names:tc:opendocument:xmlns:"
        let kind = "application/vnd.oasis.opendocument.\(type)"
        let head = ["日期", "棵数", "编号"].map {
            "<table:table-cell office:value-type=\"string\"><text:p>\($0)</text:p>"
                + "</table:table-cell>"
        }
        var book = SmallWorkbook(rows: "")
        book.parts = [
            "mimetype": kind,
            "META-INF/manifest.xml": """
            <manifest:manifest xmlns:manifest="\(space)manifest:1.0" manifest:version="1.2">\
            <manifest:file-entry manifest:full-path="/" manifest:media-type="\(kind)"/>\
            <manifest:file-entry manifest:full-path="content.xml" \
            manifest:media-type="text/xml"/></manifest:manifest>
            """,
            "content.xml": """
            <office:document-content xmlns:office="\(space)office:1.0" \
            xmlns:table="\(space)table:1.0" xmlns:text="\(space)text:1.0" \
            office:version="1.2"><office:body><office:spreadsheet><table:table \
            table:name="S"><table:table-row>\(head.joined())</table:table-row>\
            <table:table-row>\(cells)</table:table-row></table:table></office:spreadsheet>\
            </office:body></office:document-content>
            """,
        ]
        return book.bytes
    }
}
