import Catalogue
import Core
import Ledger
import Organization
import Storage

/// What units below a reader's did of each kind, day by day, and what stands in them: one
/// statement for each kind. The tops it is given are heads (`Structure.heads`), so that their rows
/// of `reach` hold everything below.
struct DueStore {
    private let db: Connection
    private let fact: Fact
    private let position: Int

    /// The most rows one statement brings: the days of two years of some hundred units.
    static let rowLimit = 200_000
    /// The most units whose dues are reckoned.
    static let unitLimit = 5_000

    init(db: Connection, asOf position: Int) {
        self.db = db
        self.position = position
        fact = Fact("f", asOf: position)
    }

    /// The units at and below some units, as they stand on a day.
    func units(below tops: some Collection<OrgUnit.ID>, on day: Day) throws -> [OrgUnit.ID] {
        guard !tops.isEmpty else { return [] }
        return try db.rows(
            """
            SELECT DISTINCT k.unit_id FROM reach AS k
            WHERE \(isBelow(tops)) AND \(ReachRow.inForce("k", on: "\(day)"))
            ORDER BY k.unit_id LIMIT \(Self.unitLimit + 1)
            """
        ).map { try $0.at(0) }
    }

    private func isBelow(_ tops: some Collection<OrgUnit.ID>) -> SQL {
        """
        k.ancestor_id IN (\(values: tops)) AND k.axis IN (\(values: axes))
            AND \(ReachRow.known("k", at: position))
        """
    }

    private var axes: [String] { Indicator.Axis.allCases.map(\.rawValue) }

    /// The days on which units did what some dues of one kind ask for, by due and unit, and when
    /// the newest of these records was written.
    func done(
        _ dues: [Due], of kind: Kind, below tops: some Collection<OrgUnit.ID>,
        _ days: ClosedRange<Day>, today: Day
    ) throws -> [String: [OrgUnit.ID: [Occurrence.Done]]] {
        let columns = dues.enumerated().map { index, due -> SQL in
            ", \(amount(due, kind)) AS \(name: "due\(index)")"
        }.joined(separator: "")
        let rows = try db.rows(
            """
            SELECT f.unit_id, f.happened_on\(columns)
            FROM \(fact.source)
            WHERE f.kind = \(kind.id) AND f.unit_id IN (\(mine(tops, today)))
                AND f.happened_on >= \(days.lowerBound) AND f.happened_on <= \(days.upperBound)
                AND \(fact.counts)
            GROUP BY f.unit_id, f.happened_on
            ORDER BY f.unit_id, f.happened_on LIMIT \(Self.rowLimit + 1)
            """)
        try DueStore.refuseTooMany(rows.count)
        var found: [String: [OrgUnit.ID: [Occurrence.Done]]] = [:]
        for row in rows {
            let unit = try row.at(0) as OrgUnit.ID
            let day = try row.at(1) as Day
            for (index, due) in dues.enumerated() {
                let amount = try row.get("due\(index)", as: Int.self)
                guard amount > 0 else { continue }
                found[due.id, default: [:]][unit, default: []].append(
                    Occurrence.Done(day, amount))
            }
        }
        return found
    }

    /// A due over some days, of which it is asked what was done in them.
    struct Span: Hashable {
        let due: String
        let from: Day
        /// The first day after it.
        let to: Day
    }

    /// What units did of some dues of one kind in some spans of days, through a day: a row for each
    /// unit that did any of it, however long the spans are.
    func amounts(
        _ spans: [(span: Span, due: Due)], of kind: Kind, below tops: some Collection<OrgUnit.ID>,
        through day: Day, today: Day
    ) throws -> [OrgUnit.ID: [Span: Int]] {
        guard let first = spans.map(\.span.from).min(), first <= day else { return [:] }
        let columns = spans.enumerated().map { index, asked -> SQL in
            let within: SQL = """
                f.happened_on >= \(asked.span.from) AND f.happened_on < \(asked.span.to)
                """
            return ", \(amount(asked.due, kind, within: within)) AS \(name: "span\(index)")"
        }.joined(separator: "")
        let rows = try db.rows(
            """
            SELECT f.unit_id\(columns)
            FROM \(fact.source)
            WHERE f.kind = \(kind.id) AND f.unit_id IN (\(mine(tops, today)))
                AND f.happened_on >= \(first) AND f.happened_on <= \(day)
                AND \(fact.counts)
            GROUP BY f.unit_id
            ORDER BY f.unit_id LIMIT \(Self.rowLimit + 1)
            """)
        try DueStore.refuseTooMany(rows.count)
        var found: [OrgUnit.ID: [Span: Int]] = [:]
        for row in rows {
            var amounts: [Span: Int] = [:]
            for (index, asked) in spans.enumerated() {
                let amount = try row.get("span\(index)", as: Int.self)
                if amount > 0 { amounts[asked.span] = amount }
            }
            found[try row.at(0)] = amounts
        }
        return found
    }

    /// The days on which something of a kind stood in units.
    func stood(
        _ kind: String, below tops: some Collection<OrgUnit.ID>, today: Day
    ) throws -> [OrgUnit.ID: [DayRange]] {
        let rows = try db.rows(
            """
            SELECT f.unit_id, f.happened_on, \(fact.lastOn) AS last_on
            FROM \(fact.source)
            WHERE f.kind = \(kind) AND f.unit_id IN (\(mine(tops, today))) AND \(fact.counts)
            ORDER BY f.unit_id, f.happened_on LIMIT \(Self.rowLimit + 1)
            """)
        try DueStore.refuseTooMany(rows.count)
        var found: [OrgUnit.ID: [DayRange]] = [:]
        for row in rows {
            found[try row.at(0), default: []].append(
                DayRange(from: try row.at(1), to: try row.optional("last_on")))
        }
        return found
    }

    /// What of a due's kind stands in units and may come to its end.
    func endings(
        _ due: Due, of kind: Kind, below tops: some Collection<OrgUnit.ID>, today: Day
    ) throws -> [OrgUnit.ID: [Ending]] {
        let rows = try db.rows(
            """
            SELECT f.unit_id, f.happened_on, f.until_on, \(fact.lastOn) AS last_on
            FROM \(fact.source)
            WHERE f.kind = \(kind.id) AND f.unit_id IN (\(mine(tops, today))) AND \(fact.counts)
                AND \(holds(due, kind))
            ORDER BY f.unit_id, f.happened_on, f.id LIMIT \(Self.rowLimit + 1)
            """)
        try DueStore.refuseTooMany(rows.count)
        var found: [OrgUnit.ID: [Ending]] = [:]
        for row in rows {
            found[try row.at(0), default: []].append(
                Ending(
                    began: try row.at(1), until: try row.optional("until_on"),
                    ended: try row.optional("last_on")))
        }
        return found
    }

    /// The units whose records a reader of these tops is told of today.
    private func mine(_ tops: some Collection<OrgUnit.ID>, _ today: Day) -> SQL {
        """
        SELECT k.unit_id FROM reach AS k
        WHERE \(isBelow(tops)) AND \(ReachRow.inForce("k", on: "\(today)"))
        """
    }

    /// What the records of one unit come to for a due.
    ///
    /// - Parameter days: the days that are looked at, where not all are.
    private func amount(_ due: Due, _ kind: Kind, within days: SQL? = nil) -> SQL {
        let asked = self.holds(due, kind)
        let holds: SQL = days.map { "\($0) AND \(asked)" } ?? asked
        if case .sum(let measure) = due.worth, let (index, _) = kind.measure(measure) {
            let column: SQL = "f.\(name: "m\(index)")"
            return "CAST(COALESCE(SUM(\(column)) FILTER (WHERE \(holds)), 0) AS BIGINT)"
        }
        return "COUNT(*) FILTER (WHERE \(holds))"
    }

    /// What a due asks of the fields. Their names come from the catalogue, never from a request.
    private func holds(_ due: Due, _ kind: Kind) -> SQL {
        let tests = due.conditions.compactMap { condition -> SQL? in
            guard let words = condition.comparison.wordsOfDue, kind.field(condition.field) != nil
            else { return nil }
            return "(f.fields ->> '\(name: condition.field)') IN (\(values: words))"
        }
        return tests.isEmpty ? "TRUE" : tests.joined(separator: " AND ")
    }

    private static func refuseTooMany(_ count: Int) throws(Refusal) {
        guard count > rowLimit else { return }
        throw .conflict(
            zh: "范围过大，请先选择一个单位。", en: "This is too much at once: choose a unit first.")
    }
}
