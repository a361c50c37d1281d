import Catalogue
import Core

/// One period of a due, as far as its rule held: the days on which a record counts for it.
package struct DueWindow: Sendable, Hashable {
    package let period: Period
    package let from: Day
    /// The first day after it.
    package let to: Day
    /// What the rule asks for in the period, in stored units.
    package let times: Int

    package init(period: Period, from: Day, to: Day, times: Int) {
        self.period = period
        self.from = from
        self.to = to
        self.times = times
    }

    package func contains(_ day: Day) -> Bool { from <= day && day < to }
}

/// Cuts time into the windows of one due: every day on which one of its rules is in force lies in
/// exactly one of them.
package struct DueClock: Sendable {
    package let due: Due
    private let terms: [DueTerm]
    private let calendar: WorkCalendar

    /// The most windows that are walked through.
    package static let limit = 1_000

    package init(_ due: Due, terms: [DueTerm], calendar: WorkCalendar) {
        self.due = due
        self.terms = terms
        self.calendar = calendar
    }

    /// The clock of a due of this catalogue.
    package init(_ due: Due, _ catalogue: Catalogue) {
        self.init(due, terms: catalogue.terms(of: due), calendar: catalogue.calendar)
    }

    /// The window in which a day lies; nil while no rule is in force, and after the last period.
    package func window(on day: Day) -> DueWindow? {
        guard day <= Period.lastOfAll, let term = terms.first(where: { $0.contains(day) })
        else { return nil }
        let period = term.cycle.period(on: day)
        return DueWindow(
            period: period, from: max(period.from, term.from),
            to: min(period.to, term.to ?? period.to), times: term.times)
    }

    /// The windows that have a day from `first` through `last`, in order.
    package func windows(_ first: Day, through last: Day) -> [DueWindow] {
        var windows: [DueWindow] = []
        var day = first
        while day <= last, windows.count < DueClock.limit {
            if let window = window(on: day) {
                windows.append(window)
                day = window.to
            } else if let term = terms.first(where: { day < $0.from }) {
                day = term.from
            } else {
                break
            }
        }
        return windows
    }

    /// The window with this day in it and those before it, the newest last.
    package func windows(upTo day: Day, count: Int) -> [DueWindow] {
        var windows: [DueWindow] = []
        var last = window(on: day)
        while let window = last, windows.count < count {
            windows.insert(window, at: 0)
            last = self.window(on: window.from - 1)
        }
        return windows
    }

    /// What a unit owes in a window; nil when it owes nothing, because it stood, and the rule
    /// held, on fewer than half of the days of the period.
    ///
    /// Half is the measure because a unit founded on the last days of a month cannot have met in
    /// it, and one that is dissolved on the last day could. Where it stood on some days only, the
    /// first and last lawful days are the first and last of those.
    package func owed(in window: DueWindow, stood: [DayRange]) -> (earliest: Day, latest: Day)? {
        let days = stood.joined.shared(with: [DayRange(from: window.from, to: window.to)])
        let covered = days.reduce(0) { $0 + ($1.to ?? window.to).number - $1.from.number }
        guard covered * 2 >= window.period.to.number - window.period.from.number,
            let first = days.first?.from, let end = days.last?.to
        else { return nil }
        let bounds = first...(end - 1)
        return (
            edge(due.earliest, from: first, step: 1, within: bounds),
            edge(due.latest, from: end - 1, step: -1, within: bounds)
        )
    }

    /// The nearest working day of the bounds, where one is asked for and there is one.
    private func edge(
        _ edge: Due.Edge, from start: Day, step: Int, within bounds: ClosedRange<Day>
    ) -> Day {
        edge == .working ? calendar.workingDay(from: start, step: step, within: bounds) : start
    }

    /// The years of a window whose holidays are not loaded, where working days matter.
    package func unknownYears(_ window: DueWindow) -> [Int] {
        guard due.earliest == .working || due.latest == .working else { return [] }
        return calendar.unknownYears(
            Period(text: window.period.text, from: window.from, to: window.to))
    }
}
