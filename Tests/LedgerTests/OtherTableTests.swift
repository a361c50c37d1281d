import Core
import Foundation
import Ledger
import TestKit
import Testing

/// Old `.xls` and `.ods`: read where LibreOffice is installed, and else refused with what to do.
struct OtherTableTests {
    @Test func anOldWorkbookIsReadOrSaysWhatToDo() throws {
        let bytes = try Self.file("old.xls")
        #expect(FileForm(bytes) == .oldWorkbook)
        try check(bytes, .oldWorkbook, ["2015-03-01", "S1", "5", "国槐", "T-1"], ".xls")
    }

    @Test func anOpenDocumentIsReadOrSaysWhatToDo() throws {
        let bytes = Self.openDocument(
            """
            <table:table-cell table:style-name="day" office:value-type="date" \
            office:date-value="2015-03-01"/>\
            <table:table-cell office:value-type="float" office:value="5"><text:p>5 m²</text:p>\
            </table:table-cell>\
            <table:table-cell office:value-type="string"><text:p>00123</text:p></table:table-cell>
            """)
        #expect(FileForm(bytes) == .openDocument)
        try check(bytes, .openDocument, ["2015-03-01", "5", "00123"], ".ods")
    }

    /// Written by LibreOffice, with a hidden sheet before the table: days in four formats, numbers
    /// of 15 digits and more, leading zeros as text and as a format, errors, merged cells.
    @Test(arguments: ["mixed.xls", "mixed.ods"])
    func everyKindOfCellIsReadByItsValue(name: String) throws {
        let bytes = try Self.file(name)
        guard FileForm(bytes).refusal() == nil else { return }
        let table = try ImportTable(name: name, bytes: bytes)
        #expect(table.headings.prefix(3) == ["日期", "建成日", "季度日"])
        #expect(table.note?.zh.contains("第2张工作表“登记表”") == true)
        #expect(
            table.rows.map(\.values) == [
                [
                    "2015-03-01", "2015-03-01", "2015-03-01", "2015-03-01 09:00", "25", "00123",
                    "410102199003078888", "123456789012345", "TRUE", "5", "好", "上",
                ],
                [
                    "42064", "2015-03-02", "2015-03-03", "2015-03-04", "0.3", "123",
                    "410102199003079000", "7", "FALSE", "25.3", "#DIV/0!", "",
                ],
            ])
        let first: [Cell.Kind] = [
            .day, .day, .day, .moment, .number, .text, .text, .number, .boolean, .number, .text,
            .text,
        ]
        let second: [Cell.Kind] = [
            .number, .day, .day, .day, .number, .paddedNumber, .longNumber, .number, .boolean,
            .number, .error, .merged,
        ]
        #expect(table.rows.map(\.kinds) == [first, second])
    }

    @Test func aTableThatCountsFrom1904HasTheSameDays() throws {
        let bytes = try Self.file("from1904.xls")
        guard FileForm(bytes).refusal() == nil else { return }
        let table = try ImportTable(name: "from1904.xls", bytes: bytes)
        #expect(table.rows.map { $0.values.first } == ["2015-03-01"])
    }

    /// Half a file is not read as half a table, and never as text.
    @Test(arguments: ["mixed.xls", "mixed.ods"])
    func aDamagedTableIsRefused(name: String) throws {
        let bytes = try Self.file(name)
        guard FileForm(bytes).refusal() == nil else { return }
        for damaged in [
            Array(bytes.prefix(3_000)), bytes.prefix(512) + Array(repeating: 7, count: 9_000),
        ] {
            let no = #expect(throws: Refusal.self) { try ImportTable(name: name, bytes: damaged) }
            #expect(no?.text(.zh).isEmpty == false)
        }
    }

    @Test func aTableWithAPasswordSaysSo() throws {
        var old = try Self.file("mixed.xls")
        // Behind the record that begins a workbook stands the one that says how it is locked.
        let start: [UInt8] = [0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00]
        let place = try #require(old.firstRange(of: start)).lowerBound + 20
        old[place] = 0x2F
        old[place + 1] = 0
        #expect(FileForm(old) == .lockedWorkbook)
        var open = SmallWorkbook(rows: "")
        open.parts = [
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest:file-entry><manifest:encryption-data/>",
        ]
        #expect(FileForm(open.bytes) == .lockedWorkbook)
        #expect(FileForm(open.bytes).refusal()?.text(.zh).contains("密码") == true)
    }

    /// What a program that was killed left behind holds somebody's table.
    @Test func whatAKilledConversionLeftIsRemoved() throws {
        let files = FileManager.default
        guard FileForm.oldWorkbook.refusal() == nil, files.isWritableFile(atPath: "/dev/shm") else {
            return
        }
        let root = "/dev/shm/groundwork-table-"
        let (left, running) = (root + "left-\(UUID())", root + "running-\(UUID())")
        for path in [left, running] {
            try files.createDirectory(atPath: path, withIntermediateDirectories: false)
        }
        defer { try? files.removeItem(atPath: running) }
        try files.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -3_600)], ofItemAtPath: left)
        _ = try ImportTable(name: "old.xls", bytes: try Self.file("old.xls"))
        #expect(!files.fileExists(atPath: left) && files.fileExists(atPath: running))
    }

    private static func file(_ name: String) throws -> [UInt8] {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "Files/" + name)
        return Array(try Data(contentsOf: path))
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
            xmlns:style="\(space)style:1.0" xmlns:number="\(space)datastyle:1.0" \
            office:version="1.2"><office:automatic-styles>\
            <number:date-style style:name="N1"><number:year number:style="long"/>\
            <number:text>-</number:text><number:month/><number:text>-</number:text><number:day/>\
            </number:date-style><style:style style:name="day" style:family="table-cell" \
            style:data-style-name="N1"/></office:automatic-styles><office:body>\
            <office:spreadsheet><table:table \
            table:name="S"><table:table-row>\(head.joined())</table:table-row>\
            <table:table-row>\(cells)</table:table-row></table:table></office:spreadsheet>\
            </office:body></office:document-content>
            """,
        ]
        return book.bytes
    }
}
