import Core
import Storage

/// What an actor may see, as SQL that every query carries.
///
/// Visibility is part of the query: what lies outside is not found, as if it did not exist.
package struct Scope: Sendable {
    /// The kinds whose records may be shown wherever they stand; nil shows everything.
    private let open: [String]?
    /// The kinds whose records may be shown below the units.
    private let inner: [String]
    private let units: [UnitID]
    private let today: Day

    private init(open: [String]?, inner: [String], units: [UnitID], today: Day) {
        self.open = open
        self.inner = inner
        self.units = units
        self.today = today
    }

    /// The kinds that a visitor may read.
    package static func kinds(_ kinds: [String]) -> Scope {
        Scope(open: kinds.sorted(), inner: [], units: [], today: .first)
    }

    /// Everything: the person who runs the system, at its terminal.
    package static let everything = Scope(open: nil, inner: [], units: [], today: .first)

    /// The same, and records of further kinds that stand below some units on a day.
    package func adding(
        _ kinds: [String], below units: some Sequence<UnitID>, on today: Day
    ) -> Scope {
        Scope(open: open, inner: kinds.sorted(), units: units.sorted(), today: today)
    }

    /// A condition on the columns that hold a record's kind and unit.
    package func condition(kind: SQL, unit: SQL) -> SQL {
        guard let open else { return "TRUE" }
        guard !inner.isEmpty, !units.isEmpty else { return "\(kind) IN (\(values: open))" }
        let inside: SQL = """
            \(kind) IN (\(values: inner)) AND \(unit) IN (\(ReachRow.below(units, on: today)))
            """
        return open.isEmpty ? inside : "(\(kind) IN (\(values: open)) OR (\(inside)))"
    }
}
