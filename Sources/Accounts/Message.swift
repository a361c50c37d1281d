import Core
import Storage
import Web

/// Something that happened to what an account wrote, asked for or may do, which nobody tells it
/// otherwise. It says what and where, and nothing of what was written there.
package struct Message: Sendable {
    package typealias ID = Core.ID<Message>

    /// What happened; each feature names its own, and the words `message_…` say it.
    package struct Event: Sendable, Hashable {
        package let name: String

        package init(_ name: String) { self.name = name }
    }

    let id: ID
    let event: Event
    let address: String
    let sentAt: Moment
    let seenAt: Moment?

    init(_ row: Row) throws {
        id = try row.get("id")
        event = Event(try row.get("event"))
        address = try row.get("address")
        sentAt = try row.get("sent_at")
        seenAt = try row.optional("seen_at")
    }

    /// The most that are kept for one account; the oldest go first.
    static let perAccount = 200
    /// The most that go in one commit.
    static let sweptAtOnce = 500
}

/// Every statement on messages. One is put here in the commit that makes what it tells of, so that
/// neither is without the other; its reader finds it among their own pages.
package struct Outbox {
    private let db: Connection

    package init(_ db: Connection) { self.db = db }

    /// Tells an account. Nobody is told of what they did themselves.
    package func put(
        _ event: Message.Event, to account: Account.ID, at address: Address, by actor: Actor,
        _ moment: Moment
    ) throws {
        guard account.text != actor.name else { return }
        try db.execute(
            """
            INSERT INTO message (id, account_id, event, address, sent_at)
            VALUES (\(Message.ID.make()), \(account), \(event.name), \(address.text), \(moment))
            """)
        try db.execute(
            """
            DELETE FROM message WHERE account_id = \(account) AND id NOT IN (
                SELECT id FROM message WHERE account_id = \(account)
                ORDER BY id DESC LIMIT \(Message.perAccount))
            """)
    }

    /// What an account was told, the newest first: a page and one more.
    func list(of account: Account.ID, _ keyset: Keyset) throws -> [Message] {
        let older: SQL = keyset.after.map { "AND id < \($0.parts[0])" } ?? ""
        return try db.rows(
            """
            SELECT * FROM message WHERE account_id = \(account) \(older)
            ORDER BY id DESC LIMIT \(keyset.fetch)
            """
        ).map(Message.init)
    }

    /// How many an account has not marked as seen.
    package func unseen(of account: Account.ID) throws -> Int {
        try db.value(
            """
            SELECT COUNT(*) FROM message WHERE account_id = \(account) AND seen_at IS NULL
            """, as: Int.self) ?? 0
    }

    /// Marks everything up to one as seen; what came since its page was read stays new.
    func see(upTo id: Message.ID, of account: Account.ID, at moment: Moment) throws {
        try db.execute(
            """
            UPDATE message SET seen_at = \(moment)
            WHERE account_id = \(account) AND id <= \(id) AND seen_at IS NULL
            """)
    }

    /// Deletes a batch of what was sent before a moment.
    func sweep(before moment: Moment) throws -> Int {
        try db.execute(
            """
            DELETE FROM message WHERE id IN (
                SELECT id FROM message WHERE sent_at < \(moment) ORDER BY id
                LIMIT \(Message.sweptAtOnce))
            """)
    }
}
