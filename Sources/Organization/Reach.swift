import Catalogue
import Core
import Storage

/// For whom a unit's records count: itself and those above it, over some days; after its end,
/// its successor, where it went whole, and what stands above all that followed it; where nothing
/// followed, what stood above it.
package struct Reach: Hashable, Sendable {
    package let unit: OrgUnit.ID
    package let axis: Indicator.Axis
    package let ancestor: OrgUnit.ID
    /// The ancestor's form on those days.
    package let form: String
    package let from: Day
    package let to: Day?

    package init(
        unit: OrgUnit.ID, axis: Indicator.Axis, ancestor: OrgUnit.ID, form: String, from: Day,
        to: Day?
    ) {
        self.unit = unit
        self.axis = axis
        self.ancestor = ancestor
        self.form = form
        self.from = from
        self.to = to
    }

    /// Reads a row of the table `reach`.
    package init(_ row: Row) throws {
        self.init(
            unit: try row.get("unit_id"),
            axis: Indicator.Axis(rawValue: try row.get("axis")) ?? .territory,
            ancestor: try row.get("ancestor_id"), form: try row.get("form"),
            from: try row.get("valid_from"), to: try row.optional("valid_to"))
    }
}

extension Structure {
    /// Computes every row of `reach`. Throws a `Refusal` when a unit stands below itself.
    package func reach(formAxis: @escaping (String) -> Indicator.Axis?) throws -> [Reach] {
        var rows: [Reach] = []
        for axis in Indicator.Axis.allCases {
            var walk = Walk(structure: self, axis: axis, formAxis: formAxis)
            for unit in versions.keys { rows += try walk.reach(of: unit) }
        }
        return rows
    }
}

/// One axis being walked upwards, each unit once.
private struct Walk {
    let structure: Structure
    let axis: Indicator.Axis
    let formAxis: (String) -> Indicator.Axis?
    private var done: [OrgUnit.ID: [Reach]] = [:]
    private var open: Set<OrgUnit.ID> = []

    init(
        structure: Structure, axis: Indicator.Axis, formAxis: @escaping (String) -> Indicator.Axis?
    ) {
        self.structure = structure
        self.axis = axis
        self.formAxis = formAxis
    }

    mutating func reach(of unit: OrgUnit.ID) throws -> [Reach] {
        if let rows = done[unit] { return rows }
        guard open.insert(unit).inserted else {
            let name = structure.versions[unit]?.last?.name ?? unit.text
            throw Refusal.conflict(
                zh: "单位“\(name)”不能位于自身之下。", en: "“\(name)” cannot stand below itself.")
        }
        defer { open.remove(unit) }
        var rows = selves(unit)
        let links = (structure.parents[unit] ?? []).filter { $0.axis == axis }
        for link in links {
            for above in try reach(of: link.parent) {
                add(&rows, unit, above, from: link.from, to: link.to)
            }
        }
        rows += try carried(unit)
        done[unit] = rows
        return rows
    }

    /// The unit itself, where it stands on this axis at all.
    private func selves(_ unit: OrgUnit.ID) -> [Reach] {
        let versions = (structure.versions[unit] ?? []).sorted { $0.from < $1.from }
        let linked =
            (structure.parents[unit] ?? []).contains { $0.axis == axis }
            || (structure.children[unit] ?? []).contains { $0.axis == axis }
        var rows: [Reach] = []
        for version in versions where linked || formAxis(version.form) == axis {
            if let last = rows.last, last.to == version.from, last.form == version.form {
                rows.removeLast()
                rows.append(row(unit, version.form, last.from, version.to))
            } else {
                rows.append(row(unit, version.form, version.from, version.to))
            }
        }
        return rows
    }

    private func row(_ unit: OrgUnit.ID, _ form: String, _ from: Day, _ to: Day?) -> Reach {
        Reach(unit: unit, axis: axis, ancestor: unit, form: form, from: from, to: to)
    }

    private func add(
        _ rows: inout [Reach], _ unit: OrgUnit.ID, _ above: Reach, from: Day, to: Day?
    ) {
        let start = max(from, above.from)
        let end = [to, above.to].compactMap { $0 }.min()
        if let end, end <= start { return }
        rows.append(
            Reach(
                unit: unit, axis: axis, ancestor: above.ancestor, form: above.form, from: start,
                to: end))
    }

    /// For whom the records of a unit count once it has ended: its successor, where it went
    /// whole, and whatever stands above every one of its successors.
    private mutating func carried(_ unit: OrgUnit.ID) throws -> [Reach] {
        guard let versions = structure.versions[unit], versions.allSatisfy({ $0.to != nil }),
            let end = versions.compactMap(\.to).max()
        else { return [] }
        guard let lines = structure.successors[unit], !lines.isEmpty else {
            return try kept(unit, from: end)
        }
        var common: [Reach]?
        for line in lines {
            var above: [Reach] = []
            for row in try reach(of: line.successor) {
                let isSuccessor = row.ancestor == line.successor
                if isSuccessor, lines.count > 1 || line.basis != .whole { continue }
                add(&above, unit, row, from: end, to: nil)
            }
            common = common.map { overlap($0, above) } ?? above
        }
        return common ?? []
    }

    /// A unit that ended without a successor stays in the past of what stood above it.
    private mutating func kept(_ unit: OrgUnit.ID, from end: Day) throws -> [Reach] {
        var rows: [Reach] = []
        for link in structure.parents[unit] ?? []
        where link.axis == axis && link.inForce(on: end - 1) {
            for above in try reach(of: link.parent) { add(&rows, unit, above, from: end, to: nil) }
        }
        return rows
    }

    /// The rows that two lists share, on the days both hold.
    private func overlap(_ left: [Reach], _ right: [Reach]) -> [Reach] {
        var rows: [Reach] = []
        for one in left {
            for other in right where one.ancestor == other.ancestor && one.form == other.form {
                add(&rows, one.unit, other, from: one.from, to: one.to)
            }
        }
        return rows
    }
}
