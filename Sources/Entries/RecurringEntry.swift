import Core
import Ledger
import Storage

/// An entry that comes again: on its days the start page offers it filled in. It posts nothing by
/// itself.
struct RecurringEntry: Sendable {
    typealias ID = Core.ID<RecurringEntry>

    enum Rhythm: String, Sendable, CaseIterable { case weekly, monthly, quarterly }

    let id: ID
    let kind: String
    let said: [String: String]
    let rhythm: Rhythm
    let startedOn: Day

    /// The most patterns of one account.
    static let perAccount = 50
    /// How far back a day that was not filled in is still offered.
    static let daysBack = 35
    /// The most days of one pattern that are offered.
    static let offered = 4

    init(_ row: Row, of account: String, _ key: SecretKey) throws {
        id = try row.get("id")
        kind = try row.get("kind")
        said = try key.fields(sealed: row.get("said"), of: account)
        rhythm = Rhythm(rawValue: try row.get("rhythm")) ?? .weekly
        startedOn = try row.get("started_on")
    }

    init(id: ID, kind: String, said: [String: String], rhythm: Rhythm, startedOn: Day) {
        self.id = id
        self.kind = kind
        self.said = said
        self.rhythm = rhythm
        self.startedOn = startedOn
    }

    /// Whether it comes on a day.
    func falls(on day: Day) -> Bool {
        guard day >= startedOn else { return false }
        let (start, here) = (startedOn.parts, day.parts)
        switch rhythm {
        case .weekly: return day.weekday == startedOn.weekday
        case .monthly, .quarterly:
            if rhythm == .quarterly, (here.month - start.month) % 3 != 0 { return false }
            // The 31st comes on the last day of a shorter month.
            return here.day == min(start.day, Day.length(ofMonth: here.month, in: here.year))
        }
    }

    /// The days up to today on which it came and was not filled in, the newest first.
    func open(upTo today: Day, filled: Set<Day>) -> [Day] {
        (0...Self.daysBack).lazy.map { today - $0 }
            .filter { falls(on: $0) && !filled.contains($0) }
            .prefix(Self.offered).map { $0 }
    }
}

/// Every statement on patterns. A pattern is only ever found by its owner.
struct RecurringEntryStore {
    private let db: Connection
    private let account: String
    private let sealedKey: SecretKey

    init(_ db: Connection, of account: String, _ sealedKey: SecretKey) {
        self.db = db
        self.account = account
        self.sealedKey = sealedKey
    }

    func list(kinds: [String]) throws -> [RecurringEntry] {
        try db.rows(
            """
            SELECT id, kind, said, rhythm, started_on FROM entry_pattern
            WHERE account_id = \(account) AND kind IN (\(values: kinds))
            ORDER BY id LIMIT \(RecurringEntry.perAccount)
            """
        ).map { try RecurringEntry($0, of: account, sealedKey) }
    }

    func find(_ id: RecurringEntry.ID) throws -> RecurringEntry? {
        try db.first(
            """
            SELECT id, kind, said, rhythm, started_on FROM entry_pattern
            WHERE id = \(id) AND account_id = \(account)
            """
        ).map { try RecurringEntry($0, of: account, sealedKey) }
    }

    /// The days on which patterns were filled in, from a day on.
    func filled(from day: Day) throws -> [RecurringEntry.ID: Set<Day>] {
        var days: [RecurringEntry.ID: Set<Day>] = [:]
        for row in try db.rows(
            """
            SELECT d.pattern_id, d.filled_on FROM entry_pattern_day d
            JOIN entry_pattern p ON p.id = d.pattern_id
            WHERE p.account_id = \(account) AND d.filled_on >= \(day)
            """)
        {
            days[try row.at(0), default: []].insert(try row.at(1))
        }
        return days
    }

    /// - Throws: `Refusal.conflict` when the account has as many as it may.
    func insert(_ pattern: RecurringEntry) throws {
        let count = try db.value(
            "SELECT COUNT(*) FROM entry_pattern WHERE account_id = \(account)", as: Int.self)
        guard (count ?? 0) < RecurringEntry.perAccount else {
            throw Refusal.conflict(
                zh: "定期记录最多\(RecurringEntry.perAccount)项，请先停用一些。",
                en: "You have \(RecurringEntry.perAccount) recurring entries: stop some of them.")
        }
        let sealed = try sealedKey.seal(fields: pattern.said, of: account)
        try db.execute(
            """
            INSERT INTO entry_pattern (id, account_id, kind, said, rhythm, started_on)
            VALUES (\(pattern.id), \(account), \(pattern.kind), \(sealed),
                \(pattern.rhythm.rawValue), \(pattern.startedOn))
            """)
    }

    /// Notes that a day was filled in, once or twice.
    func fill(_ id: RecurringEntry.ID, on day: Day) throws {
        try db.execute(
            """
            INSERT INTO entry_pattern_day (pattern_id, filled_on)
            SELECT id, \(day) FROM entry_pattern WHERE id = \(id) AND account_id = \(account)
            ON CONFLICT DO NOTHING
            """)
    }

    /// Stops a pattern; false when there is none of theirs.
    func stop(_ id: RecurringEntry.ID) throws -> Bool {
        try db.execute(
            """
            DELETE FROM entry_pattern_day WHERE pattern_id IN (SELECT id FROM entry_pattern
                WHERE id = \(id) AND account_id = \(account))
            """)
        return try db.execute(
            "DELETE FROM entry_pattern WHERE id = \(id) AND account_id = \(account)") > 0
    }
}
