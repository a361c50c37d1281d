import Core
import Organization
import Storage

/// What a unit was reminded of, and when last: one due in one period.
struct DueReminder: Sendable, Hashable {
    let unit: OrgUnit.ID
    let due: String
    /// The period as it is written; of what comes to its end, its last day.
    let period: String

    /// So many days nobody reminds a unit of the same again.
    static let quietDays = 7
    /// The most that one sending reminds of.
    static let atOnce = 3_000
    /// How many days it is kept.
    static let keptDays = 92
    /// The most that were sent lately and are read.
    fileprivate static let readAtOnce = 50_000

    init(unit: OrgUnit.ID, due: String, period: String) {
        self.unit = unit
        self.due = due
        self.period = period
    }

    /// What is asked of a unit by an occurrence of a due.
    init(_ unit: OrgUnit.ID, _ due: String, _ occurrence: Occurrence) {
        self.init(unit: unit, due: due, period: occurrence.period.text)
    }

    fileprivate init(_ row: Row) throws {
        self.init(
            unit: try row.get("unit_id"), due: try row.get("due"),
            period: try row.get("period"))
    }

    fileprivate static func since(_ days: Int, before moment: Moment) -> Moment {
        Moment(milliseconds: moment.milliseconds - Int64(days) * 86_400_000)
    }
}

/// Every statement on reminders.
struct DueReminderStore {
    private let db: Connection

    init(_ db: Connection) { self.db = db }

    /// What units were reminded of so lately that they are not reminded again.
    func recent(at moment: Moment) throws -> Set<DueReminder> {
        try sent(since: DueReminder.since(DueReminder.quietDays, before: moment))
    }

    /// What units were reminded of, as long as it is kept.
    func all(at moment: Moment) throws -> Set<DueReminder> {
        try sent(since: DueReminder.since(DueReminder.keptDays, before: moment))
    }

    private func sent(since moment: Moment) throws -> Set<DueReminder> {
        Set(
            try db.rows(
                """
                SELECT unit_id, due, period FROM due_reminder WHERE sent_at > \(moment)
                ORDER BY sent_at DESC LIMIT \(DueReminder.readAtOnce)
                """
            ).map(DueReminder.init))
    }

    /// Keeps that a unit was reminded, over an earlier time.
    func put(_ reminder: DueReminder, by actor: Actor, at moment: Moment) throws {
        try db.execute(
            """
            INSERT INTO due_reminder (unit_id, due, period, sent_by, sent_at)
            VALUES (\(reminder.unit), \(reminder.due), \(reminder.period), \(actor.name),
                \(moment))
            ON CONFLICT (unit_id, due, period)
            DO UPDATE SET sent_by = excluded.sent_by, sent_at = excluded.sent_at
            """)
    }

    /// Deletes what was sent too long ago.
    func sweep(at moment: Moment) throws -> Int {
        try db.execute(
            """
            DELETE FROM due_reminder
            WHERE sent_at <= \(DueReminder.since(DueReminder.keptDays, before: moment))
            """)
    }
}
