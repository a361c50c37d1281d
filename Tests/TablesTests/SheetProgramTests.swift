import Core
import Foundation
import Tables
import TestKit
import Testing

/// What other programs make of the files that are filled: openpyxl reads them, LibreOffice opens
/// them.
struct SheetProgramTests {
    private static let script =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Files/awkward.py"

    private static let names = [
        "merged", "formulas", "hidden", "validated", "printed", "long_numbers", "formats", "wide",
        "widths", "plain",
    ]

    @Test func tenAwkwardSheetsKeepEveryFormatAndOpenInOtherPrograms() async throws {
        let folder = NSTemporaryDirectory() + "awkward-\(ID<SheetShape>.make())"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try Python.run([Self.script, "make", folder])
        let program = SheetProgram()
        for name in Self.names {
            let old = folder + "/\(name).xlsx", new = folder + "/\(name).new.xlsx"
            let bytes = Array(FileManager.default.contents(atPath: old) ?? Data())
            let shape = try await program.read(bytes)
            #expect(shape.sheet == "表1" && !shape.hasMacros)
            let said = try JSONSerialization.jsonObject(
                with: FileManager.default.contents(atPath: folder + "/\(name).json") ?? Data())
            let cells = try #require(said as? [[Any]]).compactMap { one in
                SheetProgram.Written(
                    place: Place(row: one[0] as? Int ?? 0, column: one[1] as? Int ?? 0),
                    value: CellValue(
                        CellValue.Kind(rawValue: one[2] as? String ?? "") ?? .empty,
                        one[3] as? String ?? ""))
            }
            let filled = try await program.fill(
                bytes, sheet: "表1", cells,
                source: SheetProgram.SourceSheet(
                    title: "数据来源", lines: [["格", "取数"], ["B6", "=1+1"]], widths: [9, 20]))
            #expect(FileManager.default.createFile(atPath: new, contents: Data(filled)))
            do { _ = try Python.run([Self.script, "check", folder, name, old, new]) } catch {
                Issue.record("\(name): \(error)")
            }
        }
        try openInOffice(Self.names.map { "\($0).new" }, folder)
    }

    /// LibreOffice turns each file into a PDF.
    private func openInOffice(_ names: [String], _ folder: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/soffice")
        process.arguments =
            [
                "-env:UserInstallation=file://\(folder)/profile", "--headless", "--convert-to",
                "csv", "--outdir", folder,
            ] + names.map { "\(folder)/\($0).xlsx" }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        for name in names {
            let made = FileManager.default.contents(atPath: "\(folder)/\(name).csv")
            #expect(made?.isEmpty == false, "\(name)")
        }
    }

    @Test func aFileThatDeclaresTooMuchIsNotOpened() async throws {
        let folder = NSTemporaryDirectory() + "bomb-\(ID<SheetShape>.make())"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try Python.run(
            """
            import sys, zipfile
            with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("xl/workbook.xml", b" " * (80 << 20))
            """, [folder + "/bomb.xlsx"])
        let bytes = Array(FileManager.default.contents(atPath: folder + "/bomb.xlsx") ?? Data())
        await #expect(throws: Refusal.self) { try await SheetProgram().read(bytes) }
        do { _ = try await SheetProgram().read(bytes) } catch let refusal as Refusal {
            #expect(refusal.text(.zh).contains("展开后过大"))
        }
    }

    @Test func macrosAndLinksAreToldAndNotKept() async throws {
        let folder = NSTemporaryDirectory() + "macros-\(ID<SheetShape>.make())"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try Python.run(
            """
            import sys, zipfile, openpyxl
            book = openpyxl.Workbook()
            book.active["A1"] = "社区"
            book.active["B1"] = "='[1]Sheet1'!A1"
            book.save(sys.argv[1])
            with zipfile.ZipFile(sys.argv[1], "a") as archive:
                archive.writestr("xl/vbaProject.bin", b"macro")
            """, [folder + "/macro.xlsx"])
        let bytes = Array(FileManager.default.contents(atPath: folder + "/macro.xlsx") ?? Data())
        let shape = try await SheetProgram().read(bytes)
        #expect(shape.hasMacros)
        let filled = try await SheetProgram().fill(
            bytes, sheet: shape.sheet, [],
            source: SheetProgram.SourceSheet(title: "数据来源", lines: [], widths: []))
        #expect(!String(decoding: filled, as: UTF8.self).contains("vbaProject"))
        let again = try await SheetProgram().read(filled)
        #expect(!again.hasMacros && !again.cells.contains { $0.isFormula })
    }

    @Test(arguments: [
        ("41", CellValue.Kind.number), ("-1.5", .number), ("0", .number), ("0.5", .number),
        ("007", .text), ("110101199003078888", .text), ("1,000", .text), ("=1+1", .text),
        ("", .empty), ("1.", .text),
    ])
    func aCodeIsNoNumber(_ text: String, _ kind: CellValue.Kind) {
        #expect(CellValue(written: text).kind == kind)
    }

    @Test(arguments: [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")])
    func columnsAreNamedAsSpreadsheetsDo(_ number: Int, _ letters: String) {
        #expect(TableColumn.letters(number) == letters)
        #expect(TableColumn.number(letters) == number)
        #expect(Place("\(letters)9") == Place(row: 9, column: number))
    }
}
