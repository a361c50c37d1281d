import Organization

/// A unit in the matrix of who did what: how it and all below it stand with each due, and the rows
/// it unfolds to.
///
/// Each unit that owes something is one leaf, so every number is the sum of the rows below it. What
/// a unit with others below it owes itself is a leaf of its own among them.
package struct MatrixRow: Sendable {
    package let unit: OrgUnit.ID
    /// One for each column.
    package let counts: [DueCount]
    /// Empty for a leaf.
    package let rows: [MatrixRow]
    /// Whether it is what a unit owes itself, beside those below it.
    package let isOwn: Bool

    fileprivate init(
        unit: OrgUnit.ID, counts: [DueCount], rows: [MatrixRow] = [], isOwn: Bool = false
    ) {
        self.unit = unit
        self.counts = counts
        self.rows = rows
        self.isOwn = isOwn
    }

    package var isLeaf: Bool { rows.isEmpty }

    /// The leaves at and below it, in order.
    package var leaves: [MatrixRow] { isLeaf ? [self] : rows.flatMap(\.leaves) }

    /// The sums of some rows; of none, nothing in each of so many columns.
    package static func sums(_ rows: [MatrixRow], columns: Int) -> [DueCount] {
        rows.reduce([DueCount](repeating: .nothing, count: columns)) { sums, row in
            zip(sums, row.counts).map(+)
        }
    }
}

/// What the rows are made of: where each unit stands, and what it owes itself.
package struct MatrixTree: Sendable {
    package let columns: Int
    /// Those that stand below none of the others.
    package let tops: [OrgUnit.ID]
    /// Each unit stands below one other at most.
    package let below: [OrgUnit.ID: [OrgUnit.ID]]
    /// One number for each column; units that owe nothing are left out.
    package let own: [OrgUnit.ID: [DueCount]]
    /// The units that have their seat in another of the district's trees, as a committee has in
    /// its community: the two are one row.
    package let seated: Set<OrgUnit.ID>

    package init(
        columns: Int, tops: [OrgUnit.ID], below: [OrgUnit.ID: [OrgUnit.ID]],
        own: [OrgUnit.ID: [DueCount]], seated: Set<OrgUnit.ID> = []
    ) {
        self.columns = columns
        self.tops = tops
        self.below = below
        self.own = own
        self.seated = seated
    }

    /// The rows of the units at the top; of one, those it unfolds to. A unit below which nobody
    /// owes anything has none.
    package func rows() -> [MatrixRow] {
        let rows = tops.compactMap(row)
        guard tops.count == 1, let only = rows.first, !only.isLeaf else { return rows }
        return only.rows
    }

    private func row(_ unit: OrgUnit.ID) -> MatrixRow? {
        var rows = (below[unit] ?? []).compactMap(row)
        let own = own[unit].map { MatrixRow(unit: unit, counts: $0, isOwn: true) }
        if own == nil, rows.count == 1, let only = rows.first, !only.isLeaf,
            seated.contains(only.unit)
        {
            rows = only.rows
        }
        guard !rows.isEmpty else { return own.map { MatrixRow(unit: unit, counts: $0.counts) } }
        if let own { rows.insert(own, at: 0) }
        return MatrixRow(
            unit: unit, counts: MatrixRow.sums(rows, columns: columns), rows: rows)
    }
}
