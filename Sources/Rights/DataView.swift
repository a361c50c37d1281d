import Core
import Storage

/// A look at somebody's data by the staff: who, in what role, why. The person reads role, time and
/// reason on their page.
struct DataViewStore {
    private let db: Connection
    private let key: AuditKey

    init(_ db: Connection, key: AuditKey) {
        self.db = db
        self.key = key
    }

    /// Whether somebody looked for one of these reasons since a moment: the same one, in words that
    /// differ by language.
    func isRecorded(
        _ subject: DataSubject, reasons: [String], by actor: Actor, since moment: Moment
    ) throws -> Bool {
        try db.value(
            """
            SELECT 1 FROM data_view
            WHERE viewed_by = \(actor.name) AND viewed_at >= \(moment)
                AND reason IN (\(values: reasons))
                AND person_id IS NOT DISTINCT FROM \(subject.person)
                AND account_id IS NOT DISTINCT FROM \(subject.account)
                AND contact_id IS NOT DISTINCT FROM \(subject.contact)
            LIMIT 1
            """, as: Int.self) != nil
    }

    func record(
        _ subject: DataSubject, role: String, reason: String, by actor: Actor, at moment: Moment
    ) throws {
        let id = ID<DataViewStore>.make().text
        try db.execute(
            """
            INSERT INTO data_view
                (id, person_id, account_id, contact_id, role, reason, viewed_at, viewed_by)
            VALUES (\(id), \(subject.person), \(subject.account), \(subject.contact), \(role),
                \(reason), \(moment), \(actor.name))
            """)
        try Audit(db, key: key).record("data.viewed", id, by: actor, at: moment, quietly: true)
    }
}
