import Catalogue
import Core
import Ledger
import Organization

/// Which units a definition means in one case.
struct CaseUnits: Sendable {
    let procedure: Procedure
    let structure: Structure
    /// Where the case was opened.
    let home: OrgUnit.ID
    /// The second unit of the record that opened it.
    let place: OrgUnit.ID?
    /// Who answers for it now.
    var owner: OrgUnit.ID

    /// So many superiors of superiors are followed.
    private static let depth = 8

    /// The unit that a name means on a day; nil where there is none.
    ///
    /// - Parameters:
    ///   - named: the second unit of the record that is being written.
    ///   - each: the one of several for which a step is owed.
    func unit(
        _ name: Procedure.UnitName, on day: Day, named: OrgUnit.ID? = nil,
        each: OrgUnit.ID? = nil, depth: Int = CaseUnits.depth
    ) -> OrgUnit.ID? {
        guard depth > 0 else { return nil }
        switch name {
        case .unit: return home
        case .place: return named ?? place
        case .named: return named ?? place
        case .owner: return owner
        case .each: return each
        case .district: return structure.root(nearest: day)?.unit
        case .called(let called):
            return procedure.subject.units.first { $0.name == called }.flatMap {
                unit($0.unit, on: day, named: named, each: each, depth: depth - 1)
            }
        case .superior(let below):
            return unit(below, on: day, named: named, each: each, depth: depth - 1)
                .flatMap { structure.superior(of: $0, on: day) }
        case .superiorForm(let form): return structure.superior(of: home, form: form, on: day)
        }
    }
}

extension Structure {
    /// The organization above a unit on the Party tree; where it stands on none, on its own.
    func superior(of unit: OrgUnit.ID, on day: Day) -> OrgUnit.ID? {
        parent(unit, .party, on: day) ?? parent(unit, .territory, on: day)
            ?? parent(unit, .line, on: day)
    }

    /// The nearest unit of a form above one, itself left out.
    func superior(of unit: OrgUnit.ID, form: String, on day: Day) -> OrgUnit.ID? {
        var (met, level): (Set<OrgUnit.ID>, [OrgUnit.ID]) = ([unit], [unit])
        while !level.isEmpty {
            level = level.flatMap { below in
                (parents[below] ?? []).filter { $0.inForce(on: day) }
                    .sorted { Self.rank($0.axis) < Self.rank($1.axis) }.map(\.parent)
            }.filter { met.insert($0).inserted }
            if let found = level.first(where: { version($0, on: day)?.form == form }) {
                return found
            }
        }
        return nil
    }

    private static func rank(_ axis: Indicator.Axis) -> Int {
        switch axis {
        case .party: 0
        case .territory: 1
        case .line: 2
        }
    }

    /// Who follows a unit that has ended: who took it whole; else, until somebody hands it over,
    /// the unit that stood above it.
    func standing(for unit: OrgUnit.ID, on day: Day) -> OrgUnit.ID {
        guard version(unit, on: day) == nil, let last = nearestVersion(unit, on: day) else {
            return unit
        }
        if last.from > day { return unit }
        let living = living(after: unit, on: day)
        if living.count == 1, let only = living.first { return only }
        guard let end = last.to, let above = superior(of: unit, on: end - 1) else { return unit }
        return above == unit ? unit : standing(for: above, on: day)
    }
}
