import Catalogue
import Core
import Organization
import Storage

/// What stands in a unit itself on a day, as the ledger stood at a position.
package struct StandingStore {
    private let db: Connection
    private let fact: Fact
    private let position: Int

    package init(db: Connection, position: Int) {
        self.db = db
        self.position = position
        fact = Fact("f", asOf: position)
    }

    /// A record in force, with what a list of it says.
    package struct Line: Sendable {
        package let id: Record.ID
        package let kind: String
        package let unit: OrgUnit.ID
        package let from: Day
        package let fields: [String: String]
        package let measures: [Int?]
    }

    /// Records in force in some units, by kind and first day.
    package func list(
        _ kinds: [String], in units: [OrgUnit.ID], on day: Day, limit: Int
    ) throws -> [Line] {
        try db.rows(
            """
            SELECT f.id, f.kind, f.unit_id, f.happened_on, f.fields, f.m1, f.m2, f.m3, f.m4
            FROM \(fact.source)
            WHERE f.kind IN (\(values: kinds)) AND f.unit_id IN (\(values: units))
                AND \(fact.counts) AND \(fact.inForce(on: "\(day)"))
            ORDER BY f.kind, f.happened_on, f.id LIMIT \(limit)
            """
        ).map { row in
            Line(
                id: try row.at(0), kind: try row.at(1), unit: try row.at(2), from: try row.at(3),
                fields: Record.fields(try row.at(4)),
                measures: try ["m1", "m2", "m3", "m4"].map { try row.optional($0, as: Int.self) })
        }
    }

    /// How many records of a kind are in force in a unit, by what a field says, the first option
    /// first; nothing else of them is told.
    package func count(
        _ kind: Kind, by field: Kind.Field, in unit: OrgUnit.ID, on day: Day
    ) throws -> [(value: String, count: Int)] {
        var found: [String: Int] = [:]
        for row in try db.rows(
            """
            SELECT f.fields FROM \(fact.source)
            WHERE f.kind = \(kind.id) AND f.unit_id = \(unit)
                AND \(fact.counts) AND \(fact.inForce(on: "\(day)"))
            """)
        {
            if let value = Record.fields(try row.at(0))[field.id] {
                found[value, default: 0] += 1
            }
        }
        return field.options.compactMap { option in found[option.id].map { (option.id, $0) } }
    }

    /// How many records of a kind are in force in each of some units and below it, by what a field
    /// of them says.
    ///
    /// - Parameter limit: the most records that are looked at.
    package func counts(
        _ kind: String, by field: String?, below units: [OrgUnit.ID], _ axis: Indicator.Axis,
        on day: Day, limit: Int
    ) throws -> [OrgUnit.ID: [String?: Int]] {
        var found: [OrgUnit.ID: [String?: Int]] = [:]
        for row in try db.rows(
            """
            SELECT k.ancestor_id, f.fields FROM \(fact.source) CROSS JOIN reach AS k
            WHERE k.unit_id = f.unit_id AND k.ancestor_id IN (\(values: units))
                AND k.axis = \(axis.rawValue) AND \(ReachRow.known("k", at: position))
                AND \(ReachRow.inForce("k", on: "\(day)"))
                AND f.kind = \(kind) AND \(fact.counts) AND \(fact.inForce(on: "\(day)"))
            LIMIT \(limit)
            """)
        {
            let fields = Record.fields(try row.at(1))
            let value = field.flatMap { fields[$0] }
            found[try row.at(0), default: [:]][value, default: 0] += 1
        }
        return found
    }
}
