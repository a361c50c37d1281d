import Core
import Ledger
import Organization
import Storage

/// One line of a list of cases: the case, and, where the list goes by what is owed, what.
package struct CaseLine: Sendable, Hashable {
    package let row: CaseRow
    package let owed: CaseObligation?

    /// Where it stands in the order of its list, for the page that begins after it.
    package var place: [String] {
        if let owed {
            return [
                String(owed.latest.milliseconds), row.id.text, owed.step, String(owed.round),
                owed.holder.text,
            ]
        }
        return [String((row.closedAt ?? row.openedAt).milliseconds), row.id.text]
    }
}

/// Every list of cases. None costs more where there are more cases: each unit, with each stage, is
/// asked for a page of its own along an index, and the pages are laid together.
package struct CaseStore {
    let db: Connection

    package init(_ db: Connection) { self.db = db }

    /// The most that are counted; a list with more says so.
    package static let countLimit = 100_000

    package func find(_ id: Record.ID, in scope: Scope) throws -> CaseRow? {
        try db.first(
            """
            SELECT s.* FROM case_state s
            WHERE s.case_id = \(id) AND \(Self.covers(scope))
            """
        ).map(CaseRow.init)
    }

    package func find(number: String, in scope: Scope) throws -> CaseRow? {
        try db.first(
            """
            SELECT s.* FROM case_state s
            WHERE s.number = \(number) AND \(Self.covers(scope))
            """
        ).map(CaseRow.init)
    }

    /// What is owed in some cases, the soonest first.
    package func obligations(of ids: [Record.ID]) throws -> [Record.ID: [CaseObligation]] {
        guard !ids.isEmpty else { return [:] }
        let found = try db.rows(
            """
            SELECT * FROM obligation WHERE case_id IN (\(values: ids))
            ORDER BY case_id, latest, step, round, holder_id
            """
        ).map(CaseObligation.init)
        return Dictionary(grouping: found, by: \.caseID)
    }

    /// A page of a list after a place that a line told.
    ///
    /// By holder what is due first comes first; open cases are in the order in which they were
    /// opened, closed ones the newest first.
    package func list(
        _ filter: CaseFilter, after place: [String]? = nil, limit: Int
    ) throws -> [CaseLine] {
        guard let questions = try questions(filter, after: place, limit: limit) else { return [] }
        guard filter.isByObligation else { return try cases(questions, filter, limit) }
        var lines: [CaseLine] = []
        for question in questions {
            lines += try db.rows(question).map { row in
                CaseLine(row: try CaseRow(row), owed: try CaseObligation(row))
            }
        }
        return Array(Set(lines).sorted { filter.precedes($0, $1) }.prefix(limit))
    }

    /// The first cases of several questions: of all that are asked their places alone are read, and
    /// of those that are shown the rows.
    private func cases(
        _ questions: [SQL], _ filter: CaseFilter, _ limit: Int
    ) throws -> [CaseLine] {
        var places: [(at: Int64, id: Record.ID)] = []
        for question in questions {
            try db.each(question) { row in places.append((try row.at(0), try row.at(1))) }
        }
        let first =
            filter.standing == .closed
            ? places.sorted { ($0.at, $0.id) > ($1.at, $1.id) }
            : places.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
        let ids = first.prefix(limit).map(\.id)
        guard !ids.isEmpty else { return [] }
        let rows = try db.rows("SELECT * FROM case_state WHERE case_id IN (\(values: ids))")
            .map(CaseRow.init)
        let found = Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0) })
        return ids.compactMap { id in found[id].map { CaseLine(row: $0, owed: nil) } }
    }

    /// How many lines the whole list has, up to one more than the limit.
    package func count(_ filter: CaseFilter, upTo limit: Int = countLimit) throws -> Int {
        let part: SQL =
            filter.isByObligation
            ? """
            SELECT DISTINCT o.case_id, o.step, o.round, o.holder_id
            FROM obligation o JOIN case_state s ON s.case_id = o.case_id
            WHERE \(filter.condition) AND \(filter.holding)
            """
            : "SELECT s.case_id FROM case_state s WHERE \(filter.condition) AND \(filter.inUnits)"
        return try db.value(
            "SELECT COUNT(*) FROM (SELECT 1 AS one FROM (\(part)) AS f LIMIT \(limit + 1)) AS n",
            as: Int.self) ?? 0
    }

    /// Whether a case is about one of some persons, or owes something that they are asked for by
    /// name.
    ///
    /// - Parameter sealed: the kinds of case of which whom they are about knows only while they
    ///   owe something in them.
    func isNamed(_ persons: [Person.ID], in id: Record.ID, sealed: [String]) throws -> Bool {
        var filter = CaseFilter(in: .everything)
        filter.persons = persons
        let isOpen: SQL = sealed.isEmpty ? "TRUE" : "s.kind NOT IN (\(values: sealed))"
        return try db.value(
            """
            SELECT 1 FROM case_state s
            WHERE s.case_id = \(id) AND ((s.about IN (\(values: persons)) AND \(isOpen))
                OR EXISTS (SELECT 1 FROM obligation o
                    WHERE o.case_id = s.case_id AND \(filter.byName)))
            """, as: Int.self) != nil
    }

    /// How many open cases each unit answers for in each stage.
    package func open(
        _ units: [OrgUnit.ID]?
    ) throws -> [(owner: OrgUnit.ID, stage: String, count: Int)] {
        try db.rows(Self.openStatement(units)).map { (try $0.at(0), try $0.at(1), try $0.at(2)) }
    }

    /// The same as a statement, for those who read its plan: it goes along one index alone.
    package static func openStatement(_ units: [OrgUnit.ID]?) -> SQL {
        let these: SQL = units.map { "AND owner_id IN (\(values: $0))" } ?? ""
        return """
            SELECT owner_id, stage, COUNT(*) FROM case_state WHERE closed_at IS NULL \(these)
            GROUP BY owner_id, stage
            """
    }

    static func covers(_ scope: Scope) -> SQL {
        scope.condition(kind: "s.kind", unit: "s.unit_id")
    }

    // MARK: Questions

    /// The statements of a page, for those who read their plans; nil for a place that no line told.
    package func questions(
        _ filter: CaseFilter, after place: [String]?, limit: Int
    ) throws -> [SQL]? {
        guard let after = filter.after(place) else { return nil }
        if filter.isByObligation { return Self.owed(filter, after, limit) }
        let condition: SQL = "\(filter.condition) AND \(after)"
        if filter.about != nil || filter.standing == nil {
            return [Self.cases("\(condition) AND \(filter.inUnits)", filter, limit)]
        }
        if filter.standing == .closed {
            let units =
                try filter.units
                ?? db.rows(
                    "SELECT DISTINCT unit_id FROM case_state WHERE closed_at IS NOT NULL"
                ).map { try $0.at(0) }
            return units.map { Self.cases("s.unit_id = \($0) AND \(condition)", filter, limit) }
        }
        return try open(filter.units).filter { filter.stage == nil || $0.stage == filter.stage }
            .map {
                Self.cases(
                    "s.owner_id = \($0.owner) AND s.stage = \($0.stage) AND \(condition)", filter,
                    limit)
            }
    }

    private static func cases(_ condition: SQL, _ filter: CaseFilter, _ limit: Int) -> SQL {
        """
        SELECT \(filter.moment), s.case_id FROM case_state s
        WHERE \(condition) ORDER BY \(filter.order) LIMIT \(limit)
        """
    }

    private static func owed(_ filter: CaseFilter, _ after: SQL, _ limit: Int) -> [SQL] {
        func question(_ holding: SQL) -> SQL {
            """
            SELECT s.*, o.step, o.round, o.holder_id, o.role, o.since, o.earliest, o.latest,
                o.paused
            FROM obligation o JOIN case_state s ON s.case_id = o.case_id
            WHERE \(holding) AND \(filter.condition) AND \(after)
            ORDER BY \(filter.order) LIMIT \(limit)
            """
        }
        guard let holders = filter.holders else { return [question(filter.holding)] }
        let named: [SQL] = filter.persons.isEmpty ? [] : [question(filter.byName)]
        return holders.map { question("o.holder_id = \($0.unit) AND o.role = \($0.role)") } + named
    }
}

extension CaseFilter {
    /// Whether its lines are what is owed, and not cases.
    var isByObligation: Bool { holders != nil || lateAt != nil }

    /// By when cases are in their order.
    var moment: SQL { standing == .closed ? "s.closed_at" : "s.opened_at" }

    var order: SQL {
        if isByObligation { return "o.latest, o.case_id, o.step, o.round, o.holder_id" }
        return standing == .closed ? "s.closed_at DESC, s.case_id DESC" : "s.opened_at, s.case_id"
    }

    /// What the case must be, whoever holds it.
    var condition: SQL {
        var tests: [SQL] = [CaseStore.covers(scope)]
        if let procedure { tests.append("s.procedure = \(procedure)") }
        if let stage { tests.append("s.stage = \(stage)") }
        if isByObligation || standing == .open { tests.append("s.closed_at IS NULL") }
        if !isByObligation, standing == .closed { tests.append("s.closed_at IS NOT NULL") }
        if let about {
            tests.append(
                """
                s.about = \(about) AND s.case_id IN (
                    SELECT p.record_id FROM record_person p WHERE p.person_id = \(about)
                    UNION SELECT c.record_id FROM record_subject c WHERE c.code = \(about))
                """)
        }
        if let lateAt { tests.append("o.latest <= \(lateAt)") }
        return tests.joined(separator: " AND ")
    }

    /// Where the case must stand.
    var inUnits: SQL {
        guard let units else { return "TRUE" }
        return standing == .closed
            ? "s.unit_id IN (\(values: units))" : "s.owner_id IN (\(values: units))"
    }

    /// Who must owe it.
    var holding: SQL {
        guard let holders else {
            return units.map { "o.holder_id IN (\(values: $0))" } ?? "TRUE"
        }
        let pairs = holders.map { "(o.holder_id = \($0.unit) AND o.role = \($0.role))" as SQL }
        let all = pairs + (persons.isEmpty ? [] : ["(\(byName))"])
        return all.isEmpty ? "FALSE" : "(\(all.joined(separator: " OR ")))"
    }

    /// Owed by name, by somebody whom a record of the case names.
    var byName: SQL {
        """
        ((o.role = 'about' AND s.about IN (\(values: persons)))
            OR o.role LIKE 'persons.%') AND o.case_id IN (
            SELECT r.case_id FROM record_person p JOIN record r ON r.id = p.record_id
            WHERE p.person_id IN (\(values: persons)) AND r.case_id IS NOT NULL
                AND (o.role = 'about' OR o.role = 'persons.' || p.role))
        """
    }

    /// Nil for a place that no line of such a list told.
    func after(_ place: [String]?) -> SQL? {
        guard let place else { return "TRUE" }
        guard let first = place.first.flatMap(Int64.init) else { return nil }
        if isByObligation {
            guard place.count == 5, let round = Int(place[3]) else { return nil }
            return """
                (o.latest, o.case_id, o.step, o.round, o.holder_id)
                    > (\(first), \(place[1]), \(place[2]), \(round), \(place[4]))
                """
        }
        guard place.count == 2 else { return nil }
        return standing == .closed
            ? "(s.closed_at, s.case_id) < (\(first), \(place[1]))"
            : "(s.opened_at, s.case_id) > (\(first), \(place[1]))"
    }

    /// The order of what is owed.
    func precedes(_ one: CaseLine, _ other: CaseLine) -> Bool {
        guard let mine = one.owed, let theirs = other.owed else { return false }
        return (mine.latest, one.row.id, mine.step, mine.round, mine.holder)
            < (theirs.latest, other.row.id, theirs.step, theirs.round, theirs.holder)
    }
}
