import Catalogue
import Core
import Organization

/// Where each of some units stands among them, once: below the nearest of those above it, so that
/// a branch's work counts once in every unit above, though three trees lead there.
struct MatrixPlace {
    /// Those above which none of the others stands.
    private(set) var tops: [OrgUnit.ID] = []
    private(set) var below: [OrgUnit.ID: [OrgUnit.ID]] = [:]
    /// Those that stand below a unit of another tree than their own, as a committee below its
    /// community.
    private(set) var seated: Set<OrgUnit.ID> = []

    init(
        _ structure: Structure, units: Set<OrgUnit.ID>, on day: Day,
        axis: (String) -> Indicator.Axis?
    ) {
        func order(_ unit: OrgUnit.ID) -> (String, String) {
            (structure.nearestVersion(unit, on: day)?.code ?? "", unit.text)
        }
        func axisOfForm(_ unit: OrgUnit.ID) -> Indicator.Axis? {
            structure.version(unit, on: day).flatMap { axis($0.form) }
        }
        let sorted = units.filter { structure.version($0, on: day) != nil }
            .map { (unit: $0, order: order($0)) }.sorted { $0.order < $1.order }.map(\.unit)
        for unit in sorted {
            guard let parent = Self.nearest(above: unit, units, structure, on: day) else {
                tops.append(unit)
                continue
            }
            below[parent, default: []].append(unit)
            if axisOfForm(unit) != axisOfForm(parent) { seated.insert(unit) }
        }
        takeUpLost(sorted)
    }

    /// The unit right above one: of several, the one that none of the others is below.
    static func nearest(
        above unit: OrgUnit.ID, _ units: Set<OrgUnit.ID>, _ structure: Structure, on day: Day
    ) -> OrgUnit.ID? {
        let parents = Set(
            (structure.parents[unit] ?? []).filter { $0.inForce(on: day) }.map(\.parent)
        )
        .intersection(units).sorted()
        guard parents.count > 1 else { return parents.first }
        return parents.first { parent in
            parents.allSatisfy { other in
                other == parent || !structure.lies(other, below: [parent], on: day)
            }
        } ?? parents.first
    }

    /// Units that stand in a ring of several trees stand below none of the tops: the first of each
    /// ring becomes one, so that every unit has its row.
    private mutating func takeUpLost(_ sorted: [OrgUnit.ID]) {
        var met: Set<OrgUnit.ID> = []
        func walk(_ unit: OrgUnit.ID) {
            var open = [unit]
            while let next = open.popLast() {
                guard met.insert(next).inserted else { continue }
                open += below[next] ?? []
            }
        }
        tops.forEach(walk)
        for unit in sorted where !met.contains(unit) {
            for (parent, units) in below where units.contains(unit) {
                below[parent] = units.filter { $0 != unit }
            }
            tops.append(unit)
            walk(unit)
        }
    }
}
