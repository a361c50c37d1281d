import Core
import Figures
import Storage
import TestKit
import Testing

/// The rates of requests, counted again over the records by statements that know no figures.
struct RequestFigureTests {
    private struct Rate {
        let figure: String
        let counted: SQL
        let over: SQL
    }

    private static let rates = [
        Rate(
            figure: "service_acceptance.response_rate",
            counted: "r.kind = 'service_acceptance' AND r.late = 0",
            over: "r.kind = 'service_acceptance'"),
        Rate(
            figure: "service_call_back.resolution_rate",
            counted: "r.kind = 'service_call_back' AND r.fields ->> 'outcome' = 'solved'",
            over: "r.kind = 'service_call_back' AND r.fields ->> 'outcome' <> 'unreachable'"),
        Rate(
            figure: "service_call_back.satisfaction_rate",
            counted: """
                r.kind = 'service_call_back' AND r.fields ->> 'satisfied' IN ('yes', 'fair')
                """,
            over: "r.kind = 'service_call_back' AND r.fields ->> 'outcome' <> 'unreachable'"),
    ]

    @Test(arguments: Engine.available)
    func theThreeRatesEqualARecountOverRecords(_ engine: Engine) async throws {
        try await RequestTown.with(engine) { town in
            let expected = [(7, 8), (5, 6), (3, 6)]
            for (rate, numbers) in zip(Self.rates, expected) {
                let answer = try await town.test.answer(rate.figure, "410102", "2026-H1")
                let (counted, over) = try await town.test.database.read { db in
                    func count(_ condition: SQL) throws -> Int {
                        try db.value(
                            """
                            SELECT COUNT(*) FROM record r WHERE \(condition)
                                AND NOT EXISTS (SELECT 1 FROM record v WHERE v.reverses = r.id)
                            """, as: Int.self) ?? 0
                    }
                    return (try count(rate.counted), try count(rate.over))
                }
                #expect(answer.numerator == counted && answer.denominator == over, "\(rate.figure)")
                #expect(counted == numbers.0 && over == numbers.1, "\(rate.figure)")
            }
            let ended = try await town.test.answer("service_ending.count", "410102", "2026-H1")
            let filed = try await town.test.answer("service_filing.count", "410102", "2026-H1")
            #expect(ended.numerator == 5 && filed.numerator == 8)
        }
    }

    @Test func figuresOfRequestsStandOnAThemeAndHideWhatIsSmall() async throws {
        try await RequestTown.with(.sqlite) { town in
            let theme = try await town.client.page("/themes/service?period=2026-H1")
            #expect(theme.status == 200 && theme.text.contains("诉求响应率"))
            let small = try await town.client.page(
                "/figures/service_filing.count?unit=410102001002&period=2026-H1")
            #expect(small.status == 200 && !small.text.contains("2件"))
        }
    }
}
