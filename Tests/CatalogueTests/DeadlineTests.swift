import Catalogue
import Core
import TestKit
import Testing

@Suite struct DeadlineTests {
    private let calendar: WorkCalendar
    /// From the morning to noon and from the afternoon on, an hour later in summer.
    private let hours: OfficeHours

    init() throws {
        calendar = try Catalogue(folders: [ownCatalogue]).calendar
        hours = OfficeHours([
            .init(
                from: try #require(Day("2026-06-01")), open: [540..<720, 900..<1_080]),
            .init(
                from: try #require(Day("2014-01-01")), open: [810..<1_050, 540..<720]),
        ])
    }

    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    /// `2026-02-13 10:30`, in the district.
    private func moment(_ text: String) throws -> Moment {
        let parts = text.split(separator: " ").map(String.init)
        let time = (parts.count > 1 ? parts[1] : "00:00").split(separator: ":").compactMap {
            Int64($0)
        }
        let minutes = time[0] * 60 + time[1]
        return Moment(milliseconds: try day(parts[0]).start.milliseconds + minutes * 60_000)
    }

    private func deadline(
        _ began: String, _ count: Int, _ unit: Deadline.Length.Unit, rolls: Bool = true,
        pauses: [(String, String?)] = []
    ) throws -> Deadline {
        Deadline(
            try moment(began), Deadline.Length(count, unit), calendar: calendar, hours: hours,
            rolls: rolls,
            pauses: try pauses.map {
                Deadline.Pause(from: try moment($0.0), until: try $0.1.map(moment))
            })
    }

    @Test(arguments: [
        // The Saturday before the Spring Festival is worked, and its nine days are not.
        ("2026-02-13 16:00", 1, Deadline.Length.Unit.workingDay, "2026-02-14"),
        ("2026-02-13 16:00", 2, .workingDay, "2026-02-24"),
        // The first day is not counted, and a last day that is not worked moves on.
        ("2026-02-13 16:00", 1, .day, "2026-02-14"), ("2026-02-13 16:00", 2, .day, "2026-02-24"),
        // A month ends on the same day, or on the last of its month, and moves on from there.
        ("2026-01-30 09:00", 1, .month, "2026-02-28"),
        ("2015-01-31 09:00", 1, .month, "2015-02-28"),
        ("2015-08-31 09:00", 6, .month, "2016-02-29"), ("2012-02-29 09:00", 3, .year, "2015-02-28"),
        ("2026-09-01 09:00", 1, .month, "2026-10-08"),
    ])
    func aLastDayIsFoundByTheCalendar(
        _ began: String, _ count: Int, _ unit: Deadline.Length.Unit, _ last: String
    ) throws {
        let deadline = try deadline(began, count, unit)
        #expect(deadline.lastDay == Day(last))
        let evening = Moment(milliseconds: (try day(last) + 1).start.milliseconds - 1)
        #expect(!deadline.isLate(at: evening))
        #expect(deadline.isLate(at: (try day(last) + 1).start))
    }

    @Test func whatLapsesDoesSoOnItsDayWorkedOrNot() throws {
        #expect(
            try deadline("2026-02-13 16:00", 2, .day, rolls: false).lastDay == Day("2026-02-15"))
        #expect(try deadline("2026-09-01", 1, .month, rolls: false).lastDay == Day("2026-10-01"))
    }

    @Test func hoursOfWorkRunOnlyWhileTheOfficeIsOpen() throws {
        // Half an hour before noon, then from half past one on.
        #expect(
            try deadline("2026-03-10 11:30", 2, .workingHour).ends == moment("2026-03-10 15:00"))
        // Friday evening, over a weekend.
        #expect(
            try deadline("2026-03-13 20:00", 1, .workingHour).ends == moment("2026-03-16 10:00"))
        // The afternoon begins later in summer.
        #expect(
            try deadline("2026-05-29 17:00", 4, .workingHour).ends == moment("2026-06-01 15:30"))
        // Hours that are not of work run through the night.
        #expect(try deadline("2026-03-13 20:00", 24, .hour).ends == moment("2026-03-14 20:00"))
    }

    @Test func pausesStopTheClockAndThoseThatOverlapStopItOnce() throws {
        let pauses: [(String, String?)] = [
            ("2026-03-11 10:00", "2026-03-13 10:00"), ("2026-03-12 09:00", "2026-03-13 09:00"),
        ]
        #expect(try deadline("2026-03-10 09:00", 3, .workingDay).lastDay == Day("2026-03-13"))
        #expect(
            try deadline("2026-03-10 09:00", 3, .workingDay, pauses: pauses).lastDay
                == Day("2026-03-17"))
        #expect(
            try deadline("2026-03-11 09:30", 1, .workingHour, pauses: pauses).ends
                == moment("2026-03-13 10:30"))
        // A pause within one day leaves the days as they are.
        #expect(
            try deadline(
                "2026-03-10 09:00", 3, .workingDay,
                pauses: [("2026-03-11 09:00", "2026-03-11 17:00")]
            ).lastDay == Day("2026-03-13"))
    }

    @Test func whileAPauseHasNoEndNeitherHasTheClock() throws {
        for unit in Deadline.Length.Unit.allCases {
            let deadline = try deadline(
                "2026-03-10 09:00", 3, unit, pauses: [("2026-03-10 10:00", nil)])
            #expect(deadline.ends == nil)
            #expect(deadline.lastDay == nil)
            #expect(!deadline.isLate(at: try moment("2099-01-01")))
        }
    }

    @Test func aYearWhoseHolidaysAreNotLoadedIsNamed() throws {
        #expect(try deadline("2026-12-20", 15, .workingDay).unknownYears == [2027])
        #expect(try deadline("2026-12-20", 15, .workingDay).lastDay == Day("2027-01-08"))
        #expect(try deadline("2026-12-01", 15, .workingDay).unknownYears == [])
        #expect(try deadline("2026-12-20", 1, .month).unknownYears == [2027])
        #expect(try deadline("2026-12-20", 1, .month, rolls: false).unknownYears == [])
        #expect(try deadline("2026-12-31 20:00", 24, .hour).unknownYears == [])
    }

    @Test func anOfficeThatIsNeverOpenGivesNoEnd() throws {
        let deadline = Deadline(
            try moment("2026-03-10 09:00"), Deadline.Length(1, .workingHour), calendar: calendar)
        #expect(deadline.ends == nil)
    }

    /// Every clock says what counting minute by minute says, whatever its pauses.
    @Test func aClockEndsWhereCountingItsMinutesEnds() throws {
        var random = Dice(seed: 20_260_313)
        let begin = try day("2026-02-10")
        for _ in 0..<60 {
            let began = Moment(
                milliseconds: begin.start.milliseconds
                    + Int64.random(in: 0..<(12 * 1_440), using: &random) * 60_000)
            let unit = [Deadline.Length.Unit.hour, .workingHour, .day, .workingDay].randomElement(
                using: &random)!
            let pauses = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                let from = Int64.random(in: -600..<8_000, using: &random)
                let minutes = Int64.random(in: 0..<5_000, using: &random)
                return Deadline.Pause(
                    from: Moment(milliseconds: began.milliseconds + from * 60_000),
                    until: Moment(milliseconds: began.milliseconds + (from + minutes) * 60_000))
            }
            let count = Int.random(in: 1...20, using: &random)
            let deadline = Deadline(
                began, Deadline.Length(count, unit), calendar: calendar, hours: hours,
                rolls: false, pauses: pauses)
            #expect(deadline.ends == counted(deadline), "\(began.text) \(count) \(unit) \(pauses)")
        }
    }

    /// The end of a clock, found by walking from minute to minute.
    private func counted(_ deadline: Deadline) -> Moment? {
        let isPaused = { (at: Moment) in
            deadline.pauses.contains { $0.from <= at && (at < ($0.until ?? at)) }
        }
        var left = deadline.length.count
        if [.day, .workingDay].contains(deadline.length.unit) {
            var day = deadline.began.day
            while left > 0 {
                day = day + 1
                if deadline.length.unit == .workingDay, !calendar.isWorkingDay(day) { continue }
                if !isPaused(Moment(milliseconds: (day + 1).start.milliseconds - 1)) { left -= 1 }
            }
            return (day + 1).start
        }
        left *= 60
        var at = deadline.began
        while left > 0 {
            let minute = Int((at.milliseconds - at.day.start.milliseconds) / 60_000)
            let isOpen =
                deadline.length.unit == .hour
                || (calendar.isWorkingDay(at.day)
                    && hours.open(on: at.day).contains { $0.contains(minute) })
            if isOpen, !isPaused(at) { left -= 1 }
            at = Moment(milliseconds: at.milliseconds + 60_000)
        }
        return at
    }
}
