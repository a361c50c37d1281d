import Catalogue
import Core

/// One due of one unit in one period, as it stands on a day: by when, how much, how much is done.
package struct Occurrence: Sendable, Hashable {
    /// In the order in which a list shows them.
    package enum State: String, Sendable, CaseIterable, Comparable {
        case overdue, soon, open, done, later

        package static func < (left: State, right: State) -> Bool {
            left.place < right.place
        }

        private var place: Int { State.allCases.firstIndex(of: self) ?? 0 }
    }

    /// What was done on a day: records, or the sum of a measure.
    package struct Done: Sendable, Hashable {
        package let day: Day
        package let amount: Int

        package init(_ day: Day, _ amount: Int) {
            self.day = day
            self.amount = amount
        }
    }

    package let period: Period
    /// The first lawful day.
    package let earliest: Day
    /// The last lawful day; it is overdue from the day after it on.
    package let latest: Day
    package let owed: Int
    /// What was done, also where it is more than is owed.
    package let done: Int
    package let state: State

    /// So many days before its last day a thing is due soon.
    package static let soonDays = 7

    package init(
        period: Period, earliest: Day, latest: Day, owed: Int, done: Int, on day: Day
    ) {
        self.period = period
        self.earliest = earliest
        self.latest = latest
        self.owed = owed
        self.done = done
        if done >= owed {
            state = .done
        } else if latest < day {
            state = .overdue
        } else if day < earliest {
            state = .later
        } else {
            state = day + Occurrence.soonDays >= latest ? .soon : .open
        }
    }

    /// What is still to be done.
    package var open: Int { max(0, owed - done) }
}

extension DueClock {
    /// What a unit owes in a window, as it stands on a day; nil when it owes nothing.
    ///
    /// What was done after the day is not known on it. What was done after the last lawful day,
    /// and still in the period, is done all the same.
    package func occurrence(
        in window: DueWindow, stood: [DayRange], done: [Occurrence.Done], on day: Day
    ) -> Occurrence? {
        guard let (earliest, latest) = owed(in: window, stood: stood) else { return nil }
        let amount = done.filter { window.contains($0.day) && $0.day <= day }
            .reduce(0) { $0 + $1.amount }
        return Occurrence(
            period: window.period, earliest: earliest, latest: latest, owed: window.times,
            done: amount, on: day)
    }
}
