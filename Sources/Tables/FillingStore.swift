import Core
import Foundation
import Organization
import Storage

/// A value that somebody wrote into a cell: by hand, or against what the ledger says.
package struct WrittenCell: Sendable, Hashable {
    package let place: Place
    package let value: String
    /// What the ledger said when it was written against; nil for what is filled by hand.
    package let against: String?
    package let reason: String?
    package let writtenAt: Moment
}

/// What was confirmed for a period: the cells as they went out.
package struct KeptFilling: Sendable {
    package let period: Period
    package let cells: [Place: CellValue]
    package let position: Int
    package let confirmedAt: Moment
}

/// Where the part of a unit stands that fills its own row.
package struct UnitTurn: Sendable {
    package enum State: String, Sendable { case sent, returned, reminded }

    package let state: State
    package let note: String?
    package let turnedAt: Moment
}

/// Every statement on what stands in tables.
package struct FillingStore {
    private let db: Connection

    package init(_ db: Connection) { self.db = db }

    // MARK: Cells

    package func written(
        in table: DeskTable.ID, _ period: Period
    ) throws -> [Place: WrittenCell] {
        let rows = try db.rows(
            """
            SELECT * FROM desk_table_cell
            WHERE table_id = \(table) AND period = \(period.text)
            """)
        return Dictionary(
            uniqueKeysWithValues: try rows.map { row in
                let place = Place(
                    row: try row.get("row_number"), column: try row.get("column_number"))
                return (
                    place,
                    WrittenCell(
                        place: place, value: try row.get("value"),
                        against: try row.optional("against"),
                        reason: try row.optional("reason"), writtenAt: try row.get("written_at"))
                )
            })
    }

    package func write(
        _ cell: WrittenCell, in table: DeskTable.ID, _ period: Period, by actor: Actor
    ) throws {
        try db.execute(
            """
            INSERT INTO desk_table_cell (table_id, period, row_number, column_number, value,
                against, reason, written_by, written_at)
            VALUES (\(table), \(period.text), \(cell.place.row), \(cell.place.column),
                \(cell.value), \(cell.against), \(cell.reason), \(actor.name),
                \(cell.writtenAt))
            ON CONFLICT (table_id, period, row_number, column_number) DO UPDATE SET
                value = excluded.value, against = excluded.against, reason = excluded.reason,
                written_by = excluded.written_by, written_at = excluded.written_at
            """)
    }

    package func clear(_ place: Place, in table: DeskTable.ID, _ period: Period) throws {
        try db.execute(
            """
            DELETE FROM desk_table_cell WHERE table_id = \(table) AND period = \(period.text)
                AND row_number = \(place.row) AND column_number = \(place.column)
            """)
    }

    // MARK: What was confirmed

    package func kept(in table: DeskTable.ID, _ period: Period) throws -> KeptFilling? {
        try one("period = \(period.text)", table)
    }

    /// The latest that was confirmed for an earlier period.
    package func last(in table: DeskTable.ID, before period: Period) throws -> KeptFilling? {
        try one("ends_on < \(period.to)", table)
    }

    private func one(_ condition: SQL, _ table: DeskTable.ID) throws -> KeptFilling? {
        try db.first(
            """
            SELECT * FROM desk_table_filling WHERE table_id = \(table) AND \(condition)
            ORDER BY ends_on DESC LIMIT 1
            """
        ).flatMap { row in
            guard let period = Period(try row.get("period", as: String.self)) else { return nil }
            let cells = try JSONDecoder().decode(
                [String: CellValue].self, from: Data(try row.get("cells", as: String.self).utf8))
            return KeptFilling(
                period: period,
                cells: Dictionary(
                    uniqueKeysWithValues: cells.compactMap { name, value in
                        Place(name).map { ($0, value) }
                    }), position: try row.get("position"),
                confirmedAt: try row.get("confirmed_at"))
        }
    }

    package func keep(_ filling: KeptFilling, in table: DeskTable.ID, by actor: Actor) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let cells = Dictionary(
            uniqueKeysWithValues: filling.cells.map { ($0.key.text, $0.value) })
        let text = String(decoding: try encoder.encode(cells), as: UTF8.self)
        try db.execute(
            """
            INSERT INTO desk_table_filling (table_id, period, ends_on, cells, position,
                confirmed_by, confirmed_at)
            VALUES (\(table), \(filling.period.text), \(filling.period.to), \(text),
                \(filling.position), \(actor.name), \(filling.confirmedAt))
            ON CONFLICT (table_id, period) DO UPDATE SET cells = excluded.cells,
                position = excluded.position, confirmed_by = excluded.confirmed_by,
                confirmed_at = excluded.confirmed_at
            """)
    }

    // MARK: Whose turn it is

    package func turns(
        in table: DeskTable.ID, _ period: Period
    ) throws -> [OrgUnit.ID: UnitTurn] {
        let rows = try db.rows(
            """
            SELECT * FROM desk_table_turn
            WHERE table_id = \(table) AND period = \(period.text)
            """)
        return Dictionary(
            uniqueKeysWithValues: try rows.map { row in
                (
                    try row.get("unit_id"),
                    UnitTurn(
                        state: UnitTurn.State(rawValue: try row.get("state")) ?? .sent,
                        note: try row.optional("note"), turnedAt: try row.get("turned_at"))
                )
            })
    }

    package func turn(
        _ unit: OrgUnit.ID, _ turn: UnitTurn, in table: DeskTable.ID, _ period: Period,
        by actor: Actor
    ) throws {
        try db.execute(
            """
            INSERT INTO desk_table_turn (table_id, period, unit_id, state, note, turned_by,
                turned_at)
            VALUES (\(table), \(period.text), \(unit), \(turn.state.rawValue), \(turn.note),
                \(actor.name), \(turn.turnedAt))
            ON CONFLICT (table_id, period, unit_id) DO UPDATE SET state = excluded.state,
                note = excluded.note, turned_by = excluded.turned_by,
                turned_at = excluded.turned_at
            """)
    }
}
