import Catalogue
import Core
import Figures
import Organization
import Web

/// Reads how a unit stands: each of its figures in the latest half-year that is over, among units
/// like it, against before, and so far since.
struct UnitFigureReader {
    let snapshot: Snapshot
    /// A day on which the units asked about stand.
    let day: Day
    let periods: UsualPeriods

    /// The most figures, and how many are asked to find them where nobody chose any.
    static let limit = 12
    static let askedLimit = 40
    /// Units are compared with those beside them, or with all of their form where these are few.
    static let peerLimit = 60

    private var reading: Figures.Reading { snapshot.reading }

    /// - Parameter keeper: whether the unit is shown on the page of another, which has its seat.
    func figures(of unit: UnitVersion, keeper: Bool = false) throws -> UnitFigures? {
        let peers = self.peers(of: unit)
        let lines = try lines(of: unit, peers)
        guard !lines.isEmpty else { return nil }
        return try UnitFigures(
            lines, of: unit, isKeeper: keeper, period: periods.half, peers: peers,
            on: day, snapshot)
    }

    private func lines(
        of unit: UnitVersion, _ peers: [UnitVersion]
    ) throws -> [UnitFigureLine] {
        let chosen = (snapshot.catalogue.forms[unit.form]?.figures ?? [])
            .compactMap { snapshot.catalogue.indicators[$0] }
        guard chosen.isEmpty else {
            return try chosen.filter {
                $0.isPublic && snapshot.stands(unit, on: $0.axis)
            }.compactMap { try line(unit, $0, among: peers) }
        }
        // Nobody chose: those that come to something here, and none of persons, because a small
        // unit has few.
        var found: [UnitFigureLine] = []
        let candidates = snapshot.publicIndicators.filter {
            $0.addsUp && !snapshot.catalogue.protects($0)
        }
        for indicator in candidates.prefix(Self.askedLimit) {
            let answer = try reading.answer(
                reading.question(indicator.id, unit: unit.unit, periods.period(for: indicator)))
            guard answer.hasValue, answer.numerator > 0 else { continue }
            found += [try line(unit, indicator, among: peers)].compactMap { $0 }
            if found.count == Self.limit { break }
        }
        return found
    }

    /// Nil where the unit has no such number.
    private func line(
        _ unit: UnitVersion, _ indicator: Indicator, among peers: [UnitVersion]
    ) throws -> UnitFigureLine? {
        let period = periods.period(for: indicator)
        let question = reading.question(indicator.id, unit: unit.unit, period)
        let isProtected = snapshot.catalogue.protects(indicator)
        // Numbers of persons are not compared between units, so the others' are not asked for.
        let others = isProtected ? [] : peers.filter { $0.unit != unit.unit }
        let answers = try reading.grid(
            [indicator.id], units: [unit.unit] + others.map(\.unit), periods: [period])[0]
            .compactMap(\.first)
        guard let answer = answers.first, answer.hasValue else { return nil }
        let cell = FigureTable.Cell(
            answer: answer,
            told: isProtected ? try snapshot.disclosures.disclosure(question) : .open)
        return UnitFigureLine(
            cell, among: others.isEmpty ? [] : answers.filter(\.hasValue), indicator,
            href: snapshot.figure(indicator, unit, period, .then).text,
            when: period == periods.half ? nil : period,
            later: (
                cell.hasNumber
                    ? try FigureChange.first(question, answer, unit, indicator, snapshot) : nil,
                try periods.soFar(for: indicator).flatMap {
                    try ThemeReader(snapshot: snapshot)
                        .soFar(question.asking(period: $0), indicator)
                }
            ), snapshot)
    }

    /// The units of the same form beside a unit, itself among them; where these are too few to
    /// compare, all of its form unless they are many.
    private func peers(of unit: UnitVersion) -> [UnitVersion] {
        let structure = snapshot.structure
        let axis = snapshot.catalogue.forms[unit.form]?.axis ?? .territory
        let beside =
            (structure.parent(unit.unit, axis, on: day).map {
                structure.children(of: $0, axis, on: day)
            } ?? []).filter { $0.form == unit.form }
        if beside.count >= ThemeReader.fewest { return Array(beside.prefix(Self.peerLimit)) }
        let all = structure.versions.values.compactMap { versions in
            versions.first { $0.form == unit.form && $0.inForce(on: day) }
        }
        guard all.count >= ThemeReader.fewest, all.count <= Self.peerLimit else { return [] }
        return all.sorted { $0.code < $1.code }
    }
}
