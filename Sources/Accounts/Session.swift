import Core
import Storage

/// Somebody being signed in on one device. The browser holds a random number, the database its
/// digest: who reads the database can sign in with none of it.
package struct Session: Sendable {
    package let digest: String
    package let account: Account.ID
    package let openedAt: Moment
    package let seenAt: Moment
    package let endsAt: Moment
    package let device: String

    /// A session ends after so long without a request, and at the latest after a working day.
    package static let idleMilliseconds: Int64 = 3_600_000
    package static let longestMilliseconds: Int64 = 12 * 3_600_000
    /// How exactly it is kept when somebody was last seen.
    static let seenMilliseconds: Int64 = 300_000
    /// The most sessions of one account; the oldest gives way.
    package static let perAccount = 10

    init(_ row: Row) throws {
        digest = try row.get("id_digest")
        account = try row.get("account_id")
        openedAt = try row.get("opened_at")
        seenAt = try row.get("seen_at")
        endsAt = try row.get("ends_at")
        device = try row.get("device")
    }

    func isOpen(at moment: Moment) -> Bool {
        moment < endsAt && moment.milliseconds - seenAt.milliseconds < Self.idleMilliseconds
    }

    /// What is kept of the number in a browser's cookie.
    package static func digest(of secret: String) -> String {
        Fingerprint(["session", secret]).text
    }

    /// The kind of browser, for the list of sessions: a word or two, nothing that tells more.
    static func device(_ agent: String) -> String {
        let browser =
            [("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")]
            .first { agent.contains($0.0) }?.1 ?? "–"
        let system =
            [
                ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"),
                ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"),
            ].first { agent.contains($0.0) }?.1
        return system.map { browser + " · " + $0 } ?? browser
    }
}

/// Every statement on sessions.
package struct SessionStore {
    private let db: Connection

    package init(_ db: Connection) { self.db = db }

    /// When it was last seen is not among them: it moves, and gives nobody more than its end.
    package static let marked = MarkedTable(
        "session", keys: ["id_digest"], ["account_id", "opened_at", "ends_at", "device"])

    /// A session of an account that is not disabled, and how far the audit had come when it was
    /// read: one statement, because every request of somebody signed in begins with it. One that
    /// was written by hand is none.
    func arrive(_ digest: String) throws -> (session: Session, head: Audit.Head)? {
        let row = try db.first(
            """
            SELECT s.*, h.seq, h.shown, h.turned, h.position
            FROM session s JOIN account a ON a.id = s.account_id JOIN ledger_head h ON h.id = 1
            WHERE s.id_digest = \(digest) AND a.disabled_at IS NULL
            """)
        guard let row, db.isMarked(row, of: Self.marked) else { return nil }
        return (try Session(row), try Audit.Head(row))
    }

    /// Makes sure that somebody is still signed in where a form of theirs took its time: a password
    /// being weighed, a provider being asked.
    ///
    /// - Throws: `Refusal.conflict` when their session ended meanwhile.
    package func requireOpen(_ digest: String, of account: Account.ID, at moment: Moment) throws {
        guard let session = try arrive(digest)?.session, session.account == account,
            session.isOpen(at: moment)
        else {
            throw Refusal.conflict(
                zh: "您的登录刚刚已结束，没有任何改动。请重新登录。",
                en: "You were signed out meanwhile, and nothing was changed. Sign in again.")
        }
    }

    package func list(of account: Account.ID) throws -> [Session] {
        try db.rows(
            """
            SELECT * FROM session WHERE account_id = \(account)
            ORDER BY opened_at DESC, id_digest LIMIT \(Session.perAccount)
            """
        ).map(Session.init)
    }

    package func open(
        _ digest: String, account: Account.ID, device: String, at moment: Moment
    ) throws {
        let ends = Moment(milliseconds: moment.milliseconds + Session.longestMilliseconds)
        try db.execute(
            """
            INSERT INTO session (id_digest, account_id, opened_at, seen_at, ends_at, device)
            VALUES (\(digest), \(account), \(moment), \(moment), \(ends), \(device))
            """)
        try db.seal(Self.marked, where: "id_digest = \(digest)")
        try db.execute(
            """
            DELETE FROM session WHERE account_id = \(account) AND id_digest NOT IN (
                SELECT id_digest FROM session WHERE account_id = \(account)
                ORDER BY opened_at DESC, id_digest LIMIT \(Session.perAccount))
            """)
    }

    func see(_ digest: String, at moment: Moment) throws {
        try db.execute("UPDATE session SET seen_at = \(moment) WHERE id_digest = \(digest)")
    }

    /// Ends one session; false when there was none such.
    @discardableResult
    package func end(_ digest: String, of account: Account.ID) throws -> Bool {
        try db.execute(
            "DELETE FROM session WHERE id_digest = \(digest) AND account_id = \(account)") == 1
    }

    /// Ends every session of an account, but one.
    package func endAll(of account: Account.ID, excluding kept: String? = nil) throws {
        try db.execute(
            """
            DELETE FROM session WHERE account_id = \(account)
                AND id_digest <> \(kept ?? "")
            """)
    }

    /// Takes away what has ended by a moment, and says how many there were.
    package func sweep(at moment: Moment) throws -> Int {
        let idle = Moment(milliseconds: moment.milliseconds - Session.idleMilliseconds)
        return try db.execute(
            "DELETE FROM session WHERE ends_at <= \(moment) OR seen_at <= \(idle)")
    }
}
