import Core
import Foundation
import Ledger
import TestKit
import Testing

struct WorkbookTests {
    @Test func aWorkbookThatDeclaresGigabytesIsRefusedBeforeItIsOpened() throws {
        let bytes = archive(declaring: [0xFFFF_FFFF, 1_000])
        #expect(try Workbook.unpackedSize(bytes) == 0xFFFF_FFFF + 1_000)
        // It is no archive inside: opening it would fail in other words.
        let no = #expect(throws: Refusal.self) { try Workbook.sheet(bytes) }
        #expect(no?.text(.en).contains("unpacks to 4096 MB; the limit is 256") == true)
    }

    @Test(
        arguments: [
            [0x50, 0x4B, 0x03, 0x04],
            [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 7, count: 5_000),
            Array(archive(declaring: [10]).dropLast(10)),
            Array(archive(declaring: [10], offset: 1_000_000)),
            Array(archive(declaring: [10], offset: 0xFFFF_FFFF)),
        ] as [[UInt8]])
    func aDamagedWorkbookIsRefused(bytes: [UInt8]) async throws {
        try await TestDistrict.with(.sqlite) { test in
            let path = try test.file("damaged.xlsx", bytes: bytes)
            let no = #expect(throws: Refusal.self) { try ImportTable(path: path) }
            #expect(no?.text(.en).contains("damaged") == true)
        }
    }

    @Test func aWorkbookCutShortIsRefused() async throws {
        try await TestDistrict.with(.sqlite) { test in
            let path = try write(workbook: "short.xlsx", for: test)
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            for part in [0.3, 0.7, 0.99] {
                let bytes = Array(whole.prefix(Int(Double(whole.count) * part)))
                let cut = try test.file("cut.xlsx", bytes: bytes)
                #expect(throws: Refusal.self) { try ImportTable(path: cut) }
            }
        }
    }

    /// The directory says a thousand bytes, the sheet has many more.
    @Test func aDirectoryThatLiesDoesNotGetFar() async throws {
        try await TestDistrict.with(.sqlite) { test in
            let path = try write(workbook: "lie.xlsx", for: test, padding: 64 << 20, lie: 1_000)
            let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
            #expect(try Workbook.unpackedSize(bytes) < 100_000)
            let no = #expect(throws: Refusal.self) { try ImportTable(path: path) }
            #expect(no?.text(.en).contains("cannot be read") == true)
        }
    }

    @Test func valuesArriveAndDatesAreDays() async throws {
        try await TestDistrict.with(.sqlite) { test in
            let table = try ImportTable(path: try write(workbook: "sheet.xlsx", for: test))
            #expect(table.headings == ["日期", "单位", "面积", "用途"])
            #expect(
                table.rows.map(\.values) == [
                    ["2015-03-01", "410102001001", "12.5", "阅览, \"室\""],
                    ["2015-12-31", "410102001002", "1000", ""],
                ])
            #expect(table.rows.map(\.line) == [2, 3])
        }
    }

    @Test func aWorkbookIsImportedLikeAnyFile() async throws {
        try await TestDistrict.with(
            .sqlite, now: { Moment(milliseconds: TestDistrict.moment.milliseconds * 2) }
        ) { test in
            try await test.foundSmallDistrict()
            let path = try write(workbook: "premises.xlsx", for: test)
            let outcome = try await test.district.importFile(
                path, what: "premises", by: TestDistrict.actor)
            guard case .published(_, 2) = outcome else {
                Issue.record("not published: \(outcome)")
                return
            }
            #expect(try await test.facts("premises").map(\.measures[0]) == [1_250, 100_000])
        }
    }

    /// Programs that write as they go put the sizes of a part behind it.
    @Test func anArchiveWrittenInOneGoIsRead() async throws {
        try await TestDistrict.with(.sqlite) { test in
            let path = try test.file("plain.xlsx", bytes: WorkbookCase.book().bytes)
            let script = try test.file("stream.py", streamScript)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["python3", script, path, path + ".2"]
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0)
            #expect(
                try ImportTable(path: path + ".2").rows.map(\.values)
                    == ImportTable(path: path).rows.map(\.values))
        }
    }

    /// Writes a small workbook the way spreadsheets do: days as serial numbers with a style.
    private func write(
        workbook name: String, for test: TestDistrict, padding: Int = 0, lie: Int = 0
    ) throws -> String {
        let script = try test.file("make.py", workbookScript)
        let path = test.folder.path + "/" + name
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script, path, "\(padding)", "\(lie)"]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return path
    }
}

/// An archive that is all directory: an entry for each size that it declares.
private func archive(declaring sizes: [UInt32], offset: UInt32? = nil) -> [UInt8] {
    func little(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
    let head: [UInt8] = [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: 26)
    var entries: [UInt8] = []
    for size in sizes {
        var entry: [UInt8] = [0x50, 0x4B, 0x01, 0x02] + [UInt8](repeating: 0, count: 42)
        entry.replaceSubrange(24..<28, with: little(size))
        entry.replaceSubrange(28..<30, with: little(UInt16(1)))
        entries += entry + [0x61]
    }
    let count = UInt16(sizes.count)
    let end: [UInt8] = [0x50, 0x4B, 0x05, 0x06, 0, 0, 0, 0]
    return head + entries + end + little(count) + little(count) + little(UInt32(entries.count))
        + little(offset ?? UInt32(head.count)) + [0, 0]
}

private let workbookScript = """
    import sys, zipfile
    path, padding, lie = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/"
    def relations(*targets):
        return "<Relationships xmlns='%srelationships'>%s</Relationships>" % (package, "".join(
            "<Relationship Id='rId%d' Type='%s/%s' Target='%s'/>" % (i + 1, office, kind, target)
            for i, (kind, target) in enumerate(targets)))
    sheet = "<worksheet xmlns='%s'><sheetData>" % main
    rows = [["日期", "单位", "面积", "用途"], [42064, "410102001001", 12.5, '阅览, "室"'],
            [42369, 410102001002, 1000.0, ""]]
    for line, row in enumerate(rows, 1):
        sheet += "<row r='%d'>" % line
        for column, value in zip("ABCD", row):
            place = column + str(line)
            if isinstance(value, str):
                sheet += "<c r='%s' t='inlineStr'><is><t>%s</t></is></c>" % (place, value)
            else:
                style = " s='1'" if column == "A" else ""
                sheet += "<c r='%s'%s><v>%g</v></c>" % (place, style, value) if value < 1e6 \\
                    else "<c r='%s'><v>%d</v></c>" % (place, value)
        sheet += "</row>"
    sheet += "</sheetData>" + " " * padding + "</worksheet>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types xmlns='%scontent-types'>%s</Types>" % (
            package, "".join("<Override PartName='/xl/%s' ContentType='application/vnd."
                "openxmlformats-officedocument.spreadsheetml.%s+xml'/>" % part for part in (
                    ("workbook.xml", "sheet.main"), ("worksheets/sheet1.xml", "worksheet"),
                    ("styles.xml", "styles")))))
        book.writestr("_rels/.rels", relations(("officeDocument", "xl/workbook.xml")))
        book.writestr("xl/workbook.xml", "<workbook xmlns='%s' xmlns:r='%s'><sheets><sheet "
            "name='S' sheetId='1' r:id='rId1'/></sheets></workbook>" % (main, office))
        book.writestr("xl/_rels/workbook.xml.rels", relations(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")))
        book.writestr("xl/styles.xml", "<styleSheet xmlns='%s'><cellXfs count='2'>"
            "<xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>" % main)
        book.writestr("xl/worksheets/sheet1.xml", sheet)
    if lie:
        data = bytearray(open(path, "rb").read())
        entry = data.rfind(b"PK\\x01\\x02")
        data[entry + 24:entry + 28] = lie.to_bytes(4, "little")
        open(path, "wb").write(data)
    """

private let streamScript = """
    import sys, zipfile
    class Pipe:
        def __init__(self, file): self.file = file
        def write(self, data): return self.file.write(data)
        def flush(self): self.file.flush()
    with zipfile.ZipFile(sys.argv[1]) as old, open(sys.argv[2], "wb") as file:
        with zipfile.ZipFile(Pipe(file), "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                with new.open(name, "w", force_zip64=True) as part:
                    part.write(old.read(name))
    """
