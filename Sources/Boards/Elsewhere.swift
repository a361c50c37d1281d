import Catalogue
import Core
import Figures
import Organization
import Web

/// Where to look for what belongs to a tree on which a unit does not stand: the Party figures of a
/// community are those of its committee.
struct Elsewhere: Sendable {
    let sentence: String
    let places: [Link]

    /// The most units that are named.
    static let limit = 5

    /// For the page of a figure; nil where the figure is of a tree of the unit's.
    init?(
        _ question: Question, _ unit: UnitVersion, _ indicator: Indicator, _ snapshot: Snapshot
    ) {
        guard indicator.from != .rule else { return nil }
        let day = unit.inForce(on: question.period.lastDay) ? question.period.lastDay : unit.from
        let found = snapshot.standing(for: unit, on: indicator.axis, day).prefix(Self.limit)
        guard !found.isEmpty else { return nil }
        let words = snapshot.words
        sentence =
            words[
                "figure_elsewhere",
                ["axis": words["axis_\(indicator.axis.rawValue)"], "unit": unit.name]]
        places = found.map { other in
            Link(
                other.name,
                .figure(
                    indicator.id, unit: other.code, period: question.period,
                    structure: question.structure))
        }
    }

    /// For the page of a unit: the units on another tree that have their seat in it.
    init?(_ unit: UnitVersion, _ axis: Indicator.Axis, on day: Day, _ snapshot: Snapshot) {
        let found = snapshot.seated(in: unit, axis, on: day).prefix(Self.limit)
        guard !found.isEmpty else { return nil }
        let words = snapshot.words
        sentence = words["unit_elsewhere", ["axis": words["axis_\(axis.rawValue)"]]]
        places = found.map { Link($0.name, .unit($0, on: day)) }
    }
}
