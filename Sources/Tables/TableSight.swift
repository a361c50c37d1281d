import Core
import Ledger
import Organization
import Storage

/// Whose tables somebody sees, and which rows of them: those that their own units fill or ask for,
/// and of tables higher up the rows of their own units. Nothing else is there for them.
package struct TableSight: Sendable {
    package let access: Access
    let structure: Structure
    let today: Day
    private let seen: Set<OrgUnit.ID>
    private let written: Set<OrgUnit.ID>

    package init(_ access: Access, _ structure: Structure, on today: Day) {
        self.access = access
        self.structure = structure
        self.today = today
        written = access.units(.write)
        seen = access.units(.read).union(written)
    }

    /// A condition on `desk_table t`.
    var condition: SQL {
        guard !seen.isEmpty else { return "FALSE" }
        let below = ReachRow.below(structure.heads(seen, on: today), on: today)
        return """
            (t.unit_id IN (\(below)) OR t.state = 'filling' AND EXISTS (
                SELECT 1 FROM desk_table_row r JOIN desk_table_column c
                    ON c.table_id = r.table_id AND c.source = 'hand'
                WHERE r.table_id = t.id AND r.unit_id IN (\(below))))
            """
    }

    /// Whether they read the rows of a unit.
    func sees(_ unit: OrgUnit.ID) -> Bool { structure.lies(unit, below: seen, on: today) }

    /// Whether they fill the row of a unit.
    func fills(_ unit: OrgUnit.ID) -> Bool { structure.lies(unit, below: written, on: today) }

    /// Whether they mark, fill and hand in the table as a whole.
    package func keeps(_ table: DeskTable) -> Bool { fills(table.unit) }

    /// Whether they read the table as a whole.
    func reads(_ table: DeskTable) -> Bool { sees(table.unit) }

    /// The units for which they may bring a table: those where they hold a role themselves.
    func offices() -> [UnitVersion] {
        written.compactMap { structure.version($0, on: today) }
            .sorted { ($0.code, $0.name) < ($1.code, $1.name) }
    }
}
