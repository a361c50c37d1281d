import Catalogue
import Core

extension Structure {
    /// Whether a unit is one of some units, or stands below one of them on a day, on any axis.
    package func lies(
        _ unit: OrgUnit.ID, below tops: Set<OrgUnit.ID>, on day: Day
    ) -> Bool {
        var met: Set<OrgUnit.ID> = []
        var open = [unit]
        while let next = open.popLast() {
            if tops.contains(next) { return true }
            guard met.insert(next).inserted else { continue }
            for link in parents[next] ?? [] where link.inForce(on: day) { open.append(link.parent) }
        }
        return false
    }

    /// Lets nobody pass who does not hold the right over this unit.
    ///
    /// - Throws: `Refusal.notFound`: what somebody may not do does not exist for them.
    package func require(
        _ right: Right, in unit: OrgUnit.ID, _ access: Access, on day: Day
    ) throws(Refusal) {
        guard lies(unit, below: access.units(right), on: day) else { throw .notFound }
    }

    /// The units that a right covers on a day, in the order of their codes.
    package func units(_ right: Right, _ access: Access, on day: Day) -> [UnitVersion] {
        var met: Set<OrgUnit.ID> = []
        var open = Array(access.units(right))
        var found: [UnitVersion] = []
        while let next = open.popLast() {
            guard met.insert(next).inserted else { continue }
            if let version = version(next, on: day) { found.append(version) }
            for link in children[next] ?? [] where link.inForce(on: day) { open.append(link.child) }
        }
        return found.sorted { ($0.code, $0.name) < ($1.code, $1.name) }
    }
}
