import Accounts
import Core
import Hummingbird
import HummingbirdTesting
import Storage
import TestKit
import Testing
import Web

/// Pages that people keep under a name, for themselves, for their desk and for everybody.
@Suite struct SavedViewTests {
    private static let table = "/compare?figure=honor.count&level=street"

    private func with(
        _ engine: Engine,
        _ body: @escaping @Sendable (TestDistrict, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await TestDistrict.with(engine, example: true) { district in
            try await district.foundSmallDistrict()
            try await district.withSite { try await body(district, $0) }
        }
    }

    private func save(
        _ address: String, _ name: String, _ place: String, _ reader: SignedIn,
        _ client: any TestClientProtocol
    ) async throws -> PageAnswer {
        try await client.submit(
            "/my/views?address=\(Address.encode(address))",
            ["name": name, "place": place, "address": address], to: "/my/views", as: reader)
    }

    /// Neither another site nor a page of one's own nor nothing at all.
    @Test(
        arguments: Engine.available,
        ["https://example.org/", "//example.org", "/my/data", "/admin/audit", "/", "", "/desk"])
    func onlyPublicPagesAreSaved(on engine: Engine, address: String) async throws {
        try await with(engine) { district, client in
            let li = try await district.account("li", role: "community_clerk")
            _ = try await save(Self.table, "先有一页", "list", li, client)
            let page = try await client.submit(
                "/my/views?address=\(Address.encode(Self.table))",
                ["name": "页面", "place": "desk", "address": address], to: "/my/views", as: li)
            #expect(page.status == 422 && page.text.contains("只能保存公开的页面"))
            #expect(page.text.contains("value=\"页面\""), "what was written stays")
            let count = try await district.database.read {
                try $0.value("SELECT COUNT(*) FROM saved_view", as: Int.self)
            }
            #expect(count == 1)
        }
    }

    @Test(arguments: Engine.available)
    func aSavedPageStandsOnItsOwnersDeskAlone(on engine: Engine) async throws {
        try await with(engine) { district, client in
            let li = try await district.account("li", role: "community_clerk")
            let wang = try await district.account("wang", role: "community_clerk")
            let here = try await client.page(Self.table, as: li)
            let link = "/my/views?address=\(Address.encode(Self.table))"
            #expect(here.text.contains("href=\"\(link)\""))
            #expect(try await !client.page("/desk", as: li).text.contains("my/views?address"))
            let visitor = try await client.page(Self.table)
            #expect(!visitor.text.contains("保存本页"))

            let done = try await save(Self.table, "<b>荣誉</b>", "desk", li, client)
            #expect(done.status == 303)
            for path in ["/desk", "/my/views"] {
                let mine = try await client.page(path, as: li).text
                #expect(mine.contains("&lt;b&gt;荣誉&lt;/b&gt;") && !mine.contains("<b>荣誉"))
                #expect(try await !client.page(path, as: wang).text.contains("荣誉&lt;"))
            }
            // The same address once more changes its name and its place.
            _ = try await save(Self.table + "&lang=en", "称号", "list", li, client)
            let list = try await client.page("/my/views", as: li).text
            #expect(list.contains("称号") && !list.contains("&lt;b&gt;"))
            #expect(try await !client.page("/desk", as: li).text.contains("称号"))
        }
    }

    @Test(arguments: Engine.available)
    func nobodyRemovesWhatAnotherSaved(on engine: Engine) async throws {
        try await with(engine) { district, client in
            let li = try await district.account("li", role: "community_clerk")
            let wang = try await district.account("wang", role: "community_clerk")
            _ = try await save(Self.table, "荣誉", "list", li, client)
            _ = try await save(Self.table, "我的", "list", wang, client)
            let id = try await client.page("/my/views", as: li).hidden(for: "/my/views/end")["view"]
            let view = try #require(id)
            let foreign = try await client.submit(
                "/my/views", ["view": view], to: "/my/views/end", as: wang)
            #expect(foreign.status == 404)
            let own = try await client.submit(
                "/my/views", ["view": view], to: "/my/views/end", as: li)
            #expect(own.status == 303)
            #expect(try await client.page("/my/views", as: li).text.contains("还没有保存页面"))
            #expect(try await client.page("/my/views", as: wang).text.contains("我的"))
        }
    }

    /// Who may not issue reports puts nothing before everybody; what stands there is read at once,
    /// though the home page is kept.
    @Test(arguments: Engine.available)
    func theHomePageShowsWhatAnOfficerPutThere(on engine: Engine) async throws {
        try await with(engine) { district, client in
            let clerk = try await district.account("li", role: "community_clerk")
            let officer = try await district.account("wang", role: "organization_officer")
            #expect(try await !client.page("/").text.contains("推荐查看"))
            let refused = try await save(Self.table, "荣誉", "home", clerk, client)
            #expect(refused.status == 422 && refused.text.contains("负责签发全区报告"))
            #expect(try await !client.page("/").text.contains("推荐查看"))
            _ = try await save(Self.table, "各街道荣誉", "home", officer, client)
            let home = try await client.page("/").text
            #expect(home.contains("推荐查看") && home.contains("各街道荣誉"))
            for number in 1...5 {
                _ = try await save(
                    "\(Self.table)&sort=\(number)", "第\(number)个", "home", officer, client)
            }
            let seventh = try await save(
                "\(Self.table)&sort=7", "第七个", "home", officer, client)
            #expect(seventh.status == 422 && seventh.text.contains("首页最多放6个"))
            _ = try await save(Self.table, "收起", "list", officer, client)
            #expect(try await !client.page("/").text.contains("各街道荣誉"))
        }
    }

    @Test(arguments: Engine.available)
    func theyGoWithTheAccount(on engine: Engine) async throws {
        try await with(engine) { district, client in
            let li = try await district.account("li", role: "organization_officer")
            _ = try await save(Self.table, "荣誉", "home", li, client)
            let sweeper = try #require(accountsData.sweepers.first { $0.name == "saved_view" })
            let moment = district.district.now()
            #expect(try await district.database.write { try sweeper.sweep($0, moment) } == 0)
            try await district.database.write { db in
                try db.execute("UPDATE account SET disabled_at = \(moment) WHERE id = \(li.id)")
            }
            #expect(try await district.database.write { try sweeper.sweep($0, moment) } == 1)
        }
    }
}
