import Boards
import Core
import Testing

/// Which half-year a page shows by itself.
struct UsualPeriodsTests {
    private func half(_ text: String) throws -> Day { try #require(Period(text)).from }

    private func periods(
        _ counts: [String: Int], newest: String, today: String
    ) throws -> UsualPeriods? {
        let today = try #require(Day(today))
        var known: [Day: Int] = [:]
        for (text, count) in counts { known[try half(text)] = count }
        return Recorded(newest: Day(newest), counts: known).periods(after: today - 1, today: today)
    }

    @Test(arguments: [
        (
            "the half-year that has just ended", ["2015-H1": 30, "2015-H2": 90], "2016-01-01",
            "2015-H2"
        ),
        ("the last day is not over yet", ["2015-H1": 30, "2015-H2": 90], "2015-12-31", "2015-H1"),
        ("on 1 July", ["2014-H2": 50, "2015-H1": 60], "2015-07-01", "2015-H1"),
        ("what is long past", ["2015-H1": 200], "2026-11-29", "2015-H1"),
        (
            "a stray record of a half-year that ended", ["2015-H1": 200, "2026-H1": 1],
            "2026-11-29",
            "2015-H1"
        ),
        (
            "nineteen strays of a full district", ["2015-H1": 200, "2026-H1": 19], "2026-11-29",
            "2015-H1"
        ),
        ("twenty are work again", ["2015-H1": 200, "2026-H1": 20], "2026-11-29", "2026-H1"),
        ("a tenth of a small district", ["2015-H1": 40, "2015-H2": 4], "2016-02-01", "2015-H2"),
        ("one of a very small district", ["2015-H1": 6, "2015-H2": 1], "2016-02-01", "2015-H1"),
        ("one in each", ["2015-H1": 1, "2015-H2": 1], "2016-02-01", "2015-H2"),
    ])
    func theLatestHalfYearThatIsOverAndWasKeptIsShown(
        _ name: String, _ counts: [String: Int], _ today: String, _ shown: String
    ) throws {
        let found = try periods(counts, newest: today, today: today)
        #expect(found?.half.text == shown, "\(name)")
        #expect(found?.lastDay.lastDay == Period(shown)?.lastDay)
    }

    @Test func theHalfYearUnderWayStandsBesideItUpToToday() throws {
        let counts = ["2015-H1": 200, "2015-H2": 1]
        let found = try periods(counts, newest: "2015-08-02", today: "2015-08-03")
        #expect(found?.half.text == "2015-H1")
        #expect(found?.soFar?.text == "2015-07-01..2015-08-03")
        let idle = try periods(["2015-H1": 200], newest: "2015-06-02", today: "2015-08-03")
        #expect(idle?.soFar == nil)
    }

    @Test func withNothingOverTheOneUnderWayIsShownUpToTodayAndNoLater() throws {
        for today in ["2015-07-01", "2015-08-03", "2015-12-31"] {
            let found = try periods(["2015-H2": 3], newest: "2015-07-01", today: today)
            #expect(found?.half.text == "2015-07-01..\(today)")
            #expect(found?.lastDay.text == "@\(today)")
            #expect(found?.soFar == nil)
        }
        #expect(
            try Recorded(newest: nil, counts: [:]).periods(
                after: #require(Day("2015-01-01")), today: #require(Day("2015-01-02"))) == nil)
    }

    @Test func aDayThatIsAskedForLooksNoFurther() throws {
        let counts = [try half("2014-H2"): 90, try half("2015-H1"): 90, try half("2026-H2"): 90]
        let recorded = Recorded(newest: Day("2026-11-01"), counts: counts)
        let end = try #require(Day("2015-06-30"))
        #expect(recorded.periods(after: end, today: end)?.half.text == "2015-H1")
        #expect(recorded.periods(after: end, today: end)?.soFar == nil)
        let within = try #require(Day("2015-05-04"))
        #expect(recorded.periods(after: within, today: within)?.half.text == "2014-H2")
        #expect(
            recorded.periods(after: within, today: within)?.soFar?.text == "2015-01-01..2015-05-04")
    }

    @Test func aHalfYearUnderWaySaysSo() throws {
        let today = try #require(Day("2015-08-03"))
        let period = try #require(Period("2015-07-01..2015-08-03"))
        #expect(period.words(today: today).zh == "2015年下半年至今")
        #expect(period.words(today: today).en == "the second half of 2015 so far")
        #expect(period.words(today: today + 9).zh == "2015年下半年（至8月3日）")
        let other = try #require(Period("2015-07-02..2015-08-03"))
        #expect(other.words(today: today).zh == other.words.zh)
    }
}
