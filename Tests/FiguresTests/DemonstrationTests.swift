import Catalogue
import Core
import Figures
import Foundation
import Ledger
import Storage
import TestKit
import Testing

/// The printed figures of the demonstration district: matched, counted again in plain SQL that
/// knows nothing of the engine, and traced to records that add up. Loading takes most of the
/// time, so one test asks everything of one district.
struct DemonstrationTests {
    @Test(arguments: Engine.available)
    func everyPrintedFigureMatchesAndIsCountedAgain(on engine: Engine) async throws {
        try await LoadedExample.zhongyuan.with(engine) { district in
            let printed = TestDistrict.home.demonstration + "/figures.csv"
            #expect(try await checkAll(printed, in: district) == 74)
            let missing = try await rowsWithoutAFigure(district, beside: printed)
            #expect(missing == [])
            let faults = try await ColumnFaults(district).faultsOfAll(
                ["410102", "410102005"], ["2015-H1", "2015-03"])
            #expect(faults == [])
        }
    }

    /// The mechanisms that are said to be served, and yet come to nothing in this district: their
    /// figures are neither printed nor anything for the district as a whole.
    private func rowsWithoutAFigure(
        _ district: TestDistrict, beside printed: String
    ) async throws -> [String] {
        let catalogue = district.district.catalogue
        let table = try ImportTable(path: printed)
        let column = try #require(table.headings.firstIndex(of: "indicator"))
        let known = table.rows.compactMap { catalogue.indicators[$0.values[column]] }
        let asked = catalogue.indicators.values.filter { !$0.serves.isEmpty }
        let figures = district.figures
        let alive = try await district.database.read { db in
            let reading = try figures.reading(db)
            return try asked.filter { indicator in
                let isStanding = indicator.when == .inForce && indicator.from != .rule
                let answer = try reading.answer(
                    try reading.question(
                        indicator.id, unit: "410102", period: isStanding ? "@2015-06-30" : "2015-H1"
                    ))
                return answer.hasValue && answer.numerator > 0
            }
        }
        // Cases are dated around the day on which the demonstration is started, not in 2015.
        let ofCases = asked.filter { $0.kind.map(catalogue.kindsOfCases.contains) ?? false }
        let served = Set((alive + known + ofCases).flatMap(\.serves))
        return catalogue.services.filter { $0.isServed && !served.contains($0.mechanism.id) }
            .map(\.line)
    }

    @Test(arguments: Engine.available, [7])
    func anotherDistrictMatchesItsOwnFigures(on engine: Engine, seed: Int) async throws {
        try await TestDistrict.with(engine, example: true) { district in
            let folder = try district.generate(seed: seed)
            try await district.loadDemonstration(from: folder)
            #expect(try await checkAll(folder + "/figures.csv", in: district) == 74)
        }
    }

    /// - Returns: how many figures were checked.
    private func checkAll(_ path: String, in district: TestDistrict) async throws -> Int {
        let table = try ImportTable(path: path)
        let figures = district.figures
        let rows = try await figures.check(table).rows
        #expect(rows.filter { !$0.matched }.map { "\($0.id): \($0.mismatches.map(\.en))" } == [])
        let asked = table.rows.map { Dictionary(zip(table.headings, $0.values)) { $1 } }
        let faults = try await district.database.read { db in
            let reading = try figures.reading(db)
            return try asked.flatMap { try self.faults($0, reading, db) }
        }
        #expect(faults == [])
        return rows.count
    }

    /// Where plain SQL comes to something else, or the records listed do not add up.
    private func faults(
        _ row: [String: String], _ reading: Figures.Reading, _ db: Connection
    ) throws -> [String] {
        let id = row["id"] ?? ""
        let question = try reading.question(
            row["indicator"] ?? "", unit: row["unit"] ?? "", period: row["period"] ?? "")
        let indicator = try reading.reckoner.indicator(question.indicator)
        let answer = try reading.answer(question)
        var faults: [String] = []
        let path = TestDistrict.home.demonstration + "/recount/\(id).sql"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        guard let plain = try db.first(SQL(stringLiteral: text)) else {
            return ["\(id): the recount has no row"]
        }
        // Where the phrase goes by the exact value, the recount gives what is full.
        let isFloor = [.over, .moreThan].contains(indicator.qualifier)
        let value = isFloor ? answer.floor(to: 1, indicator) : answer.rounded(indicator)
        if try plain.get("value", as: Int.self) != value { faults.append("\(id): value") }
        if let part = try plain.optional("numerator", as: Int.self), part != answer.numerator {
            faults.append("\(id): numerator \(part)")
        }
        if let whole = try plain.optional("denominator", as: Int.self),
            whole != answer.denominator
        {
            faults.append("\(id): denominator \(whole)")
        }
        let trace = try reading.reckoner.trace(question, answer: answer)
        if !trace.addsUp { faults.append("\(id): the records do not add up") }
        let contributions = try reading.reckoner.contributions(question)
        if (trace.parts.first?.count ?? 0) != contributions.count {
            faults.append("\(id): \(contributions.count) contributions")
        }
        return faults
    }
}
