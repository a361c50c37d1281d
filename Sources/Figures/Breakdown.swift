import Catalogue
import Core
import Organization

/// A figure by the units directly below, one answer for each, with what remains when they are
/// added up: what was recorded at the unit itself.
package struct Breakdown: Sendable {
    package let units: [(unit: UnitVersion, answer: Answer)]
    /// What a public page may say of each unit, in the same order.
    package let told: [Disclosure]
    /// What the units below leave over; nil when the figure cannot be added up.
    package let rest: Int?
    package let restTold: Disclosure

    /// Asks the question of every unit directly below.
    init(_ question: Question, _ reading: Figures.Reading) throws {
        let indicator = try reading.reckoner.indicator(question.indicator)
        let below = try reading.reckoner.structure(for: question)
            .unitsBelow(question, indicator)
        // One statement for all where the figure allows it; what it tells is kept for the rest.
        try reading.unfold(question, units: below.map(\.unit))
        let total = try reading.answer(question)
        let units = try below.map { version in
            (unit: version, answer: try reading.answer(question.asking(unit: version.unit)))
        }
        self.units = units
        let left = total.numerator - units.reduce(0) { $0 + $1.answer.numerator }
        rest = total.hasValue && indicator.addsUp ? left : nil
        let catalogue = reading.reckoner.catalogue
        guard catalogue.protects(indicator) else {
            told = units.map { _ in .open }
            restTold = .open
            return
        }
        (told, restTold) = try Breakdown.told(
            units.map(\.unit.unit), question, indicator, catalogue.wholes(of: indicator), reading)
    }

    /// What may be told of each unit, and of what remains. A unit that began, ended or moved while
    /// the period ran is not told: what remains is then more than was recorded at the unit itself.
    private static func told(
        _ units: [OrgUnit.ID], _ question: Question, _ indicator: Indicator,
        _ wholes: [Indicator], _ reading: Figures.Reading
    ) throws -> (units: [Disclosure], rest: Disclosure) {
        for whole in wholes { try reading.unfold(question.asking(whole.id), units: units) }
        if let over = indicator.over { try reading.unfold(question.asking(over), units: units) }
        let steady = units.filter {
            reading.structure.stands($0, below: question.unit, throughout: question, indicator)
        }
        let parts = try steady.map {
            try reading.guarded(question.asking(unit: $0), indicator, of: wholes)
        }
        // What remains can be computed by anybody, so it is one of the parts.
        let total = try reading.guarded(question, indicator, of: wholes)
        let rest = total.indices.map { place in
            max(0, total[place] - parts.reduce(0) { $0 + $1[place] })
        }
        var told = Suppression.disclose(columns: parts + [rest])
        let restTold = told.removeLast()
        let byUnit = Dictionary(zip(steady, told)) { first, _ in first }
        return (
            units.map { byUnit[$0] ?? .withheld }, steady.count < units.count ? .withheld : restTold
        )
    }
}

extension Indicator {
    /// Whether the answers of the units below add up to the answer of the unit above.
    package var addsUp: Bool {
        guard per.isEmpty, over == nil, kind != nil || readsUnits else { return false }
        switch value {
        case .count, .sum: return true
        default: return false
        }
    }
}

extension Structure {
    /// The units directly below the one asked for: on the day that counts or, where events of a
    /// whole period are asked for, on any day of it.
    package func unitsBelow(_ question: Question, _ indicator: Indicator) -> [UnitVersion] {
        let span = Span(question, indicator)
        var found: [OrgUnit.ID: UnitVersion] = [:]
        for link in children[question.unit] ?? []
        where link.axis == indicator.axis && span.touches(link) {
            let last = link.to.map { min($0 - 1, span.last) } ?? span.last
            guard let version = nearestVersion(link.child, on: last) else { continue }
            if let known = found[link.child], known.from >= version.from { continue }
            found[link.child] = version
        }
        return found.values.sorted { ($0.code, $0.from) < ($1.code, $1.from) }
    }

    /// The units directly above the one asked for, likewise.
    package func unitsAbove(_ question: Question, _ indicator: Indicator) -> [OrgUnit.ID] {
        let span = Span(question, indicator)
        let links = (parents[question.unit] ?? []).filter {
            $0.axis == indicator.axis && span.touches($0)
        }
        return Set(links.map(\.parent)).sorted()
    }

    /// Whether a unit stood directly below another, and nowhere else, on every day that counts.
    func stands(
        _ unit: OrgUnit.ID, below parent: OrgUnit.ID, throughout question: Question,
        _ indicator: Indicator
    ) -> Bool {
        let span = Span(question, indicator)
        let links = (parents[unit] ?? []).filter { $0.axis == indicator.axis && span.touches($0) }
        return links.allSatisfy { $0.parent == parent } && links.contains { span.isWithin($0) }
    }
}

/// The days on which a unit must stand below another to be counted there.
private struct Span {
    let first: Day
    let last: Day

    init(_ question: Question, _ indicator: Indicator) {
        last = question.mapDay
        let isOneDay = question.structure == .now || indicator.when == .inForce
        first = isOneDay ? last : question.period.from
    }

    func touches(_ link: UnitLink) -> Bool {
        link.from <= last && (link.to.map { first < $0 } ?? true)
    }

    func isWithin(_ link: UnitLink) -> Bool {
        link.from <= first && (link.to.map { last < $0 } ?? true)
    }
}
