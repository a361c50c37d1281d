import Core
import Ledger
import Storage

/// An entry that somebody began and laid aside. Nobody but them sees it.
struct Draft: Sendable {
    typealias ID = Core.ID<Draft>

    let id: ID
    let kind: String
    /// What stands in the fields of the form, by their names.
    let said: [String: String]
    let savedAt: Moment

    /// The most drafts of one account.
    static let perAccount = 50
    /// How long a draft is kept: thirty days.
    static let milliseconds: Int64 = 30 * 86_400_000

    init(_ row: Row, of account: String, _ key: SecretKey) throws {
        id = try row.get("id")
        kind = try row.get("kind")
        said = try key.fields(sealed: row.get("said"), of: account)
        savedAt = try row.get("saved_at")
    }
}

/// Every statement on drafts. A draft is only ever found by its owner.
struct DraftStore {
    private let db: Connection
    private let account: String
    private let sealedKey: SecretKey

    init(_ db: Connection, of account: String, _ sealedKey: SecretKey) {
        self.db = db
        self.account = account
        self.sealedKey = sealedKey
    }

    func list(kinds: [String], at moment: Moment) throws -> [Draft] {
        try db.rows(
            """
            SELECT id, kind, said, saved_at FROM entry_draft
            WHERE account_id = \(account) AND saved_at > \(oldest(moment))
                AND kind IN (\(values: kinds))
            ORDER BY saved_at DESC, id LIMIT \(Draft.perAccount)
            """
        ).map { try Draft($0, of: account, sealedKey) }
    }

    func find(_ id: Draft.ID, at moment: Moment) throws -> Draft? {
        try db.first(
            """
            SELECT id, kind, said, saved_at FROM entry_draft
            WHERE id = \(id) AND account_id = \(account) AND saved_at > \(oldest(moment))
            """
        ).map { try Draft($0, of: account, sealedKey) }
    }

    /// Saves what a form holds: over the draft it was opened from, or the one that the same
    /// showing of the form made before.
    ///
    /// - Returns: the draft as it stands now.
    /// - Throws: `Refusal.conflict` when the account has as many as it may.
    @discardableResult
    func save(
        _ said: [String: String], kind: String, over id: Draft.ID?, key: String, at moment: Moment
    ) throws -> Draft.ID {
        try db.execute("DELETE FROM entry_draft WHERE saved_at <= \(oldest(moment))")
        let sealed = try sealedKey.seal(fields: said, of: account)
        let before = try db.value(
            """
            SELECT id FROM entry_draft
            WHERE account_id = \(account) AND (form_key = \(key) OR id = \(id?.text ?? ""))
            ORDER BY id LIMIT 1
            """, as: Draft.ID.self)
        if let before {
            try db.execute(
                """
                UPDATE entry_draft SET said = \(sealed), saved_at = \(moment)
                WHERE account_id = \(account) AND (form_key = \(key) OR id = \(id?.text ?? ""))
                """)
            return before
        }
        let count = try db.value(
            "SELECT COUNT(*) FROM entry_draft WHERE account_id = \(account)", as: Int.self)
        guard (count ?? 0) < Draft.perAccount else {
            throw Refusal.conflict(
                zh: "草稿最多\(Draft.perAccount)份，请先删除一些。",
                en: "You have \(Draft.perAccount) drafts, the most there may be: remove some.")
        }
        let made = Draft.ID.make()
        try db.execute(
            """
            INSERT INTO entry_draft (id, account_id, form_key, kind, said, saved_at)
            VALUES (\(made), \(account), \(key), \(kind), \(sealed), \(moment))
            """)
        return made
    }

    /// Takes a draft away; false when there is none of theirs.
    @discardableResult
    func remove(_ id: Draft.ID) throws -> Bool {
        try db.execute(
            "DELETE FROM entry_draft WHERE id = \(id) AND account_id = \(account)") > 0
    }

    /// Takes away the draft that a showing of a form had saved.
    func remove(key: String) throws {
        try db.execute(
            "DELETE FROM entry_draft WHERE form_key = \(key) AND account_id = \(account)")
    }

    private func oldest(_ moment: Moment) -> Moment {
        Moment(milliseconds: moment.milliseconds - Draft.milliseconds)
    }
}
