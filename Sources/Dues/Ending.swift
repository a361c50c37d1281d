import Catalogue
import Core

/// A standing thing that comes to its end: when it began, until when it was given, when it ended.
package struct Ending: Sendable, Hashable {
    package let began: Day
    /// The first day after the time it was given; nil where none was.
    package let until: Day?
    /// The first day it was no longer in force; nil while it is.
    package let ended: Day?

    package init(began: Day, until: Day?, ended: Day?) {
        self.began = began
        self.until = until
        self.ended = ended
    }

    /// The first day after its term: the day it was given, else so long after it began. A term
    /// lapses on its day, worked or not.
    package func over(_ term: Deadline.Length?) -> Day? {
        until ?? term?.days(from: began).map { began + $0 }
    }

    /// Whether it had ended by a day.
    package func isEnded(by day: Day) -> Bool { ended.map { $0 <= day } ?? false }
}

extension [Ending] {
    /// What of these ends together, day by day, with how many of them have ended: each shows from
    /// so many days before its last day until it has ended.
    ///
    /// One that ran its time or was ended before is done for as long as its last day lies ahead,
    /// and gone from the list after it. One whose term is over and that still stands is overdue.
    package func occurrences(
        notice: Int, term: Deadline.Length?, on day: Day, ahead: Int = 0
    ) -> [Occurrence] {
        var groups: [Day: [Ending]] = [:]
        for ending in self where ending.began <= day {
            guard let over = ending.over(term), over > ending.began,
                over - 1 - notice <= day + ahead
            else { continue }
            if ending.isEnded(by: day), over <= day || ending.hadEnded(before: over - notice) {
                continue
            }
            groups[over, default: []].append(ending)
        }
        return groups.keys.sorted().map { over in
            let group = groups[over] ?? []
            return Occurrence(
                period: .day(over - 1), earliest: over - 1 - notice, latest: over - 1,
                owed: group.count, done: group.filter { $0.isEnded(by: day) }.count, on: day)
        }
    }
}

extension Ending {
    /// Whether it was ended before anybody was to be reminded of it.
    fileprivate func hadEnded(before day: Day) -> Bool { ended.map { $0 < day } ?? false }
}
