import Core
import Foundation
import HummingbirdTesting
import Organization
import Papers
import Storage
import TestKit
import Testing

struct DocumentNumberTests {
    private struct Dropped: Error {}

    /// Forty papers at once, of which every other is dropped behind its number.
    @Test(arguments: Engine.available)
    func numbersHaveNeitherGapsNorDoubles(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            try await district.foundSmallDistrict()
            let structure = try await district.district.structure()
            let unit = try #require(structure.unit(code: "410102", on: Day(2015, 7, 1)!)).unit
            let given = await withTaskGroup(of: Int?.self) { group in
                for index in 0..<40 {
                    group.addTask {
                        try? await district.database.write { db in
                            let number = try PaperStore(db).nextNumber("试组", of: unit, in: 2015)
                            if index % 2 == 0 { throw Dropped() }
                            return number.count
                        }
                    }
                }
                return await group.reduce(into: [Int]()) { all, one in
                    if let one { all.append(one) }
                }
            }
            #expect(given.sorted() == Array(1...20))
            // Another sign and another year count for themselves.
            let others = try await district.database.write { db in
                let store = PaperStore(db)
                return [
                    try store.nextNumber("试办", of: unit, in: 2015),
                    try store.nextNumber("试组", of: unit, in: 2016),
                ]
            }
            #expect(others.map(\.text) == ["试办〔2015〕1号", "试组〔2016〕1号"])
        }
    }
}

struct ReportPaperTests {
    @Test(arguments: Engine.available)
    func aReportIsIssuedAsAPaperWithItsNumberAndFiles(on engine: Engine) async throws {
        try await PaperDistrict.with(engine) { small in
            let id = try await small.issue()
            let officer = try await small.district.account(
                "officer", role: "organization_officer")
            let clerk = try await small.district.account("clerk", role: "community_clerk")
            try await small.district.withSite { site in
                let list = "/reports/\(id)/papers"
                #expect(try await site.page(list).text.contains("还没有形成公文"))
                #expect(try await site.page(list + "/new", as: clerk).status == 404)
                let bad = try await site.submit(
                    list + "/new", ["paper_sign": "试组〔2015〕"], as: officer)
                #expect(bad.status == 422 && bad.text.contains("机关代字只写文字"))
                let sent = try await site.submit(
                    list + "/new",
                    [
                        "paper_sign": "试组", "paper_to": "区委、区政府", "paper_copies": "各街道",
                        "paper_printed": "办公室",
                    ], as: officer)
                #expect(sent.status == 303 && sent.location == list, "\(sent.text)")
                let waiting = try await site.page(list)
                #expect(waiting.text.contains("试组〔2015〕1号"))
                #expect(waiting.text.contains("正在生成文件（0/2）"))
            }
            try await small.work()
            try await small.district.withSite { site in
                let page = try await site.page("/reports/\(id)/papers", language: .en)
                #expect(page.text.contains("Take the PDF") && page.text.contains("stands for"))
                let hrefs = page.text.matches(of: /href="(\/papers\/[^"]+)"/).map { String($0.1) }
                try #require(hrefs.count == 2)
                for href in hrefs {
                    let file = try await site.page(href)
                    #expect(file.status == 200)
                    #expect(file.headers[.contentDisposition]?.contains("paper-2015-1") == true)
                }
                #expect(try await site.page("/papers/\(ID<IssuedPaper>.make())/pdf").status == 404)
                #expect(try await site.page(hrefs[0] + "x").status == 404)
            }
            let store = try await small.district.database.read { db in
                let issued = try #require(try PaperStore(db).list(of: id).first)
                return (issued, try PaperStore(db).file(.docx, of: issued.id))
            }
            #expect(store.0.paper.recipients == ["区委", "区政府"])
            let read = try await DocxText(try #require(store.1).bytes)
            #expect(read.text.contains("入户走访群众41次") && read.text.contains("走访3次"))
        }
    }
}

struct TextFiguresTests {
    @Test(arguments: Engine.available)
    func eachNumberOfATextIsHeldAgainstTheLedger(on engine: Engine) async throws {
        try await PaperDistrict.with(engine) { small in
            let text = """
                2015年上半年，各社区入户走访群众41次，其中五月上门走访5次。
                二社区走访居民2次，走访居民四十余次。全区共走访居民40次。
                新建桥梁7座。
                """
            let lines = try await small.check(text).lines
            #expect(lines.map(\.number.text) == ["41", "5", "2", "四十余", "40", "7"])
            #expect(
                lines.map(\.verdict) == [.agrees, .differs, .agrees, .differs, .differs, .unknown])
            #expect(lines[1].says == "3次")
            #expect(lines[2].unit?.name == "二社区")
        }
    }

    @Test(arguments: Engine.available)
    func thePageOfTheCheckShowsWhatDiffersAndKeepsNothing(on engine: Engine) async throws {
        try await PaperDistrict.with(engine) { small in
            let clerk = try await small.district.account("clerk", role: "community_clerk")
            try await small.district.withSite { site in
                #expect(try await site.page("/figures/check").status == 303)
                let empty = try await site.submit("/figures/check", ["text": ""], as: clerk)
                #expect(empty.status == 422 && empty.text.contains("请粘贴文字"))
                let found = try await site.submit(
                    "/figures/check",
                    [
                        "text": "各社区入户走访群众40次。", "unit": PaperDistrict.street,
                        "period": "2015-H1",
                    ], as: clerk)
                #expect(found.status == 200, "\(found.text)")
                #expect(found.text.contains("文中写40，系统为41次"))
                #expect(found.text.contains("/figures/visit.count?"))
            }
        }
    }
}
