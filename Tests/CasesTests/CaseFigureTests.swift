import Cases
import Core
import Ledger
import Storage
import TestKit
import Testing

/// What steps were judged by is counted like any other number.
struct CaseFigureTests {
    static let indicators = [
        "indicators/felling.yaml": """
        felling.surveys:
          {name: {zh: 查看次数, en: Surveys}, from: felling_survey, value: count, unit: 次}
        felling.in_time:
          name: {zh: 按时查看次数, en: Surveys in time}
          from: felling_survey
          where: {late: {at_most: 0}}
          value: count
          unit: 次

        """
    ]

    @Test(arguments: Engine.available)
    func whatWasInTimeStaysInTime(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine, Self.indicators) { town in
            let first = try await town.open()
            let second = try await town.open("P-3")
            try await town.survey(first)
            town.clock.pass(days: 20)
            try await town.survey(second)
            let all = try await town.test.answer("felling.surveys", "D", "2026")
            let good = try await town.test.answer("felling.in_time", "D", "2026")
            #expect(all.numerator == 2 && good.numerator == 1, "\(all) \(good)")
        }
    }
}
