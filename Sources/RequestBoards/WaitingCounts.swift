import Core
import Organization
import Storage

/// What waits, counted: every statement of the boards.
package struct WaitingCounts {
    let db: Connection

    /// Open cases of one unit in one stage of a procedure, by how long they are open.
    struct Open: Sendable {
        let owner: OrgUnit.ID
        let procedure: String
        let stage: String
        let age: Age
        let count: Int
    }

    /// How long a case is open.
    enum Age: Int, Sendable, CaseIterable {
        case week, month, longer

        /// So many days it is open at most.
        var days: Int {
            switch self {
            case .week: 7
            case .month: 30
            case .longer: .max
            }
        }
    }

    /// What a unit owes, by when it is due.
    struct Due: Sendable {
        let holder: OrgUnit.ID
        let time: Time
        let count: Int
    }

    /// When something is due.
    enum Time: Int, Sendable, CaseIterable { case late, today, tomorrow }

    /// What is open, one statement for all units, stages and ages.
    func open(
        _ units: [OrgUnit.ID], in scope: Scope, procedure: String?, at moment: Moment
    ) throws -> [Open] {
        try db.rows(Self.openStatement(units, in: scope, procedure: procedure, at: moment)).map {
            Open(
                owner: try $0.at(0), procedure: try $0.at(1), stage: try $0.at(2),
                age: Age(rawValue: try $0.at(3)) ?? .longer, count: try $0.at(4))
        }
    }

    /// The same as a statement, for those who read its plan.
    package static func openStatement(
        _ units: [OrgUnit.ID], in scope: Scope, procedure: String?, at moment: Moment
    ) -> SQL {
        func begin(_ age: Age) -> Moment { (moment.day - age.days).start }
        let these: SQL = procedure.map { "AND s.procedure = \($0)" } ?? ""
        return """
            SELECT owner_id, procedure, stage, age, COUNT(*) FROM (
                SELECT s.owner_id, s.procedure, s.stage,
                    CASE WHEN s.opened_at >= \(begin(.week)) THEN \(Age.week.rawValue)
                        WHEN s.opened_at >= \(begin(.month)) THEN \(Age.month.rawValue)
                        ELSE \(Age.longer.rawValue) END AS age
                FROM case_state s
                WHERE s.closed_at IS NULL AND s.owner_id IN (\(values: units)) \(these)
                    AND \(scope.condition(kind: "s.kind", unit: "s.unit_id"))
            ) AS f
            GROUP BY owner_id, procedure, stage, age
            """
    }

    /// What is late, due today or due tomorrow.
    func due(
        _ units: [OrgUnit.ID], in scope: Scope, procedure: String?, at moment: Moment
    ) throws -> [Due] {
        try db.rows(Self.dueStatement(units, in: scope, procedure: procedure, at: moment)).map {
            Due(
                holder: try $0.at(0), time: Time(rawValue: try $0.at(1)) ?? .late,
                count: try $0.at(2))
        }
    }

    /// The same as a statement, for those who read its plan: it reads what is due and no more.
    package static func dueStatement(
        _ units: [OrgUnit.ID], in scope: Scope, procedure: String?, at moment: Moment
    ) -> SQL {
        // A clock of days ends where the next day begins.
        let (today, tomorrow) = ((moment.day + 1).start, (moment.day + 2).start)
        let these: SQL = procedure.map { "AND s.procedure = \($0)" } ?? ""
        return """
            SELECT holder_id, due, COUNT(*) FROM (
                SELECT o.holder_id,
                    CASE WHEN o.latest <= \(moment) THEN \(Time.late.rawValue)
                        WHEN o.latest <= \(today) THEN \(Time.today.rawValue)
                        ELSE \(Time.tomorrow.rawValue) END AS due
                FROM obligation o JOIN case_state s ON s.case_id = o.case_id
                WHERE o.latest <= \(tomorrow) AND o.holder_id IN (\(values: units)) \(these)
                    AND \(scope.condition(kind: "s.kind", unit: "s.unit_id"))
            ) AS f
            GROUP BY holder_id, due
            """
    }

    /// How many open cases of a procedure each unit answers for.
    func owners(_ procedure: String) throws -> [(owner: OrgUnit.ID, count: Int)] {
        try db.rows(Self.ownersStatement(procedure)).map { (try $0.at(0), try $0.at(1)) }
    }

    /// The same as a statement, for those who read its plan.
    package static func ownersStatement(_ procedure: String) -> SQL {
        """
        SELECT s.owner_id, COUNT(*) FROM case_state s
        WHERE s.closed_at IS NULL AND s.procedure = \(procedure) GROUP BY s.owner_id
        """
    }
}
