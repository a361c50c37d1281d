import Core
import Organization

/// A table as it is filled for a period: what stands in each cell, where it comes from, and what
/// stood there last time.
package struct TableFilling: Sendable {
    package let table: DeskTable
    package let period: Period
    package let rows: [Row]
    package let columns: [TableColumn]
    package let lines: [Place: Line]
    /// What was confirmed for an earlier period; nil where this is the first.
    package let last: KeptFilling?
    /// What was confirmed for this one.
    package let kept: KeptFilling?
    let turns: [OrgUnit.ID: UnitTurn]
    package let position: Int

    /// A row of a unit.
    package struct Row: Sendable {
        package let number: Int
        package let label: String
        package let unit: UnitVersion
    }

    package enum Origin: Sendable, Hashable {
        case ledger
        /// Filled by the unit, or not yet.
        case hand, missing
        /// Written against the ledger.
        case override(WrittenCell)
    }

    /// A cell that is filled.
    package struct Line: Sendable {
        package let place: Place
        package let value: CellValue
        /// What the ledger says; nil for what is filled by hand.
        package let ledger: CellValue?
        package let origin: Origin
        /// What stood there last time; nil where nothing was confirmed before.
        package let before: CellValue?

        /// Whether it is to be looked at: it differs from last time, or there was no last time.
        package var isChanged: Bool { before != value }

        var isOverridden: Bool {
            if case .override = origin { return true }
            return false
        }

        /// Whether somebody wrote against the ledger what the ledger says by now.
        var isSettled: Bool { isOverridden && ledger == value }
    }

    /// The lines from the top on.
    package var ordered: [Line] { lines.values.sorted { $0.place < $1.place } }

    package var changes: [Line] { ordered.filter(\.isChanged) }

    var missing: [Line] { ordered.filter { $0.origin == .missing } }

    /// Whether what was confirmed is what would be filled now.
    package var isConfirmed: Bool { kept?.cells == values }

    package var values: [Place: CellValue] { lines.mapValues(\.value) }

    /// A fingerprint over what is shown, so that nothing else is confirmed.
    package var mark: String {
        var fingerprint = Fingerprint()
        for line in ordered {
            fingerprint.add(line.place.text)
            fingerprint.add(line.value.kind.rawValue)
            fingerprint.add(line.value.text)
        }
        return fingerprint.half
    }

    func row(_ number: Int) -> Row? { rows.first { $0.number == number } }
    func column(_ number: Int) -> TableColumn? { columns.first { $0.number == number } }

    /// Where the part of a unit stands; a unit fills its own row where a column is filled by hand.
    func turn(_ row: Row) -> Turn {
        switch turns[row.unit.unit]?.state {
        case .sent: return .sent
        case .returned: return .returned
        case .reminded, nil:
            let isOpen = columns.contains { column in
                lines[Place(row: row.number, column: column.number)]?.origin == .missing
            }
            return isOpen ? .open : .sent
        }
    }

    enum Turn: String, Sendable { case open, returned, sent }

    var hasHand: Bool { columns.contains { !$0.isBound } }
}
