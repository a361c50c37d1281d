import Catalogue
import Core
import Foundation
import Ledger
import Organization
import Storage
import TestKit
import Testing

/// Lists of records: every page together is what the ledger counts, whatever was undone.
struct RecordListTests {
    private static let orders: [RecordList.Order] = [
        .day(newestFirst: true), .day(newestFirst: false),
    ]

    /// All pages of a list, one after the other.
    private static func pages(
        _ list: RecordList, by limit: Int, of total: Int
    ) throws -> [Record] {
        var all: [Record] = []
        var place: [String]?
        while true {
            let page = try list.page(after: place, limit: limit, of: total)
            all += page
            guard page.count == limit, let last = page.last else { return all }
            place = list.place(last)
        }
    }

    @Test(arguments: Engine.available)
    func allPagesTogetherAreTheTotalAndWhatTheLedgerCounts(on engine: Engine) async throws {
        for seed in [1, 7] as [UInt64] {
            try await TestDistrict.with(engine) { test in
                try await test.foundSmallDistrict()
                var dice = Dice(seed: seed)
                var ledger = RandomLedger(test: test)
                for _ in 0..<60 { try await ledger.act(&dice) }
                #expect(ledger.undone + ledger.reversed > 0)
                let position = try await test.position()
                let structure = try await test.district.structure()
                let periods = [nil, Period("2015-02"), Period("2015-Q2"), Period("@2015-04-15")]
                var listed = 0
                for id in ["material", "brand"] {
                    let kind = try #require(test.district.catalogue.kinds[id])
                    let scope = try #require(
                        test.district.listScope(kind, of: nil, structure))
                    for period in periods {
                        for order in Self.orders {
                            listed += try await test.database.read { db in
                                try Self.compare(
                                    RecordList.Asked(
                                        kind, in: scope, period: period, order: order),
                                    at: position, db)
                            }
                        }
                    }
                }
                #expect(listed > 60)
            }
        }
    }

    /// The list against the view of what counts, filtered here.
    private static func compare(
        _ asked: RecordList.Asked, at position: Int, _ db: Connection
    ) throws -> Int {
        let rows = try db.rows(
            """
            SELECT f.id, f.happened_on, f.last_on FROM fact f WHERE f.kind = \(asked.kind.id)
            """)
        var wanted: Set<Record.ID> = []
        for row in rows {
            let first = try row.at(1, as: Day.self)
            let gone = try row.optionalAt(2, as: Day.self)
            let isMeant =
                asked.period.map { period in
                    asked.kind.shape == .event
                        ? period.contains(first)
                        : first <= period.lastDay && (gone.map { $0 > period.lastDay } ?? true)
                } ?? true
            if isMeant { wanted.insert(try row.at(0)) }
        }
        let list = RecordList(asked, asOf: position, db)
        // Few are sorted; of many the days are walked along.
        for total in [0, RecordList.manyRecords] {
            for size in [3, 100] {
                let pages = try pages(list, by: size, of: total)
                #expect(Set(pages.map(\.id)) == wanted, "\(asked.kind.id) \(asked.order)")
                #expect(pages.count == wanted.count, "no record stands on two pages")
                let days = pages.map(\.happenedOn)
                let isDown = asked.order == .day(newestFirst: true)
                #expect(days == days.sorted(by: isDown ? { $0 > $1 } : { $0 < $1 }))
            }
            #expect(try list.total(upTo: 10_000) == wanted.count)
            var whole: [Record.ID] = []
            try list.each(limit: 10_000) { whole.append($0.id) }
            #expect(whole == (try pages(list, by: 7, of: total)).map(\.id))
        }
        return wanted.count
    }

    private static let honors = """
        编号,日期,单位,级别,称号,授予单位
        R-1,2015-03-02,410102001,市级,文明街道,市文明办
        R-2,2015-05-04,410102001001,区级,平安社区 100%,区综治办
        R-3,2015-05-04,410102001002,省级,科普社区,Science Board
        R-4,2015-06-04,410102001002,省级,Ｇreen社区,甲_乙
        """

    @Test(
        arguments: Engine.available,
        [
            ("平安", ["R-2"]), ("社区", ["R-2", "R-3", "R-4"]), ("science", ["R-3"]),
            ("SCIENCE", ["R-3"]), ("100%", ["R-2"]), ("%", ["R-2"]), ("_", ["R-4"]), ("!", []),
            ("甲%乙", []), ("没有", []), ("'", []),
        ])
    func aTextIsFoundAsItStands(
        on engine: Engine, _ sought: (String, [String])
    ) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.accept(Self.honors, what: "honor")
            let found = try await test.list(
                "honor", [.holds(["title", "issuer"], sought.0)])
            #expect(found == sought.1)
        }
    }

    private static let sessions = """
        编号,日期,单位,学习形式,时长,参加人次
        S-1,2015-03-02,EDU-1,党支部学习,60,20
        S-2,2015-03-03,EDU-1,专题报告,90,
        S-3,2015-03-04,EDU-2,党支部学习,120,31
        S-4,2015-03-04,EDU-2,党支部学习,90,31
        """

    @Test(arguments: Engine.available)
    func measuresAndChoicesNarrowAListAndSortIt(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.accept(Self.sessions, what: "study_session")
            func found(
                _ conditions: [RecordCondition],
                _ order: RecordList.Order? = nil
            ) async throws -> [String] {
                try await test.list("study_session", conditions, order: order)
            }
            #expect(
                try await found([.measure(1, from: 90, through: nil)]) == ["S-2", "S-3", "S-4"])
            #expect(try await found([.measure(1, from: 61, through: 119)]) == ["S-2", "S-4"])
            #expect(try await found([.choice("session_kind", "special_report")]) == ["S-2"])
            #expect(try await found([.choice("session_kind", "none' OR '1'='1")]) == [])
            let largest = try await found([], .measure(2, largestFirst: true))
            #expect(Set(largest.prefix(2)) == ["S-3", "S-4"])
            #expect(Array(largest.suffix(2)) == ["S-1", "S-2"])
            let smallest = try await found([], .measure(2, largestFirst: false))
            #expect(smallest == largest.reversed())
        }
    }

    /// A community that moves takes with it what it does from then on, and nothing before.
    @Test(arguments: Engine.available)
    func aUnitHasWhatWasBelowItOnTheDay(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.accept(
                """
                编码,名称,形式,领土上级,党组织上级,条线上级,起始日期,截止日期
                410102002,乙街道,street,410102,410102,,2014-01-01,
                """, what: "units")
            try await test.accept(
                """
                批次,名称,文号,生效日期,类型,前身编码,后继编码,后继名称,后继形式,领土上级,党组织上级,条线上级,依据
                G1,调整,一号,2015-05-10,move,410102001002,,,,410102002,,,
                """, what: "reorganizations")
            try await test.accept(Self.honors, what: "honor")
            func found(_ code: String, _ text: String?) async throws -> [String] {
                let structure = try await test.district.structure()
                let unit = try #require(structure.unit(code: code, on: Day(2015, 7, 1)!))
                let period =
                    text.flatMap { Period($0) } ?? Period(text: "all", from: .first, to: .last)
                let units = try #require(UnitsBelow(unit.unit, structure, in: period))
                return try await test.list(
                    "honor", [], period: text.flatMap { Period($0) }, units: units)
            }
            #expect(try await found("410102001", nil) == ["R-1", "R-2", "R-3"])
            #expect(try await found("410102002", nil) == ["R-4"])
            #expect(try await found("410102002", "2015-H1") == ["R-4"])
            #expect(try await found("410102001", "2015-05") == ["R-2", "R-3"])
            #expect(try await found("410102002", "2015-05") == [])
            #expect(try await found("410102", nil) == ["R-1", "R-2", "R-3", "R-4"])
        }
    }

    @Test(arguments: Engine.available)
    func aListGoesAlongAnIndex(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.accept(Self.honors, what: "honor")
            let structure = try await test.district.structure()
            let kind = try #require(test.district.catalogue.kinds["honor"])
            let street = try #require(
                structure.unit(code: "410102001", on: TestDistrict.moment.day))
            let half = try #require(Period("2015-H1"))
            let units = try #require(UnitsBelow(street.unit, structure, in: half))
            let scope = Scope.kinds(["honor"])
            func plan(
                _ period: Period?, _ units: UnitsBelow?, isWide: Bool, counts: Bool = false
            ) async throws -> [String] {
                try await test.database.read { db in
                    let list = RecordList(
                        RecordList.Asked(kind, in: scope, period: period, units: units),
                        asOf: 100, db)
                    return try db.plan(
                        counts
                            ? list.totalStatement(upTo: 100)
                            : list.statement(limit: 100, isWide: isWide))
                }
            }
            for period in [half, nil] {
                let walk = try await plan(period, nil, isWide: true)
                let few = try await plan(period, units, isWide: false)
                let count = try await plan(period, nil, isWide: false, counts: true)
                // PostgreSQL chooses among the indexes by the size of the tables, here tiny.
                guard engine == .sqlite else {
                    for plan in [walk, few, count] {
                        #expect(!plan.contains { $0.contains("Seq Scan on record") }, "\(plan)")
                    }
                    continue
                }
                #expect(walk.contains { $0.contains("record_day") }, "\(walk)")
                #expect(few.contains { $0.contains("record_kind") }, "\(few)")
                #expect(
                    count.contains { $0.contains("record_kind") && $0.contains("SEARCH f") },
                    "\(count)")
                // The order comes from the index: nothing is sorted.
                #expect(!walk.contains { $0.contains("ORDER BY") }, "\(walk)")
            }
        }
    }
}

extension TestDistrict {
    /// The numbers of the records that a list holds: sorted, unless an order is given.
    fileprivate func list(
        _ id: String, _ conditions: [RecordCondition], period: Period? = nil,
        units: UnitsBelow? = nil, order: RecordList.Order? = nil
    ) async throws -> [String] {
        let kind = try #require(district.catalogue.kinds[id])
        let position = try await position()
        return try await database.read { db in
            let list = RecordList(
                RecordList.Asked(
                    kind, in: .kinds([id]), period: period, units: units,
                    conditions: conditions, order: order ?? .day(newestFirst: true)),
                asOf: position, db)
            let found = try list.page(after: nil, limit: 100, of: 0).compactMap(\.ref)
            #expect(try list.total(upTo: 100) == found.count)
            return order == nil ? found.sorted() : found
        }
    }
}
