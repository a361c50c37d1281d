import Catalogue
import Core
import Organization
import Storage

/// The records of one kind that count, as somebody asked for them and may see them: page by page,
/// how many there are, and all of them for a file.
///
/// What was reversed, what reverses or ends another record and what came with an import that was
/// undone are in no list.
package struct RecordList {
    /// What is asked for.
    package struct Asked: Sendable {
        package let kind: Kind
        package let scope: Scope
        /// The days on which it happened; of standing things, on whose last day they are in force.
        package let period: Period?
        package let units: UnitsBelow?
        package let conditions: [RecordCondition]
        package let order: Order

        package init(
            _ kind: Kind, in scope: Scope, period: Period? = nil, units: UnitsBelow? = nil,
            conditions: [RecordCondition] = [], order: Order = .day(newestFirst: true)
        ) {
            self.kind = kind
            self.scope = scope
            self.period = period
            self.units = units
            self.conditions = conditions
            self.order = order
        }
    }

    /// What comes first.
    package enum Order: Sendable, Hashable {
        case day(newestFirst: Bool)
        /// A measure, told from one on; what does not give it is the least.
        case measure(Int, largestFirst: Bool)
    }

    private let db: Connection
    private let asked: Asked
    private let position: Int
    /// From so many on, records are looked for day by day: a page is soon full.
    package static let manyRecords = 8_000

    package init(_ asked: Asked, asOf position: Int, _ db: Connection) {
        self.db = db
        self.asked = asked
        self.position = position
    }

    // MARK: What it answers

    /// Some records after a place that `place` told.
    ///
    /// - Parameter total: how many the whole list has, or that it has more than are counted: of few
    ///   all are looked up and sorted.
    package func page(after place: [String]?, limit: Int, of total: Int) throws -> [Record] {
        guard let after = after(place) else { return [] }
        let isWide = total >= Self.manyRecords
        return try db.rows(statement(after: after, limit: limit, isWide: isWide))
            .map(Record.init)
    }

    /// Where a record stands in the order, for the page that begins after it.
    package func place(_ record: Record) -> [String] {
        switch asked.order {
        case .day: [record.happenedOn.description, record.id.text]
        case .measure(let place, _):
            [String(record.measures[place - 1] ?? Self.least), record.id.text]
        }
    }

    /// How many there are, up to one more than the limit.
    package func total(upTo limit: Int) throws -> Int {
        try db.value(totalStatement(upTo: limit), as: Int.self) ?? 0
    }

    /// Each record in its order, up to a limit.
    package func each(limit: Int, _ body: (Record) throws -> Void) throws {
        try db.each(statement(after: "TRUE", limit: limit, isWide: false)) { try body(Record($0)) }
    }

    // MARK: Statements

    /// The statement of the first page, for those who read its plan.
    ///
    /// - Parameter isWide: whether it walks along the days instead of along the kind.
    package func statement(limit: Int, isWide: Bool) -> SQL {
        statement(after: "TRUE", limit: limit, isWide: isWide)
    }

    /// The statement that counts, for those who read its plan. It goes along the kind.
    package func totalStatement(upTo limit: Int) -> SQL {
        "SELECT COUNT(*) FROM (SELECT 1 AS one \(rows(isWide: false)) LIMIT \(limit + 1)) AS found"
    }

    /// The ids of the first records, for what belongs to them.
    func ids(limit: Int) -> SQL {
        "SELECT f.id \(rows(isWide: false)) ORDER BY \(order) LIMIT \(limit)"
    }

    private func statement(after: SQL, limit: Int, isWide: Bool) -> SQL {
        """
        SELECT f.*, COALESCE(f_import.base, 0) + f.ordinal AS position
        \(rows(isWide: isWide)) AND \(after)
        ORDER BY \(order) LIMIT \(limit)
        """
    }

    /// Where they come from, and which they are.
    private func rows(isWide: Bool) -> SQL {
        let fact = Fact("f", asOf: position)
        // An expression is no column of an index, and leaves the engine the days to walk along.
        let kind: SQL = isWide ? "(f.kind || '')" : "f.kind"
        let tests: [SQL] =
            [
                "\(kind) = \(asked.kind.id)",
                asked.scope.condition(kind: kind, unit: "f.unit_id"), days(fact), fact.counts,
            ] + units(isWide: isWide) + asked.conditions.map { $0.sql("f") }
        return "FROM \(fact.source) WHERE \(tests.joined(separator: " AND "))"
    }

    private func days(_ fact: Fact) -> SQL {
        guard let period = asked.period else {
            // A bound that holds for all, by which the days can be walked along.
            return "f.happened_on >= \(Day.first)"
        }
        guard asked.kind.shape == .event else { return fact.inForce(on: "\(period.lastDay)") }
        return "f.happened_on >= \(period.from) AND f.happened_on < \(period.to)"
    }

    private func units(isWide: Bool) -> [SQL] {
        guard let units = asked.units else { return [] }
        let exact = units.condition("f", at: position)
        return isWide ? [exact] : ["f.unit_id IN (\(units.all(at: position)))", exact]
    }

    private var order: SQL {
        switch asked.order {
        // All are of one kind; it stands here because it stands in the index.
        case .day(newestFirst: true): "f.happened_on DESC, f.kind DESC, f.id DESC"
        case .day(newestFirst: false): "f.happened_on, f.kind, f.id"
        case .measure(let place, largestFirst: true): "\(Self.value(place)) DESC, f.id DESC"
        case .measure(let place, largestFirst: false): "\(Self.value(place)), f.id"
        }
    }

    /// A measure is never below zero.
    private static let least = -1

    private static func value(_ place: Int) -> SQL {
        "COALESCE(f.\(name: "m\(place)"), \(least))"
    }

    /// Nil for a place that this list never told.
    private func after(_ place: [String]?) -> SQL? {
        guard let place else { return "TRUE" }
        guard place.count == 2, let id = Record.ID(place[1]) else { return nil }
        switch asked.order {
        case .day(let newestFirst):
            guard let day = Day(place[0]) else { return nil }
            return newestFirst
                ? "(f.happened_on, f.id) < (\(day), \(id))"
                : "(f.happened_on, f.id) > (\(day), \(id))"
        case .measure(let index, let largestFirst):
            guard let value = Int(place[0]) else { return nil }
            return largestFirst
                ? "(\(Self.value(index)), f.id) < (\(value), \(id))"
                : "(\(Self.value(index)), f.id) > (\(value), \(id))"
        }
    }
}

extension Kind {
    /// Whether everybody may read its records one by one: it is public and names nobody.
    package var isListed: Bool {
        visibility == .public && persons.isEmpty && !subjects.contains { $0.id == "household" }
    }
}
