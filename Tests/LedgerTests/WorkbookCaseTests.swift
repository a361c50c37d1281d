import Core
import Foundation
import Ledger
import TestKit
import Testing

/// Workbooks as many programs and people make them, through the command's own path.
struct WorkbookCaseTests {
    @Test func everyWorkbookIsReadByWhatIsStoredInItsCells() async throws {
        try await withTrees { test in
            for one in WorkbookCase.all {
                let path = try test.file("book.xlsx", bytes: one.bytes)
                do {
                    let outcome = try await test.district.importFile(
                        path, what: "tree_planting", by: TestDistrict.actor)
                    try await check(outcome, one, test)
                } catch let no as Refusal {
                    guard case .unread(let words) = one.outcome else {
                        Issue.record("\(one.name): \(no.text(.zh))")
                        continue
                    }
                    #expect(no.text(.zh).contains(words), "\(one.name): \(no.text(.zh))")
                }
            }
        }
    }

    private func check(
        _ outcome: ImportOutcome, _ one: WorkbookCase, _ test: TestDistrict
    ) async throws {
        switch (outcome, one.outcome) {
        case (.published(let id, 1), .kept(let said)):
            let record = try #require(try await test.facts("tree_planting").first)
            var found = record.fields
            found["day"] = record.happenedOn.description
            found["ref"] = record.ref
            for (index, name) in ["trees", "area", "cost", "alive"].enumerated() {
                found[name] = record.measures[index].map(String.init)
            }
            #expect(found == said, "\(one.name)")
            try await test.district.reverseImport(id, by: TestDistrict.actor)
        case (.refused(let faults), .refused(let place, let words)):
            let found = faults.filter { ($0.column ?? "") + "\($0.row)" == place }
            #expect(
                found.count == 1 && found[0].fault.words.zh.contains(words),
                "\(one.name): \(faults)")
        default: Issue.record("\(one.name): \(outcome)")
        }
    }

    /// A hidden sheet in front, and what is no sheet of cells, are named.
    @Test func whichSheetWasReadIsSaid() async throws {
        try await withTrees { test in
            let hidden = try #require(WorkbookCase.all.first { $0.name == "hidden first sheet" })
            let table = try ImportTable(name: "hidden.xlsx", bytes: hidden.bytes)
            #expect(table.note?.zh.contains("第2张工作表“登记表”") == true)
            let first = try ImportTable(name: "first.xlsx", bytes: WorkbookCase.book().bytes)
            #expect(first.note == nil)
        }
    }

    @Test(arguments: [
        ("<html><body><table><tr><td>日期</td></tr></table></body></html>", "网页（HTML）"),
        ("\u{FEFF}<!DOCTYPE html><table></table>", "网页（HTML）"),
        (
            "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>",
            "XML 表格 2003"
        ),
        ("%PDF-1.4\n", "PDF"),
    ])
    func aFileUnderAnotherNameIsToldByItsContent(text: String, words: String) {
        let no = #expect(throws: Refusal.self) {
            try ImportTable(name: "表.xls", bytes: Array(text.utf8))
        }
        #expect(no?.text(.zh).contains(words) == true)
    }

    @Test func otherArchivesAndLockedFilesAreNamed() {
        var document = WorkbookCase.book()
        document.parts = ["word/document.xml": "<a/>", "[Content_Types].xml": "<a/>"]
        #expect(FileForm(document.bytes) == .wordDocument)
        document.parts = ["readme.txt": "nothing"]
        #expect(FileForm(document.bytes) == .archive)
        document.parts = ["xl/workbook.bin": "", "[Content_Types].xml": "<a/>"]
        #expect(FileForm(document.bytes) == .binaryWorkbook)
        let head: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0]
        let name = "EncryptedPackage".utf8.flatMap { [$0, 0] as [UInt8] }
        #expect(FileForm(head + name) == .lockedWorkbook)
        for form in FileForm.allCases where ![.workbook, .text].contains(form) {
            let isTable = form == .openDocument || form == .oldWorkbook
            #expect(isTable || form.refusal() != nil, "\(form)")
        }
    }

    private func withTrees(_ body: (TestDistrict) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "groundwork_trees_\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let catalogue = try WorkbookCase.writeCatalogue(in: folder)
        try await TestDistrict.with(.sqlite, catalogue: [catalogue]) { test in
            try await test.foundSmallDistrict()
            try await body(test)
        }
    }
}
