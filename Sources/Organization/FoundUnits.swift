import Catalogue
import Core

/// One row of a file of units: what the unit is called, and where it stands.
package struct UnitEntry: Sendable {
    package let row: Int
    package let code: String
    package let name: String
    package let form: String
    /// Codes of the units above, by axis.
    package let parents: [Indicator.Axis: String]
    package let from: Day
    package let to: Day?

    package init(
        row: Int, code: String, name: String, form: String, parents: [Indicator.Axis: String],
        from: Day, to: Day?
    ) {
        self.row = row
        self.code = code
        self.name = name
        self.form = form
        self.parents = parents
        self.from = from
        self.to = to
    }
}

/// A fault of one row of an import.
package struct RowFault: Error, Sendable, Hashable {
    package let row: Int
    /// The letters of the column, where the fault is in one.
    package let column: String?
    package let fault: Fault

    package init(_ row: Int, _ fault: Fault, column: String? = nil) {
        self.row = row
        self.column = column
        self.fault = fault
    }

    package init(_ row: Int, _ place: String, zh: String, en: String) {
        self.init(row, Fault(place, zh: zh, en: en))
    }
}

extension Structure {
    /// Works out the change that founds these units. Parents may stand anywhere in the file.
    package func founding(_ entries: [UnitEntry]) -> (change: StructureChange, faults: [RowFault]) {
        var structure = self
        var change = StructureChange()
        var faults: [RowFault] = []
        var units: [OrgUnit.ID] = []
        for entry in entries {
            let version = UnitVersion(
                id: .make(), unit: .make(), code: entry.code, name: entry.name, form: entry.form,
                from: entry.from, to: entry.to)
            if let other = structure.overlapping(version) {
                faults.append(
                    RowFault(
                        entry.row, "编码",
                        zh: "编码 \(entry.code) 在这段时间已属于“\(other.name)”。",
                        en: "The code \(entry.code) belongs to “\(other.name)” on those days."))
            }
            structure.add(version)
            change.found(version, by: nil)
            units.append(version.unit)
        }
        for (entry, unit) in zip(entries, units) {
            for axis in Indicator.Axis.allCases {
                guard let code = entry.parents[axis] else { continue }
                guard let parent = structure.unit(naming: code, on: entry.from) else {
                    faults.append(
                        .unknownUnit(
                            entry.row, code, entry.from, structure, at: axis.parentColumn))
                    continue
                }
                guard parent.unit != unit else {
                    faults.append(
                        RowFault(
                            entry.row, axis.parentColumn, zh: "单位不能是自己的上级。",
                            en: "A unit cannot stand below itself."))
                    continue
                }
                let link = UnitLink(
                    id: .make(), child: unit, parent: parent.unit, axis: axis, from: entry.from,
                    to: [entry.to, parent.to].compactMap { $0 }.min())
                structure.add(link)
                change.add(.link(link, supersedes: nil))
            }
        }
        return (change, faults)
    }

    /// Another unit that has the same code on one of the same days.
    func overlapping(_ version: UnitVersion) -> UnitVersion? {
        history(code: version.code).first { other in
            other.unit != version.unit
                && other.from < (version.to ?? .last) && version.from < (other.to ?? .last)
        }
    }
}

extension Indicator.Axis {
    /// What files call the column of the unit above.
    package var parentColumn: String {
        switch self {
        case .territory: "领土上级"
        case .party: "党组织上级"
        case .line: "条线上级"
        }
    }
}

extension RowFault {
    /// The most units of one name that are listed.
    private static let namedLimit = 10

    /// Says that no unit has a code on a day, and what the code meant on other days.
    package static func unknownUnit(
        _ row: Int, _ code: String, _ day: Day, _ structure: Structure, at place: String = "单位"
    ) -> RowFault {
        let named = structure.units(named: code, on: day).map(\.code).sorted()
        guard named.isEmpty else {
            let list = named.prefix(namedLimit).joined(separator: "、")
            return RowFault(
                row, place, zh: "“\(code)”是单位的名称，请填编码：\(list)。",
                en: "“\(code)” is the name of a unit: write its code, \(list).")
        }
        guard let other = structure.history(code: code).first else {
            return RowFault(
                row, place, zh: "没有编码为 \(code) 的单位。", en: "No unit has the code \(code).")
        }
        let span = "\(other.from)–\(other.to.map { "\($0 - 1)" } ?? "")"
        return RowFault(
            row, place,
            zh: "编码 \(code)（\(other.name)）在 \(day) 不在用，其有效期为 \(span)。",
            en: "The code \(code) (\(other.name)) is not in force on \(day), only \(span).")
    }
}
