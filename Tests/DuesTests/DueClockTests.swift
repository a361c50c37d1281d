import Catalogue
import Core
import Dues
import TestKit
import Testing

/// The rules of what is due, without a database.
struct DueClockTests {
    static let catalogue = Result { try Catalogue(folders: [TestDistrict.home.catalogue]) }
    /// Years with calendars that are loaded, and one whose is not.
    static let years = [2014, 2015, 2016, 2024, 2025, 2026]
    static let cycles = Due.Cycle.allCases

    private func clock(
        _ cycle: Due.Cycle, times: Int = 1, from: String = "2010-01-01", to: String? = nil
    ) throws -> DueClock {
        let catalogue = try Self.catalogue.get()
        let due = try #require(catalogue.dues["life_meeting"], "its last day is a working day")
        let term = DueTerm(
            from: try parse(from), to: to.flatMap { Day($0) }, cycle: cycle, times: times)
        return DueClock(due, terms: [term], calendar: catalogue.calendar)
    }

    private func days(of year: Int) throws -> [Day] {
        let period = try #require(Period("\(year)"))
        return (period.from.number..<period.to.number).map { Day(number: $0) }
    }

    private func parse(_ text: String) throws -> Day { try #require(Day(text)) }

    private let always = [DayRange(from: .first, to: nil)]

    @Test(arguments: cycles, years)
    func everyDayBelongsToExactlyOnePeriod(_ cycle: Due.Cycle, _ year: Int) throws {
        let clock = try clock(cycle)
        let days = try days(of: year)
        let (first, last) = (try #require(days.first), try #require(days.last))
        let windows = clock.windows(first, through: last)
        for day in days {
            #expect(windows.filter { $0.contains(day) }.count == 1, "\(day)")
            #expect(clock.window(on: day).map(windows.contains) == true, "\(day)")
        }
        for (one, next) in zip(windows, windows.dropFirst()) { #expect(one.to == next.from) }
        let expected = [Due.Cycle.month: 12, .quarter: 4, .half: 2, .year: 1]
        if let count = expected[cycle] { #expect(windows.count == count) }
    }

    /// Whoever is signed in writes any day into an address.
    @Test(arguments: cycles)
    func afterTheLastPeriodNothingIsDue(_ cycle: Due.Cycle) throws {
        let clock = try clock(cycle)
        for text in ["9999-01-01", "9999-12-31"] {
            let day = try parse(text)
            #expect(clock.window(on: day) == nil)
            #expect(clock.windows(upTo: day, count: 2) == [])
            #expect(clock.windows(day, through: day) == [])
        }
        let window = try #require(clock.window(on: Period.lastOfAll))
        #expect(clock.window(on: window.to) == nil)
    }

    @Test(arguments: years)
    func aWeekBearsTheYearOfItsThursday(_ year: Int) throws {
        for day in try days(of: year) {
            let week = Due.Cycle.week.period(on: day)
            #expect(week.from.weekday == 1 && week.to == week.from + 7 && week.contains(day))
            #expect(week.text.hasPrefix("\((week.from + 3).year)-W"))
        }
    }

    @Test(arguments: cycles, years)
    func theLastLawfulDayIsAWorkingDayOfItsPeriod(_ cycle: Due.Cycle, _ year: Int) throws {
        let clock = try clock(cycle)
        let calendar = try Self.catalogue.get().calendar
        for day in try days(of: year) {
            let window = try #require(clock.window(on: day))
            let (earliest, latest) = try #require(clock.owed(in: window, stood: always))
            #expect(earliest == window.from && window.contains(latest))
            // A week of the Spring Festival has no working day at all, and keeps its last one.
            let working = (earliest.number...(window.to.number - 1)).map { Day(number: $0) }
                .filter(calendar.isWorkingDay)
            #expect(latest == working.last ?? window.to - 1)
        }
    }

    @Test(arguments: [
        // The Sunday after the parade was worked, and is the last lawful day of its week.
        ("2015-09-02", "2015-09-06"),
        // New Year: the Sunday was worked, too.
        ("2014-12-31", "2015-01-04"),
        // The Saturday before the Spring Festival was worked; the Sunday was not.
        ("2026-02-10", "2026-02-14"),
        ("2015-06-01", "2015-06-05"),
    ])
    func aSwappedWorkdayIsAWorkingDay(_ day: String, _ latest: String) throws {
        let clock = try clock(.week)
        let window = try #require(clock.window(on: try parse(day)))
        #expect(clock.owed(in: window, stood: always)?.latest == Day(latest))
    }

    @Test func aYearWhoseHolidaysAreNotLoadedIsNamed() throws {
        let clock = try clock(.month)
        let unknown = try #require(clock.window(on: try parse("2016-05-10")))
        #expect(clock.unknownYears(unknown) == [2016])
        let known = try #require(clock.window(on: try parse("2015-05-10")))
        #expect(clock.unknownYears(known) == [])
    }

    @Test(arguments: cycles)
    func whatIsDoneAndWhatIsOpenMakeWhatIsOwed(_ cycle: Due.Cycle) throws {
        var dice = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let owed = Int.random(in: 1...12, using: &dice)
            let clock = try clock(cycle, times: owed)
            let start = try parse("2014-01-01")
            let day = start + Int.random(in: 0..<4_000, using: &dice)
            let window = try #require(clock.window(on: day))
            let done = (0..<Int.random(in: 0...20, using: &dice)).map { _ in
                Occurrence.Done(day - Int.random(in: 0...40, using: &dice), 1)
            }
            let found = try #require(
                clock.occurrence(in: window, stood: always, done: done, on: day))
            #expect(min(found.done, found.owed) + found.open == owed)
            #expect(found.done == done.filter { window.contains($0.day) }.count)
            #expect((found.state == .done) == (found.open == 0))
        }
    }

    @Test(arguments: cycles)
    func movingARecordMovesItFromOnePeriodToOneOther(_ cycle: Due.Cycle) throws {
        let clock = try clock(cycle)
        let (first, last) = (try parse("2014-01-01"), try parse("2016-12-31"))
        let windows = clock.windows(first, through: last)
        func counts(_ day: Day) throws -> [Int] {
            try windows.map { window in
                try #require(
                    clock.occurrence(
                        in: window, stood: always, done: [Occurrence.Done(day, 1)], on: last)
                ).done
            }
        }
        var dice = SystemRandomNumberGenerator()
        for _ in 0..<60 {
            let before = first + Int.random(in: 0..<1_000, using: &dice)
            let after = first + Int.random(in: 0..<1_000, using: &dice)
            let (old, new) = (try counts(before), try counts(after))
            #expect(old.reduce(0, +) == 1 && new.reduce(0, +) == 1)
            let isSame = clock.window(on: before) == clock.window(on: after)
            #expect(zip(old, new).filter { $0 != $1 }.count == (isSame ? 0 : 2))
        }
    }

    @Test(arguments: [
        ("2015-03-01", nil, nil), ("2015-05-17", nil, nil), ("2015-05-16", nil, "2015-05-16"),
        ("2015-01-01", "2015-05-16", nil), ("2015-01-01", "2015-05-17", "2015-05-01"),
        ("2015-06-01", nil, nil),
    ])
    func aUnitOwesOnlyWhereItStoodForHalfOfThePeriod(
        _ from: String, _ to: String?, _ earliest: String?
    ) throws {
        let clock = try clock(.month)
        let window = try #require(clock.window(on: try parse("2015-05-20")))
        let stood = [DayRange(from: try parse(from), to: to.flatMap { Day($0) })]
        let found = clock.owed(in: window, stood: stood)
        let stoodAll = from < "2015-05-02" && (to ?? "9") > "2015-05-31"
        #expect(found?.earliest == (stoodAll ? window.from : earliest.flatMap { Day($0) }))
        // What it owes ends with the unit itself: 16 May was a Saturday.
        if to == "2015-05-17" { #expect(found?.latest == Day("2015-05-15")) }
    }

    @Test func aRuleThatBeginsLateInThePeriodOwesNothingInIt() throws {
        let late = try clock(.quarter, from: "2018-10-28", to: "2019-03-31")
        let first = try #require(late.window(on: try parse("2018-11-20")))
        #expect(late.owed(in: first, stood: always)?.earliest == Day("2018-10-28"))
        let dayBefore = try parse("2018-10-27")
        #expect(late.window(on: dayBefore) == nil)
        let tooLate = try clock(.quarter, from: "2018-12-01")
        let window = try #require(tooLate.window(on: try parse("2018-12-20")))
        #expect(tooLate.owed(in: window, stood: always) == nil)
    }

    @Test(arguments: [
        ("2015-05-01", 0, Occurrence.State.open), ("2015-05-21", 0, .open),
        ("2015-05-22", 0, .soon), ("2015-05-29", 0, .soon), ("2015-05-30", 0, .overdue),
        ("2015-05-30", 1, .done), ("2015-05-01", 1, .done), ("2015-04-30", 0, .later),
    ])
    func theStateFollowsTheDays(_ day: String, _ done: Int, _ state: Occurrence.State) throws {
        let clock = try clock(.month)
        let window = try #require(clock.window(on: try parse("2015-05-20")))
        let today = try parse(day)
        let records = done == 0 ? [] : [Occurrence.Done(try parse("2015-05-01"), done)]
        let found = try #require(
            clock.occurrence(in: window, stood: always, done: records, on: today))
        #expect(found.state == state)
        #expect(found.latest == Day("2015-05-29"), "30 and 31 May were a weekend")
    }

    @Test func whatWasDoneAfterTheDayIsNotKnownOnIt() throws {
        let clock = try clock(.month)
        let day = try parse("2015-05-20")
        let window = try #require(clock.window(on: day))
        let done = [Occurrence.Done(day + 1, 1)]
        #expect(
            clock.occurrence(in: window, stood: always, done: done, on: day)?.state == .open)
        #expect(
            clock.occurrence(in: window, stood: always, done: done, on: day + 1)?.state == .done)
    }

    @Test func stretchesThatTouchAreOne() throws {
        let days = try ["2015-01-01", "2015-02-01", "2015-03-01"].map { try #require(Day($0)) }
        let two = [DayRange(from: days[1], to: days[2]), DayRange(from: days[0], to: days[1])]
        #expect(two.joined == [DayRange(from: days[0], to: days[2])])
        #expect(two.shared(with: [DayRange(from: days[2], to: nil)]) == [])
        #expect(
            two.shared(with: [DayRange(from: days[0] + 5, to: nil)])
                == [DayRange(from: days[0] + 5, to: days[2])])
    }
}
