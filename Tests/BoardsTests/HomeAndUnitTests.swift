import Core
import Ledger
import Storage
import TestKit
import Testing

/// The home page and the page of a unit: what they lead to, draw and list.
struct HomeAndUnitTests {
    private static let things = """
        编号,日期,单位,品牌名称
        B-1,2015-01-05,410102001,四叶草
        B-2,2014-01-06,410102001,旧品牌
        """

    private static let ends = "日期,单位,结束\n2014-12-31,410102001,B-2\n"

    private static let posts = """
        编号,日期,单位,职务,任职人
        P-1,2014-06-02,410102001,街道班子成员,T-1
        """

    private static let outlines = """
        编号,日期,单位,边界点
        O-1,2014-01-02,410102001001,"0,0 100,0 100,100 0,100"
        O-2,2014-01-02,410102001002,"100,0 200,0 200,100 100,100"
        """

    private func furnish(_ test: TestDistrict) async throws {
        try await test.accept(Self.things, what: "brand")
        try await test.accept(Self.ends, what: "brand")
        try await test.accept(Self.posts, what: "post")
        try await test.accept(Self.outlines, what: "boundary")
    }

    @Test(arguments: Engine.available)
    func theHomePageShowsHeadlinesWhatIsNewAndTheWayOn(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            let page = try await reader.page("/?lang=zh")
            #expect(page.contains("荣誉称号"))
            #expect(page.contains("/figures/honor.count?unit=410102"))
            #expect(page.contains("最新记录"))
            #expect(page.contains("/calendar?day=2015-05-05"))
            #expect(page.contains("社区作风"), "a lecture is told of")
            #expect(!page.contains("王试甲"))
            for door in ["/themes", "/mechanisms", "/rules", "/calendar", "/register"] {
                #expect(page.contains("href=\"\(door)\""), "\(door)")
            }
        }
    }

    @Test(arguments: Engine.available)
    func aUnitListsWhatStandsThereAndNamesNobody(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            try await furnish(test)
            let now = try await reader.page("/units/410102001?on=2015-06-30&lang=zh")
            #expect(now.contains("四叶草") && !now.contains("旧品牌"))
            #expect(now.contains("自 2015-01-05 起"))
            #expect(now.contains("街道班子成员"))
            #expect(!now.contains("王试甲") && !now.contains("T-1"))
            let before = try await reader.page("/units/410102001?on=2014-06-30&lang=zh")
            #expect(before.contains("旧品牌") && !before.contains("四叶草"))
        }
    }

    @Test(arguments: Engine.available)
    func theNewestOfManyUnitsAreFoundDayByDayAndAreTheSame(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, _ in
            try await furnish(test)
            let structure = try await test.district.structure()
            let root = try #require(structure.unit(code: "410102", on: TestDistrict.moment.day))
            let district = test.district
            let answers = try await test.database.read { db in
                try [true, false].map { isWide in
                    let statement = RecordStore(db: db).newestStatement(
                        in: root.unit, axis: .territory, on: TestDistrict.moment.day,
                        scope: district.publicScope, isWide: isWide, limit: 5)
                    let ids = try db.rows(statement).map { try $0.get("id", as: String.self) }
                    return (ids, try db.plan(statement).joined(separator: " "))
                }
            }
            #expect(answers[0].0.count == 5 && answers[0].0 == answers[1].0)
            // PostgreSQL goes by the size of the tables, which here are tiny.
            guard engine == .sqlite else { return }
            #expect(answers[0].1.contains("record_day"), "\(answers[0].1)")
            #expect(answers[1].1.contains("record_kind"), "\(answers[1].1)")
        }
    }

    @Test(arguments: Engine.available)
    func aFigureIsDrawnOnAMapOnlyWhereThreeUnitsHaveOutlines(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            let address = "/figures/honor.count?unit=410102001&period=2015-H1&lang=zh"
            try await furnish(test)
            let page = try await reader.page(address)
            #expect(!page.contains("map-area"))
        }
    }

    @Test(arguments: Engine.available)
    func aMechanismLeadsToWhatServesIt(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let page = try await reader.page("/mechanisms?lang=zh")
            #expect(page.contains("id=\"H1-6\""))
            #expect(page.contains("/kinds/honor"))
            #expect(page.contains("待"), "what waits says so")
            let kind = try await reader.page("/kinds/honor?lang=en")
            #expect(kind.contains("/mechanisms#H1-6"))
            let rules = try await reader.page("/rules?lang=en")
            #expect(rules.contains("Weekly hours of study"))
        }
    }

    /// Pages that only tell of the catalogue read the ledger's head and the newest day, no more.
    @Test(arguments: Engine.available)
    func eachPageTakesAKnownNumberOfStatements(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            try await furnish(test)
            _ = try await reader.page("/figures")
            for (path, most) in [
                ("/kinds", 3), ("/kinds/honor", 3), ("/register", 3), ("/mechanisms", 3),
                ("/rules", 3), ("/units", 3), ("/themes", 3), ("/figures?lang=en", 3),
                ("/figures/honor.count?unit=410102&period=2015-H1", 24),
                ("/units/410102001?on=2015-06-30", 130), ("/", 60),
            ] {
                let statements = try await reader.statements(path)
                #expect(statements <= most, "\(path)")
                let again = try await reader.statements(path)
                #expect(again <= 1, "\(path) is kept until anything is written")
            }
        }
    }
}
