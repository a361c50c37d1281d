import Core
import Storage

/// What belongs to records of a list beside their own values: how many persons they name in each
/// role, the codes of their subjects, and when they ended. Persons are counted and never told.
package struct NamedInRecords: Sendable {
    private var persons: [Record.ID: [String: Int]] = [:]
    private var subjects: [Record.ID: [String: [String]]] = [:]
    private var ends: [Record.ID: Day] = [:]

    /// Nothing is named.
    package init() {}

    /// Of some records of a page.
    package init(of records: [Record.ID], _ db: Connection) throws {
        try self.init("\(values: records)", db)
    }

    /// Of the first records of a list.
    package init(of list: RecordList, limit: Int, _ db: Connection) throws {
        try self.init(list.ids(limit: limit), db)
    }

    private init(_ records: SQL, _ db: Connection) throws {
        var persons: [Record.ID: [String: Int]] = [:]
        try db.each(
            """
            SELECT p.record_id, p.role, COUNT(*) FROM record_person p
            WHERE p.record_id IN (\(records)) GROUP BY p.record_id, p.role
            """
        ) { row in
            persons[try row.at(0), default: [:]][try row.at(1)] = try row.at(2, as: Int.self)
        }
        var subjects: [Record.ID: [String: [String]]] = [:]
        try db.each(
            """
            SELECT s.record_id, s.kind, s.code FROM record_subject s
            WHERE s.record_id IN (\(records)) ORDER BY s.record_id, s.kind, s.code
            """
        ) { row in
            subjects[try row.at(0), default: [:]][try row.at(1), default: []]
                .append(try row.at(2))
        }
        var ends: [Record.ID: Day] = [:]
        try db.each(
            """
            SELECT r.ends, MIN(r.happened_on) FROM posted r
            WHERE r.ends IN (\(records)) AND \(Record.isUnreversed("r")) GROUP BY r.ends
            """
        ) { row in
            ends[try row.at(0)] = try row.at(1, as: Day.self)
        }
        self.persons = persons
        self.subjects = subjects
        self.ends = ends
    }

    /// The last day in force of a standing record that has ended or will.
    package func lastDay(_ record: Record) -> Day? {
        [ends[record.id], record.untilOn].compactMap { $0 }.min().map { $0 - 1 }
    }

    /// How many persons a record names in a role.
    package func persons(_ record: Record.ID, _ role: String) -> Int {
        persons[record]?[role] ?? 0
    }

    /// The codes of what a record names as a subject.
    package func subjects(_ record: Record.ID, _ role: String) -> [String] {
        subjects[record]?[role] ?? []
    }
}
