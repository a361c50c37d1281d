import Core
import Storage
import TestKit
import Testing

@Suite struct DayTests {
    @Test(arguments: [
        "2015-02-29", "2015-13-01", "2015-00-10", "2015-04-31", "2015-06-00", "1900-02-29",
        "0000-01-01", "2015-1-01", "2015-01-1", "15-01-01", "2015/01/01", "2015-01-01 ",
        " 2015-01-01", "+015-01-01", "-015-01-01", "2015-01-0x", "２０１５-０１-０１", "20150101", "",
        "2015-01-01T00:00", "2015-01-\u{0}1",
    ])
    func whatIsNoDayIsRefused(_ text: String) {
        #expect(Day(text) == nil)
    }

    @Test(arguments: [
        (2015, 2, 29), (2015, 13, 1), (2015, 0, 1), (2015, 1, 0), (2015, 1, -1), (0, 1, 1),
        (10_000, 1, 1), (-1, 1, 1), (Int.max, 1, 1), (2015, Int.min, 1), (2015, 1, Int.max),
    ])
    func partsThatMakeNoDayAreRefused(_ year: Int, _ month: Int, _ day: Int) {
        #expect(Day(year, month, day) == nil)
    }

    @Test(arguments: ["0001-01-01", "2016-02-29", "2000-02-29", "9999-12-31"])
    func whatIsADayIsRead(_ text: String) throws {
        #expect(try #require(Day(text)).description == text)
    }

    /// Counts the days up one by one, as a calendar on the wall does.
    @Test func everyDayFrom1949To2100ReadsAsItWasWritten() throws {
        var (year, month, day) = (1949, 1, 1)
        var number = try #require(Day(1949, 1, 1)).number
        // 1 January 1949 was a Saturday.
        var weekday = 6
        var faults: [String] = []
        while year <= 2100 {
            let here = Day(number: number)
            if here.parts != (year, month, day) || Day(year, month, day) != here
                || Day(here.description) != here || here.weekday != weekday
                || here.monday.weekday != 1 || !(0..<7).contains(number - here.monday.number)
                || here.year != year || here.month != month
            {
                faults.append("\(year)-\(month)-\(day)")
            }
            day += 1
            if day > Day.length(ofMonth: month, in: year) { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
            number += 1
            weekday = weekday % 7 + 1
        }
        #expect(faults == [])
        #expect(Day(2101, 1, 1)?.number == number)
    }

    @Test(arguments: [
        (2015, 28), (2016, 29), (1900, 28), (2000, 29), (2100, 28), (1, 28), (9999, 28),
    ])
    func februaryFollowsTheGregorianRule(_ year: Int, _ length: Int) {
        #expect(Day.length(ofMonth: 2, in: year) == length)
    }

    @Test(arguments: [
        ("2015-01-01", "2014-12-29"), ("2015-01-04", "2014-12-29"), ("2015-01-05", "2015-01-05"),
        ("2016-01-03", "2015-12-28"), ("1969-12-31", "1969-12-29"),
    ])
    func aWeekBeginsOnMonday(_ day: String, _ monday: String) {
        #expect(Day(day)?.monday == Day(monday))
    }

    @Test(arguments: [
        ("2015-01-31", "2015-02-01"), ("2015-12-01", "2016-01-01"), ("2016-02-29", "2016-03-01"),
    ])
    func theNextMonthBeginsOnItsFirst(_ day: String, _ next: String) {
        #expect(Day(day)?.nextMonth == Day(next))
    }

    @Test func daysAreOrderedAsTheirTextsAre() throws {
        var dice = Dice(seed: 1)
        for _ in 0..<1_000 {
            let one = Day(number: Int.random(in: Day.first.number...Day.last.number, using: &dice))
            let other = Day(
                number: Int.random(in: Day.first.number...Day.last.number, using: &dice))
            #expect((one < other) == (one.description < other.description))
            #expect(one + (other.number - one.number) == other)
            #expect(other - (other.number - one.number) == one)
        }
    }

    @Test func aColumnThatHoldsNoDayIsAFault() throws {
        #expect(throws: ColumnFault.self) { try Day(storageValue: .text("2015-02-29")) }
        #expect(throws: ColumnFault.self) { try Day(storageValue: .integer(1)) }
        let day = try #require(Day(2015, 3, 1))
        #expect(day.storageValue == .text("2015-03-01"))
        #expect(try Day(storageValue: day.storageValue) == day)
    }
}
