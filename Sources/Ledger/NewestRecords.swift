import Catalogue
import Core
import Organization
import Storage

extension RecordStore {
    /// From how many units on the newest records are looked for day by day.
    private static let manyUnits = 50

    /// The newest records of the whole district that have happened by a day, walked along the days:
    /// among the newest there are soon enough of these kinds.
    package func newest(upTo day: Day, scope: Scope, limit: Int) throws -> [Record] {
        // An expression is no column of an index, and leaves the engine the days to walk along.
        try db.rows(
            """
            SELECT r.* FROM posted r
            WHERE r.happened_on <= \(day) AND r.reverses IS NULL AND r.ends IS NULL
                AND \(scope.condition(kind: "(r.kind || '')", unit: "r.unit_id"))
                AND \(Record.isUnreversed("r"))
            ORDER BY r.happened_on DESC, r.id DESC LIMIT \(limit)
            """
        ).map(Record.init)
    }

    /// The newest records of a unit and of all below it up to a day, for its page.
    package func newest(
        in unit: OrgUnit.ID, axis: Indicator.Axis, on day: Day, scope: Scope, limit: Int
    ) throws -> [Record] {
        let below = below(unit, axis, on: day)
        let count = try db.value(
            "SELECT COUNT(*) FROM (\(below) LIMIT \(Self.manyUnits)) AS some_units", as: Int.self)
        return try db.rows(
            newestStatement(
                in: unit, axis: axis, on: day, scope: scope, isWide: count == Self.manyUnits,
                limit: limit)
        ).map(Record.init)
    }

    /// What `newest` asks, for a test.
    ///
    /// Of few units, each kind of each is looked up. Of many that would be a hundred thousand
    /// places in an index; but among the newest days there are soon enough of theirs. An expression
    /// is no column of an index, and a condition that names the record is no list to look up.
    package func newestStatement(
        in unit: OrgUnit.ID, axis: Indicator.Axis, on day: Day, scope: Scope, isWide: Bool,
        limit: Int
    ) -> SQL {
        let below = below(unit, axis, on: day)
        let isBelow: SQL =
            isWide ? "EXISTS (\(below) AND k.unit_id = r.unit_id)" : "r.unit_id IN (\(below))"
        let kind: SQL = isWide ? "(r.kind || '')" : "r.kind"
        return """
            SELECT r.* FROM posted r
            WHERE \(isBelow) AND r.happened_on <= \(day) AND r.reverses IS NULL AND r.ends IS NULL
                AND \(scope.condition(kind: kind, unit: "r.unit_id"))
                AND \(Record.isUnreversed("r"))
            ORDER BY r.happened_on DESC, r.id DESC LIMIT \(limit)
            """
    }

    /// The unit and those below it on a day.
    private func below(_ unit: OrgUnit.ID, _ axis: Indicator.Axis, on day: Day) -> SQL {
        """
        SELECT k.unit_id FROM reach k WHERE k.ancestor_id = \(unit)
            AND k.axis = \(axis.rawValue) AND k.gone IS NULL
            AND \(ReachRow.inForce("k", on: "\(day)"))
        """
    }
}
