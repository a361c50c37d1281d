import Catalogue
import Core

/// Decides what a public page may say of each answer, within one snapshot.
///
/// A unit's number stands in the breakdown of the unit above it, so it is told only where that
/// breakdown tells it; below a number that is hidden nothing is told. A month stands in its
/// quarter in the same way, and periods that could be taken from one another are not told at all.
/// What one map of the district hides, the other does not give away.
package final class Disclosures {
    private let reading: Figures.Reading
    private var breakdowns: [Question: Breakdown] = [:]
    private var decided: [Question: Disclosure] = [:]

    package init(_ reading: Figures.Reading) { self.reading = reading }

    /// The answer by the units directly below, each reckoned once.
    package func breakdown(_ question: Question) throws -> Breakdown {
        if let known = breakdowns[question] { return known }
        let breakdown = try Breakdown(question, reading)
        breakdowns[question] = breakdown
        return breakdown
    }

    /// What may be said of the answer to a question.
    package func disclosure(_ question: Question) throws -> Disclosure {
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

    /// Where the number stands in the breakdowns of the units and of the periods above.
    private func standing(
        _ question: Question, _ indicator: Indicator, depth: Int
    ) throws -> Disclosure {
        guard question.period.isToldOfPersons(indicator) else { return .withheld }
        let above = reading.structure.unitsAbove(question, indicator)
        // No tree of a district is deeper; the limit only guards against a circle.
        if above.isEmpty || depth >= Self.deepest {
            if Suppression.isSmall(try reading.answer(question).numerator) { return .small }
        }
        for parent in above where depth < Self.deepest {
            let asked = question.asking(unit: parent)
            guard try decide(asked, indicator, depth: depth + 1) == .open else {
                return .withheld
            }
            let parts = try breakdown(asked)
            let place = parts.units.firstIndex { $0.unit.unit == question.unit }
            if let place, parts.told[place] != .open { return parts.told[place] }
        }
        return try standing(in: question.period.whole, question, indicator, depth: depth)
    }

    /// Where the number stands among the parts of the longer period it belongs to.
    private func standing(
        in whole: Period?, _ question: Question, _ indicator: Indicator, depth: Int
    ) throws -> Disclosure {
        guard let whole, indicator.when != .inForce else { return .open }
        guard try decide(question.asking(period: whole), indicator, depth: depth) == .open else {
            return .withheld
        }
        let parts = whole.parts
        let told = Suppression.disclose(
            try parts.map { try reading.answer(question.asking(period: $0)).numerator })
        guard let place = parts.firstIndex(where: { $0.from == question.period.from }) else {
            return .withheld
        }
        return told[place]
    }

    private static let deepest = 12
}

extension Period {
    /// Whether a figure that counts persons is told for this period: for months, quarters, halves
    /// and years; and of what is in force, at the end of a month. From other periods, such as two
    /// that differ by a day, small numbers could be computed.
    func isToldOfPersons(_ indicator: Indicator) -> Bool {
        if indicator.when == .inForce { return to.parts.2 == 1 }
        switch shape {
        case .year, .half, .quarter, .month: return true
        case .toDate: return to.parts.2 == 1 && (to.parts.1 == 1 || to.parts.1 == 7)
        case .week, .day, .span: return false
        }
    }

    /// The longer period that this one is a part of.
    var whole: Period? {
        switch shape {
        case .month: Period("\(from.year)-Q\((from.month + 2) / 3)")
        case .quarter: Period("\(from.year)-H\(from.month <= 6 ? 1 : 2)")
        case .half: Period("\(from.year)")
        case .year, .week, .day, .span, .toDate: nil
        }
    }

    /// The periods of one length that make up this one.
    var parts: [Period] {
        let year = from.year
        switch shape {
        case .year: return [1, 2].compactMap { Period("\(year)-H\($0)") }
        case .half:
            let first = from.month == 1 ? 1 : 3
            return [first, first + 1].compactMap { Period("\(year)-Q\($0)") }
        case .quarter: return months.compactMap { Period(String($0.description.prefix(7))) }
        case .month, .week, .day, .span, .toDate: return [self]
        }
    }
}
