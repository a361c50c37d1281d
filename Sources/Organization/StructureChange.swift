import Core
import Storage

/// What one official document changes: the rows to post, in order.
package struct StructureChange: Sendable {
    package private(set) var rows: [StructureRow] = []
    package private(set) var founded: Set<OrgUnit.ID> = []

    package init() {}

    package mutating func add(_ row: StructureRow) { rows.append(row) }

    package mutating func found(_ version: UnitVersion, by reorganization: ID<Reorganization>?) {
        founded.insert(version.unit)
        rows.append(.version(version, supersedes: nil, by: reorganization))
    }
}

/// One posted row of the structure, with the digest that the audit covers.
package enum StructureRow: Sendable {
    case reorganization(Reorganization)
    case version(UnitVersion, supersedes: ID<UnitVersion>?, by: ID<Reorganization>?)
    case link(UnitLink, supersedes: ID<UnitLink>?)
    case lineage(Lineage, id: String)

    var table: String {
        switch self {
        case .reorganization: "reorganization"
        case .version: "org_unit_version"
        case .link: "org_link"
        case .lineage: "lineage"
        }
    }

    /// The columns a table is written with; position and digest come last.
    package static func columns(of table: String) -> [String] {
        switch table {
        case "org_unit": ["id", "position"]
        default: contents(of: table) + ["position", "digest"]
        }
    }

    /// The columns that the digest covers, in its order.
    package static func contents(of table: String) -> [String] {
        switch table {
        case "reorganization": ["id", "code", "title", "document", "effective_on"]
        case "org_unit_version":
            [
                "id", "unit_id", "code", "name", "form", "valid_from", "valid_to", "supersedes",
                "reorganization_id",
            ]
        case "org_link":
            ["id", "child_id", "parent_id", "axis", "valid_from", "valid_to", "supersedes"]
        case "person_join": ["id", "from_person", "to_person", "joined_on", "undoes"]
        default: ["id", "reorganization_id", "predecessor_id", "successor_id", "basis"]
        }
    }

    var values: [Value] {
        switch self {
        case .reorganization(let row):
            [
                row.id.storageValue, .text(row.code), .text(row.title), .text(row.document),
                row.effectiveOn.storageValue,
            ]
        case .version(let row, let supersedes, let reorganization):
            [
                row.id.storageValue, row.unit.storageValue, .text(row.code), .text(row.name),
                .text(row.form), row.from.storageValue, row.to.storageValue,
                supersedes.storageValue, reorganization.storageValue,
            ]
        case .link(let row, let supersedes):
            [
                row.id.storageValue, row.child.storageValue, row.parent.storageValue,
                .text(row.axis.rawValue), row.from.storageValue, row.to.storageValue,
                supersedes.storageValue,
            ]
        case .lineage(let row, let id):
            [
                .text(id), row.reorganization.storageValue, row.predecessor.storageValue,
                row.successor.storageValue, .text(row.basis.rawValue),
            ]
        }
    }

    package var digest: String { StructureRow.digest(table: table, values: values) }

    /// The digest of a row's contents, whichever table it stands in.
    package static func digest(table: String, values: [Value]) -> String {
        Fingerprint(
            [table]
                + values.map { value in
                    if case .text(let text) = value { return text }
                    return nil
                }
        ).text
    }
}

extension Structure {
    /// The structure after a change.
    package func applying(_ change: StructureChange) -> Structure {
        var after = self
        for row in change.rows {
            switch row {
            case .reorganization(let one): after.add(one)
            case .version(let version, let supersedes, _):
                if let supersedes { after.removeVersion(supersedes, of: version.unit) }
                after.add(version)
            case .link(let link, let supersedes):
                if let supersedes { after.removeLink(supersedes, of: link) }
                after.add(link)
            case .lineage(let line, _): after.add(line)
            }
        }
        return after
    }
}
