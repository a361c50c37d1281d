import Catalogue
import Core
import Organization
import Storage

/// The table `reach` as it is known now, by the unit that counts.
struct ReachColumns: Sendable {
    /// The newest position of the structure it was read at.
    let position: Int
    private let rows: [Indicator.Axis: [[Row]]]
    let forms: Numbers<String>

    struct Row: Sendable {
        let ancestor: UInt32
        let form: UInt32
        let from: Int32
        /// The first day it no longer holds.
        let to: Int32

        func holds(from first: Int32, to last: Int32) -> Bool { from <= last && first < to }
    }

    init(_ db: Connection, at position: Int, _ units: inout Numbers<PackedID>) throws {
        var rows: [Indicator.Axis: [[Row]]] = [:]
        var forms = Numbers<String>()
        try db.each(
            """
            SELECT unit_id, axis, ancestor_id, form, valid_from, valid_to FROM reach
            WHERE gone IS NULL
            """
        ) { row in
            let reach = try Reach(row)
            let unit = Int(try units.number(for: PackedID(held: reach.unit.text)))
            let above = Row(
                ancestor: try units.number(for: PackedID(held: reach.ancestor.text)),
                form: forms.number(for: reach.form), from: reach.from.column,
                to: reach.to?.column ?? KindColumns.open)
            rows[reach.axis, default: []].add(above, of: unit)
        }
        self.position = position
        self.rows = rows
        self.forms = forms
    }

    /// The rows of a unit on an axis.
    func rows(of unit: UInt32, _ axis: Indicator.Axis) -> [Row] {
        guard let all = rows[axis], Int(unit) < all.count else { return [] }
        return all[Int(unit)]
    }
}

extension [[ReachColumns.Row]] {
    fileprivate mutating func add(_ row: ReachColumns.Row, of unit: Int) {
        while count <= unit { append([]) }
        self[unit].append(row)
    }
}
