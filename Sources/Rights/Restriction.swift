import Core
import Storage

/// A person's data that may be kept and not used: no name of theirs is shown or found anywhere, and
/// nothing private of records about them.
struct Restriction {
    private let db: Connection
    private let key: AuditKey

    init(_ db: Connection, key: AuditKey) {
        self.db = db
        self.key = key
    }

    func begin(_ subject: DataSubject, by actor: Actor, at moment: Moment) throws {
        try db.execute(
            """
            UPDATE person SET restricted_at = \(moment)
            WHERE id IN (\(values: subject.persons)) AND restricted_at IS NULL
            """)
        for person in subject.persons {
            try Audit(db, key: key).record(
                "person.restricted", person, by: actor, at: moment, quietly: true)
        }
    }

    func end(_ subject: DataSubject, because reason: String, by actor: Actor, at moment: Moment)
        throws
    {
        try db.execute(
            "UPDATE person SET restricted_at = NULL WHERE id IN (\(values: subject.persons))")
        for person in subject.persons {
            try Audit(db, key: key).record(
                "person.unrestricted", person, by: actor, at: moment,
                evidence: Fingerprint([reason]).text, quietly: true)
        }
    }
}
