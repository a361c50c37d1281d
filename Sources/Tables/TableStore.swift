import Core
import Foundation
import Organization
import Storage

/// Every statement on tables, their files, rows and columns.
package struct TableStore {
    let db: Connection

    package init(_ db: Connection) { self.db = db }

    package func insert(_ table: DeskTable, by actor: Actor) throws {
        let said = table.said
        try db.execute(
            """
            INSERT INTO desk_table (id, unit_id, title, issuer, document, basis, on_list, rhythm,
                only_period, due_days, last_on, state, is_own, made_by, made_at)
            VALUES (\(table.id), \(table.unit), \(said.title), \(said.issuer),
                \(said.document), \(said.basis), \(said.isListed ? 1 : 0),
                \(table.rhythm.rawValue), \(table.onlyPeriod), \(table.dueDays),
                \(table.lastOn), \(table.state.rawValue), \(table.isOwn ? 1 : 0),
                \(actor.name), \(table.madeAt))
            """)
    }

    package func find(_ id: DeskTable.ID) throws -> DeskTable? {
        try db.first("SELECT * FROM desk_table WHERE id = \(id)").map(DeskTable.init)
    }

    /// Tables that a condition over `desk_table t` lets see, the newest first.
    package func list(_ condition: SQL, limit: Int) throws -> [DeskTable] {
        try db.rows(
            """
            SELECT t.* FROM desk_table t WHERE \(condition) ORDER BY t.id DESC LIMIT \(limit)
            """
        ).map(DeskTable.init)
    }

    func count(of unit: OrgUnit.ID) throws -> Int {
        try db.value(
            """
            SELECT COUNT(*) FROM desk_table
            WHERE unit_id = \(unit) AND state <> 'declined'
            """, as: Int.self) ?? 0
    }

    func decline(_ table: DeskTable.ID, for reason: String) throws {
        try db.execute(
            """
            UPDATE desk_table SET state = 'declined', declined_for = \(reason)
            WHERE id = \(table) AND state <> 'declined'
            """)
    }

    // MARK: Files

    /// A version of the file of a table.
    package struct File: Sendable {
        package let version: Int
        package let digest: String
        package let name: String
        package let shape: SheetShape
    }

    package func file(of table: DeskTable.ID) throws -> File? {
        try db.first(
            """
            SELECT version, digest, name, shape FROM desk_table_file WHERE table_id = \(table)
            ORDER BY version DESC LIMIT 1
            """
        ).map { row in
            File(
                version: try row.get("version"), digest: try row.get("digest"),
                name: try row.get("name"), shape: try SheetShape(kept: try row.get("shape")))
        }
    }

    /// What the newest file holds.
    package func content(of table: DeskTable.ID) throws -> [UInt8] {
        let text = try db.value(
            """
            SELECT content FROM desk_table_file WHERE table_id = \(table)
            ORDER BY version DESC LIMIT 1
            """, as: String.self)
        return text.flatMap { Data(base64Encoded: $0) }.map(Array.init) ?? []
    }

    /// Keeps a file behind those that were there; the same content again is no new version.
    package func add(
        _ bytes: [UInt8], named name: String, _ shape: SheetShape, to table: DeskTable.ID,
        by actor: Actor, at moment: Moment
    ) throws {
        let digest = hexadecimalDigest(bytes)
        let newest = try file(of: table)
        if let newest, newest.digest == digest {
            try db.execute(
                """
                UPDATE desk_table_file SET shape = \(try shape.text())
                WHERE table_id = \(table) AND version = \(newest.version)
                """)
            return
        }
        let version = (newest?.version ?? 0) + 1
        guard version <= TableLimits.versions else {
            throw Refusal.conflict(
                zh: "这张表已换过\(TableLimits.versions)次表样，请另建一张。",
                en: "This table has had \(TableLimits.versions) files: bring it as a new one.")
        }
        try db.execute(
            """
            INSERT INTO desk_table_file (table_id, version, digest, name, content, shape,
                brought_by, brought_at)
            VALUES (\(table), \(version), \(digest), \(name),
                \(Data(bytes).base64EncodedString()), \(try shape.text()), \(actor.name),
                \(moment))
            """)
    }

    // MARK: Rows and columns

    package func rows(of table: DeskTable.ID) throws -> [TableRow] {
        try db.rows(
            "SELECT * FROM desk_table_row WHERE table_id = \(table) ORDER BY row_number"
        ).map(TableRow.init)
    }

    package func columns(of table: DeskTable.ID) throws -> [TableColumn] {
        try db.rows(
            "SELECT * FROM desk_table_column WHERE table_id = \(table) ORDER BY column_number"
        ).map(TableColumn.init)
    }

    /// The columns of several tables.
    package func columns(of tables: [DeskTable.ID]) throws -> [DeskTable.ID: [TableColumn]] {
        guard !tables.isEmpty else { return [:] }
        var found: [DeskTable.ID: [TableColumn]] = [:]
        let rows = try db.rows(
            """
            SELECT * FROM desk_table_column WHERE table_id IN (\(values: tables))
            ORDER BY table_id, column_number
            """)
        for row in rows {
            found[try row.get("table_id"), default: []].append(try TableColumn(row))
        }
        return found
    }

    /// How many rows of several tables are units.
    package func unitCounts(of tables: [DeskTable.ID]) throws -> [DeskTable.ID: Int] {
        guard !tables.isEmpty else { return [:] }
        let rows = try db.rows(
            """
            SELECT table_id, COUNT(*) AS units FROM desk_table_row
            WHERE table_id IN (\(values: tables)) AND unit_id IS NOT NULL GROUP BY table_id
            """)
        return Dictionary(
            uniqueKeysWithValues: try rows.map {
                (try $0.get("table_id"), try $0.get("units"))
            })
    }

    /// Says where the units stand, and which they are: in the place of what was said before.
    package func lay(
        _ layout: DeskTable.Layout?, _ rows: [TableRow], in table: DeskTable.ID
    ) throws {
        if let layout {
            try db.execute(
                """
                UPDATE desk_table SET sheet = \(layout.sheet),
                    first_row = \(layout.rows.lowerBound), last_row = \(layout.rows.upperBound),
                    unit_column = \(layout.unitColumn)
                WHERE id = \(table)
                """)
        }
        try db.execute("DELETE FROM desk_table_row WHERE table_id = \(table)")
        try db.insert(
            into: "desk_table_row", ["table_id", "row_number", "label", "unit_id"],
            rows.map {
                [
                    table.storageValue, $0.number.storageValue, $0.label.storageValue,
                    $0.unit.storageValue,
                ]
            })
        try settle(table)
    }

    /// Says which unit a row is.
    func mean(_ unit: OrgUnit.ID?, by row: Int, in table: DeskTable.ID) throws {
        try db.execute(
            """
            UPDATE desk_table_row SET unit_id = \(unit)
            WHERE table_id = \(table) AND row_number = \(row)
            """)
        try settle(table)
    }

    package func bind(_ column: TableColumn, in table: DeskTable.ID) throws {
        let kept = column.kept
        try db.execute(
            """
            INSERT INTO desk_table_column (table_id, column_number, heading, source, name, term)
            VALUES (\(table), \(column.number), \(column.heading), \(kept.source),
                \(kept.name), \(kept.term))
            ON CONFLICT (table_id, column_number) DO UPDATE SET heading = excluded.heading,
                source = excluded.source, name = excluded.name, term = excluded.term
            """)
        try settle(table)
    }

    func loosen(_ column: Int, in table: DeskTable.ID) throws {
        try db.execute(
            """
            DELETE FROM desk_table_column
            WHERE table_id = \(table) AND column_number = \(column)
            """)
        try settle(table)
    }

    /// A table can be filled as soon as some row is a unit and some column has a source.
    private func settle(_ table: DeskTable.ID) throws {
        try db.execute(
            """
            UPDATE desk_table SET state = CASE
                WHEN EXISTS (SELECT 1 FROM desk_table_row r
                        WHERE r.table_id = desk_table.id AND r.unit_id IS NOT NULL)
                    AND EXISTS (SELECT 1 FROM desk_table_column c
                        WHERE c.table_id = desk_table.id)
                THEN 'filling' ELSE 'marking' END
            WHERE id = \(table) AND state <> 'declined'
            """)
    }
}
