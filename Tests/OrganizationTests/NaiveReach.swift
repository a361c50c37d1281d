import Catalogue
import Core
import Organization

/// Answers for one day and one unit by walking up the links, the way one would with a finger on
/// the chart: slow, plain, and without anything in common with the rows it is compared with.
struct NaiveReach {
    let structure: Structure
    let axis: Indicator.Axis
    let day: Day

    struct Above: Hashable, Comparable {
        let unit: OrgUnit.ID
        let form: String

        static func < (left: Above, right: Above) -> Bool {
            (left.unit, left.form) < (right.unit, right.form)
        }
    }

    func above(_ unit: OrgUnit.ID) -> Set<Above> {
        guard let version = structure.version(unit, on: day) else { return carried(unit) }
        var all: Set<Above> =
            stands(unit, version.form) ? [Above(unit: unit, form: version.form)] : []
        for link in structure.parents[unit] ?? [] where link.axis == axis && link.inForce(on: day) {
            all.formUnion(above(link.parent))
        }
        return all
    }

    private func stands(_ unit: OrgUnit.ID, _ form: String) -> Bool {
        let links = (structure.parents[unit] ?? []) + (structure.children[unit] ?? [])
        return formAxis(form) == axis || links.contains { $0.axis == axis }
    }

    /// What follows a unit that has ended: all that its successors have in common.
    private func carried(_ unit: OrgUnit.ID) -> Set<Above> {
        let versions = structure.versions[unit] ?? []
        guard versions.allSatisfy({ version in version.to.map { $0 <= day } ?? false }) else {
            return []
        }
        let lines = structure.successors[unit] ?? []
        if lines.isEmpty {
            let end = versions.compactMap(\.to).max() ?? day
            let last = (structure.parents[unit] ?? []).filter {
                $0.axis == axis && $0.inForce(on: end - 1)
            }
            return last.reduce(into: []) { $0.formUnion(above($1.parent)) }
        }
        let sets = lines.map { line in
            let isWhole = lines.count == 1 && line.basis == .whole
            return above(line.successor).filter { isWhole || $0.unit != line.successor }
        }
        return sets.dropFirst().reduce(sets.first ?? []) { $0.intersection($1) }
    }
}
