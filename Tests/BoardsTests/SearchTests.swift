import Core
import Foundation
import Ledger
import Storage
import TestKit
import Testing

struct SearchTests {
    @Test(arguments: Engine.available)
    func whatCannotBeLookedForIsAnsweredWithASentence(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            #expect(try await reader.page("/search?lang=zh").contains("请输入要查找的字词"))
            #expect(try await reader.page("/search?q=%20&lang=zh").contains("请输入要查找的字词"))
            #expect(try await reader.page("/search?q=%EF%BC%8C&lang=zh").contains("只有标点"))
            let long = String(repeating: "a", count: 41)
            #expect(try await reader.page("/search?q=\(long)&lang=en").contains("too long"))
            #expect(try await reader.page("/search?q=a+b+c+d+e+f+g&lang=en").contains("too long"))
            let longer = String(repeating: "a", count: 201)
            _ = try await reader.page("/search?q=\(longer)", status: 422)
            _ = try await reader.page("/search?q=ab&after=x", status: 422)
            _ = try await reader.page("/search?q=ab&after=x~y", status: 422)
            #expect(
                try await reader.page("/search?q=%E9%BE%98%E9%9D%90&lang=zh").contains("没有找到"))
        }
    }

    @Test(arguments: Engine.available)
    func unitsKindsFiguresAndEntriesAreFound(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            let entries = try await reader.page("/search?q=\(encoded("社区"))&lang=zh")
            #expect(entries.contains("一社区"))
            #expect(entries.contains("平安<mark>社区</mark>"))
            #expect(entries.contains("科普<mark>社区</mark>"))
            // A lecture names its lecturer: it is told of and not opened.
            let id = try await test.database.read { db in
                try #require(try RecordStore(db: db).find(kind: "lecture", ref: "L-1"))
            }
            #expect(entries.contains("<mark>社区</mark>作风") && !entries.contains(id.text))
            #expect(entries.contains("不能逐条打开"))
            let code = try await reader.page("/search?q=410102001001&lang=zh")
            #expect(code.contains("一社区（410102001001）") && code.contains("2014-01-01"))
            #expect(try await reader.page("/search?q=\(encoded("街"))").contains("甲街道"))
            #expect(try await reader.page("/search?q=SCIENCE+board&lang=en").contains("<mark>"))
            let option = try await reader.page("/search?q=\(encoded("国际级"))&lang=zh")
            #expect(option.contains("/kinds/honor"))
            let figure = try await reader.page("/search?q=\(encoded("荣誉称号"))&lang=zh")
            #expect(figure.contains("/figures/honor.count") && figure.contains("/kinds/honor"))
        }
    }

    @Test(arguments: Engine.available)
    func aUnitAndAKindTogetherLeadToTheListOfTheKindThere(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            // A kind that names persons has no list for everybody.
            for words in ["一社区 党课", "一社区 结对", "无街道 荣誉"] {
                let page = try await reader.page("/search?q=\(encoded(words))&lang=zh")
                #expect(!page.contains("/records?unit="), "\(words)")
            }
            for words in ["甲街 荣誉", "荣誉 甲街"] {
                let page = try await reader.page("/search?q=\(encoded(words))&lang=zh")
                let target = "/kinds/honor/records?unit=410102001&amp;period=all"
                #expect(page.contains(target) && page.contains("甲街道：荣誉称号"), "\(words)")
                #expect(!page.contains("没有找到"))
                #expect(!page.contains("unit=410102001001"))
            }
            let list = try await reader.page(
                "/kinds/honor/records?unit=410102001&period=all&lang=zh")
            #expect(list.contains("共3条"))
            let english = try await reader.page("/search?q=410102001002+honor&lang=en")
            #expect(english.contains("/kinds/honor/records?unit=410102001002"))
        }
    }

    @Test(arguments: Engine.available)
    func sealedReversedAndPersonalThingsAreNot(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            for word in ["王试甲", "T-1", "H-1"] {
                let page = try await reader.page("/search?q=\(encoded(word))&lang=zh")
                #expect(page.contains("没有找到"), "\(word)")
            }
            let id = try await test.database.read { db in
                try #require(try RecordStore(db: db).find(kind: "honor", ref: "R-1"))
            }
            let path = "/search?q=\(encoded("文明"))&lang=zh"
            #expect(try await reader.page(path).contains(id.text))
            _ = try await test.district.reverse(id, because: "有误", by: TestDistrict.actor)
            #expect(try await !reader.page(path).contains(id.text))
        }
    }

    @Test(arguments: Engine.available)
    func manyHitsComePageByPage(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            let rows = (1...25).map {
                "M-\($0),2015-06-\($0 < 10 ? "0" : "")\($0),410102,晚报\($0),报纸"
            }
            try await test.accept(
                (["编号,日期,单位,标题,媒体类别"] + rows).joined(separator: "\n"),
                what: "media_coverage")
            let first = try await reader.page("/search?q=\(encoded("晚报"))&lang=zh")
            #expect(first.contains("2015-06-25") && !first.contains("2015-06-05"))
            let next = try #require(first.firstMatch(of: /href="([^"]+)" rel="next"/)?.1)
            let second = try await reader.page(String(next).replacing("&amp;", with: "&"))
            #expect(second.contains("2015-06-05") && !second.contains("2015-06-25"))
            #expect(!second.contains("rel=\"next\"") && second.contains("rel=\"first\""))
        }
    }

    @Test(arguments: Engine.available)
    func aSearchTakesFewStatements(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            _ = try await reader.page("/search")
            #expect(try await reader.statements("/search?q=\(encoded("平安社区"))") <= 6)
            #expect(try await reader.statements("/search?q=\(encoded("区"))") <= 6)
        }
    }

    private func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
