import Core
import TestKit
import Testing

/// What a chart holds its numbers against, and when it compares nothing.
struct ChartLineTests {
    private static let target = """
        reach:
          name: {zh: 活动目标, en: Target of activities}
          value: 60
          unit: percent
          from: 2015-01-01
          until: 2016-01-01
          source: {zh: 本区安排。, en: The district's plan.}
          target: {indicator: own.reached, forms: [district, street, community]}
        """

    /// Asks every community, so that there are as many members where nobody wrote anything down.
    private static let reached = """
        own.reached:
          name: {zh: 开展服务的社区比例, en: Communities with a service}
          area: highlight
          serves: [H1-6]
          source: {zh: 测试。, en: A test.}
          from: service_activity
          value: count
          per: [community]
          having: {at_least: 1}
          unit: "%"
          qualifier: share
        """

    private static func services(_ days: [String]) -> String {
        (["编号,日期,单位,服务人次,时长,服务类别"]
            + days.enumerated().map {
                "S-\($0),\($1),41010200100\($0 % 2 + 1),18,90,便民维修"
            }).joined(separator: "\n") + "\n"
    }

    private func with(
        _ engine: Engine, _ days: [String],
        _ body: @escaping @Sendable (Reader) async throws -> Void
    ) async throws {
        let files = ["rules/own.yaml": Self.target, "indicators/own.yaml": Self.reached]
        try await OwnFolder.with(files) { folder in
            try await TestDistrict.with(engine, catalogue: [folder], example: true) { test in
                try await test.foundSmallDistrict()
                try await test.accept(Self.services(days), what: "service_activity")
                try await test.withSite { try await body(Reader(client: $0, test: test)) }
            }
        }
    }

    private static let half = (1...12).map { "2015-0\($0 % 6 + 1)-1\($0 % 9)" }
    private static let path = "/figures/own.reached?period=2015-H1&lang=zh&unit="

    @Test(arguments: Engine.available)
    func theTargetIsALineAmongTheUnitsBelowAndOverTheMonths(on engine: Engine) async throws {
        try await with(engine, Self.half + ["2014-03-03", "2014-08-04"]) { reader in
            let street = try await reader.page(Self.path + "410102001")
            #expect(street.contains("class=\"chart-standard\""))
            #expect(street.contains(">目标60%</text>"))
            #expect(street.contains("目标60%</desc>"), "those who do not see it are told as well")
            let earlier = try await reader.page(
                "/figures/own.reached?period=2014-H2&lang=zh&unit=410102001")
            #expect(!earlier.contains("目标60%"))
        }
    }

    /// Two of two communities did something, and two of two did nothing: but hardly anything is on
    /// record from then.
    @Test(arguments: Engine.available)
    func aHalfYearWithoutEntriesIsComparedWithNothing(on engine: Engine) async throws {
        try await with(engine, Self.half + ["2014-01-05"]) { reader in
            let page = try await reader.page(Self.path + "410102001")
            #expect(page.contains("<h1>开展服务的社区比例100%</h1>"))
            #expect(page.contains("当时登记不全，不作比较"))
            #expect(!page.contains("上升") && !page.contains("chart-then"))
            let unit = try await reader.page("/themes/highlight?period=2015-H1&lang=zh")
            #expect(!unit.contains("上升100"))
        }
    }

    @Test(arguments: Engine.available)
    func aHalfYearThatWasKeptIsCompared(on engine: Engine) async throws {
        try await with(engine, Self.half + ["2014-08-04", "2014-10-04"].flatMap { [$0, $0] }) {
            reader in
            let page = try await reader.page(Self.path + "410102001")
            #expect(page.contains("持平（100%）"))
        }
    }

    /// The standard that another figure asks of each community.
    @Test(arguments: Engine.available)
    func theStandardOfEachUnitIsALineAmongThem(on engine: Engine) async throws {
        try await TestDistrict.with(engine, example: true) { test in
            try await test.foundSmallDistrict()
            let rows =
                "编号,日期,单位,面积\nP-1,2014-02-03,410102001001,900\n"
                + "P-2,2014-02-03,410102001002,1200\n"
            try await test.accept(rows, what: "premises")
            try await test.withSite { client in
                let page = try await Reader(client: client, test: test).page(
                    "/figures/premises.area?unit=410102001&period=@2015-06-30&lang=zh")
                #expect(page.contains(">标准1000平方米</text>"))
            }
        }
    }

    private static let visits = """
        编号,日期,单位,发现问题,现场解决,走访事由
        V-1,2015-03-02,410102001001,5,3,环境
        V-2,2015-04-02,410102001002,5,4,环境
        """

    @Test(arguments: Engine.available)
    func aChainOfFiguresIsDrawnOnThePageOfEachOfThem(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            let path = "?unit=410102&period=2015-H1&lang=zh"
            let empty = try await reader.page("/figures/site_visit.problems" + path)
            #expect(!empty.contains("funnel-chart"))
            try await test.accept(Self.visits, what: "site_visit")
            for figure in ["problems", "solved"] {
                let page = try await reader.page("/figures/site_visit.\(figure)" + path)
                #expect(page.contains("class=\"chart funnel-chart\""))
                #expect(page.contains("问题10件，盯点走访现场解决的问题7件，占70%"))
            }
            let svg = try await reader.page(
                "/figures/site_visit.solved\(path)&picture=chain&as=svg")
            #expect(svg.contains("funnel-narrowing") && !svg.contains("<a "))
        }
    }
}
