import Accounts
import Core
import Storage

/// A message of an account, as the ways out read it: what happened and where.
struct ToldMessage: Sendable {
    let id: Message.ID
    let account: Account.ID
    let event: Message.Event
    let address: String
    let sentAt: Moment
    let isSeen: Bool

    init(_ row: Row) throws {
        id = try row.get("id")
        account = try row.get("account_id")
        event = Message.Event(try row.get("event"))
        address = try row.get("address")
        sentAt = try row.get("sent_at")
        isSeen = try row.optional("seen_at", as: Moment.self) != nil
    }

    /// What happened once, however many accounts are told of it.
    var key: String {
        Fingerprint([event.name, address, String(sentAt.milliseconds)]).text
    }

    /// The place without what was asked there: an identity, and nothing that somebody typed.
    var subject: String { String(address.prefix { $0 != "?" && $0 != "#" }) }
}

/// Every statement on which messages were looked at for the ways out. A message is written in the
/// commit that makes what it tells of, and is the outbox: what is not looked at yet is.
struct RelayStore {
    let db: Connection

    init(_ db: Connection) { self.db = db }

    /// What nobody looked at yet, the oldest first, of the messages since a moment.
    func new(since moment: Moment) throws -> [ToldMessage] {
        try db.rows(
            """
            SELECT m.id, m.account_id, m.event, m.address, m.sent_at, m.seen_at FROM message m
            WHERE m.id >= \(Self.floor(moment)) AND NOT EXISTS (
                SELECT 1 FROM message_relay r WHERE r.message_id = m.id)
            ORDER BY m.id LIMIT \(MessageLimits.plannedAtOnce)
            """
        ).map(ToldMessage.init)
    }

    func note(_ id: Message.ID, forDigest: Bool, at moment: Moment) throws {
        try db.execute(
            """
            INSERT INTO message_relay (message_id, for_digest, relayed_at)
            VALUES (\(id), \(forDigest ? 1 : 0), \(moment))
            """)
    }

    /// The accounts with something for a digest that was sent before a moment.
    func accountsWithDigest(before moment: Moment) throws -> [Account.ID] {
        try db.rows(
            """
            SELECT DISTINCT m.account_id FROM message_relay r
            JOIN message m ON m.id = r.message_id
            WHERE r.for_digest = 1 AND m.sent_at < \(moment)
            ORDER BY m.account_id LIMIT \(MessageLimits.plannedAtOnce)
            """
        ).map { try $0.at(0) }
    }

    /// What of an account waits for its digest, the oldest first; it waits no longer.
    func takeDigest(of account: Account.ID, before moment: Moment) throws -> [ToldMessage] {
        let told = try db.rows(
            """
            SELECT m.id, m.account_id, m.event, m.address, m.sent_at, m.seen_at
            FROM message_relay r JOIN message m ON m.id = r.message_id
            WHERE r.for_digest = 1 AND m.account_id = \(account) AND m.sent_at < \(moment)
            ORDER BY m.id
            """
        ).map(ToldMessage.init)
        try db.execute(
            """
            UPDATE message_relay SET for_digest = 0
            WHERE message_id IN (\(values: told.map(\.id)))
            """)
        return told
    }

    /// Deletes what can come up no more: it is older than what is looked at.
    func sweep(at moment: Moment) throws -> Int {
        let old = moment.later(seconds: -86_400 * (MessageLimits.relayDays + 1))
        return try db.execute(
            """
            DELETE FROM message_relay WHERE message_id IN (
                SELECT r.message_id FROM message_relay r WHERE r.relayed_at < \(old)
                    AND (r.for_digest = 0 OR NOT EXISTS (
                        SELECT 1 FROM message m WHERE m.id = r.message_id))
                ORDER BY r.relayed_at LIMIT \(MessageLimits.sweptAtOnce))
            """)
    }

    /// Where identities begin that are made from a moment on: they sort by it.
    private static func floor(_ moment: Moment) -> String {
        let letters = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        var rest = UInt64(max(0, moment.milliseconds))
        var bytes = [UInt8](repeating: letters[0], count: 26)
        for index in stride(from: 9, through: 0, by: -1) {
            bytes[index] = letters[Int(rest & 31)]
            rest >>= 5
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
