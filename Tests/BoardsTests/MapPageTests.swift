import Core
import Ledger
import Organization
import Storage
import TestKit
import Testing

/// Maps of loaded boundaries, and the pages that show them.
struct MapPageTests {
    private static func feature(_ unit: String, _ west: Double) -> String {
        let east = west + 0.01
        return """
            {"type":"Feature","properties":{"name":"\(unit)"},"geometry":{"type":"Polygon",
            "coordinates":[[[\(west),34.7],[\(east),34.7],[\(east),34.72],[\(west),34.7]]]}}
            """
    }

    private static func file(_ units: [String]) -> [UInt8] {
        let features = units.enumerated().map { feature($1, 113.6 + Double($0) * 0.01) }
        return Array(
            "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
                .utf8)
    }

    private static let day = Day(2014, 1, 1) ?? .first

    /// Three communities: the small district has two, so that one more is founded.
    private static func withMap(
        _ engine: Engine, _ body: @escaping @Sendable (TestDistrict, Reader) async throws -> Void
    ) async throws {
        try await Furnished.with(engine) { test, reader in
            try await test.accept(
                "编码,名称,形式,领土上级,起始日期\n410102001003,三社区,community,410102001,2014-01-01\n",
                what: "units")
            try await body(test, reader)
        }
    }

    @Test(arguments: Engine.available)
    func boundariesAreLoadedByCodeOrNameAndDrawn(on engine: Engine) async throws {
        try await Self.withMap(engine) { test, reader in
            let path =
                "/map?indicator=honor.count&of=410102001&level=community&period=2015-H1&lang=zh"
            #expect(try await reader.page(path).contains("画不成地图"))
            let count = try await test.district.loadOutlines(
                Self.file(["410102001001", "二社区", "410102001003"]), property: "name",
                datum: .gcj02, from: Self.day, by: .command())
            #expect(count == 3)
            let page = try await reader.page(path)
            #expect(page.contains("class=\"chart map-chart\""))
            #expect(page.contains("picture=map"))
            #expect(page.contains("一社区 1"), "each area says whose it is and what it comes to")
            let quantile = try await reader.page(path + "&classes=quantile")
            #expect(quantile.contains("单位数大致相等"))
            let svg = try await reader.page(path + "&picture=map&as=svg")
            #expect(svg.contains("map-area") && !svg.contains("<a "))
            let compare = try await reader.page(
                "/compare?figure=honor.count&of=410102001&level=community&period=2015-H1&show=map")
            #expect(compare.contains("class=\"chart map-chart\""))
        }
    }

    /// Only what everybody may read one by one can be marked, and only when asked for.
    @Test(arguments: Engine.available)
    func whatStandsInTheUnitsIsMarkedOnTheMapAndListed(on engine: Engine) async throws {
        try await Self.withMap(engine) { test, reader in
            _ = try await test.district.loadOutlines(
                Self.file(["410102001001", "410102001002", "410102001003"]), property: "name",
                datum: .wgs84, from: Self.day, by: .command())
            let points = """
                编号,起始日期,单位,社区内最远步行时间,服务点类别
                P-1,2014-05-04,410102001001,5,便利店
                P-2,2014-05-04,410102001001,8,药店
                P-3,2014-05-04,410102001002,9,药店
                P-4,2015-07-01,410102001002,9,菜市场
                """
            try await test.accept(points, what: "service_point")
            let path =
                "/map?indicator=honor.count&of=410102001&level=community&period=2015-H1&lang=zh"
            let plain = try await reader.page(path)
            #expect(!plain.contains("map-mark") && plain.contains("同时标出"))
            let page = try await reader.page(path + "&points=service_point")
            #expect(page.contains("class=\"map-mark\"") && page.contains(">● 2</text>"))
            #expect(page.contains("便民服务点（3个）"), "what came later is not counted")
            #expect(page.contains("便利店 1、药店 1") || page.contains("便利店 1，药店 1"))
            let table = try await reader.page(path + "&points=service_point&picture=map&as=csv")
            #expect(table.contains("便民服务点") && table.contains("一社区,410102001001,1,2"))
            for kind in ["aid_pair", "nothing"] {
                let refused = try await reader.page(path + "&points=\(kind)", status: 422)
                #expect(refused.contains("这个图层"))
            }
        }
    }

    /// How many communities a street has is no news of it: a share is, where it differs.
    @Test(arguments: Engine.available)
    func theMapOfTheHomePageIsOfAShareThatDiffers(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            let units = (2...3).flatMap {
                [
                    "41010200\($0),\($0)街道,street,410102,410102,,2014-01-01,",
                    "41010200\($0)001,\($0)社区,community,41010200\($0),,,2014-01-01,",
                ]
            }
            try await test.accept(
                (["编码,名称,形式,领土上级,党组织上级,条线上级,起始日期,截止日期"] + units)
                    .joined(separator: "\n"), what: "units")
            try await test.accept(
                "编号,日期,单位,面积\nP-1,2014-02-03,410102002001,1200\n", what: "premises")
            _ = try await test.district.loadOutlines(
                Self.file(["410102001", "410102002", "410102003"]), property: "name",
                datum: .wgs84, from: Self.day, by: .command())
            let page = try await reader.page("/?lang=zh&on=2015-06-30")
            #expect(page.contains("class=\"chart map-chart\""))
            let map = try #require(page.range(of: "class=\"chart map-chart\""))
            let head = page[..<map.lowerBound].suffix(900)
            #expect(head.contains("/figures/premises.share_1000"))
        }
    }

    /// A pair that is alone is told of nowhere, and so stands on no map.
    @Test(arguments: Engine.available)
    func whatIsNotToldIsOnNoMap(on engine: Engine) async throws {
        try await Self.withMap(engine) { test, reader in
            _ = try await test.district.loadOutlines(
                Self.file(["410102001001", "410102001002", "410102001003"]), property: "name",
                datum: .wgs84, from: Self.day, by: .command())
            let path =
                "/map?indicator=aid_pair.in_force&of=410102001&level=community&period=2015-06-30"
            let page = try await reader.page(path)
            #expect(!page.contains("map-area"))
            _ = try await reader.page(path + "&picture=map&as=csv", status: 422)
        }
    }

    @Test(arguments: Engine.available)
    func aFileWithUnknownUnitsIsRefusedWithTheNearestAndNothingIsKept(
        on engine: Engine
    ) async throws {
        try await Self.withMap(engine) { test, _ in
            do {
                _ = try await test.district.loadOutlines(
                    Self.file(["410102001001", "一社去", "不存在"]), property: "name",
                    datum: .wgs84, from: Self.day, by: .command())
                Issue.record("taken in spite of unknown units")
            } catch let refusal as Refusal {
                let words = "\(refusal)"
                #expect(words.contains("一社去") && words.contains("一社区"))
                #expect(words.contains("不存在"))
            }
            let kept = try await test.database.read { db in
                try db.value("SELECT COUNT(*) FROM unit_outline", as: Int.self)
            }
            #expect(kept == 0)
        }
    }

    @Test(arguments: Engine.available)
    func aLaterBoundaryHoldsFromItsDayOn(on engine: Engine) async throws {
        try await Self.withMap(engine) { test, _ in
            let later = Day(2015, 3, 1) ?? .first
            for (day, units) in [(Self.day, ["410102001001"]), (later, ["410102001001"])] {
                _ = try await test.district.loadOutlines(
                    Self.file(units), property: "name", datum: day == later ? .bd09 : .wgs84,
                    from: day, by: .command())
            }
            let structure = try await test.district.structure()
            let unit = try #require(structure.unit(code: "410102001001", on: later))
            let found = try await test.database.read { db in
                try [Self.day - 1, Self.day, later - 1, later].map {
                    try OutlineStore(db: db).outlines(of: [unit.unit], on: $0)[unit.unit]
                }
            }
            #expect(found[0] == nil)
            #expect(found[1] == found[2])
            #expect(found[2] != found[3])
        }
    }

    @Test(arguments: Engine.available)
    func whatADocumentMadeOfWhichUnitsIsDrawnAndListed(on engine: Engine) async throws {
        try await Self.withMap(engine) { test, reader in
            try await test.accept(
                """
                批次,名称,文号,生效日期,类型,前身编码,后继编码,后继名称,后继形式,领土上级
                R1,调整,1号,2015-06-01,merge,410102001002001,410102001002003,新网格,grid,410102001002
                R1,调整,1号,2015-06-01,merge,410102001002002,410102001002003,,,
                """, what: "reorganizations")
            #expect(try await reader.page("/units?on=2015-07-01").contains("/reorganizations/R1"))
            let page = try await reader.page("/reorganizations/R1?lang=zh")
            #expect(page.contains("class=\"chart flow-chart\""))
            #expect(page.contains("2个调整为1个"))
            #expect(page.contains("二社区一 → 新网格"))
            let csv = try await reader.page("/reorganizations/R1?picture=flow&as=csv")
            #expect(csv.contains("二社区一网格,新网格"))
            _ = try await reader.page("/reorganizations/R9", status: 404)
        }
    }

    @Test(arguments: Engine.available)
    func aYearOfTheCalendarSaysWhatEachDayHad(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let page = try await reader.page("/calendar?year=2015&lang=zh")
            #expect(page.contains("class=\"chart year-chart\""))
            #expect(page.contains("2015-03-02，1条记录"))
            #expect(
                try await reader.page("/calendar?year=2015&picture=year&as=csv")
                    .contains("2015-03-02,1"))
            _ = try await reader.page("/calendar?year=x", status: 422)
        }
    }
}
