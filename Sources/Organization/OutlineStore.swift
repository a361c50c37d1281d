import Core
import Storage

/// Every statement on the boundaries of units.
package struct OutlineStore {
    private let db: Connection

    package init(db: Connection) { self.db = db }

    /// Puts boundaries in force from a day on, in the place of any that began that day.
    package func put(_ outlines: [OrgUnit.ID: UnitOutline], from day: Day) throws {
        for (unit, outline) in outlines.sorted(by: { $0.key.text < $1.key.text }) {
            try db.execute(
                "DELETE FROM unit_outline WHERE unit_id = \(unit) AND valid_from = \(day)")
            try db.execute(
                """
                INSERT INTO unit_outline (unit_id, valid_from, rings)
                VALUES (\(unit), \(day), \(outline.text))
                """)
        }
    }

    /// The boundaries that some units have on a day.
    package func outlines(
        of units: [OrgUnit.ID], on day: Day
    ) throws -> [OrgUnit.ID: UnitOutline] {
        var found: [OrgUnit.ID: UnitOutline] = [:]
        for row in try db.rows(
            """
            SELECT unit_id, rings FROM unit_outline o
            WHERE unit_id IN (\(values: units)) AND valid_from <= \(day)
                AND NOT EXISTS (SELECT 1 FROM unit_outline n WHERE n.unit_id = o.unit_id
                    AND n.valid_from > o.valid_from AND n.valid_from <= \(day))
            """)
        {
            found[try row.get("unit_id")] = UnitOutline(text: try row.get("rings"))
        }
        return found
    }
}
