import Core
import Foundation
import Ledger
import TestKit
import Testing
import Uploads

/// The same workbooks as at the command, brought with a browser.
struct UploadWorkbookTests {
    /// One sender may send so many forms in a minute, so a few workbooks go to each district.
    private static let share = 12

    @Test(arguments: Array(stride(from: 0, to: WorkbookCase.all.count, by: share)))
    func everyWorkbookIsJudgedAlikeInTheBrowser(from first: Int) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "groundwork_trees_\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let catalogue = try WorkbookCase.writeCatalogue(in: folder)
        try await UploadDistrict.with(.sqlite, catalogue: [catalogue]) { desk in
            for one in WorkbookCase.all.dropFirst(first).prefix(Self.share) {
                let id = try await desk.upload(one.bytes, named: "表.xlsx", kind: "tree_planting")
                try await desk.work()
                let page = try await desk.page(id).text
                switch one.outcome {
                case .kept: #expect(page.contains("1 行都可以提交"), "\(one.name): \(page)")
                case .refused(let place, let words):
                    let column = place.prefix { $0.isLetter }
                    #expect(page.contains("（\(column)列）"), "\(one.name)")
                    #expect(page.contains(escaped(words)), "\(one.name)")
                case .unread(let words): #expect(page.contains(escaped(words)), "\(one.name)")
                }
                if one.name == "hidden first sheet" {
                    #expect(page.contains("读取的是第2张工作表“登记表”"))
                }
                try await desk.press("disposal", id)
            }
        }
    }

    private func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }
}
