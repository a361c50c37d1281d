import Catalogue
import Core
import Ledger
import Organization
import Storage

/// What is asked of an indicator: for which unit, over which days, under which structure, and
/// as the ledger stood at which position.
package struct Question: Sendable, Hashable {
    package let indicator: String
    package let unit: OrgUnit.ID
    package let period: Period
    package let structure: Standpoint
    package let position: Int
    /// The day that is today for this question: the map of "now" is the one in force on it. It is
    /// a part of the question, since the same ledger has another map tomorrow.
    package let today: Day

    /// Whose map of the district counts: the one in force on each record's day, or today's.
    package enum Standpoint: String, Sendable, CaseIterable { case then, now }

    package init(
        _ indicator: String, unit: OrgUnit.ID, period: Period, structure: Standpoint = .then,
        position: Int, today: Day
    ) {
        self.indicator = indicator
        self.unit = unit
        self.period = period
        self.structure = structure
        self.position = position
        self.today = today
    }

    /// The day whose map names the units and says which of them there are.
    package var mapDay: Day { structure == .now ? today : period.lastDay }

    /// The same question of another indicator, such as a denominator.
    package func asking(_ other: String) -> Question {
        Question(
            other, unit: unit, period: period, structure: structure, position: position,
            today: today)
    }

    package func asking(unit other: OrgUnit.ID) -> Question {
        Question(
            indicator, unit: other, period: period, structure: structure, position: position,
            today: today)
    }

    package func asking(period other: Period) -> Question {
        Question(
            indicator, unit: unit, period: other, structure: structure, position: position,
            today: today)
    }

    /// The same question as the ledger stands at another position, on what is today there.
    package func asking(at position: Int, today: Day) -> Question {
        Question(
            indicator, unit: unit, period: period, structure: structure, position: position,
            today: today)
    }

    package func asking(_ structure: Standpoint) -> Question {
        Question(
            indicator, unit: unit, period: period, structure: structure, position: position,
            today: today)
    }
}
