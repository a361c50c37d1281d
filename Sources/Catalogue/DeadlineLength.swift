import Core

/// How long a clock runs: so many hours, days, months or years, or so many hours and days of work.
///
/// ```
/// Deadline.Length(15, .workingDay)     // 十五个工作日
/// Deadline.Length(rule)                // as a rule of the catalogue says it
/// ```
extension Deadline {
    package struct Length: Sendable, Hashable {
        package let count: Int
        package let unit: Unit

        package enum Unit: String, Sendable, CaseIterable {
            case hour
            case workingHour = "working_hour"
            case day
            case workingDay = "working_day"
            case month, year
        }

        package init(_ count: Int, _ unit: Unit) {
            self.count = count
            self.unit = unit
        }

        /// What a rule says; nil for one that counts no time, and for one of minutes.
        package init?(_ rule: Rule) {
            guard let unit = Unit(rawValue: rule.unit.rawValue) else { return nil }
            self.init(rule.value, unit)
        }

        /// Whether the clock stops between the hours of a day, and not at its end.
        package var isOfHours: Bool { unit == .hour || unit == .workingHour }

        /// Whether it depends on which days are worked.
        var isOfWork: Bool { unit == .workingHour || unit == .workingDay }

        /// The months of one that is given in months or years.
        private var months: Int? {
            switch unit {
            case .month: count
            case .year: count * 12
            default: nil
            }
        }

        /// How many days of the calendar it is from a day on; nil for one that is not counted in
        /// days of the calendar, or that runs past the last day there is.
        package func days(from day: Day) -> Int? {
            if unit == .day { return count }
            return months.flatMap { day.after(months: $0) }.map { $0.number - day.number }
        }
    }
}

extension Day {
    /// The same day of a later month; the last of that month where it has no such day.
    package func after(months: Int) -> Day? {
        let (year, month, day) = parts
        let count = year * 12 + month - 1 + months
        let (later, index) = (count / 12, count % 12 + 1)
        guard (1...9999).contains(later) else { return nil }
        return Day(later, index, min(day, Day.length(ofMonth: index, in: later)))
    }
}
