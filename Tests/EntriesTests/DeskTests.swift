import Core
import Storage
import TestKit
import Testing

struct DeskTests {
    private static let opinion = [
        "unit": WritingDesk.first, "day": "2015-06-30", "measure.0": "50", "measure.1": "40",
        "measure.2": "39", "field.asked_group": "resident", "then": "post",
    ]

    /// The number beside an entry of the header; nil where there is none.
    private static func badge(_ page: String, _ path: String) -> String? {
        guard let start = page.range(of: "<a href=\"\(path)\"") else { return nil }
        let entry = page[start.upperBound...].components(separatedBy: "</li>")[0]
        return entry.firstMatch(of: /class="count">([^<]*)</).map { String($0.1) }
    }

    @Test(arguments: Engine.available)
    func theDeskIsForWhoIsSignedInAndShowsTheirOwnAlone(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let visitor = try await desk.client.page("/desk")
            #expect(visitor.status == 303 && visitor.location?.contains("/sign-in") == true)
            _ = try await desk.write(
                ["field.title": "写到一半", "measure.0": "1", "then": "draft"])
            let mine = try await desk.client.page("/desk", as: desk.li)
            #expect(mine.status == 200 && mine.text.contains("我的草稿"))
            #expect(mine.text.contains("/entries/new/material?draft="))
            #expect(try await !desk.client.page("/desk", as: desk.wang).text.contains("draft="))
            let administrator = try await desk.test.account("sys", office: .system)
            let bare = try await desk.client.page("/desk", as: administrator)
            #expect(bare.status == 200 && bare.text.contains("没有待办"))
            #expect(!bare.text.contains("/entries/new/"))
        }
    }

    @Test(arguments: Engine.available)
    func whatWaitsAndWhatWasSentBackStandsOnTheDeskWithItsNumber(
        on engine: Engine
    ) async throws {
        try await WritingDesk.with(engine) { desk in
            #expect(
                Self.badge(
                    try await desk.client.page("/desk", as: desk.wu).text, "/confirmations")
                    == nil)
            let sent = try await desk.write(Self.opinion, kind: "opinion_round")
            let place = String(try #require(sent.location).prefix { $0 != "?" })
            let second = try await desk.client.page("/desk", as: desk.wu).text
            #expect(Self.badge(second, "/confirmations") == "1")
            #expect(
                second.contains("href=\"\(place)\"")
                    && second.contains("待复核 <span class=\"count\">1</span>"))
            // Who works elsewhere, and who wrote it, have nothing to confirm.
            for reader in [desk.li, desk.zhao] {
                let page = try await desk.client.page("/desk", as: reader).text
                #expect(Self.badge(page, "/confirmations") == nil && !page.contains(place))
            }
            _ = try await desk.client.submit(
                place, ["reason": "请核对人数"], to: "\(place)/return", as: desk.wu)
            let back = try await desk.client.page("/desk", as: desk.li).text
            #expect(back.contains("请核对人数") && back.contains("退回"))
            #expect(Self.badge(back, "/entries") == "1")
            #expect(Self.badge(back, "/my/messages") == "1")
            let done = try await desk.client.page("/desk", as: desk.wu).text
            #expect(Self.badge(done, "/confirmations") == nil)
            #expect(done.contains("没有等待复核的记录"))
        }
    }

    @Test(arguments: Engine.available)
    func whatUnitsOweStandsOnTheDeskAndWhatComesNext(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let page = try await desk.client.page("/desk", as: desk.li).text
            // The members' meeting of the second quarter was not held.
            #expect(page.contains("2015年第2季度党员大会：1个单位未完成"))
            #expect(page.contains("逾期1天"))
            #expect(page.contains("/entries/new/branch_meeting?unit=DW-1"))
            #expect(page.contains("/dues/matrix") && page.contains("接下来"))
            #expect(Self.badge(page, "/dues") != nil)
            let officer = try await desk.test.account("wang2", role: "organization_officer")
            #expect(
                try await desk.client.page("/desk", as: officer).text
                    .contains("2015年第2季度党员大会：4个单位未完成"))
        }
    }

    @Test(arguments: Engine.available)
    func theMonthSoFarCountsWhatIWroteAndWhatWeDid(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            _ = try await desk.written(["day": "2015-07-01"])
            _ = try await desk.written(["day": "2015-07-01", "field.title": "二"], as: desk.wang)
            let page = try await desk.client.page("/desk", as: desk.li).text
            #expect(page.contains("7月已填报"))
            #expect(page.contains("本月您填报1条；您的单位共有2条记录。"))
        }
    }

    @Test(arguments: Engine.available)
    func thePagesOfADayAreReadInAFewStatements(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            _ = try await desk.client.page("/desk", as: desk.wu)
            let before = desk.test.database.statements
            _ = try await desk.client.page("/desk", as: desk.wu)
            #expect(desk.test.database.statements - before <= 40)
            // The numbers in the header cost nothing while nothing is written.
            _ = try await desk.client.page("/my", as: desk.wu)
            let again = desk.test.database.statements
            _ = try await desk.client.page("/my", as: desk.wu)
            #expect(desk.test.database.statements - again <= 6)
            // After a write of somebody else's, what is dear is not counted again at once.
            _ = try await desk.written()
            let third = desk.test.database.statements
            _ = try await desk.client.page("/my", as: desk.wu)
            #expect(desk.test.database.statements - third <= 16)
        }
    }

    @Test(arguments: Engine.available)
    func theMenuBeginsWithWhatIsWrittenMostAndFindsByNameAndPinyin(
        on engine: Engine
    ) async throws {
        try await WritingDesk.with(engine) { desk in
            func first() async throws -> String {
                let page = try await desk.client.page("/entries", as: desk.li).text
                let doors = page.components(separatedBy: "quick-kinds").dropFirst().first ?? ""
                return doors.components(separatedBy: "</p>")[0]
            }
            // A newcomer is offered what their units owe.
            #expect(try await first().contains("/entries/new/branch_meeting"))
            func leads(_ doors: String) -> Bool {
                (doors.components(separatedBy: "href=\"").dropFirst().first ?? "")
                    .hasPrefix("/entries/new/material\"")
            }
            #expect(try await !leads(first()))
            _ = try await desk.written()
            let doors = try await first()
            #expect(leads(doors))
            #expect(doors.components(separatedBy: "<a ").count - 1 == 10)
            for query in ["%E9%9B%86%E4%B8%AD", "jzxx", "jizhongxuexi", "study"] {
                let page = try await desk.client.page("/entries?q=\(query)", as: desk.li).text
                #expect(page.contains("/entries/new/study_session"), "\(query)")
                #expect(!page.contains("/entries/new/material"), "\(query)")
            }
            let page = try await desk.client.page("/entries", as: desk.li).text
            #expect(page.contains("<summary>基础资料及其他</summary>"))
            #expect(!page.contains("<details class=\"kind-group\" open>\n<summary>基础资料"))
        }
    }
}
