import Catalogue
import Core
import Organization
import Storage

/// What happened on which day in a unit and below it, on whatever tree, as the units stood on that
/// day.
package struct RecordDays {
    private let db: Connection
    private let unit: OrgUnit.ID
    private let structure: Structure
    private let scope: Scope
    private let position: Int

    /// - Parameter scope: whose records may be told of.
    package init(
        db: Connection, unit: OrgUnit.ID, _ structure: Structure, scope: Scope,
        asOf position: Int
    ) {
        self.db = db
        self.unit = unit
        self.structure = structure
        self.scope = scope
        self.position = position
    }

    /// So many records of a kind on a day.
    package struct Count: Sendable, Equatable {
        package let day: Day
        package let kind: String
        package let amount: Int
    }

    /// The records of some days by day and kind. Standing things are told of on their first day.
    package func counts(_ days: [Day]) throws -> [Count] {
        try spans(days).flatMap { try db.rows(countsStatement($0)) }.map {
            Count(
                day: try $0.get("day"), kind: try $0.get("kind"), amount: try $0.get("amount"))
        }
    }

    /// The same days cut where what lies below the unit changed, so that one statement may ask for
    /// all days of a span.
    private func spans(_ days: [Day]) -> [[Day]] {
        guard let first = days.min(), let last = days.max() else { return [] }
        let turns = structure.turns(after: first, through: last)
        return Dictionary(grouping: days) { day in turns.filter { $0 <= day }.count }
            .sorted { $0.key < $1.key }.map(\.value)
    }

    /// The statement that counts those of days with the same units below, for those who read its
    /// plan.
    package func countsStatement(_ days: [Day]) -> SQL {
        """
        SELECT f.happened_on AS day, f.kind AS kind, COUNT(*) AS amount
        FROM \(fact.source)
        WHERE f.happened_on IN (\(values: days)) AND \(isHere(on: days.min() ?? .first))
        GROUP BY f.happened_on, f.kind
        """
    }

    /// Some records of one day, by kind.
    package func records(
        on day: Day, after last: (kind: String, id: String)?, limit: Int
    ) throws -> [Record] {
        try db.rows(recordsStatement(on: day, after: last, limit: limit)).map(Record.init)
    }

    /// The statement that lists them, for those who read its plan.
    package func recordsStatement(
        on day: Day, after last: (kind: String, id: String)?, limit: Int
    ) -> SQL {
        let after: SQL = last.map { "AND (f.kind, f.id) > (\($0.kind), \($0.id))" } ?? ""
        return """
            SELECT f.*, COALESCE(f_import.base, 0) + f.ordinal AS position
            FROM \(fact.source)
            WHERE f.happened_on = \(day) \(after) AND \(isHere(on: day))
            ORDER BY f.kind, f.id LIMIT \(limit)
            """
    }

    /// The first day of the whole district's; nil where nothing happened.
    package func first() throws -> Day? {
        // The kinds are asked as a yes or no, so that the engine walks along the days.
        try db.value(
            """
            SELECT f.happened_on FROM \(fact.source)
            WHERE (\(scope.condition(kind: "f.kind", unit: "f.unit_id"))) IS TRUE AND \(fact.counts)
            ORDER BY f.happened_on LIMIT 1
            """, as: Day.self)
    }

    private var fact: Fact { Fact("f", asOf: position) }

    /// Counts, may be seen, and was entered for a unit that stood here or below on its own day,
    /// on any axis.
    private func isHere(on day: Day) -> SQL {
        let axes = Indicator.Axis.allCases.map(\.rawValue)
        return """
            \(scope.condition(kind: "f.kind", unit: "f.unit_id")) AND \(fact.counts)
            AND EXISTS (SELECT 1 FROM reach AS k
                WHERE k.ancestor_id IN (\(values: structure.heads([unit], on: day)))
                    AND k.axis IN (\(values: axes))
                    AND k.unit_id = f.unit_id
                    AND \(ReachRow.inForce("k", on: "f.happened_on"))
                    AND \(ReachRow.known("k", at: position)))
            """
    }
}
