import Catalogue
import Core
import Organization
import Storage

/// A unit with everything below it, on whatever tree, as the units stood on the day of each record
/// or, for what is asked of one day, on that day.
package struct UnitsBelow: Sendable, Hashable {
    package let unit: OrgUnit.ID
    /// Days with the units whose rows of `reach` hold everything below, in the order of time.
    private let stretches: [Stretch]
    /// The one day on which they are looked at; nil where it is the day of each record.
    private let day: Day?

    private struct Stretch: Sendable, Hashable {
        let from: Day
        let heads: [OrgUnit.ID]
    }

    /// In so many ways may a unit have stood over the trees within one list.
    package static let mostStretches = 24

    /// As they stand on one day.
    package init(_ unit: OrgUnit.ID, _ structure: Structure, on day: Day) {
        self.unit = unit
        self.day = day
        stretches = [Stretch(from: .first, heads: structure.heads([unit], on: day).sorted())]
    }

    /// As they stood on each day of a period; nil where that changed too often to be asked at once.
    package init?(_ unit: OrgUnit.ID, _ structure: Structure, in period: Period) {
        self.unit = unit
        day = nil
        var stretches: [Stretch] = []
        let turns = structure.turns(after: period.from, through: period.lastDay)
        for first in [period.from] + turns {
            let heads = structure.heads([unit], on: first).sorted()
            guard stretches.last?.heads != heads else { continue }
            stretches.append(Stretch(from: first, heads: heads))
            guard stretches.count <= Self.mostStretches else { return nil }
        }
        self.stretches = stretches
    }

    /// Every unit that is below at some time, as a query of one column.
    func all(at position: Int) -> SQL {
        """
        SELECT s.unit_id FROM reach s
        WHERE s.ancestor_id IN (\(values: Set(stretches.flatMap(\.heads)).sorted()))
            AND \(ReachRow.known("s", at: position))
        """
    }

    /// That the unit of a record is below, as a condition over an alias of `record`.
    func condition(_ alias: String, at position: Int) -> SQL {
        let happened: SQL = "\(name: alias).happened_on"
        let tests: [SQL] = stretches.enumerated().map { index, stretch in
            let on: SQL = day.map { "\($0)" } ?? happened
            let below: SQL = """
                EXISTS (SELECT 1 FROM reach AS k
                    WHERE k.ancestor_id IN (\(values: stretch.heads))
                        AND k.unit_id = \(name: alias).unit_id
                        AND \(ReachRow.inForce("k", on: on))
                        AND \(ReachRow.known("k", at: position)))
                """
            guard stretches.count > 1 else { return below }
            let next = index + 1 < stretches.count ? stretches[index + 1].from : nil
            let end: SQL = next.map { "AND \(happened) < \($0)" } ?? ""
            return "(\(happened) >= \(stretch.from) \(end) AND \(below))"
        }
        return "(\(tests.joined(separator: " OR ")))"
    }
}
