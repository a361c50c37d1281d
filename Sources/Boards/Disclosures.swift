import Catalogue
import Core
import Figures

/// Decides what a public page may say of each answer, within one snapshot.
///
/// A unit's number stands in the breakdown of the unit above it, so it is told only where that
/// breakdown tells it; below a number that is hidden nothing is told. What one map of the
/// district hides, the other does not give away.
final class Disclosures {
    private let reading: Figures.Reading
    private var breakdowns: [Question: Breakdown] = [:]
    private var decided: [Question: Disclosure] = [:]

    init(_ reading: Figures.Reading) { self.reading = reading }

    /// The answer by the units directly below, each reckoned once.
    func breakdown(_ question: Question) throws -> Breakdown {
        if let known = breakdowns[question] { return known }
        let breakdown = try Breakdown(question, reading)
        breakdowns[question] = breakdown
        return breakdown
    }

    /// What may be said of the answer to a question.
    func disclosure(_ question: Question) throws -> Disclosure {
        guard let indicator = reading.reckoner.catalogue.indicators[question.indicator],
            reading.reckoner.catalogue.protects(indicator)
        else { return .open }
        let here = try decide(question, indicator, depth: 0)
        guard here == .open else { return here }
        let other = question.asking(question.structure == .then ? .now : .then)
        return try decide(other, indicator, depth: 0) == .open ? .open : .withheld
    }

    private func decide(
        _ question: Question, _ indicator: Indicator, depth: Int
    ) throws -> Disclosure {
        if let known = decided[question] { return known }
        let decision = try standing(question, indicator, depth: depth)
        decided[question] = decision
        return decision
    }

    /// Where the number stands in the breakdowns of the units above.
    private func standing(
        _ question: Question, _ indicator: Indicator, depth: Int
    ) throws -> Disclosure {
        let above = reading.structure.unitsAbove(question, indicator)
        // No tree of a district is deeper; the limit only guards against a circle.
        guard !above.isEmpty, depth < Self.deepest else {
            return Suppression.isSmall(try reading.answer(question).numerator) ? .small : .open
        }
        for parent in above {
            let asked = question.asking(unit: parent)
            guard try decide(asked, indicator, depth: depth + 1) == .open else {
                return .withheld
            }
            let parts = try breakdown(asked)
            let place = parts.units.firstIndex { $0.unit.unit == question.unit }
            if let place, parts.told[place] != .open { return parts.told[place] }
        }
        return .open
    }

    private static let deepest = 12
}
