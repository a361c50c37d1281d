import Core
import Dues
import HummingbirdTesting
import TestKit
import Testing

struct ShowMatrixTests {
    private static let meetings = """
        编号,日期,单位,会议类别,应到人数,实到人数
        M-1,2015-04-10,CP-1-1,党员大会,10,9
        M-2,2015-05-12,EDU-1,党员大会,3,3
        M-3,2015-03-01,CP-1-1,党员大会,8,8
        """

    private static func with(
        _ engine: Engine,
        _ body: @escaping @Sendable (TestDistrict, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.accept(CommitteeDistrict.units, what: "units")
            try await test.accept(CommitteeDistrict.merger, what: "reorganizations")
            try await test.accept(meetings, what: "branch_meeting")
            try await test.withSite { client in try await body(test, client) }
        }
    }

    @Test(arguments: Engine.available)
    func nobodySeesTheMatrixWithoutARightNorForeignUnits(on engine: Engine) async throws {
        try await Self.with(engine) { test, client in
            let visitor = try await client.page("/dues/matrix")
            #expect(visitor.status == 303 && visitor.location?.contains("/sign-in") == true)
            let nobody = try await test.account("zhao")
            #expect(try await client.page("/dues/matrix", as: nobody).status == 404)
            let li = try await test.account("li", role: "community_clerk", unit: "410102001001")
            for code in ["410102", "410102001", "410102001002", "EDU-1", "BUR-EDU"] {
                let foreign = try await client.page("/dues/matrix?unit=\(code)", as: li)
                #expect(foreign.status == 404, "\(code)")
            }
            // What names no unit at all is a slip, and the form comes back.
            #expect(try await client.page("/dues/matrix?unit=nowhere", as: li).status == 422)
            let own = try await client.page("/dues/matrix?period=2015-06", as: li).text
            #expect(own.contains("一社区党委") && !own.contains("教体局"))
        }
    }

    @Test(arguments: [
        "due=nothing", "period=x", "period=2016", "streak=1", "streak=7", "streak=x", "after=a~b",
    ])
    func whatIsNoChoiceIsRefused(_ query: String) async throws {
        try await Self.with(.sqlite) { test, client in
            let officer = try await test.account("wang", role: "organization_officer")
            #expect(try await client.page("/dues/matrix?\(query)", as: officer).status == 422)
        }
    }

    @Test(arguments: Engine.available)
    func clerkSecretaryStreetAndOfficerSeeTheSameBranchTheSameWay(
        on engine: Engine
    ) async throws {
        try await Self.with(engine) { test, client in
            let readers = [
                try await test.account("li", role: "community_clerk", unit: "410102001001"),
                try await test.account("wang", role: "community_secretary", unit: "410102001001"),
                try await test.account("zhao", role: "street_lead", unit: "410102001"),
                try await test.account("qian", role: "organization_officer"),
            ]
            var seen: Set<String> = []
            for reader in readers {
                let page = try await client.page(
                    "/dues/matrix?unit=CP-1&due=members_meeting&period=2015-Q2", as: reader)
                #expect(page.status == 200)
                let rows = OwingDistrict.rows(page.text)
                let first = try #require(rows.first { $0.contains("一社区第一支部") })
                #expect(first.contains("1/1 已完成"), "\(first)")
                // It stood for one of the three months, which is less than half.
                #expect(!rows.contains { $0.contains("一社区第四支部") })
                seen.insert(rows.joined(separator: "\n"))
            }
            #expect(seen.count == 1)
        }
    }

    @Test(arguments: Engine.available)
    func aRowUnfoldsToThoseWhoseSumItIs(on engine: Engine) async throws {
        try await Self.with(engine) { test, client in
            let street = try await test.account("zhao", role: "street_lead", unit: "410102001")
            let asked = "/dues/matrix?due=members_meeting&period=2015-Q2"
            let folded = try await client.page(asked, as: street).text
            let rows = OwingDistrict.rows(folded)
            // Both branches of the community, of which the one in its committee met.
            #expect(rows.contains { $0.contains("▸ 一社区") && $0.hasSuffix("1/2 差1") }, "\(rows)")
            #expect(rows.contains { $0.contains("▸ 二社区") && $0.hasSuffix("0/1 未开展") })
            #expect(rows.last?.hasSuffix("1/3 差2") == true)
            #expect(folded.contains("3个单位应完成，1个已完成，还差2个"))
            #expect(!rows.contains { $0.contains("第一支部") })
            let open = OwingDistrict.rows(
                try await client.page(asked + "&open=410102001001", as: street).text)
            #expect(open.contains { $0.contains("▾ 一社区") && $0.hasSuffix("1/2 差1") })
            #expect(open.contains { $0.contains("一社区小支部") && $0.hasSuffix("0/1 未开展") })
            let deeper = try await client.page(
                asked + "&unit=410102001001&open=CP-1", as: street
            ).text
            #expect(
                OwingDistrict.rows(deeper).contains {
                    $0.contains("一社区第一支部") && $0.hasSuffix("1/1 已完成")
                })
            #expect(deeper.contains("/dues/matrix?due=members_meeting&amp;period=2015-Q2\""))
        }
    }

    @Test(arguments: Engine.available)
    func aLeafLeadsToTheRecordsThatWereCounted(on engine: Engine) async throws {
        try await Self.with(engine) { test, client in
            let street = try await test.account("zhao", role: "street_lead", unit: "410102001")
            let page = try await client.page(
                "/dues/matrix?due=members_meeting&period=2015-Q2&unit=CP-1", as: street
            ).text
            let target =
                "/kinds/branch_meeting/records?unit=CP-1-1&period=2015-Q2&f.meeting_kind=members"
            #expect(page.contains(target.replacing("&", with: "&amp;")))
            let list = try await client.page(target, as: street)
            #expect(list.status == 200 && list.text.contains("共1条"))
            // Where nothing was done there is nothing to list.
            #expect(!page.contains("records?unit=CP-1-4"))
        }
    }

    @Test(arguments: Engine.available)
    func whatHasEndedIsLeftOutByName(on engine: Engine) async throws {
        try await Self.with(engine) { test, client in
            let street = try await test.account("zhao", role: "street_lead", unit: "410102001")
            let page = try await client.page(
                "/dues/matrix?due=members_meeting&period=2015-Q2&unit=CP-1", as: street
            ).text
            #expect(page.contains("另有2个单位已撤销"))
            #expect(page.contains("一社区第二支部（2015-05-31止）"))
            #expect(!OwingDistrict.rows(page).contains { $0.contains("一社区第二支部") })
        }
    }

    @Test(arguments: Engine.available)
    func onlyThoseThatDidNothingForSoLong(on engine: Engine) async throws {
        try await Self.with(engine) { test, client in
            let officer = try await test.account("wang", role: "organization_officer")
            func rows(_ streak: Int) async throws -> [String] {
                let page = try await client.page(
                    "/dues/matrix?due=members_meeting&streak=\(streak)&open=BUR-EDU", as: officer)
                #expect(page.status == 200)
                return OwingDistrict.rows(page.text)
            }
            // The second branch of the bureau met in neither quarter; two are not three.
            let two = try await rows(2)
            #expect(two.contains { $0.contains("教体局第二支部") })
            #expect(!two.contains { $0.contains("教体局第一支部") || $0.contains("一社区党委") })
            #expect(try await rows(3).isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func periodsAreChosenAmongThoseThereAre(on engine: Engine) async throws {
        try await Self.with(engine) { test, client in
            let officer = try await test.account("wang", role: "organization_officer")
            let page = try await client.page("/dues/matrix?due=members_meeting", as: officer).text
            #expect(page.contains("<option value=\"2015-Q2\">2015年第2季度</option>"))
            #expect(!page.contains("2015-Q4") && !page.contains("2014-Q4"))
            // A month that was chosen for all is the quarter it lies in for one.
            let quarter = try await client.page(
                "/dues/matrix?due=members_meeting&period=2015-04", as: officer
            ).text
            #expect(quarter.contains("<option value=\"2015-Q2\" selected>"))
        }
    }

    @Test(arguments: Engine.available)
    func theMatrixIsReadInAFewStatementsAndLeafedThrough(on engine: Engine) async throws {
        try await Self.with(engine) { test, client in
            var units = "编码,名称,形式,领土上级,党组织上级,条线上级,起始日期,截止日期\n"
            for number in 1...130 {
                units += "N-\(number),第\(number)支部,branch,,410102,,2015-01-01,\n"
            }
            try await test.accept(units, what: "units")
            let officer = try await test.account("wang", role: "organization_officer")
            _ = try await client.page("/dues/matrix", as: officer)
            for query in ["", "&streak=2"] {
                let before = test.database.statements
                let page = try await client.page(
                    "/dues/matrix?due=members_meeting\(query)", as: officer)
                #expect(page.status == 200)
                #expect(test.database.statements - before <= 30)
                #expect(OwingDistrict.rows(page.text).count == 61)
                let found = try #require(page.text.firstMatch(of: /href="([^"]*after=[^"]*)"/))
                let second = try await client.page(
                    String(found.1).replacing("&amp;", with: "&"), as: officer)
                #expect(OwingDistrict.rows(second.text).count == 61)
            }
        }
    }
}
