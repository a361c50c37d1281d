import Catalogue
import Core
import Figures
import Organization
import Storage
import TestKit
import Testing

/// A table of figures says what asking one by one says.
struct FigureGridTests {
    private static let units = ["410102", "410102005", "410102005001"]
    private static let periods = ["2015-03", "2015-Q2", "2015-W12", "@2015-06-30"]

    @Test(arguments: Engine.available, Question.Standpoint.allCases)
    func aTableSaysWhatAskingOneByOneSays(
        on engine: Engine, standpoint: Question.Standpoint
    ) async throws {
        try await LoadedExample.zhongyuan.with(engine) { test in
            let figures = test.figures
            let faults = try await test.database.read { db in
                let ledger = try figures.reading(db)
                let columns = try test.readingOfColumns(db)
                let ids = ledger.reckoner.catalogue.indicators.keys.sorted()
                let units = Self.units.compactMap {
                    ledger.structure.unit(code: $0, on: Day(2015, 6, 30)!)?.unit
                }
                let periods = Self.periods.compactMap { Period($0) }
                #expect(units.count == Self.units.count && periods.count == Self.periods.count)
                var faults: [String] = []
                // Asked twice: of columns, and then of what was kept.
                for _ in 1...2 {
                    let grid = try columns.grid(
                        ids, units: units, periods: periods, standpoint)
                    for (id, rows) in zip(ids, grid) {
                        for (unit, row) in zip(units, rows) {
                            for (period, answer) in zip(periods, row) {
                                let question = ledger.question(id, unit: unit, period, standpoint)
                                let alone = try ledger.answer(question)
                                guard answer != alone else { continue }
                                faults.append("\(id) \(unit) \(period): \(answer) is \(alone)")
                            }
                        }
                    }
                }
                return faults
            }
            #expect(faults == [])
        }
    }

    /// Branches are due since a rule of 30 March.
    @Test(arguments: Engine.available, ["2015-01", "2015-W12", "..2015-03-29", "2014"])
    func aPeriodBeforeTheRuleHasNothing(on engine: Engine, period: String) async throws {
        try await LoadedExample.zhongyuan.with(engine) { test in
            for map in Question.Standpoint.allCases {
                let answer = try await test.answer(
                    "study.weekly_compliance", "BUR-EDU", period, map)
                #expect(!answer.hasValue)
            }
        }
    }

    @Test(arguments: Engine.available)
    func aTableWithoutUnitsOrPeriodsIsEmpty(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            let figures = district.figures
            try await district.database.read { db in
                let reading = try figures.reading(db)
                let street = try #require(
                    reading.structure.unit(code: At.street, on: TestDistrict.moment.day))
                #expect(try reading.grid([], units: [street.unit], periods: []) == [])
                #expect(try reading.grid(["visit.count"], units: [], periods: []) == [[]])
                let rows = try reading.grid(["visit.count"], units: [street.unit], periods: [])
                #expect(rows == [[[]]])
            }
        }
    }
}
