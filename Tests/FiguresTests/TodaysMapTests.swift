import Catalogue
import Core
import Figures
import Organization
import Storage
import TestKit
import Testing

/// Under “now”, the map in force today answers: not that of the newest change, nor of the period.
struct TodaysMapTests {
    @Test(arguments: Engine.available)
    func aUnitThatMovedCountsWhereItStandsToday(on engine: Engine) async throws {
        try await TreeDistrict.with(engine) { district in
            try await district.plant("2015-02-28,C1,1", "2015-02-28,C3,4", "2015-03-05,C1,16")
            try await district.change("R1", "2015-03-01", "move,C1,C1,甲社区,community,S2,")
            for (unit, then, now) in [("S1", "1", "0"), ("S2", "20", "21"), ("D", "21", "21")] {
                #expect(try await district.said("tree.sum", unit, "2015") == then, "\(unit)")
                #expect(try await district.said("tree.sum", unit, "2015", .now) == now, "\(unit)")
            }
        }
    }

    @Test(arguments: Engine.available)
    func whatIsDecidedForALaterDayIsNotNowUntilThatDay(on engine: Engine) async throws {
        let clock = SteppingClock()
        try await TreeDistrict.with(engine, now: { clock.moment }) { district in
            try await district.plant("2015-02-28,C1,1", "2015-02-28,C2,2")
            try await district.accept(
                "编码,名称,形式,领土上级,起始日期,截止日期\nC8,丁社区,community,S1,2010-01-01,2026-12-31\n",
                what: "units")
            try await district.plant("2015-02-28,C8,64")
            try await district.change(
                "R2", "2027-01-01", "merge,C1,C9,新社区,community,S1,",
                "merge,C2,C9,新社区,community,S1,")
            #expect(try await district.said("tree.sum", "C1", "2015", .now) == "1")
            #expect(try await district.said("tree.sum", "C8", "2015", .now) == "64")
            #expect(try await district.said("tree.sum", "S1", "2015", .now) == "67")
            #expect(try await district.said("tree.sum", "D", "2015", .now) == "67")
            #expect(try await district.said("tree.sum", "C9", "2015", .now) == "no_data")
            // One instance of the figures over midnight of the last day of 2026.
            let figures = district.figures
            func kept(_ code: String) async throws -> String {
                try await district.database.read { db in
                    let reading = try figures.reading(db)
                    return try reading.answer(
                        try reading.question(
                            "tree.sum", unit: code, period: "2015", structure: .now)
                    ).said
                }
            }
            #expect(try await kept("C1") == "1")
            clock.step(days: 33)
            #expect(try await kept("C9") == "3")
            #expect(try await kept("C1") == "no_data", "it is on no map of today")
            #expect(
                try await kept("S1") == "67", "what nobody followed stays with what stood above")
            #expect(try await district.said("tree.sum", "D", "2015", .now) == "67")
        }
    }

    /// An older position keeps the map that was in force when the ledger stood there.
    @Test(arguments: Engine.available)
    func anOlderPositionHasItsOwnToday(on engine: Engine) async throws {
        let clock = SteppingClock()
        try await TreeDistrict.with(engine, now: { clock.moment }) { district in
            try await district.plant("2015-02-28,C1,1")
            try await district.change("R1", "2027-01-01", "move,C1,C1,甲社区,community,S2,")
            let before = try await district.position()
            clock.step(days: 40)
            try await district.plant("2026-12-30,C3,8")
            #expect(try await district.said("tree.sum", "S1", "2015", .now, at: before) == "1")
            #expect(try await district.said("tree.sum", "S2", "2015", .now, at: before) == "0")
            #expect(try await district.said("tree.sum", "S1", "2015", .now) == "0")
            #expect(try await district.said("tree.sum", "S2", "2015", .now) == "1")
        }
    }

    @Test(arguments: Engine.available, ["C9", "C1"])
    func aMergedUnitHasEveryMonthOfWhatItCameOf(on engine: Engine, code: String) async throws {
        try await TreeDistrict.with(engine) { district in
            try await district.plant(
                "2015-01-31,C1,1", "2015-02-28,C2,2", "2015-03-01,\(code == "C1" ? "C2" : "C1"),4")
            try await district.change(
                "R1", "2015-03-15", "merge,C1,\(code),新社区,community,S1,",
                "merge,C2,\(code),新社区,community,S1,")
            try await district.plant("2015-03-15,\(code),8")
            for (period, said) in [
                ("2015-01", "1"), ("2015-02", "2"), ("2015-03", "12"), ("2015-04", "0"),
                ("2015-Q1", "15"), ("2015", "15"),
            ] {
                #expect(
                    try await district.said("tree.sum", code, period, .now) == said, "\(period)")
                #expect(
                    try await district.said("tree.sum", "S1", period, .now) == said, "\(period)")
            }
        }
    }

    /// C1 is divided under its own code and another: what it had belongs to neither.
    @Test(arguments: Engine.available)
    func whatWasDividedIsNotComparableAndNeverASmallerShare(on engine: Engine) async throws {
        try await TreeDistrict.with(engine) { district in
            try await district.plant("2015-01-31,C1,1", "2015-01-31,C2,1", "2015-04-01,C2,1")
            try await district.accept("编号,日期,单位\nN1,2014-01-01,C1\n", what: "nursery")
            try await district.change(
                "R1", "2015-03-15", "split,C1,C1,甲社区,community,S1,record_by_record",
                "split,C1,C4,丁社区,community,S1,record_by_record")
            for unit in ["C1", "C4"] {
                #expect(
                    try await district.said("tree.sum", unit, "2015-01", .now) == "not_comparable")
                #expect(try await district.said("tree.sum", unit, "2015", .now) == "not_comparable")
                #expect(try await district.said("tree.sum", unit, "2015-04", .now) == "0")
            }
            #expect(try await district.said("tree.sum", "S1", "2015", .now) == "3")
            #expect(try await district.said("tree.share", "D", "2015-01") == "2/3")
            for unit in ["D", "S1"] {
                #expect(
                    try await district.said("tree.share", unit, "2015-01", .now)
                        == "not_comparable")
            }
            #expect(try await district.said("tree.share", "S2", "2015-01", .now) == "0/1")
            #expect(try await district.said("tree.share", "D", "2015-04", .now) == "1/4")
            #expect(try await district.said("tree.communities", "D", "2015-01") == "not_comparable")
            #expect(try await district.said("tree.communities", "D", "2015-04") == "1")
            let had = "nursery.communities"
            #expect(try await district.said(had, "D", "@2015-02-01") == "1")
            #expect(try await district.said(had, "D", "@2015-02-01", .now) == "not_comparable")
            #expect(try await district.said(had, "S2", "@2015-02-01", .now) == "0")
            #expect(try await district.said("nursery.count", "D", "@2015-02-01", .now) == "1")
            #expect(
                try await district.said("nursery.count", "C4", "@2015-02-01", .now)
                    == "not_comparable")
            // Once both parts are counted anyway, the one record of the past changes nothing.
            try await district.plant("2015-04-02,C1,1", "2015-04-02,C4,1")
            #expect(try await district.said("tree.communities", "D", "2015") == "3")
        }
    }

    @Test(arguments: Engine.available)
    func whatAUnitHadGoesOverWithItWhereItWentWhole(on engine: Engine) async throws {
        try await TreeDistrict.with(engine) { district in
            try await district.accept("编号,日期,单位\nN1,2014-01-01,C1\n", what: "nursery")
            try await district.change(
                "R1", "2015-03-01", "merge,C1,C9,新社区,community,S1,",
                "merge,C2,C9,新社区,community,S1,")
            let had = "nursery.communities"
            #expect(try await district.said(had, "D", "@2015-02-01", .now) == "1")
            #expect(try await district.said(had, "S1", "@2015-02-01", .now) == "1")
        }
    }

    /// Every kind of change, several on the way and one ahead: for every unit of today the months
    /// of a year come to the year, and the units of a street to the street.
    @Test(arguments: Engine.available)
    func monthsComeToTheYearWhateverHappenedToTheUnits(on engine: Engine) async throws {
        try await TreeDistrict.with(engine) { district in
            try await district.change("R1", "2015-02-15", "move,C2,C2,乙社区,community,S2,")
            try await district.change(
                "R2", "2015-04-01", "merge,C2,C2,合社区,community,S2,",
                "merge,C3,C2,合社区,community,S2,")
            try await district.change(
                "R3", "2015-06-10", "split,C1,C1,甲社区,community,S1,not_comparable",
                "split,C1,C5,戊社区,community,S1,not_comparable")
            try await district.change("R4", "2015-08-01", "found,,C6,己社区,community,S1,")
            try await district.change("R5", "2015-10-20", "abolish,C6,,,,,")
            try await district.change("R6", "2015-11-11", "rename,C5,C7,庚社区,,,")
            try await district.change("R7", "2027-05-01", "abolish,C7,,,,,")
            var number = 1
            for (code, from, to) in [
                ("C1", 1, 12), ("C2", 1, 12), ("C3", 1, 3), ("C5", 7, 10), ("C6", 8, 9),
                ("S1", 1, 12), ("D", 3, 4),
            ] {
                for month in from...to {
                    let day = month < 10 ? "2015-0\(month)-07" : "2015-\(month)-07"
                    try await district.plant("\(day),\(code),\(number)")
                    number += 7
                }
            }
            for unit in ["D", "S1", "S2", "C1", "C2", "C7"] {
                for indicator in ["tree.sum", "tree.count"] {
                    try await addsUp(indicator, unit, district)
                }
            }
            let whole = try await district.said("tree.sum", "D", "2015")
            #expect(try await district.said("tree.sum", "D", "2015", .now) == whole)
        }
    }

    private func addsUp(_ indicator: String, _ unit: String, _ district: TestDistrict) async throws
    {
        var sum = 0
        var isWhole = true
        for month in 1...12 {
            let text = month < 10 ? "2015-0\(month)" : "2015-\(month)"
            let answer = try await district.answer(indicator, unit, text, .now)
            #expect(answer.hasValue || answer.state == .notComparable, "\(unit) \(text)")
            isWhole = isWhole && answer.hasValue
            sum += answer.numerator
        }
        let year = try await district.answer(indicator, unit, "2015", .now)
        #expect(year.hasValue == isWhole, "\(indicator) \(unit)")
        if isWhole { #expect(year.numerator == sum, "\(indicator) \(unit)") }
    }

    /// The whole catalogue on the demonstration, for the district, its streets and every community
    /// of today that came of another.
    @Test(arguments: Engine.available)
    func monthsOfEveryAdditiveFigureComeToTheYear(on engine: Engine) async throws {
        try await LoadedExample.zhongyuan.with(engine) { test in
            let figures = test.figures
            let (faults, checked) = try await test.database.read { db in
                var faults: [String] = []
                var checked = 0
                let reading = try figures.reading(db)
                let units = reading.structure.versions.keys.sorted().filter { unit in
                    let form = reading.structure.version(unit, on: reading.today)?.form
                    let hasPast = reading.structure.predecessors[unit] != nil
                    return form == "street" || form == "community" && hasPast
                }
                let months = (1...12).compactMap { Period($0 < 10 ? "2015-0\($0)" : "2015-\($0)") }
                for indicator in reading.reckoner.catalogue.indicators.values
                where indicator.addsUp && indicator.when != .inForce && indicator.isOfItsDays {
                    let year = try reading.question(
                        indicator.id, unit: "410102", period: "2015", structure: .now)
                    var sums: [String: Int] = [:]
                    var isWhole: [String: Bool] = [:]
                    func read(_ question: Question) throws -> [(String, Answer)] {
                        let found = try #require(
                            try reading.reckoner.unfold(question, months: [], units: units))
                        return [("D", found.whole)] + found.units.map { ($0.key.text, $0.value) }
                    }
                    for month in months {
                        for (unit, answer) in try read(year.asking(period: month)) {
                            sums[unit, default: 0] += answer.numerator
                            isWhole[unit] =
                                (isWhole[unit] ?? true) && answer.state != .notComparable
                        }
                    }
                    for (unit, answer) in try read(year) {
                        checked += 1
                        let isComparable = answer.state != .notComparable
                        let isSame = answer.numerator == sums[unit]
                        if isComparable != isWhole[unit] || isComparable && !isSame {
                            faults.append("\(indicator.id) \(unit): \(answer.said)")
                        }
                    }
                }
                return (faults, checked)
            }
            #expect(faults.prefix(5) == [])
            #expect(checked > 2_000)
        }
    }
}

extension Indicator {
    /// Whether nothing in the definition asks about the last day of the period, so that its months
    /// can come to the year.
    fileprivate var isOfItsDays: Bool {
        let all = conditions + had.flatMap(\.conditions)
        let asksRule = all.contains { condition in
            if case .rule = condition.comparison.threshold { return true }
            return false
        }
        return !asksRule && !had.contains { $0.on == .asked }
    }
}
