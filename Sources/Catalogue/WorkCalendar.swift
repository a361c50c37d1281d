import Core

/// Which days are working days, from the loaded calendars of the years.
///
/// A year without a calendar has weekends only; whoever uses it says so.
package struct WorkCalendar: Sendable {
    package enum Mark: String, Sendable, CaseIterable {
        case holiday
        case swappedWorkday = "swapped_workday"
    }

    private var marks: [Day: CalendarYear.Special] = [:]
    package private(set) var years: Set<Int> = []

    /// Reads the calendar of a year, which takes the place of one that was read before.
    mutating func read(_ mapping: Mapping) {
        let year = mapping.integer("year") ?? 0
        if year == 0 { mapping.fault("“year” is missing") }
        if !years.insert(year).inserted { marks = marks.filter { $0.key.year != year } }
        for item in mapping.items("days") {
            let mark = item.choice("kind", Mark.self, default: .holiday)
            let name = item.wording("name")
            if let day = item.day("day") {
                if day.year != year { item.fault("\(day) does not lie in \(year)", at: "day") }
                marks[day] = CalendarYear.Special(day, mark, name)
            } else if !item.has("day") {
                item.fault("“day” is missing")
            }
            item.close()
        }
        mapping.close()
    }

    package init() {}

    package func isWorkingDay(_ day: Day) -> Bool {
        switch marks[day]?.mark {
        case .holiday: false
        case .swappedWorkday: true
        case nil: day.weekday <= 5
        }
    }

    /// The nearest working day from a day on, forwards or backwards; the day itself where none lies
    /// within the bounds.
    package func workingDay(
        from start: Day, step: Int, within bounds: ClosedRange<Day>
    ) -> Day {
        var day = start
        while bounds.contains(day) {
            if isWorkingDay(day) { return day }
            day = day + step
        }
        return start
    }

    package func holiday(_ day: Day) -> Wording? {
        marks[day].flatMap { $0.mark == .holiday ? $0.name : nil }
    }

    /// What is loaded of a year; nil where nothing is.
    package func calendar(of year: Int) -> CalendarYear? {
        guard years.contains(year) else { return nil }
        return CalendarYear(year, marks.values.filter { $0.day.year == year })
    }

    /// What a holiday is called in both languages, as the loaded calendars name it.
    package func name(zh: String) -> Wording? {
        marks.values.first { $0.name.zh == zh }?.name
    }

    /// The years of a period whose calendar is not loaded: there, only weekends are known.
    package func unknownYears(_ period: Period) -> [Int] {
        guard period.from > Day.first else { return [] }
        return (period.from.year...period.lastDay.year).filter { !years.contains($0) }
    }
}
