import Catalogue
import Core
import Storage

/// A person's yes to one purpose, or its withdrawal: rows are added and never change.
package struct Consent: Sendable, Hashable {
    package enum Act: String, Sendable, Storable, Readable { case given, withdrawn }

    let purpose: String
    let version: String
    let act: Act
    let at: Moment

    /// What a purpose stands at for somebody.
    enum Standing: String { case none, given, withdrawn, outdated }

    /// Consent counts for the notice it was given to; a changed notice asks again.
    static func standing(_ newest: Consent?, _ purpose: Purpose) -> Standing {
        switch newest?.act {
        case nil: .none
        case .withdrawn: .withdrawn
        case .given: newest?.version == purpose.version ? .given : .outdated
        }
    }
}

/// How something reached the district.
package enum Channel: String, Sendable, CaseIterable, Storable, Readable {
    case own = "self"
    case window, phone, paper
}

/// Every statement on consents.
package struct ConsentStore {
    private let db: Connection
    private let key: AuditKey

    package init(_ db: Connection, key: AuditKey) {
        self.db = db
        self.key = key
    }

    /// The newest act for each purpose.
    package func newest(_ subject: DataSubject) throws -> [String: Consent] {
        var newest: [String: Consent] = [:]
        for row in try db.rows(
            """
            SELECT c.purpose, c.version, c.act, c.recorded_at FROM consent c
            WHERE \(subject.condition("c")) ORDER BY c.id
            """)
        {
            let consent = Consent(
                purpose: try row.at(0), version: try row.at(1), act: try row.at(2),
                at: try row.at(3))
            newest[consent.purpose] = consent
        }
        return newest
    }

    /// Adds a row. Saying the same again adds nothing.
    ///
    /// - Returns: whether a row was added.
    @discardableResult
    package func add(
        _ act: Consent.Act, _ purpose: Purpose, _ subject: DataSubject, channel: Channel,
        by actor: Actor, at moment: Moment
    ) throws -> Bool {
        let standing = Consent.standing(try newest(subject)[purpose.id], purpose)
        switch (act, standing) {
        case (.given, .given), (.withdrawn, .withdrawn): return false
        case (.given, _), (.withdrawn, _): break
        }
        let id = ID<Consent>.make().text
        try db.execute(
            """
            INSERT INTO consent (id, person_id, account_id, contact_id, purpose, version, act,
                channel, recorded_at, recorded_by)
            VALUES (\(id), \(subject.person), \(subject.account), \(subject.contact),
                \(purpose.id), \(purpose.version), \(act), \(channel), \(moment), \(actor.name))
            """)
        try Audit(db, key: key).record(
            act == .given ? "consent.given" : "consent.withdrawn", id, by: actor, at: moment,
            quietly: true)
        return true
    }
}
