import Core

/// How a day came out: from where a clock counts, how long, by which rule, and when it ends. The
/// pages print it as a sum: 2025-06-12 + 1 year = 2026-06-12.
package struct ClockStory: Sendable, Hashable {
    /// Where it counts from, and the step whose record says so; nil where no step alone does.
    package let anchor: CaseTime
    package let anchorStep: String?
    package let length: Deadline.Length
    /// The rule that says how long, and the first day of the text it was taken from.
    package let rule: String?
    package let ruleFrom: Day?
    /// Whether it counts back from a day that is to come.
    package let isBackwards: Bool
    /// The first moment at which it is over.
    package let ends: Moment
    /// The last day of a clock of days; the day of the last minute of one of hours.
    package let lastDay: Day
    /// The day on which it would have ended, had that day been worked; nil where it did not move.
    package let movedFrom: Day?
    /// Minutes for which it stood.
    package let paused: Int
    /// The years it runs through whose holidays are not loaded: its end is provisional.
    package let unknownYears: [Int]

    /// The end as people say it: a day, or a minute for a clock of hours.
    package var end: CaseTime {
        length.isOfHours
            ? CaseTime(ends.day, minute: ends.minuteOfDay) : CaseTime(lastDay)
    }

    /// The sum, such as “2025-06-12 + 1 year = 2026-06-12”.
    package var sum: Wording {
        let written = length.written
        let sign = isBackwards ? "−" : "+"
        return Wording(
            zh: "\(anchor.text) \(sign) \(written.zh) = \(result)",
            en: "\(anchor.text) \(sign) \(written.en) = \(result)")
    }

    private var result: String { movedFrom.map { "\($0) → \(end.text)" } ?? end.text }
}

extension CaseTime {
    /// `2026-03-06`, with the minute where one is known `2026-03-06 16:30`.
    package var text: String { minute == nil ? day.description : moment.text }

    /// The day and minute of an instant.
    package init(_ moment: Moment) {
        self.init(moment.day, minute: moment.minuteOfDay)
    }
}

extension Moment {
    /// Minutes since the midnight of its day.
    package var minuteOfDay: Int { Int((milliseconds - day.start.milliseconds) / 60_000) }
}

extension Deadline.Length {
    /// As people write it: 5个工作日, 5 working days.
    package var written: Wording {
        let unit = MeasureUnit(rawValue: unit.rawValue)?.name ?? Wording(zh: "", en: "")
        let one = count == 1 && unit.en.hasSuffix("s")
        return Wording(
            zh: "\(count)\(unit.zh)", en: "\(count) \(one ? String(unit.en.dropLast()) : unit.en)")
    }

    /// A day so long before another; nil for hours, which are counted from a minute on.
    func before(_ day: Day, _ calendar: WorkCalendar) -> Day? {
        switch unit {
        case .day: return day - count
        case .month: return day.after(months: -count)
        case .year: return day.after(months: -count * 12)
        case .hour, .workingHour: return nil
        case .workingDay:
            var (left, earlier) = (count, day)
            while left > 0, day.number - earlier.number < Deadline.mostDays {
                earlier = earlier - 1
                if calendar.isWorkingDay(earlier) { left -= 1 }
            }
            return earlier
        }
    }
}
