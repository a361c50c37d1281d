import Catalogue
import Core
import Ledger
import Storage
import TestKit
import Testing

struct CalendarTests {
    @Test(arguments: Engine.available)
    func aMonthIsATableOfWeeksWithHolidaysAndCounts(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            // Without a month: the newest in which anything happened.
            let may = try await reader.page("/calendar?lang=zh")
            #expect(may.contains("2015年5月工作日历") && may.contains("劳动节"))
            #expect(may.contains("aria-label=\"2015-05-04，2条记录\""))
            #expect(may.contains("aria-label=\"2015-05-05，1条记录\""))
            #expect(may.matches(of: /<time datetime/).count == 31)
            let first = try #require(may.firstMatch(of: /<th scope="col">(.+)<\/th>/)?.1)
            #expect(first == "周一")
            #expect(may.contains("荣誉称号") && may.contains("领导干部党课"))
            #expect(may.contains("month=2015-04") && may.contains("month=2015-06"))
            let february = try await reader.page("/calendar?month=2015-02&lang=zh")
            #expect(february.contains("调休上班") && february.contains("春节"))
            #expect(february.contains("本月没有公开记录"))
            #expect(!february.contains("rel=\"prev\""), "nothing happened before March")
        }
    }

    @Test(arguments: Engine.available)
    func aUnitAndAKindNarrowIt(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let one = try await reader.page("/calendar?unit=410102001001&lang=zh")
            #expect(one.contains("2015-05-04，1条记录") && !one.contains("2015-05-05，1条"))
            let lectures = try await reader.page("/calendar?kind=lecture&lang=zh")
            #expect(!lectures.contains("2015-05-04，2条") && lectures.contains("2015-05-05，1条"))
        }
    }

    @Test(arguments: Engine.available)
    func aDayListsItsEntriesAndOpensNoneWithPersons(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let day = try await reader.page("/calendar?day=2015-05-04&lang=zh")
            #expect(day.contains("2015-05-04（周一）"))
            #expect(day.matches(of: /href="\/records\//).count == 2)
            let lecture = try await reader.page("/calendar?day=2015-05-05&lang=zh")
            #expect(lecture.contains("社区作风") && !lecture.contains("href=\"/records/"))
            let none = try await reader.page("/calendar?day=2015-05-06&lang=zh")
            #expect(none.contains("这一天没有公开记录"))
        }
    }

    @Test(arguments: Engine.available)
    func whatIsNotPublicDoesNotAppearAtAll(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let day = try await reader.page("/calendar?day=2015-05-04&lang=zh")
            #expect(!day.contains("帮扶"))
            _ = try await reader.page("/calendar?kind=aid_pair", status: 422)
            _ = try await reader.page("/calendar?kind=nothing", status: 422)
            _ = try await reader.page("/calendar?month=2015-13", status: 422)
            _ = try await reader.page("/calendar?month=2015", status: 422)
            _ = try await reader.page("/calendar?unit=999", status: 422)
        }
    }

    @Test(arguments: Engine.available)
    func aYearWithoutItsHolidaysSaysSo(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let page = try await reader.page("/calendar?month=2013-05&lang=zh")
            #expect(page.contains("2013 年的放假调休安排还没有载入"))
            #expect(try await !reader.page("/calendar?lang=zh").contains("还没有载入"))
        }
    }

    /// A community that moved counts where it stood on the day.
    @Test(arguments: Engine.available)
    func aDayCountsForTheUnitsAboveItThen(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            try await test.accept(
                """
                编码,名称,形式,领土上级,党组织上级,条线上级,起始日期,截止日期
                410102002,乙街道,street,410102,410102,,2014-01-01,
                """, what: "units")
            try await test.accept(
                """
                批次,名称,文号,生效日期,类型,前身编码,后继编码,后继名称,后继形式,领土上级,党组织上级,条线上级,依据
                G1,调整,一号,2015-05-10,move,410102001001,,,,410102002,,,
                """, what: "reorganizations")
            try await test.accept(
                "编号,日期,单位,级别,称号\nR-8,2015-05-12,410102001001,市级,先进社区\n", what: "honor")
            let old = try await reader.page("/calendar?unit=410102001&lang=zh")
            #expect(old.contains("2015-05-04，2条记录") && !old.contains("2015-05-12，1条"))
            let new = try await reader.page("/calendar?unit=410102002&lang=zh")
            #expect(!new.contains("2015-05-04，") && new.contains("2015-05-12，1条"))
        }
    }

    @Test(arguments: Engine.available)
    func itTakesFewStatementsAndWalksAlongTheDays(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            _ = try await reader.page("/figures")
            #expect(try await reader.statements("/calendar?month=2015-05") <= 5)
            #expect(try await reader.statements("/calendar?day=2015-05-04") <= 6)
            let structure = try await test.district.structure()
            let root = try #require(structure.unit(code: "410102", on: TestDistrict.moment.day))
            let plans = try await test.database.read { db in
                let days = RecordDays(
                    db: db, unit: root.unit, structure, scope: test.district.publicScope,
                    asOf: 100)
                let may = (0..<31).map { Day(2015, 5, 1)! + $0 }
                return [
                    try db.plan(days.countsStatement(may)),
                    try db.plan(days.recordsStatement(on: may[3], after: nil, limit: 10)),
                ]
            }
            // For the counts PostgreSQL goes by the size of the tables, which here are tiny.
            for plan in engine == .sqlite ? plans : [plans[1]] {
                #expect(plan.contains { $0.contains("record_day") }, "\(plan)")
            }
        }
    }
}
