import Core
import Figures
import Storage
import TestKit
import Testing
import Web

/// Whoever asks the interface for everything it answers, and solves for what it does not tell,
/// learns no small number of persons.
struct ApiAttackTests {
    /// Everything that may be asked of sealed entries: each number is told just where a page may
    /// tell it, alone or in a table, and beside one that is withheld stands nothing.
    @Test(arguments: Engine.available)
    func aNumberIsToldJustWhereAPageMayTellIt(on engine: Engine) async throws {
        try await CareDistrict.with(seed: 4, on: engine) { town in
            try await town.test.withSite { client in
                let api = try await ApiClient(client)
                var (told, withheld) = (0, 0)
                for id in ["care.count", "care.kept_share", "stay.count"] {
                    for unit in CareDistrict.units {
                        for period in Self.periods {
                            for map in Question.Standpoint.allCases {
                                let isOpen = try await Self.expectSame(
                                    api, town, id, unit, period, map)
                                if isOpen { told += 1 } else { withheld += 1 }
                            }
                        }
                    }
                }
                #expect(told > 20 && withheld > 100, "\(told) told, \(withheld) withheld")
            }
        }
    }

    /// Whole years and halves, quarters beside months, as-to-date, and spans that differ by days.
    private static let periods = [
        "2014", "2014-H2", "2015-H1", "2015-Q1", "2015-Q2", "2015-02", "2015-03", "..2015-06-30",
        "@2015-03-31", "@2015-06-30", "2014-07-01..2015-03-10", "2015-W11",
    ]

    private static func expectSame(
        _ api: ApiClient, _ town: CareDistrict, _ id: String, _ unit: String, _ period: String,
        _ map: Question.Standpoint
    ) async throws -> Bool {
        let figures = town.test.figures
        let today = town.test.district.now().day
        let (answer, isOpen) = try await town.test.database.read { db in
            let reading = try figures.reading(db)
            let question = try reading.question(id, unit: unit, period: period, structure: map)
            return (
                try reading.answer(question),
                try Disclosures(reading, today: today).disclosure(question) == .open
            )
        }
        let asked = "unit=\(unit)&period=\(period)&structure=\(map.rawValue)"
        let found = try await api.get("/api/v1/figures/\(id)?\(asked)")
        let figure = found["figure"]
        #expect((figure["state"] == "withheld") == !isOpen, "\(id) \(asked)")
        if isOpen { #expect((figure["value"] != .null) == answer.hasValue, "\(id) \(asked)") }
        let trace = try await api.get("/api/v1/figures/\(id)/trace?\(asked)")
        #expect(trace["items"].parts.isEmpty, "nobody lists what is sealed")
        #expect(trace["parts"].parts.isEmpty, "\(id) \(asked)")
        #expect(trace["figure"] == figure)
        guard !isOpen else { return true }
        for name in ["value", "numerator", "denominator"] { #expect(figure[name] == .null) }
        #expect(trace["openness"] == "withheld" && trace["adds_up"] == .null)
        return false
    }

    /// All units below one but the one that is hidden, beside their total: what the table tells of
    /// them together leaves the hidden number open.
    @Test func aTableHidesWhatItsTotalWouldGiveAway() async throws {
        try await CareDistrict.with(seed: 4) { town in
            // Something that everybody sees, without which there is no table at all.
            try await town.test.accept(
                "编号,日期,单位,份数,名称\nM-1,2015-05-05,410102001,3,防火\n", what: "material")
            try await town.test.withSite { client in
                let api = try await ApiClient(client)
                var isHidden = 0
                for period in ["2014-H2", "2015-H1"] {
                    for map in ["then", "now"] {
                        // The communities are one from March 2015 on, and no table by then.
                        let isBefore = period == "2014-H2" && map == "then"
                        for level in isBefore ? ["community", "grid"] : ["grid"] {
                            let table = try await api.get(
                                "/api/v1/figures?figure=care.count&period=\(period)"
                                    + "&structure=\(map)&of=410102001&level=\(level)")
                            for row in [table["whole"]] + table["rows"].parts {
                                for cell in row["figures"].parts {
                                    let code = try #require(row["unit"]["code"].string)
                                    let one = try await api.get(
                                        "/api/v1/figures/care.count?unit=\(code)"
                                            + "&period=\(period)&structure=\(map)")
                                    #expect(one["figure"]["state"] == cell["state"])
                                    #expect(one["figure"]["value"] == cell["value"])
                                    if cell["state"] == "withheld" { isHidden += 1 }
                                }
                            }
                        }
                    }
                }
                #expect(isHidden > 0, "the trial hides something")
            }
        }
    }
}
