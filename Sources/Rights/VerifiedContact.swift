import Core
import Storage

/// Somebody without an account whom the staff verified at the window, and their link: good once,
/// for one hour, for their own data and nothing else.
package struct VerifiedContact: Sendable, Hashable {
    /// How the staff knew who stood there.
    package enum Proof: String, Sendable, CaseIterable, Storable, Readable {
        case cardSeen = "card_seen"
        case known
        case calledBack = "called_back"
    }

    package let id: String
    package let person: String?
    package let record: String?
    /// Until when the page that the link opened may be read.
    package let visitEndsAt: Moment?
}

/// Every statement on verified contacts. The table keeps digests; the words of a link are shown
/// once and kept nowhere.
package struct VerifiedContactStore {
    private let db: Connection
    private let key: AuditKey

    package init(_ db: Connection, key: AuditKey) {
        self.db = db
        self.key = key
    }

    /// Makes a link for a person or for the record they proved to be theirs.
    ///
    /// - Returns: the words of the link.
    package func issue(
        person: String?, record: String?, proof: VerifiedContact.Proof, minutes: Int,
        by actor: Actor, at moment: Moment
    ) throws -> String {
        let id = ID<VerifiedContact>.make().text
        let token = Self.token()
        let end = Moment(milliseconds: moment.milliseconds + Int64(minutes) * 60_000)
        try db.execute(
            """
            INSERT INTO verified_contact (id, person_id, record_id, token_digest, purpose,
                verified_by, issued_by, issued_at, expires_at)
            VALUES (\(id), \(person), \(record), \(Self.digest(token)), 'my_data', \(proof),
                \(actor.name), \(moment), \(end))
            """)
        try Audit(db, key: key).record("contact.issued", id, by: actor, at: moment, quietly: true)
        return token
    }

    /// Uses a link up and opens a visit.
    ///
    /// - Returns: the words that stand for the visit.
    /// - Throws: one refusal for a link that is unknown, used, late or meant for something else.
    package func open(_ token: String, at moment: Moment) throws -> String {
        guard
            let id = try db.value(
                """
                SELECT id FROM verified_contact
                WHERE token_digest = \(Self.digest(token)) AND purpose = 'my_data'
                    AND used_at IS NULL AND expires_at > \(moment)
                """, as: String.self)
        else { throw Self.refusal }
        let visit = Self.token()
        let end = Moment(
            milliseconds: moment.milliseconds + Int64(RightsLimits.visitMinutes) * 60_000)
        let used = try db.execute(
            """
            UPDATE verified_contact SET used_at = \(moment), visit_digest = \(Self.digest(visit)),
                visit_ends_at = \(end)
            WHERE id = \(id) AND used_at IS NULL
            """)
        guard used == 1 else { throw Self.refusal }
        try Audit(db, key: key).record(
            "contact.opened", id, by: Actor(name: id, standing: .visitor), at: moment,
            quietly: true)
        return visit
    }

    /// Whose visit this is, while it lasts.
    package func visitor(_ visit: String, at moment: Moment) throws -> VerifiedContact? {
        try db.first(
            """
            SELECT id, person_id, record_id, visit_ends_at FROM verified_contact
            WHERE visit_digest = \(Self.digest(visit)) AND visit_ends_at > \(moment)
            """
        ).map {
            VerifiedContact(
                id: try $0.at(0), person: try $0.optionalAt(1), record: try $0.optionalAt(2),
                visitEndsAt: try $0.optionalAt(3))
        }
    }

    /// Ends a visit: its words open nothing any longer.
    package func end(_ contact: String, at moment: Moment) throws {
        try db.execute(
            """
            UPDATE verified_contact SET visit_ends_at = \(moment)
            WHERE id = \(contact) AND visit_ends_at > \(moment)
            """)
    }

    static let refusal = Refusal.conflict(
        zh: "这个链接无效、已经用过或已经过期。请到窗口重新办理。",
        en: "This link is not valid, was used already or has expired. Ask at the window again.")

    private static func digest(_ token: String) -> String {
        Fingerprint(["my_data", token]).text
    }

    private static func token() -> String {
        var generator = SystemRandomNumberGenerator()
        return hexadecimal((0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
}
