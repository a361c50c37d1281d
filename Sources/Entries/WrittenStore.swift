import Core
import Ledger
import Organization
import Storage

/// How much was written lately, for who begins their day.
struct WrittenStore {
    private let db: Connection

    /// So many of somebody's newest entries tell what they write most.
    private static let recent = 300

    init(_ db: Connection) { self.db = db }

    /// How often somebody wrote each kind among the newest of what they wrote one by one.
    func usual(by writer: String) throws -> [String: Int] {
        try counts(
            """
            SELECT recent.kind, COUNT(*) FROM (SELECT r.kind FROM record r
                WHERE r.recorded_by = \(writer) AND r.import_id IS NULL
                    AND r.case_id IS NULL AND r.reverses IS NULL AND r.ends IS NULL
                ORDER BY r.id DESC LIMIT \(Self.recent)) AS recent
            GROUP BY recent.kind
            """)
    }

    /// How many records of some kinds somebody wrote one by one that happened from a day on and
    /// count.
    func counts(by writer: String, kinds: [String], from day: Day) throws -> [String: Int] {
        // An expression keeps the index of the kinds out of it.
        try counts(
            """
            SELECT r.kind, COUNT(*) FROM posted r
            WHERE r.recorded_by = \(writer) AND r.import_id IS NULL AND r.case_id IS NULL
                AND (r.kind || '') IN (\(values: kinds)) AND r.happened_on >= \(day)
                AND r.reverses IS NULL AND r.ends IS NULL AND \(Record.isUnreversed("r"))
            GROUP BY r.kind
            """)
    }

    private func counts(_ statement: SQL) throws -> [String: Int] {
        Dictionary(
            uniqueKeysWithValues: try db.rows(statement).map {
                (try $0.at(0, as: String.self), try $0.at(1, as: Int.self))
            })
    }

    /// How many records of some kinds happened in units and below them from a day through another
    /// and count.
    func count(
        below units: [OrgUnit.ID], kinds: [String], from day: Day, through today: Day
    ) throws -> Int {
        try db.value(
            """
            SELECT COUNT(*) FROM posted r
            WHERE r.happened_on >= \(day) AND r.happened_on <= \(today)
                AND r.unit_id IN (\(ReachRow.below(units, on: today)))
                AND r.kind IN (\(values: kinds))
                AND r.reverses IS NULL AND r.ends IS NULL AND \(Record.isUnreversed("r"))
            """, as: Int.self) ?? 0
    }
}
