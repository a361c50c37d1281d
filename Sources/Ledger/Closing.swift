import Catalogue
import Core

extension Kind {
    /// The last day on which an entry of a day is in time; nil where the kind never closes.
    package func closing(of day: Day) -> Day? {
        closesAfter.map { day.nextMonth - 1 + $0 }
    }
}

extension Record {
    /// Whether it was entered after its month had closed. What a file brought in is never called
    /// late: it says itself when it was imported, and the past is imported as a whole.
    package func isLate(_ kind: Kind) -> Bool {
        guard importID == nil, reverses == nil, let closing = kind.closing(of: happenedOn) else {
            return false
        }
        return recordedAt.day > closing
    }
}
