import Catalogue
import Core
import Organization
import Storage

/// Which units a file may be about. What lies outside is a fault of its row, in words that tell no
/// more than the row itself.
package struct ImportBounds: Sendable {
    /// Nil for the person who runs the system, at its terminal.
    private let units: Set<OrgUnit.ID>?

    private init(units: Set<OrgUnit.ID>?) { self.units = units }

    package static let everywhere = ImportBounds(units: nil)

    /// The units that a right covers on a day, on any of the trees, and those that ended and whose
    /// records count there.
    package init(
        _ right: Right, of access: Access, on day: Day, _ structure: Structure, _ db: Connection
    ) throws {
        var units: Set<OrgUnit.ID> = []
        let heads = structure.heads(access.units(right), on: day)
        try db.each(ReachRow.below(heads, on: day)) { row in
            units.insert(try row.at(0))
        }
        self.units = units
    }

    /// Whether it is the person who runs the system, at its terminal.
    var isEverywhere: Bool { units == nil }

    package func covers(_ unit: OrgUnit.ID) -> Bool { units?.contains(unit) ?? true }
}

extension RowFault {
    /// One file has one sender, and what a post brings takes two.
    static func warranted(_ row: Int, _ roles: [Role]) -> RowFault {
        RowFault(
            row, "行",
            zh: "这一职务带来“\(roles.map(\.name.zh).joined(separator: "、"))”的权限，不能用文件登记或"
                + "变更；请逐条填写，由上级复核。",
            en: "The post brings the rights of “\(roles.map(\.name.en).joined(separator: ", "))” "
                + "and is not entered or changed by a file: enter it in the browser, where "
                + "somebody higher up confirms it.")
    }

    static func outside(_ row: Int, _ code: String) -> RowFault {
        RowFault(
            row, "单位", zh: "“\(code)”不在您可以导入的单位之内，请更正编码或交由该单位导入。",
            en: "“\(code)” is none of the units you may import for: correct the code, or let that "
                + "unit bring the row.")
    }
}
