import Core
import Figures
import Ledger
import Organization
import Storage
import TestKit

/// The small district with random entries of sealed kinds, a merger in the middle of a half-year,
/// and everything its public pages say of them.
struct CareDistrict {
    let test: TestDistrict
    /// How many records each cell holds, and which outcome they have.
    private(set) var counts: [Int] = []
    private var cellOf: [String: Int] = [:]

    static let kinds = """
        care:
          name: {zh: 照护, en: Care}
          visibility: sealed
          fields:
            outcome:
              type: choice
              label: {zh: 结果, en: Outcome}
              options: {kept: {zh: 按约, en: Kept}, missed: {zh: 未到, en: Missed}}
        stay:
          name: {zh: 留住, en: Stay}
          visibility: sealed
          shape: standing

        """

    static let indicators = """
        care.count:
          {name: {zh: 照护, en: Care}, source: {zh: 试, en: Trial}, from: care, value: count,
          by: outcome, unit: 次, area: department, headline: true}
        care.kept:
          {name: {zh: 按约照护, en: Care kept}, source: {zh: 试, en: Trial}, from: care, value: count,
          where: {outcome: {is: kept}}, unit: 次, area: department}
        care.kept_share:
          {name: {zh: 按约比例, en: Share kept}, source: {zh: 试, en: Trial}, from: care, value: count,
          where: {outcome: {is: kept}}, over: care.count, part: true, unit: "%", qualifier: share,
          area: department}
        stay.count:
          {name: {zh: 留住, en: Stays}, source: {zh: 试, en: Trial}, from: stay, when: in_force,
          value: count, unit: 次, area: department}

        """

    static let before = ["410102001001", "410102001002"]
    static let merged = "410102001009"
    static let lasting = [
        "410102001", "410102001001001", "410102001001002", "410102001002001", "410102001002002",
        "BUR-EDU",
    ]
    static let units = ["410102"] + lasting + before + [merged]

    static let months = (0..<12).map { place in
        place < 6 ? "2014-\(two(place + 7))" : "2015-\(two(place - 5))"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Every way in which a period can be written.
    static var periods: [String] {
        var all = [
            "2014", "2015", "2014-H2", "2015-H1", "2014-Q3", "2014-Q4", "2015-Q1", "2015-Q2",
        ]
        all += months
        for month in months {
            guard let last = Period(month)?.lastDay else { continue }
            all += ["..\(last)", "@\(last)"]
        }
        return all + [
            "2014-07-01..2015-03-10", "2014-07-01..2015-03-20", "2015-01-01..2015-06-30",
            "@2015-03-10", "@2015-03-11", "..2015-03-10", "2015-W11", "2015-W12", "before:R1",
            "after:R1",
        ]
    }

    static func with(
        seed: UInt64, on engine: Engine = .sqlite,
        _ body: (CareDistrict) async throws -> Void
    ) async throws {
        let files = ["kinds/care.yaml": kinds, "indicators/care.yaml": indicators]
        try await OwnFolder.with(files) { folder in
            try await TestDistrict.with(engine, catalogue: [folder]) { test in
                var town = CareDistrict(test: test)
                try await town.found(seed)
                try await body(town)
            }
        }
    }

    private mutating func found(_ seed: UInt64) async throws {
        try await test.foundSmallDistrict()
        let head = "批次,名称,文号,生效日期,类型,前身编码,后继编码,后继名称,后继形式,领土上级,依据"
        let merges = Self.before.map {
            "merge,\($0),\(Self.merged),合社区,community,410102001,whole"
        }
        let moves = (Self.lasting.filter { $0.utf8.count == 15 } + ["DW-1", "DW-2"]).map {
            "move,\($0),,,,\(Self.merged),"
        }
        let lines = (merges + moves).map { "R1,调整,文一号,2015-03-01,\($0)" }
        try await test.accept(
            ([head] + lines).joined(separator: "\n") + "\n", what: "reorganizations")
        var dice = Dice(seed: seed)
        var care = ["编号,日期,单位,结果"]
        var stays = ["编号,起始日期,单位"]
        for (place, month) in Self.months.enumerated() {
            let communities = place < 8 ? Self.before : [Self.merged]
            for unit in Self.lasting + communities {
                for outcome in ["按约", "未到"] {
                    let count = [0, 0, 0, 1, 2, 3, 6, 9, 14][dice.roll(0...8)]
                    take("C", count) { care.append("\($0),\(month)-11,\(unit),\(outcome)") }
                }
                let count = [0, 0, 0, 1, 2, 4, 7][dice.roll(0...6)]
                take("S", count) { stays.append("\($0),\(month)-11,\(unit)") }
            }
        }
        try await test.accept(care.joined(separator: "\n") + "\n", what: "care")
        try await test.accept(stays.joined(separator: "\n") + "\n", what: "stay")
        for kind in ["care", "stay"] {
            let rows = try await test.database.read { db in
                try db.rows("SELECT id, ref FROM record WHERE kind = \(kind)")
                    .map { (try $0.get("id", as: String.self), try $0.get("ref", as: String.self)) }
            }
            for (id, ref) in rows {
                cellOf[id] = ref.split(separator: "-").dropFirst().first.flatMap { Int($0) }
            }
        }
    }

    private mutating func take(_ letter: String, _ count: Int, _ row: (String) -> Void) {
        guard count > 0 else { return }
        for number in 1...count { row("\(letter)-\(counts.count)-\(number)") }
        counts.append(count)
    }

    func sets() async throws -> [String: [Asked: Set<Int>]] {
        var sets: [String: [Asked: Set<Int>]] = [:]
        for indicator in ["care.count", "care.kept", "stay.count"] {
            sets[indicator] = try await self.sets(indicator)
        }
        return sets
    }

    /// What an attacker solves together: all events, and what stands on one day. From day to day
    /// things begin and end, and how many did is not told.
    static func system(_ indicator: String, _ period: String) -> String {
        guard indicator == "stay.count" else { return "care" }
        return Period(period) { _ in Day(2015, 3, 1) }?.lastDay.description ?? period
    }

    /// Attackers to whom everything is told that may be, by system.
    func attacked(_ sets: [String: [Asked: Set<Int>]]) async throws -> [String: Attacker] {
        let (figures, cells, today) = (test.figures, counts.count, test.district.now().day)
        return try await test.database.read { db in
            let reading = try figures.reading(db)
            let disclosures = Disclosures(reading, today: today)
            var attackers: [String: Attacker] = [:]
            for indicator in ["care.count", "care.kept", "care.kept_share", "stay.count"] {
                let above = indicator == "care.kept_share" ? "care.kept" : indicator
                for (asked, set) in sets[above] ?? [:] {
                    let question = try reading.question(
                        indicator, unit: asked.unit, period: asked.period, structure: asked.map)
                    guard try disclosures.disclosure(question) == .open else { continue }
                    let answer = try reading.answer(question)
                    guard answer.hasValue else { continue }
                    let system = Self.system(indicator, asked.period)
                    var attacker = attackers[system] ?? Attacker(cells: cells)
                    defer { attackers[system] = attacker }
                    attacker.learn(set, comesTo: answer.numerator)
                    guard let all = sets["care.count"]?[asked], indicator.hasPrefix("care") else {
                        continue
                    }
                    if answer.isRatio { attacker.learn(all, comesTo: answer.denominator) }
                    guard indicator == "care.count", let kept = sets["care.kept"]?[asked],
                        try disclosures.tellsParts(question)
                    else { continue }
                    for part in try reading.parts(question) {
                        attacker.learn(
                            part.value == "kept" ? kept : all.subtracting(kept),
                            comesTo: part.answer.numerator)
                    }
                }
            }
            return attackers
        }
    }

    /// The cells of an indicator, for every unit, period and map.
    private func sets(_ indicator: String) async throws -> [Asked: Set<Int>] {
        let figures = test.figures
        let cellOf = cellOf
        return try await test.database.read { db in
            let reading = try figures.reading(db)
            var sets: [Asked: Set<Int>] = [:]
            for unit in Self.units {
                for period in Self.periods {
                    for map in Question.Standpoint.allCases {
                        let question = try reading.question(
                            indicator, unit: unit, period: period, structure: map)
                        let answer = try reading.answer(question)
                        let ids =
                            answer.hasValue
                            ? try reading.reckoner.contributions(question).map(\.id) : []
                        let cells = Set(ids.compactMap { cellOf[$0] })
                        sets[Asked(unit: unit, period: period, map: map)] = cells
                    }
                }
            }
            return sets
        }
    }

    func count(_ cells: Set<Int>) -> Int { cells.reduce(0) { $0 + counts[$1] } }

    struct Asked: Hashable {
        let unit: String
        let period: String
        let map: Question.Standpoint
    }
}
