import Catalogue
import Core
import Figures
import Organization
import Storage
import TestKit
import Testing

/// A figure unfolded says what asking one by one says: of every indicator, unit and month.
struct UnfoldingTests {
    @Test(arguments: Engine.available)
    func unfoldingSaysWhatAskingOneByOneSays(on engine: Engine) async throws {
        try await LoadedExample.zhongyuan.with(engine) { test in
            let figures = test.figures
            let (faults, unfolded) = try await test.database.read { db in
                var faults: [String] = []
                var unfolded = 0
                let reading = try figures.reading(db)
                for id in reading.reckoner.catalogue.indicators.keys.sorted() {
                    for code in ["410102", "410102005"] {
                        let found = try differences(id, code, reading)
                        faults += found ?? []
                        unfolded += found == nil ? 0 : 1
                    }
                }
                return (faults, unfolded)
            }
            #expect(faults == [])
            #expect(unfolded > 100)
        }
    }

    /// S1 is settled in March at one community, S2 in April at the other, S3 never.
    @Test(arguments: Engine.available)
    func aFigureThatWaitsForALaterRecordIsUnfoldedToo(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.take(
                "visit", "编号,日期,单位,事项", "V1,2015-01-10,\(At.grid11),S1",
                "V2,2015-01-11,\(At.grid21),S2", "V3,2015-03-12,\(At.grid21),S3")
            try await district.take(
                "settled", "编号,日期,单位,事项", "E1,2015-03-10,\(At.street),S1",
                "E2,2015-06-10,\(At.street),S1", "E3,2015-06-10,\(At.street),S2")
            let figures = district.figures
            let (faults, course) = try await district.database.read { db in
                let reading = try figures.reading(db)
                var faults: [String] = []
                for id in ["visit.settled", "visit.taken_up"] {
                    for code in [At.district, At.street] {
                        faults += try differences(id, code, reading) ?? ["\(id) is not unfolded"]
                    }
                }
                let asked = try reading.question(
                    "visit.settled", unit: At.street, period: "2015-H1")
                let months = ["2015-03", "2015-06"].compactMap { Period($0) }
                let found = try reading.reckoner.unfold(asked, months: months, units: [])
                return (faults, found?.months?.map(\.numerator))
            }
            #expect(faults == [])
            #expect(course == [1, 1])
        }
    }

    /// Nil for a figure that cannot be unfolded.
    private func differences(
        _ id: String, _ code: String, _ reading: Figures.Reading
    ) throws -> [String]? {
        let indicator = try reading.reckoner.indicator(id)
        let stands = indicator.when == .inForce
        let first = try reading.question(
            id, unit: code, period: stands ? "@2015-06-30" : "2015-H1")
        let months = ["01", "03", "06"].map { Period("2015-\($0)")! }
            .map { stands ? Period.day($0.lastDay) : $0 }
        let below = reading.structure.children(
            of: first.unit, indicator.axis, on: Day(2015, 6, 30)!)
        let units = below.prefix(2).map(\.unit) + below.suffix(1).map(\.unit)
        var faults: [String] = []
        for question in [first, first.asking(.now)] {
            guard
                let found = try reading.reckoner.unfold(question, months: months, units: units)
            else { return nil }
            func check(_ answer: Answer?, _ asked: Question) throws {
                let alone = try reading.reckoner.answer(asked)
                if answer != alone {
                    faults.append(
                        "\(id) \(code) \(asked.period) \(asked.structure): "
                            + "\(String(describing: answer)) is \(alone)")
                }
            }
            try check(found.whole, question)
            try check(
                try reading.reckoner.unfold(question, months: months, units: [])?.whole, question)
            for unit in units { try check(found.units[unit], question.asking(unit: unit)) }
            for (month, answer) in zip(months, found.months ?? []) {
                try check(answer, question.asking(period: month))
            }
        }
        return faults
    }
}
