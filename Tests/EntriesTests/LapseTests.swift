import Core
import Storage
import TestKit
import Testing

/// How long what is no record yet is kept, as its writer sees it.
struct LapseTests {
    private static func asked(_ desk: WritingDesk) async throws -> String {
        let opinion = [
            "unit": WritingDesk.first, "day": "2015-06-30", "measure.0": "50", "measure.1": "40",
            "measure.2": "39", "field.asked_group": "resident", "then": "post",
        ]
        let answer = try await desk.write(opinion, kind: "opinion_round")
        return String(try #require(answer.location, "\(answer.text)").prefix { $0 != "?" })
    }

    @Test(arguments: Engine.available)
    func theWriterReadsWhenWhatWasSentBackGoes(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let place = try await Self.asked(desk)
            let before = try await desk.client.page("/entries", as: desk.li)
            #expect(!before.text.contains("起删除"))
            let back = try await desk.client.submit(
                place, ["reason": "满意数多了"], to: "\(place)/return", as: desk.wu)
            #expect(back.status == 303)
            let page = try await desk.client.page("/entries", as: desk.li)
            #expect(page.text.contains("2015-07-31起删除"))
        }
    }

    @Test(arguments: Engine.available, [(14, false), (15, true)])
    func theWriterReadsThatAnEntryWaitsTooLong(
        on engine: Engine, expected: (days: Int, isOverdue: Bool)
    ) async throws {
        try await WritingDesk.with(engine) { desk in
            _ = try await Self.asked(desk)
            let waited = Int64(expected.days) * 86_400_000
            let asked = Moment(milliseconds: TestDistrict.moment.milliseconds - waited)
            try await desk.test.database.write { db in
                _ = try db.execute("UPDATE entry_waiting SET asked_at = \(asked)")
            }
            let page = try await desk.client.page("/entries", as: desk.li)
            #expect(page.text.contains("已等待超过14天") == expected.isOverdue)
        }
    }
}
