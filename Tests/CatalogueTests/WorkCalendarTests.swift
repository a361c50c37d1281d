import Catalogue
import Core
import Testing

@Suite struct WorkCalendarTests {
    private func calendar() throws -> WorkCalendar {
        try Catalogue(folders: [ownCatalogue]).calendar
    }

    @Test(arguments: [
        ("2015-01-01", false), ("2015-01-05", true), ("2015-01-10", false),
        // The Sunday after the parade was worked, and the Thursday and Friday were free.
        ("2015-09-03", false), ("2015-09-04", false), ("2015-09-05", false), ("2015-09-06", true),
        // A Saturday worked before the Spring Festival, whose nine days were free.
        ("2026-02-14", true), ("2026-02-15", false), ("2026-02-23", false), ("2026-02-24", true),
        ("2026-02-28", true), ("2026-03-01", false),
    ])
    func holidaysAndSwappedDaysAreThoseOfTheYear(_ day: String, _ works: Bool) throws {
        let day = try #require(Day(day))
        #expect(try calendar().isWorkingDay(day) == works)
    }

    @Test func aHolidayHasItsNameAndAWorkedWeekendNone() throws {
        let calendar = try calendar()
        #expect(calendar.holiday(try #require(Day("2015-01-01")))?.en == "New Year's Day")
        #expect(calendar.holiday(try #require(Day("2015-09-06"))) == nil)
        #expect(calendar.holiday(try #require(Day("2015-01-10"))) == nil)
    }

    @Test(arguments: [("2013-01-01", true), ("2016-02-08", true), ("2016-02-13", false)])
    func aYearWithoutACalendarHasWeekendsOnly(_ day: String, _ works: Bool) throws {
        let day = try #require(Day(day))
        #expect(try calendar().isWorkingDay(day) == works)
        #expect(try !calendar().years.contains(day.year))
    }

    @Test(arguments: [
        ("2015", []), ("2014-07-01..2015-06-30", []), ("2016", [2016]),
        ("2013-12-31..2017-01-01", [2013, 2016, 2017]), ("..2015-06-30", []),
    ])
    func aPeriodSaysWhichYearsAreNotKnown(_ text: String, _ years: [Int]) throws {
        let period = try #require(Period(text))
        #expect(try calendar().unknownYears(period) == years)
    }
}
