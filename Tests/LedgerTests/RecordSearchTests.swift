import Catalogue
import Core
import Foundation
import Ledger
import Storage
import TestKit
import Testing

struct RecordSearchTests {
    private static let honors = """
        编号,日期,单位,级别,称号,授予单位
        R-1,2015-03-02,410102001,市级,文明街道,市文明办
        R-2,2015-04-02,410102001001,区级,平安社区,区综治办
        R-3,2015-05-02,410102001002,省级,党建党课示范社区,Science Board
        """

    @Test(arguments: Engine.available)
    func wordsAreFoundAnywhereNewestFirst(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.accept(Self.honors, what: "honor")
            #expect(try await test.found("社区") == ["R-3", "R-2"])
            #expect(try await test.found("明街") == ["R-1"])
            #expect(try await test.found("区") == ["R-3", "R-2"])
            #expect(try await test.found("办") == ["R-2", "R-1"])
            #expect(try await test.found("ｓｃｉｅｎｃｅ") == ["R-3"])
            #expect(try await test.found("社区 平安") == ["R-2"])
            #expect(try await test.found("建党建") == [])
            #expect(try await test.found("不在") == [])
        }
    }

    @Test(arguments: Engine.available)
    func whatDoesNotCountIsNotFound(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let id = try await test.accept(Self.honors, what: "honor")
            let posted = try await test.post(
                "honor",
                [
                    .day: "2015-06-01", .unit: "410102001", .field("level"): "市级",
                    .field("title"): "平安街道", .ref: "R-9",
                ])
            #expect(try await test.found("平安") == ["R-9", "R-2"])
            _ = try await test.district.reverse(
                posted, because: "重复", by: TestDistrict.actor)
            #expect(try await test.found("平安") == ["R-2"])
            // As the rows lie while a file is still being staged.
            try await test.database.write { db in
                try db.execute(
                    "UPDATE import SET base = NULL, published_at = NULL WHERE id = \(id)")
            }
            #expect(try await test.found("平安") == [])
        }
    }

    @Test(arguments: Engine.available)
    func nothingButTextsOfPublicKindsIsIndexed(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.accept("人员编号,姓名,单位\nT-1,王试甲,410102001\n", what: "persons")
            try await test.accept(
                "编号,日期,单位,服务事项,家庭代码,服务单号\nS-1,2015-02-02,410102001,代办社保,H-1,O-1\n",
                what: "home_service")
            try await test.accept(
                "编号,日期,单位,招聘会,本人同意,毕业生,用人单位\nJ-1,2015-02-02,410102,春季招聘会,是,T-1,E-1\n",
                what: "job_intent")
            let rows = try await test.database.read { db in
                try db.value("SELECT COUNT(*) FROM record_pair", as: Int.self)
            }
            #expect(rows == 0)
            #expect(try await test.found("社保") == [])
            #expect(try await test.found("招聘") == [])
        }
    }

    @Test(arguments: Engine.available)
    func aPageGoesOnWhereTheLastOneEnded(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let rows = (1...45).map { "M-\($0),2015-03-\($0 % 28 + 1),410102,社区报道\($0),报纸" }
                .map { $0.replacing(/2015-03-(\d),/) { "2015-03-0\($0.1)," } }
            try await test.accept(
                (["编号,日期,单位,标题,媒体类别"] + rows).joined(separator: "\n"),
                what: "media_coverage")
            var seen: [String] = []
            var place: RecordSearch.Place?
            for _ in 0..<5 {
                let found = try await test.page("社区", after: place, limit: 10)
                seen += found.records.compactMap(\.ref)
                place = found.next
                #expect(!found.isCommon)
            }
            #expect(place == nil && seen.count == 45 && Set(seen).count == 45)
        }
    }

    /// An older program wrote them, or the kind was not public then.
    @Test(arguments: Engine.available)
    func recordsThatStoodBeforeAreMadeFindable(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.accept(Self.honors, what: "honor")
            let before = try await test.pairs()
            try await test.database.write { db in try db.execute("DELETE FROM record_pair") }
            #expect(try await test.found("社区") == [])
            try await test.district.fillPairs()
            #expect(try await test.found("社区") == ["R-3", "R-2"])
            #expect(try await test.pairs() == before)
            // A filling that was cut short is done again, and harms nothing.
            try await test.database.write { db in
                try db.execute("DELETE FROM record_pair_kind WHERE kind = 'honor'")
            }
            try await test.district.fillPairs()
            #expect(try await test.pairs() == before)
        }
    }

    @Test(arguments: Engine.available)
    func aKindThatIsPublicNoLongerIsForgotten(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.accept(Self.honors, what: "honor")
            try await test.district.fillPairs()
            try await test.database.write { db in
                try db.execute("UPDATE record SET kind = kind WHERE FALSE")
                try db.execute(
                    "INSERT INTO record_pair_kind (kind, fields) VALUES ('pledge', 'text')")
            }
            try await test.district.fillPairs()
            let marks = try await test.database.read { db in
                try db.rows("SELECT kind FROM record_pair_kind").map {
                    try $0.at(0, as: String.self)
                }
            }
            #expect(marks.contains("honor") && !marks.contains("pledge"))
        }
    }

    @Test(arguments: Engine.available)
    func theSearchWalksAlongThePairs(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.accept(Self.honors, what: "honor")
            for word in ["社区", "党建党课", "区"] {
                let plan = try await test.database.read { db in
                    let search = RecordSearch([FoldedText(word)], in: test.district, asOf: 100)
                    return try db.plan(try #require(try search.statement(db)))
                }
                #expect(
                    plan.contains { $0.contains("record_pair") && $0.contains("pair=") }
                        || plan.contains { $0.contains("record_pair_pkey") }
                        || plan.contains { $0.contains("record_pair") && $0.contains("pair>") },
                    "\(plan)")
                #expect(!plan.contains { $0.hasPrefix("SCAN f") }, "\(plan)")
            }
        }
    }
}

extension TestDistrict {
    fileprivate func page(
        _ text: String, after place: RecordSearch.Place? = nil, limit: Int = 20
    ) async throws -> RecordSearch.Found {
        let position = try await position()
        let words = text.split(separator: " ").map { FoldedText(String($0)) }
        return try await database.read { db in
            try RecordSearch(words, in: district, asOf: position)
                .page(after: place, limit: limit, db)
        }
    }

    fileprivate func found(_ text: String) async throws -> [String] {
        try await page(text).records.compactMap(\.ref)
    }

    fileprivate func pairs() async throws -> [String] {
        try await database.read { db in
            try db.rows("SELECT pair, happened_on, record_id FROM record_pair ORDER BY 1, 2, 3")
                .map { row in
                    try "\(row.at(0, as: Int.self)) \(row.at(1, as: String.self)) "
                        + row.at(2, as: String.self)
                }
        }
    }
}
