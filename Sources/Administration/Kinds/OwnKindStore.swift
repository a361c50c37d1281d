import Accounts
import Core
import Storage

/// A kind made on a page, as it is kept.
struct KeptKind: Sendable {
    enum State: String, Sendable {
        /// Being made or changed.
        case draft
        /// Sent to the security administrator.
        case waiting
        /// The newest version says the same.
        case released
    }

    let id: String
    let own: OwnKind
    let state: State
    /// Counts its changes: of two who change it at once, the second is told.
    let revision: Int
    let changedAt: Moment
    let changedBy: String
    /// Why it was sent back.
    let note: String?

    fileprivate init(_ row: Row) throws {
        id = try row.get("id")
        own = try OwnKind(text: try row.get("said"))
        state = State(rawValue: try row.get("state")) ?? .draft
        revision = try row.get("revision")
        changedAt = try row.get("changed_at")
        changedBy = try row.get("changed_by")
        note = try row.optional("note")
    }
}

/// A version that was let go; it never changes.
struct KindVersion: Sendable {
    let id: String
    let kind: String
    let number: Int
    let own: OwnKind
    /// The fingerprint of the files that were written.
    let digest: String
    let releasedAt: Moment
    let sentBy: String
    let releasedBy: String

    fileprivate init(_ row: Row) throws {
        id = try row.get("id")
        kind = try row.get("kind_id")
        number = try row.get("number")
        own = try OwnKind(text: try row.get("said"))
        digest = try row.get("digest")
        releasedAt = try row.get("released_at")
        sentBy = try row.get("sent_by")
        releasedBy = try row.get("released_by")
    }

    /// What was written into the folder.
    var text: OwnKindText { OwnKindText(kind, own, version: (number, releasedAt.day)) }
}

/// Every statement on own_kind and own_kind_version.
struct OwnKindStore {
    let db: Connection

    /// The most kinds that are made on pages.
    static let limit = 200
    /// The most versions of a kind that its page lists.
    static let shownVersions = 50

    func all() throws -> [KeptKind] {
        try db.rows("SELECT * FROM own_kind ORDER BY changed_at DESC, id LIMIT \(Self.limit)")
            .map(KeptKind.init)
    }

    /// How many wait to be let go.
    func waitingCount() throws -> Int {
        try db.value(
            "SELECT COUNT(*) FROM own_kind WHERE state = \(KeptKind.State.waiting.rawValue)",
            as: Int.self) ?? 0
    }

    func find(_ id: String) throws -> KeptKind? {
        try db.first("SELECT * FROM own_kind WHERE id = \(id)").map(KeptKind.init)
    }

    func insert(_ id: String, _ own: OwnKind, at moment: Moment, by actor: Actor) throws {
        try db.execute(
            """
            INSERT INTO own_kind (id, said, state, revision, changed_at, changed_by)
            VALUES (\(id), \(own.text), \(KeptKind.State.draft.rawValue), 1, \(moment),
                \(actor.name))
            """)
    }

    /// Changes it, unless somebody else did meanwhile.
    ///
    /// - Returns: whether it was changed.
    func change(
        _ kept: KeptKind, to own: OwnKind, _ state: KeptKind.State, note: String? = nil,
        at moment: Moment, by actor: Actor
    ) throws -> Bool {
        try db.execute(
            """
            UPDATE own_kind SET said = \(own.text), state = \(state.rawValue),
                revision = revision + 1, changed_at = \(moment), changed_by = \(actor.name),
                note = \(note)
            WHERE id = \(kept.id) AND revision = \(kept.revision)
            """) == 1
    }

    /// What was never let go leaves nothing behind.
    func remove(_ id: String) throws {
        try db.execute("DELETE FROM own_kind WHERE id = \(id)")
    }

    /// Its versions, the newest first.
    func versions(of id: String) throws -> [KindVersion] {
        try db.rows(
            """
            SELECT * FROM own_kind_version WHERE kind_id = \(id)
            ORDER BY number DESC LIMIT \(Self.shownVersions)
            """
        ).map(KindVersion.init)
    }

    /// The newest version of each kind.
    func newest() throws -> [String: KindVersion] {
        let rows = try db.rows(
            """
            SELECT v.* FROM own_kind_version v WHERE v.number =
                (SELECT MAX(n.number) FROM own_kind_version n WHERE n.kind_id = v.kind_id)
            ORDER BY v.kind_id LIMIT \(Self.limit)
            """
        ).map(KindVersion.init)
        return Dictionary(rows.map { ($0.kind, $0) }) { first, _ in first }
    }

    /// Lets a kind go as it stands; who sent it was the last to change it.
    func insertVersion(
        _ text: OwnKindText, _ number: Int, of kept: KeptKind, at moment: Moment, by actor: Actor
    ) throws -> String {
        let id = ID<KindVersion>.make().text
        try db.execute(
            """
            INSERT INTO own_kind_version
                (id, kind_id, number, said, digest, sent_by, released_at, released_by)
            VALUES (\(id), \(kept.id), \(number), \(kept.own.text), \(text.digest),
                \(kept.changedBy), \(moment), \(actor.name))
            """)
        return id
    }

    /// Whether anything was recorded of a kind, taken back or not.
    func hasRecords(_ id: String) throws -> Bool {
        try db.value("SELECT 1 FROM record WHERE kind = \(id) LIMIT 1", as: Int.self) != nil
    }
}
