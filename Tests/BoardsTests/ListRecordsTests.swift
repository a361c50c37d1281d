import Core
import Foundation
import HummingbirdTesting
import Ledger
import Storage
import TestKit
import Testing
import Web

/// The list of the records of a kind, through the real router.
struct ListRecordsTests {
    private static let posts = """
        编号,起始日期,单位,职务,任职人
        P-1,2014-06-02,410102001,街道班子成员,T-1
        P-2,2015-02-02,410102001001,社区主任,T-1
        P-3,2015-02-03,410102001002,社区主任,T-1
        """

    /// Records of many days in one community.
    private static func leaflets(_ count: Int) -> String {
        "编号,日期,单位,份数,名称\n"
            + (0..<count).map { place in
                let day = Day(2015, 1, 1)! + place % 170
                return "M-\(place),\(day),410102001001,\(place % 17 + 1),第\(place)件\n"
            }.joined()
    }

    /// The records that a page leads to, and the way to the next page.
    private static func rows(_ text: String) -> (hrefs: [String], next: String?) {
        let hrefs = text.matches(of: /<a href="(\/records\/[^"]+)">/).map { String($0.1) }
        let next = text.firstMatch(of: /href="([^"]+)" rel="next"/).map {
            String($0.1).replacing("&amp;", with: "&")
        }
        return (hrefs, next)
    }

    private func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    private static func total(_ text: String) -> Int? {
        text.firstMatch(of: /共([0-9,]+)条/).flatMap { Int($0.1.filter(\.isNumber)) }
    }

    @Test(arguments: Engine.available)
    func everyPageTogetherIsTheTotalAndTheFile(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            try await test.accept(Self.leaflets(230), what: "material")
            let counted = try await test.database.read { db in
                try db.value(
                    "SELECT COUNT(*) FROM fact f WHERE f.kind = 'material'", as: Int.self)
            }
            for sort in ["", "oldest", "copies", "copies.up"] {
                let address = "/kinds/material/records?period=all&sort=\(sort)"
                var next: String? = address
                var found: [String] = []
                while let here = next {
                    let page = try await reader.page(here)
                    #expect(Self.total(page) == counted)
                    let rows = Self.rows(page)
                    found += rows.hrefs
                    next = rows.next
                }
                #expect(found.count == counted && Set(found).count == counted)
                let file = try await reader.page(address + "&as=csv")
                let lines = file.split(separator: "\r\n")
                #expect(lines.count - 1 == counted)
                let told = lines.dropFirst().compactMap {
                    $0.split(separator: ",").last.map(String.init)
                }
                #expect(told == found, "the file has the order of the pages")
            }
        }
    }

    @Test(arguments: Engine.available)
    func aListIsOfTheUsualHalfYearUnlessAskedOtherwise(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            try await test.accept(Self.leaflets(40), what: "material")
            let page = try await reader.page("/kinds/material/records?lang=zh")
            #expect(page.contains("2015年上半年") && page.contains("value=\"2015-H1\""))
            #expect(page.contains("全部时间"))
            let none = try await reader.page("/kinds/material/records?period=2014&lang=zh")
            #expect(none.contains("共0条") && none.contains("没有符合条件的记录"))
            #expect(!none.contains("as=csv"), "there is nothing to take away")
            let english = try await reader.page("/kinds/material/records?lang=en")
            #expect(english.contains("Records: 40") && english.contains("Download this table"))
        }
    }

    @Test(arguments: Engine.available)
    func fieldsUnitsAndColumnsAreChosen(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let all = try await reader.page("/kinds/honor/records?lang=zh")
            #expect(all.contains("共3条") && all.contains("平安社区") && all.contains("市文明办"))
            let city = try await reader.page("/kinds/honor/records?f.level=city&lang=zh")
            #expect(city.contains("共1条") && city.contains("文明街道"))
            #expect(city.contains("<details open>") && !all.contains("<details open>"))
            let one = try await reader.page(
                "/kinds/honor/records?unit=410102001001&col=title&lang=zh")
            #expect(one.contains("共1条") && one.contains("一社区（410102001001）"))
            #expect(!one.contains("<th scope=\"col\" class=\"\">级别"))
            let named = try await reader.page(
                "/kinds/honor/records?unit=%E4%B8%80%E7%A4%BE%E5%8C%BA&lang=zh")
            #expect(named.contains("共1条"))
            let words = try await reader.page("/kinds/honor/records?q=science&lang=zh")
            #expect(words.contains("共1条") && words.contains("科普社区"))
        }
    }

    @Test(arguments: Engine.available)
    func unitAndPeriodAreChosenAndWhatIsWrittenGoesFirst(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let path = "/kinds/honor/records?lang=zh"
            let wrong = try await reader.page(
                path + "&unit=410102001&unit=\(encoded("无此单位"))&period=2015-H1", status: 422)
            #expect(wrong.contains("value=\"无此单位\"") && wrong.contains("没有编码或名称为"))
            let page = try await reader.page(path)
            #expect(page.contains("<option value=\"\">全区"))
            #expect(page.contains("<option value=\"410102001002\" data-find=\"ershequ esq\">"))
            #expect(page.contains("<option value=\"2015-H1\" data-find=\"2015-h1\" selected>"))
            #expect(page.contains("<option value=\"all\""))
            // The list is sent along with the line beside it.
            let span = encoded("2015年3月1日至3月31日")
            let march = try await reader.page(
                path + "&unit=&unit=\(encoded("甲街道"))&period=2015-H1&period=\(span)")
            #expect(march.contains("共1条") && march.contains("文明街道"))
            #expect(march.contains("<option value=\"2015-03\" data-find=\"2015-03\" selected>"))
            let always = try await reader.page(path + "&unit=&unit=&period=all&period=")
            #expect(always.contains("共3条") && always.contains("<option value=\"all\" selected>"))
        }
    }

    @Test(arguments: [
        ("f.level=nothing", "请从列表中选择"), ("period=2015-13", "不是时段"),
        ("unit=999", "没有编码或名称为"), ("sort=title", "不能按"),
        ("f.copies.from=viel", "不是数"),
        ("f.copies.from=5&f.copies.through=3", "不能小于"),
    ])
    func aWrongFilterKeepsTheFormAndSaysWhatIsWrong(
        _ asked: String, _ sentence: String
    ) async throws {
        try await Furnished.with(.sqlite) { _, reader in
            let kind = asked.contains("copies") ? "material" : "honor"
            let page = try await reader.page(
                "/kinds/\(kind)/records?q=kept&lang=zh&" + asked, status: 422)
            #expect(page.contains(sentence) && page.contains("aria-invalid=\"true\""))
            #expect(page.contains("value=\"kept\""), "what was written stands there still")
            #expect(page.contains("class=\"fault-summary\""))
            _ = try await reader.page(
                "/kinds/\(kind)/records?as=csv&" + asked, status: 422)
        }
    }

    @Test(arguments: Engine.available)
    func whatIsUndoneIsInNoList(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            let id = try await test.accept(Self.leaflets(12), what: "material")
            let first = try await test.database.read { db in
                try RecordStore(db: db).find(kind: "honor", ref: "R-1")
            }
            #expect(try await reader.page("/kinds/honor/records?lang=zh").contains("共3条"))
            _ = try await test.district.reverse(
                #require(first), because: "录入有误", by: TestDistrict.actor)
            let honors = try await reader.page("/kinds/honor/records?lang=zh")
            #expect(honors.contains("共2条") && !honors.contains("文明街道"))
            #expect(try await reader.page("/kinds/material/records?lang=zh").contains("共12条"))
            try await test.district.reverseImport(id, by: TestDistrict.actor)
            #expect(try await reader.page("/kinds/material/records?lang=zh").contains("共0条"))
        }
    }

    /// Kinds that name persons or are not public have for a visitor neither list nor number.
    @Test(arguments: Engine.available)
    func whatAVisitorMayNotOpenHasNoListForThem(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            try await test.accept(Self.posts, what: "post")
            for kind in ["post", "lecture", "aid_pair", "nothing"] {
                for rest in ["", "?as=csv", "?as=xlsx", "?f.position=community_director"] {
                    _ = try await reader.page("/kinds/\(kind)/records" + rest, status: 404)
                }
            }
            #expect(try await !reader.page("/kinds/post").contains("/kinds/post/records"))
            #expect(try await reader.page("/kinds/honor").contains("/kinds/honor/records"))
        }
    }

    @Test(arguments: Engine.available)
    func whoReadsAUnitListsWhatIsBelowIt(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            try await test.accept(Self.posts, what: "post")
            let client = reader.client
            let officer = try await test.account("officer", role: "organization_officer")
            let clerk = try await test.account(
                "clerk", role: "community_clerk", unit: "410102001001")
            let nobody = try await test.account("nobody")
            let address = "/kinds/post/records"
            // Warm for one reader, and still closed to the next.
            for _ in 0..<2 {
                #expect(try await client.page(address, as: officer).text.contains("共3条"))
                let own = try await client.page(address, as: clerk).text
                #expect(own.contains("共1条") && own.contains("一社区"))
                #expect(!own.contains("<td>二社区") && own.contains("<td>一社区"))
                #expect(try await client.page(address, as: nobody).status == 404)
                #expect(try await client.page(address).status == 404)
            }
            let page = try await client.page(address + "?col=holder", as: officer).text
            #expect(page.contains("任职人") && !page.contains("王试甲"), "counted, never named")
            #expect(page.contains("下载前须写明接收方和用途"))
            let lectures = try await client.page("/kinds/lecture/records", as: officer)
            #expect(lectures.text.contains("共1条"))
            let sealed = try await client.page("/kinds/aid_pair/records", as: officer)
            #expect(sealed.status == 404)
            #expect(
                try await client.page("/kinds/lecture/records", as: clerk).text.contains("共0条"))
        }
    }

    @Test(arguments: Engine.available)
    func whatIsNotPublicGoesOutWithItsPurpose(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            try await test.accept(Self.posts, what: "post")
            let client = reader.client
            let clerk = try await test.account(
                "clerk", role: "community_clerk", unit: "410102001001")
            let other = try await test.account("nobody")
            let form = "/kinds/post/records/copies?as=csv"
            let asked = try await client.page("/kinds/post/records?as=csv", as: clerk)
            #expect(asked.status == 303 && asked.location == form)
            func copies() async throws -> [Row] {
                try await test.database.read { db in
                    try db.rows("SELECT * FROM disclosure WHERE what = 'records'")
                }
            }
            let empty = try await client.submit(form, [:], to: form, as: clerk)
            #expect(empty.status == 422 && empty.text.contains("aria-invalid"))
            #expect(try await copies().isEmpty)
            #expect(try await client.page(form, as: other).status == 404)
            #expect(try await client.page(form).status == 303)
            let told = ["recipient": "区委组织部", "purpose": "半年总结附表"]
            let page = try await client.page(form, as: clerk)
            let fields = page.hidden(for: form).merging(told) { $1 }.map { ($0.key, $0.value) }
            let file = try await client.send(form, fields, as: clerk)
            #expect(file.status == 200)
            #expect(file.headers[.contentType]?.hasPrefix("text/csv") == true)
            let lines = file.text.split(separator: "\r\n")
            #expect(lines.count == 3 && lines[0].contains("区委组织部"))
            #expect(lines[0].contains("第1号") && lines[0].contains("删除"))
            #expect(lines[2].contains("410102001001,一社区"))
            #expect(!file.text.contains("二社区") && !file.text.contains("王试甲"))
            // The same form again makes no second entry, and no second file.
            let again = try await client.send(form, fields, as: clerk)
            #expect(again.status == 303)
            let entries = try await copies()
            #expect(entries.count == 1)
            let entry = try #require(entries.first)
            #expect(try entry.get("row_count", as: Int.self) == 1)
            #expect(try entry.get("purpose", as: String.self) == "半年总结附表")
            let digest = hexadecimalDigest(Array(file.text.utf8))
            #expect(try entry.get("digest", as: String.self) == digest)
            let changed = try await test.database.read { db in
                try DisclosureLedger(db, key: test.district.key).changed()
            }
            #expect(changed.isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func aListTakesFewStatements(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            try await test.accept(Self.leaflets(120), what: "material")
            _ = try await reader.page("/figures")
            #expect(try await reader.statements("/kinds/material/records") <= 7)
            #expect(try await reader.statements("/kinds/honor/records?unit=410102001") <= 8)
            #expect(try await reader.statements("/kinds/honor/records?unit=410102001") <= 1)
        }
    }

    @Test(arguments: Engine.available)
    func aFigureLeadsToAllRecordsOfItsList(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let figure = try await reader.page(
                "/figures/honor.count?unit=410102001&period=2015-H1&lang=zh")
            let href = try #require(figure.firstMatch(of: /href="(\/kinds\/honor\/records[^"]*)"/))
            let list = try await reader.page(
                String(href.1).replacing("&amp;", with: "&") + "&lang=zh")
            #expect(list.contains("共3条"))
            let closed = try await reader.page(
                "/figures/lecture.count?unit=410102&period=2015-H1&lang=zh")
            #expect(!closed.contains("/kinds/lecture/records"))
        }
    }
}
