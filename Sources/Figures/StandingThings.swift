import Catalogue
import Core
import Ledger
import Organization
import Storage

/// Standing things as members, and what was done about them.
///
/// A thing belongs to the unit that has it at the end of the period, or had it last. What was done
/// about it follows the thing: it counts there, wherever it was written down, so that a community
/// that took a thing over in the middle of a month shows what its street and the district show.
extension Reckoner {
    /// What of a question about standing things is asked otherwise under the map of the time: which
    /// day's map places what was done, and whose things it must be about.
    struct ThingsAsked {
        let placedOn: Day
        /// The things of the unit, by their codes; nil where each unit's own is told by the unit.
        let own: (members: Members, subject: String)?
        /// The unit below which it may have been written down.
        let everywhere: OrgUnit.ID
    }

    func things(_ question: Question, _ indicator: Indicator) throws -> ThingsAsked? {
        guard question.structure == .then else { return nil }
        for case .standing(let kind, let subject, let conditions) in indicator.per {
            let day = question.period.lastDay
            let top = try structure(for: question).top(
                above: question.unit, indicator.axis, on: day)
            guard let subject, top != question.unit else {
                return ThingsAsked(placedOn: day, own: nil, everywhere: question.unit)
            }
            let own = try Members(
                question, Indicator(standing: kind, conditions: conditions, axis: indicator.axis),
                try catalogue(for: question), standsIn: question.period)
            return ThingsAsked(placedOn: day, own: (own, subject), everywhere: top)
        }
        return nil
    }
}

extension Structure {
    /// The uppermost unit over a unit on one axis; itself where nothing stands above it.
    func top(above unit: OrgUnit.ID, _ axis: Indicator.Axis, on day: Day) -> OrgUnit.ID {
        var top = unit
        var met: Set<OrgUnit.ID> = [unit]
        while let next = parent(top, axis, on: day), met.insert(next).inserted { top = next }
        return top
    }
}
