import Core
import Figures
import Organization
import Storage
import TestKit
import Testing

/// Random records in random units that move: every roll-up is counted again in plain SQL.
struct RollUpTests {
    @Test(arguments: Engine.available, [3, 20] as [UInt64])
    func everyRollUpIsWhatPlainSQLCounts(on engine: Engine, seed: UInt64) async throws {
        try await SmallCatalogue.with(engine) { district in
            var dice = Dice(seed: seed)
            let units = try await found(in: district, &dice)
            try await recordVisits(in: district, units, &dice)
            try await checkCounts(in: district, units)
            try await checkParts(in: district, units)
        }
    }

    /// Streets, communities and grids; then grids move, and a community with them.
    private func found(in district: TestDistrict, _ dice: inout Dice) async throws -> [String] {
        var lines = ["编码,名称,形式,领土上级,起始日期"]
        var streets: [String] = []
        var communities: [String] = []
        var grids: [String] = []
        for street in 1...3 {
            streets.append("S\(street)")
            lines.append("S\(street),街道\(street),street,\(At.district),2014-01-01")
            for number in 1...dice.roll(1...4) {
                let community = "S\(street)C\(number)"
                communities.append(community)
                lines.append("\(community),社区\(community),community,S\(street),2014-01-01")
                for grid in 0..<dice.roll(1...3) {
                    grids.append("\(community)G\(grid)")
                    lines.append(
                        "\(community)G\(grid),网格\(community)\(grid),grid,\(community),2014-01-01")
                }
            }
        }
        try await district.accept(lines.joined(separator: "\n") + "\n", what: "units")
        for (index, day) in ["2014-09-01", "2015-02-01", "2015-03-01"].enumerated() {
            let moves = grids.shuffled(using: &dice).prefix(3).map { grid in
                "move,\(grid),\(communities.randomElement(using: &dice) ?? communities[0])"
            }
            let whole = communities.randomElement(using: &dice).map { community in
                "move,\(community),\(streets.randomElement(using: &dice) ?? streets[0])"
            }
            let head = "批次,名称,文号,生效日期,类型,前身编码,领土上级"
            let rows = (moves + [whole].compactMap { $0 }).map { "M\(index),调整,文号,\(day),\($0)" }
            try await district.accept(
                ([head] + rows).joined(separator: "\n") + "\n", what: "reorganizations")
        }
        return [At.district] + streets + communities + grids
    }

    private func recordVisits(
        in district: TestDistrict, _ units: [String], _ dice: inout Dice
    ) async throws {
        guard let first = Day("2014-06-01") else { return }
        var lines = ["编号,日期,单位,时长"]
        for number in 1...800 {
            let unit = units.randomElement(using: &dice) ?? units[0]
            let minutes = dice.roll(0...9) == 0 ? "" : String(dice.roll(0...400))
            lines.append("V\(number),\(first + dice.roll(0...390)),\(unit),\(minutes)")
        }
        try await district.accept(lines.joined(separator: "\n") + "\n", what: "visit")
        for _ in 1...20 {
            let number = "V\(dice.roll(1...800))"
            // The same number may come up twice; it is reversed once.
            if let id = try? await district.record("visit", number) {
                _ = try await district.district.reverse(
                    id, because: "录入有误", by: TestDistrict.actor)
            }
        }
    }

    private func checkCounts(in district: TestDistrict, _ units: [String]) async throws {
        for period in ["2014", "2015", "2014-06-15..2015-04-14", "2015-02", "..2015-06-30"] {
            for unit in units {
                let count = try await district.answer("visit.count", unit, period)
                let sum = try await district.answer("visit.minutes", unit, period)
                let plain = try await recount(unit, period, in: district)
                #expect(count.numerator == plain.count, "\(unit) \(period)")
                #expect(sum.numerator == plain.sum, "\(unit) \(period)")
            }
        }
    }

    /// From the last move on, a unit comes to what its children come to, and its own records.
    private func checkParts(in district: TestDistrict, _ units: [String]) async throws {
        let structure = try await district.district.structure()
        let day = try #require(Day("2015-03-01"))
        for period in ["2015-03", "2015-Q2", "2015-03-01..2015-06-30"] {
            for unit in units {
                let id = try #require(structure.unit(code: unit, on: day)).unit
                let children = structure.children(of: id, .territory, on: day)
                let own = try await recount(unit, period, in: district, ownOnly: true)
                for (indicator, start) in [("visit.count", own.count), ("visit.minutes", own.sum)] {
                    var sum = start
                    for child in children {
                        sum += try await district.answer(indicator, child.code, period).numerator
                    }
                    let whole = try await district.answer(indicator, unit, period)
                    #expect(whole.numerator == sum, "\(indicator) \(unit) \(period)")
                }
            }
        }
    }

    /// Counts over the links alone, without the table the engine uses.
    private func recount(
        _ code: String, _ text: String, in district: TestDistrict, ownOnly: Bool = false
    ) async throws -> (count: Int, sum: Int) {
        let period = try #require(Period(text))
        return try await district.database.read { db in
            let row = try db.first(
                """
                WITH RECURSIVE link AS (
                    SELECT l.child_id, l.parent_id, l.valid_from,
                        COALESCE(l.valid_to, '9999-12-31') AS valid_to
                    FROM org_link l
                    WHERE l.axis = 'territory' AND \(ownOnly) = FALSE
                        AND NOT EXISTS (SELECT 1 FROM org_link s WHERE s.supersedes = l.id)
                ), below(unit_id, valid_from, valid_to) AS (
                    SELECT v.unit_id, '0001-01-01', '9999-12-31'
                    FROM org_unit_version v WHERE v.code = \(code)
                    UNION
                    SELECT l.child_id,
                        CASE WHEN l.valid_from > b.valid_from
                            THEN l.valid_from ELSE b.valid_from END,
                        CASE WHEN l.valid_to < b.valid_to THEN l.valid_to ELSE b.valid_to END
                    FROM below b
                    JOIN link l ON l.parent_id = b.unit_id
                        AND l.valid_from < b.valid_to AND l.valid_to > b.valid_from
                )
                SELECT COUNT(*) AS count, CAST(COALESCE(SUM(f.m1), 0) AS BIGINT) AS sum
                FROM fact f
                WHERE f.kind = 'visit' AND f.happened_on >= \(period.from)
                    AND f.happened_on < \(period.to)
                    AND EXISTS (SELECT 1 FROM below b WHERE b.unit_id = f.unit_id
                        AND f.happened_on >= b.valid_from AND f.happened_on < b.valid_to)
                """)
            return (try row?.get("count") ?? 0, try row?.get("sum") ?? 0)
        }
    }
}
