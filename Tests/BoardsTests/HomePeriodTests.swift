import Core
import Storage
import TestKit
import Testing

/// The half-year that the home page, a theme and a unit show, on days that a clock stands at.
struct HomePeriodTests {
    /// Noon of a day in the district.
    private static func noon(_ day: String) -> Moment {
        Moment(
            milliseconds: Int64(Day(day)!.number - Day("2015-07-01")!.number) * 86_400_000
                + TestDistrict.moment.milliseconds)
    }

    private static func honors(_ days: [String]) -> String {
        (["编号,日期,单位,级别,称号,授予单位"]
            + days.enumerated().map { "R-\($0)-\($1),\($1),410102001,市级,文明街道,市文明办" })
            .joined(separator: "\n") + "\n"
    }

    private func with(
        _ engine: Engine, today: String, honors days: [String],
        _ body: @escaping @Sendable (Reader) async throws -> Void
    ) async throws {
        let moment = Self.noon(today)
        try await TestDistrict.with(engine, now: { moment }) { test in
            try await test.foundSmallDistrict()
            if !days.isEmpty { try await test.accept(Self.honors(days), what: "honor") }
            try await test.withSite { try await body(Reader(client: $0, test: test)) }
        }
    }

    private static let kept = (1...9).map { "2015-0\($0 % 6 + 1)-0\($0)" }

    @Test(arguments: Engine.available, ["2015-07-01", "2016-01-01", "2026-11-29"])
    func aNewHalfYearTurnsNothingOver(on engine: Engine, today: String) async throws {
        try await with(engine, today: today, honors: Self.kept) { reader in
            let page = try await reader.page("/?lang=zh")
            #expect(page.contains("2015年上半年") && page.contains(">9项</a>"))
            #expect(!page.contains("至今"))
        }
    }

    @Test(arguments: Engine.available)
    func oneNewRecordStandsBesideTheFinishedHalfYear(on engine: Engine) async throws {
        let days = Self.kept + ["2026-11-28"]
        try await with(engine, today: "2026-11-29", honors: days) { reader in
            let home = try await reader.page("/?lang=zh")
            #expect(home.contains(">9项</a>") && home.contains("试验区，2015年上半年"))
            #expect(home.contains("2026年下半年至今") && home.contains(">1项</a>"))
            let theme = try await reader.page("/themes/highlight?lang=zh")
            #expect(theme.contains("2015年上半年") && theme.contains("2026年下半年至今"))
            let unit = try await reader.page("/units/410102001?lang=zh")
            #expect(unit.contains("2015年上半年") && unit.contains("class=\"quiet so-far\""))
            let asked = try await reader.page("/units/410102001?on=2015-06-30&lang=zh")
            #expect(asked.contains("2015年上半年") && !asked.contains("2026年下半年"))
            for page in [home, theme, unit, asked] { #expect(!page.contains("2026-12-31")) }
        }
    }

    @Test(arguments: Engine.available)
    func aDayWithinAHalfYearCountsNothingThatCameLater(on engine: Engine) async throws {
        let days = ["2015-01-05", "2015-02-05", "2015-05-05"]
        try await with(engine, today: "2015-06-01", honors: days) { reader in
            let theme = "/themes/highlight?unit=410102001"
            let unit = try await reader.page("/units/410102001?on=2015-03-01&lang=zh")
            #expect(unit.contains("2015年上半年（至3月1日）"))
            let then = try await reader.page(theme + "&on=2015-03-01&lang=zh")
            #expect(then.contains("2015年上半年（至3月1日）") && then.contains(">2项<"))
            let now = try await reader.page(theme + "&lang=zh")
            #expect(now.contains("2015年上半年至今") && now.contains(">3项<"))
        }
    }

    @Test(arguments: Engine.available)
    func aDistrictThatHasJustBegunShowsTheHalfYearUnderWay(on engine: Engine) async throws {
        try await with(engine, today: "2015-02-03", honors: ["2015-02-03"]) { reader in
            let page = try await reader.page("/?lang=en")
            #expect(page.contains("the first half of 2015 so far") && page.contains(">1 item</a>"))
            #expect(!page.contains("2015-06-30"))
        }
        try await with(engine, today: "2015-02-03", honors: []) { reader in
            let page = try await reader.page("/?lang=zh")
            #expect(page.contains("还没有记录"))
        }
    }

    /// The half-years that were kept are offered, one without a record ends them.
    @Test(arguments: Engine.available)
    func aReaderTurnsToAnEarlierHalfYear(on engine: Engine) async throws {
        let before = ["2014-07-02", "2014-08-03", "2014-09-04"]
        try await with(engine, today: "2015-07-02", honors: Self.kept + before) { reader in
            let page = try await reader.page("/?lang=zh")
            #expect(page.contains("aria-current=\"true\"\n>2015年上半年</a>"))
            #expect(page.contains("href=\"/?on=2014-12-31\"\n>2014年下半年</a>"))
            #expect(!page.contains("2014年上半年</a>"))
            let then = try await reader.page("/?on=2014-12-31&lang=zh")
            #expect(then.contains("试验区，2014年下半年") && then.contains(">3项</a>"))
            #expect(then.contains("aria-current=\"true\"\n>2014年下半年</a>"))
            #expect(!then.contains("最新记录"), "what is newest is of today")
            _ = try await reader.page("/?on=tomorrow", status: 422)
        }
    }

    /// Before the click a tile says what a click opens, and the streets are a click away.
    @Test(arguments: Engine.available)
    func theHomePageLeadsToRecordsAndStreets(on engine: Engine) async throws {
        try await with(engine, today: "2015-07-02", honors: Self.kept) { reader in
            let page = try await reader.page("/?lang=zh")
            #expect(page.contains("可查到每条记录"))
            #expect(page.contains("找到您的街道") && page.contains("href=\"/units/410102001"))
        }
    }

    @Test(arguments: Engine.available)
    func theUsualPeriodsTakeOneStatement(on engine: Engine) async throws {
        try await with(engine, today: "2026-11-29", honors: Self.kept) { reader in
            _ = try await reader.page("/themes")
            #expect(try await reader.statements("/mechanisms") <= 3)
        }
    }
}
