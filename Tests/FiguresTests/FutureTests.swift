import Core
import Figures
import Storage
import Synchronization
import TestKit
import Testing

/// A year that has not begun has no figures.
struct FutureTests {
    @Test(arguments: Engine.available)
    func aPeriodOfAYearThatHasNotBegunIsNoQuestion(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.visits("V1,2015-03-02,\(At.grid11)")
            let today = district.district.now().day
            #expect(today == Day("2015-07-01"))
            let asked = [
                "2016", "2016-H1", "2016-Q1", "2016-01", "@2016-01-01", "..2016-01-01",
                "2015-07-01..2016-01-01", "2020-01-01..2029-12-31", "2016-W01", "9998",
            ]
            for period in asked {
                await #expect(throws: Refusal.self, "\(period)") {
                    _ = try await district.said("visit.count", At.street, period)
                }
            }
            for period in ["2015", "2015-H2", "@2015-12-31", "2015-W53", "2006-01-01..2015-12-31"] {
                _ = try await district.said("visit.count", At.street, period)
            }
        }
    }

    /// Each week of each community is looked at: that is paid for before it is begun.
    @Test(arguments: Engine.available)
    func whatRangesOverManyWeeksIsPaidForAhead(on engine: Engine) async throws {
        try await SmallCatalogue.with(engine) { district in
            try await district.visits("V1,2015-03-02,\(At.grid11)")
            let foreseen = Mutex<[Int]>([])
            let work = Work(for: "one") { more in
                foreseen.withLock { $0.append(more) }
                return false
            }
            await #expect(throws: Work.Refused.self) {
                try await Work.$current.withValue(work) {
                    _ = try await district.said(
                        "visit.weekly", At.street, "2006-01-01..2015-12-31")
                }
            }
            #expect(foreseen.withLock { $0.count } == 1)
            #expect(foreseen.withLock { $0.first ?? 0 } > 0)
        }
    }
}
