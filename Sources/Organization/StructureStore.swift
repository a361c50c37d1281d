import Catalogue
import Core
import Storage

/// Every statement on units, versions, links, lineage and reach.
package struct StructureStore {
    private let db: Connection

    package init(db: Connection) { self.db = db }

    /// The newest position of the structure: a structure read at it is still the same.
    package func position() throws -> Int {
        try db.value(
            """
            SELECT MAX(position) FROM (
                SELECT MAX(position) AS position FROM org_unit_version
                UNION ALL SELECT MAX(position) FROM org_link
                UNION ALL SELECT MAX(position) FROM lineage
                UNION ALL SELECT MAX(position) FROM reorganization
                UNION ALL SELECT MAX(reversed) FROM import
                    WHERE what IN ('units', 'reorganizations')) AS newest
            """, as: Int.self) ?? 0
    }

    /// The imports that were reversed by a position, read once: there are few, and without this
    /// every import there ever was would be looked at for each row of the structure.
    private func undone(_ position: Int) -> SQL {
        """
        WITH undone AS MATERIALIZED (
            SELECT base, row_count FROM import WHERE reversed <= \(position))
        """
    }

    /// A row stands at a position when it was posted by then, and the import that posted it was
    /// not reversed by then.
    private func stands(_ alias: SQL, _ position: Int) -> SQL {
        """
        \(alias).position <= \(position)
            AND NOT EXISTS (SELECT 1 FROM undone i
                WHERE \(alias).position > i.base AND \(alias).position <= i.base + i.row_count)
        """
    }

    /// The structure as it was known at a position; the newest, unless one is given.
    package func load(asOf position: Int = .max) throws -> Structure {
        func stands(_ alias: SQL) -> SQL { self.stands(alias, position) }
        let undone = undone(position)
        let versions = try db.rows(
            """
            \(undone)
            SELECT id, unit_id, code, name, form, valid_from, valid_to FROM org_unit_version v
            WHERE \(stands("v")) AND NOT EXISTS (SELECT 1 FROM org_unit_version n
                WHERE n.supersedes = v.id AND \(stands("n")))
            ORDER BY position
            """
        ).map { row in
            UnitVersion(
                id: try row.get("id"), unit: try row.get("unit_id"), code: try row.get("code"),
                name: try row.get("name"), form: try row.get("form"),
                from: try row.get("valid_from"), to: try row.optional("valid_to"))
        }
        let links = try db.rows(
            """
            \(undone)
            SELECT id, child_id, parent_id, axis, valid_from, valid_to FROM org_link l
            WHERE \(stands("l")) AND NOT EXISTS (SELECT 1 FROM org_link n
                WHERE n.supersedes = l.id AND \(stands("n")))
            ORDER BY position
            """
        ).map { row in
            UnitLink(
                id: try row.get("id"), child: try row.get("child_id"),
                parent: try row.get("parent_id"),
                axis: Indicator.Axis(rawValue: try row.get("axis")) ?? .territory,
                from: try row.get("valid_from"), to: try row.optional("valid_to"))
        }
        let lineage = try db.rows(
            """
            \(undone)
            SELECT reorganization_id, predecessor_id, successor_id, basis FROM lineage l
            WHERE \(stands("l")) ORDER BY position
            """
        ).map { row in
            Lineage(
                reorganization: try row.get("reorganization_id"),
                predecessor: try row.get("predecessor_id"),
                successor: try row.get("successor_id"),
                basis: Lineage.Basis(rawValue: try row.get("basis")) ?? .notComparable)
        }
        let reorganizations = try db.rows(
            """
            \(undone)
            SELECT id, code, title, document, effective_on FROM reorganization r
            WHERE \(stands("r")) ORDER BY position
            """
        ).map { row in
            Reorganization(
                id: try row.get("id"), code: try row.get("code"), title: try row.get("title"),
                document: try row.get("document"), effectiveOn: try row.get("effective_on"))
        }
        return Structure(
            versions: versions, links: links, lineage: lineage, reorganizations: reorganizations)
    }

    /// Writes the rows of one structural change at the positions from `first` on.
    ///
    /// - Returns: the digests of the rows, in the order of their positions.
    package func post(_ change: StructureChange, from first: Int) throws -> [String] {
        let digests = change.rows.map(\.digest)
        var tables: [String: [[Value]]] = [:]
        for (offset, row) in change.rows.enumerated() {
            let position = Value.integer(Int64(first + offset))
            if case .version(let version, let supersedes, _) = row, supersedes == nil,
                change.founded.contains(version.unit)
            {
                tables["org_unit", default: []].append([version.unit.storageValue, position])
            }
            tables[row.table, default: []].append(
                row.values + [position, .text(digests[offset])])
        }
        for table in ["org_unit", "reorganization", "org_unit_version", "org_link", "lineage"] {
            guard let rows = tables[table] else { continue }
            try db.insert(into: table, StructureRow.columns(of: table), rows)
        }
        return digests
    }

    /// Brings `reach` up to a structure: rows that no longer hold are gone from `position` on.
    package func refreshReach(_ reach: [Reach], at position: Int) throws {
        var standing: Set<Reach> = []
        var stale: [Reach] = []
        let wanted = Set(reach)
        try db.each(
            """
            SELECT unit_id, axis, ancestor_id, form, valid_from, valid_to FROM reach
            WHERE gone IS NULL
            """
        ) { row in
            let reach = try Reach(row)
            if wanted.contains(reach) { standing.insert(reach) } else { stale.append(reach) }
        }
        for row in stale {
            try db.execute(
                """
                UPDATE reach SET gone = \(position)
                WHERE gone IS NULL AND unit_id = \(row.unit) AND axis = \(row.axis.rawValue)
                    AND ancestor_id = \(row.ancestor) AND form = \(row.form)
                    AND valid_from = \(row.from) AND valid_to IS NOT DISTINCT FROM \(row.to)
                """)
        }
        try db.insert(
            into: "reach",
            ["unit_id", "axis", "ancestor_id", "form", "valid_from", "valid_to", "position"],
            reach.filter { !standing.contains($0) }.map { row in
                [
                    row.unit.storageValue, .text(row.axis.rawValue), row.ancestor.storageValue,
                    .text(row.form), row.from.storageValue, row.to.storageValue,
                    .integer(Int64(position)),
                ]
            })
    }
}
