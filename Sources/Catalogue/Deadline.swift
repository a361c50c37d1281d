import Core

/// By when something is to be done: a clock that begins at a moment and stops only for a pause.
///
/// The day on which it begins is not counted. A month ends on the same day, or on the last of its
/// month. Of days, months and years a last day that is not worked moves on to the next that is,
/// unless the clock says otherwise; hours end in their minute.
///
/// ```
/// let deadline = Deadline(askedAt, Deadline.Length(15, .workingDay), calendar: calendar)
/// deadline.lastDay          // 2026-01-23
/// deadline.unknownYears     // [2027] where that year's holidays are not loaded: provisional
/// ```
package struct Deadline: Sendable {
    /// A time in which the clock stands. Several that overlap stop it once.
    package struct Pause: Sendable, Hashable {
        package let from: Moment
        /// When it goes on; nil while nobody knows.
        package let until: Moment?

        package init(from: Moment, until: Moment?) {
            self.from = from
            self.until = until
        }

        func covers(_ moment: Moment) -> Bool {
            from <= moment && (until.map { moment < $0 } ?? true)
        }
    }

    package let began: Moment
    package let length: Length
    /// Whether a last day that is not worked moves on.
    package let rolls: Bool
    package let pauses: [Pause]
    private let calendar: WorkCalendar
    private let hours: OfficeHours

    /// A clock that would run on for longer has no end: nobody waits for a hundred years.
    package static let mostDays = 36_600

    /// - Parameters:
    ///   - hours: when the office is open; only a clock of working hours asks for it.
    ///   - rolls: false for what lapses on its day, whatever day that is.
    package init(
        _ began: Moment, _ length: Length, calendar: WorkCalendar, hours: OfficeHours = .init([]),
        rolls: Bool = true, pauses: [Pause] = []
    ) {
        self.began = began
        self.length = length
        self.calendar = calendar
        self.hours = hours
        self.rolls = rolls
        self.pauses = pauses
    }

    /// The first moment at which it is late; nil while the clock stands with no end in sight.
    package var ends: Moment? {
        length.isOfHours ? endOfHours : endOfDays.map { ($0 + 1).start }
    }

    /// The last day on which it is in time.
    package var lastDay: Day? {
        guard length.isOfHours else { return endOfDays }
        return endOfHours.map { Moment(milliseconds: $0.milliseconds - 1).day }
    }

    /// Whether it is late at a moment.
    package func isLate(at moment: Moment) -> Bool { ends.map { $0 <= moment } ?? false }

    /// The years it runs through whose holidays are not loaded: its end is provisional, since only
    /// weekends are known there.
    package var unknownYears: [Int] {
        guard length.isOfWork || (rolls && !length.isOfHours) else { return [] }
        let first = began.day
        guard let last = lastDay, first <= last else { return [] }
        return calendar.unknownYears(
            Period(text: "\(first)..\(last)", from: first, to: last + 1))
    }

    // MARK: Days

    private var endOfDays: Day? {
        var day = began.day
        guard var left = length.unit == .workingDay ? length.count : length.days(from: day) else {
            return nil
        }
        let furthest = day + Deadline.mostDays
        while left > 0 {
            guard day < furthest else { return nil }
            day = day + 1
            if counts(day) { left -= 1 }
        }
        guard rolls, length.unit != .workingDay else { return day }
        return calendar.workingDay(from: day, step: 1, within: day...furthest)
    }

    /// Whether a day uses up one of the length: a day at whose end the clock stood does not.
    private func counts(_ day: Day) -> Bool {
        if length.unit == .workingDay, !calendar.isWorkingDay(day) { return false }
        let evening = Moment(milliseconds: (day + 1).start.milliseconds - 1)
        return !pauses.contains { $0.covers(evening) }
    }

    // MARK: Hours

    private var endOfHours: Moment? {
        let hour: Int64 = 3_600_000
        var left = Int64(length.count) * hour
        guard left > 0 else { return began }
        for number in 0...Deadline.mostDays {
            for span in running(on: began.day + number) {
                let length = span.upperBound - span.lowerBound
                if left <= length { return Moment(milliseconds: span.lowerBound + left) }
                left -= length
            }
        }
        return nil
    }

    /// The parts of a day in which the clock runs, in milliseconds, in order.
    private func running(on day: Day) -> [Range<Int64>] {
        let midnight = day.start.milliseconds
        var spans: [Range<Int64>]
        if length.unit == .hour {
            spans = [midnight..<(day + 1).start.milliseconds]
        } else {
            guard calendar.isWorkingDay(day) else { return [] }
            spans = hours.open(on: day).map {
                midnight + Int64($0.lowerBound) * 60_000..<midnight + Int64($0.upperBound) * 60_000
            }
        }
        spans = spans.flatMap { $0.without(Int64.min..<began.milliseconds) }
        for pause in pauses {
            let until = pause.until?.milliseconds ?? Int64.max
            guard pause.from.milliseconds < until else { continue }
            spans = spans.flatMap { $0.without(pause.from.milliseconds..<until) }
        }
        return spans
    }
}

extension Range<Int64> {
    /// What of it lies before or after another range.
    fileprivate func without(_ other: Range<Int64>) -> [Range<Int64>] {
        guard overlaps(other) else { return isEmpty ? [] : [self] }
        return [
            lowerBound..<Swift.max(lowerBound, other.lowerBound),
            Swift.min(upperBound, other.upperBound)..<upperBound,
        ].filter { !$0.isEmpty }
    }
}
