import Core
import Dues
import Foundation
import HummingbirdTesting
import TestKit
import Testing

struct ListDuesTests {
    @Test(arguments: Engine.available)
    func nobodySeesTheListWithoutARight(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let administrator = try await test.account("sys", office: .system)
            let nobody = try await test.account("zhao")
            for path in ["/dues", "/dues/members_meeting", "/dues/calendar"] {
                let visitor = try await client.page(path)
                #expect(visitor.status == 303 && visitor.location?.contains("/sign-in") == true)
                #expect(try await client.page(path, as: administrator).status == 404)
                #expect(try await client.page(path, as: nobody).status == 404)
            }
        }
    }

    @Test(arguments: Engine.available)
    func aForeignUnitIsNotFound(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let li = try await test.account("li", role: "community_clerk", unit: "410102001001")
            for code in ["DW-2", "EDU-1", "BUR-EDU", "410102", "410102001"] {
                let foreign = try await client.page("/dues?unit=\(code)", as: li)
                #expect(foreign.status == 404, "\(code)")
            }
            // What names no unit keeps the form, and offers none that is not theirs.
            let unknown = try await client.page("/dues?unit=DW-3&due=members_meeting", as: li)
            #expect(unknown.status == 422 && unknown.text.contains("value=\"DW-3\""))
            #expect(unknown.text.contains("name=\"due\" value=\"members_meeting\""))
            #expect(unknown.text.contains("unit=DW-1") && !unknown.text.contains("DW-2"))
            let named = try await client.page("/dues?unit=yishequxiao", as: li)
            #expect(named.status == 200 && named.text.contains("一社区小支部"))
            let own = try await client.page("/dues?unit=DW-1", as: li)
            #expect(own.status == 200 && own.text.contains("一社区小支部"))
            let all = try await client.page("/dues", as: li)
            #expect(all.text.contains("一社区小支部") && !all.text.contains("二社区小支部"))
            #expect(!all.text.contains("教体局"))
        }
    }

    @Test(arguments: Engine.available)
    func aUnitIsChosenAmongOnesOwnAndAFormerOneIsMarked(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let li = try await test.account("li", role: "community_clerk", unit: "410102001001")
            for path in ["/dues", "/dues/matrix"] {
                let page = try await client.page(path, as: li).text
                #expect(page.contains("<option value=\"\" selected>"), "\(path)")
                #expect(page.contains("<option value=\"DW-1\" data-find=\"yishequxiaozhibu"))
                #expect(!page.contains("<option value=\"DW-2\""))
                let chosen = try await client.page(path + "?unit=&unit=DW-1", as: li).text
                #expect(chosen.contains("<option value=\"DW-1\" data-find=\"yishequxiaozhibu"))
                #expect(chosen.contains("selected>一社区小支部（DW-1）"))
            }
            try await test.accept(
                "编码,名称,形式,领土上级,党组织上级,条线上级,起始日期,截止日期\n"
                    + "DW-9,旧支部,branch,,DW-1,,2014-01-01,2015-05-31\n", what: "units")
            let street = try await test.account("zhao", role: "street_lead", unit: "410102001")
            let later = try await client.page("/dues", as: street).text
            #expect(!later.contains("DW-9") || later.contains("原旧支部（DW-9）"))
        }
    }

    @Test(arguments: ["due=nothing", "due=care_visits", "state=later", "on=2015-13-01", "after=x"])
    func whatIsNotAFilterIsRefused(_ query: String) async throws {
        try await OwingDistrict.with(.sqlite) { test, client in
            let li = try await test.account("li", role: "organization_officer")
            #expect(try await client.page("/dues?\(query)", as: li).status == 422)
        }
    }

    @Test(arguments: Engine.available)
    func eachUnitOwesWhatTheRulesAskOfIt(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let officer = try await test.account("wang", role: "organization_officer")
            let page = try await client.page("/dues", as: officer).text
            let sections = OwingDistrict.sections(page)
            func has(_ state: String, _ parts: String...) -> Bool {
                OwingDistrict.rows(sections[state]).contains { row in
                    parts.allSatisfy(row.contains)
                }
            }
            #expect(
                has("已逾期", "党员大会", "教体局第二支部", "2015年第2季度", "2015-06-30", "0/1"))
            #expect(has("已逾期", "每周集中学习", "教体局第二支部", "1.6小时/3小时"))
            #expect(!has("已逾期", "每周集中学习", "教体局第一支部"))
            #expect(!has("已逾期", "教体局第一支部"))
            // The week ends on a Friday for whoever counts working days.
            #expect(has("七日内到期", "每周集中学习", "教体局第一支部", "2015-07-03"))
            #expect(has("待办", "党员大会", "教体局第一支部", "2015-07-01", "2015-09-30"))
            #expect(has("待办", "支部委员会会议", "教体局第一支部", "2015年7月"))
            #expect(has("本期已完成", "党员大会", "教体局第二支部", "1/1"))
            // No committee, no meeting of it; no member of that bureau, no weekly study.
            #expect(!page.contains("教体局第二支部的支部委员会会议"))
            #expect(!has("待办", "支部委员会会议", "一社区小支部"))
            #expect(!has("已逾期", "每周集中学习", "小支部"))
            #expect(has("待办", "任职届满", "甲街道", "2015-08-31"))
            #expect(!page.contains("王试甲") && !page.contains("T-1"), "nobody is named")
            #expect(page.contains("/rules#meeting.members_quarterly-2015-01-01"))
            #expect(page.contains("/entries/new/branch_meeting?unit=EDU-1"))
            #expect(page.contains("<meter"))
        }
    }

    @Test(arguments: Engine.available)
    func aDayOfItsOwnAndTheFiltersNarrowIt(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let officer = try await test.account("wang", role: "organization_officer")
            func page(_ query: String) async throws -> String {
                try await client.page("/dues?\(query)", as: officer).text
            }
            let june = try await page("on=2015-06-24&due=members_meeting")
            #expect(OwingDistrict.rows(OwingDistrict.sections(june)["七日内到期"]).count == 3)
            #expect(OwingDistrict.rows(OwingDistrict.sections(june)["本期已完成"]).count == 1)
            let bureau = try await page("unit=BUR-EDU&state=overdue")
            #expect(bureau.contains("教体局第二支部") && !bureau.contains("小支部</a>"))
            // What is asked of branches began with 2015.
            #expect(try await page("on=2013-06-01").contains("没有生效的周期规定"))
            let none = try await page("unit=410102001001001")
            #expect(none.contains("按所选条件没有待办事项"))
        }
    }

    @Test(arguments: Engine.available)
    func whatIsReversedIsOwedAgain(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let officer = try await test.account("wang", role: "organization_officer")
            func done() async throws -> [String] {
                let page = try await client.page(
                    "/dues?due=members_meeting&state=done", as: officer)
                return OwingDistrict.rows(OwingDistrict.sections(page.text)["本期已完成"])
            }
            #expect(try await done().count == 1)
            let third = try await test.accept(
                "编号,日期,单位,会议类别,应到人数,实到人数\nM-9,2015-07-01,DW-2,党员大会,8,8\n",
                what: "branch_meeting")
            #expect(try await done().count == 2)
            try await test.district.reverseImport(third, by: TestDistrict.actor)
            #expect(try await done().count == 1)
        }
    }

    @Test(arguments: Engine.available)
    func onlyWhoMayWriteIsLedToTheForm(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let reader = try await test.account("qian", role: "reader", unit: "BUR-EDU")
            let page = try await client.page("/dues", as: reader).text
            #expect(page.contains("教体局第一支部") && !page.contains("/entries/new/"))
        }
    }

    @Test(arguments: Engine.available)
    func theListIsReadInAFewStatementsAndLeafedThrough(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            var units = "编码,名称,形式,领土上级,党组织上级,条线上级,起始日期,截止日期\n"
            for number in 1...130 {
                units += "N-\(number),第\(number)支部,branch,,410102,,2015-01-01,\n"
            }
            try await test.accept(units, what: "units")
            let officer = try await test.account("wang", role: "organization_officer")
            _ = try await client.page("/dues", as: officer)
            let before = test.database.statements
            let first = try await client.page(
                "/dues?due=members_meeting&state=overdue", as: officer
            ).text
            #expect(test.database.statements - before <= 25)
            #expect(OwingDistrict.rows(OwingDistrict.sections(first)["已逾期"]).count == 60)
            let found = try #require(first.firstMatch(of: /href="([^"]*after=[^"]*)"/))
            let second = try await client.page(
                String(found.1).replacing("&amp;", with: "&"), as: officer
            ).text
            #expect(OwingDistrict.rows(OwingDistrict.sections(second)["已逾期"]).count == 60)
        }
    }

    @Test(arguments: Engine.available)
    func oneDueShowsItsPastPeriods(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let officer = try await test.account("wang", role: "organization_officer")
            let page = try await client.page("/dues/members_meeting", as: officer)
            #expect(page.status == 200)
            let course = OwingDistrict.rows(OwingDistrict.sections(page.text)["各期情况"])
            #expect(
                course.map { $0.components(separatedBy: " ").prefix(3).joined(separator: " ") }
                    == ["2015年第1季度 4 3", "2015年第2季度 4 1", "2015年第3季度 4 1"])
            for id in ["care_visits", "nothing"] {
                #expect(try await client.page("/dues/\(id)", as: officer).status == 404)
            }
            let english = try await client.page(
                "/dues/weekly_study", as: officer, language: .en)
            #expect(english.text.contains("1.6 hours of 3 hours"))
        }
    }

    @Test(arguments: Engine.available)
    func ofASealedKindItIsOnlyToldThatItIsDue(on engine: Engine) async throws {
        try await TestDistrict.with(engine, example: true) { test in
            try await test.accept(
                TestDistrict.smallDistrict
                    + "\nBUR-HOU,房产局,bureau,410102,410102,410102,2014-01-01,\n",
                what: "units")
            let head = try await test.account("sun", role: "bureau_lead", unit: "BUR-HOU")
            try await test.withSite { client in
                let page = try await client.page("/dues", as: head).text
                #expect(page.contains("每月走访住房保障户"))
                #expect(page.contains("记录不公开，不在此列计数"))
                #expect(OwingDistrict.rows(page).allSatisfy { !$0.contains("住房保障户") })
                #expect(page.contains("每周进社区现场办公"))
            }
        }
    }

    @Test(arguments: Engine.available)
    func clerkSecretaryAndStreetSeeTheSameBranchOwing(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.accept(CommitteeDistrict.units, what: "units")
            try await test.accept(CommitteeDistrict.merger, what: "reorganizations")
            let readers = [
                try await test.account("li", role: "community_clerk", unit: "410102001001"),
                try await test.account("wang", role: "community_secretary", unit: "410102001001"),
                try await test.account("zhao", role: "street_lead", unit: "410102001"),
            ]
            try await test.withSite { client in
                for reader in readers {
                    let page = try await client.page("/dues?state=overdue", as: reader).text
                    let rows = OwingDistrict.rows(OwingDistrict.sections(page)["已逾期"])
                    #expect(rows.contains { $0.contains("一社区第一支部") && $0.contains("党员大会") })
                    // What has ended owes no more, and the page says that something was left out.
                    #expect(!rows.contains { $0.contains("一社区第二支部") })
                    #expect(page.contains("另有2个单位已撤销"))
                    let own = try await client.page("/dues?unit=CP-1-1", as: reader)
                    #expect(own.status == 200)
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func inADistrictWithOtherCodesTheSameIsDue(on engine: Engine) async throws {
        let rule = """
            life.theme_days_monthly:
              name: {zh: 每月主题党日, en: Theme days in a month}
              value: 2
              unit: time
              from: 2015-01-01
              scope: "370202"
              source: {zh: 本区规定, en: A rule of the district}
            """
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "rules"), withIntermediateDirectories: true)
        try Data(rule.utf8).write(to: folder.appending(path: "rules/own.yaml"))
        try await TestDistrict.with(engine, catalogue: [folder.path]) { test in
            try await test.accept(
                CommitteeDistrict.units.replacing("410102", with: "370202"), what: "units")
            let reader = try await test.account("zhao", role: "street_lead", unit: "370202001")
            let head = try await test.account("qian", role: "bureau_lead", unit: "BUR-EDU")
            try await test.withSite { client in
                let page = try await client.page("/dues", as: reader).text
                let rows = OwingDistrict.rows(page)
                #expect(rows.contains { $0.contains("党员大会") && $0.contains("一社区第一支部") })
                #expect(rows.contains { $0.contains("主题党日") && $0.contains("0/2") })
                #expect(try await client.page("/dues", as: head).text.contains("教体局第一支部"))
                // No bureau of this district promised anything by the week.
                #expect(!page.contains("每周集中学习"))
            }
        }
    }
}
