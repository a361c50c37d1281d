import Core
import Foundation
import HummingbirdTesting
import Ledger
import TestKit
import Testing
import Uploads

/// The same files as at the command, brought with a browser.
struct UploadInputTests {
    private static let brought = InputCase.all.filter(\.bringsRecords)

    /// A file of units or persons is brought at the command alone, and needs its own district.
    @Test func everyFileOfRecordsIsJudgedAlikeInTheBrowser() async throws {
        let districts = Dictionary(grouping: Self.brought, by: \.needs)
        for (needs, inputs) in districts {
            // One sender may send so many forms in a minute.
            let clock = TestClock(TreeDistrict.today)
            try await TreeDistrict.with(now: { clock.moment }, isFounded: false) { test in
                for need in needs {
                    _ = try await test.district.importFile(
                        InputCase.folder + "/" + need.file, what: need.what,
                        by: TestDistrict.actor)
                }
                let root = try await test.database.read { db in
                    try test.district.structure(db).root(nearest: clock.moment.day)?.code
                }
                let officer = try await test.account(
                    "zuzhi", role: "organization_officer", unit: try #require(root))
                try await test.withSite { client in
                    let desk = UploadDistrict(
                        test: test, client: client, secretary: officer, other: officer,
                        leader: officer, clerk: officer, uploads: UploadDistrict.queue(test))
                    for input in inputs {
                        clock.advance(61_000)
                        try await check(input, desk)
                    }
                }
            }
        }
    }

    private func check(_ input: InputCase, _ desk: UploadDistrict) async throws {
        let name = String(input.file.split(separator: "/").last ?? "")
        let answer = try await desk.send(
            input.bytes, named: name, from: "/uploads/kinds/\(input.what)", as: desk.secretary)
        guard answer.status == 303 else {
            // What is no table at all is refused at the door.
            guard let words = input.refusal else {
                Issue.record("\(input): \(answer.status) \(answer.text)")
                return
            }
            #expect(answer.text.contains(words), "\(input): \(answer.text)")
            return
        }
        let id = try #require(answer.location?.split(separator: "/").last.map(String.init))
        let upload = try #require(Upload.ID(id))
        try await desk.work()
        let page = try await desk.page(upload).text
        if let words = input.refusal {
            #expect(page.contains(words), "\(input): \(page)")
        } else if case .kept(let rows, _) = input.outcome {
            #expect(page.contains("\(rows) 行都可以提交"), "\(input): \(page)")
        }
        try await desk.press("disposal", upload)
    }
}

extension InputCase {
    /// What the page says, where the file is not taken in.
    fileprivate var refusal: String? {
        switch outcome {
        case .refused(_, let words), .unread(let words):
            words.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        case .old: FileForm.oldWorkbook.refusal() == nil ? nil : "旧版 Excel（.xls）"
        case .kept, .checked: nil
        }
    }
}
