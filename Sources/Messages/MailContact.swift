import Accounts
import Core
import Storage

/// The address of an account, kept sealed. Nothing but its code goes there before the code that was
/// sent to it came back.
struct MailContact: Sendable {
    let account: Account.ID
    let sealed: String
    let mark: String
    /// What is kept of the code that was sent last; nil when none is awaited.
    let code: String?
    let codeEnds: Moment?
    let wrongCodes: Int
    let verifiedAt: Moment?

    init(_ row: Row) throws {
        account = try row.get("account_id")
        sealed = try row.get("address")
        mark = try row.get("address_mark")
        code = try row.optional("code_mark")
        codeEnds = try row.optional("code_ends_at")
        wrongCodes = try row.get("wrong_codes")
        verifiedAt = try row.optional("verified_at")
    }

    var isVerified: Bool { verifiedAt != nil }

    /// What an address is sealed for.
    static func sealName(_ account: Account.ID) -> String { "mail of \(account)" }

    /// Six digits, drawn by chance.
    static func freshCode() -> String {
        (0..<6).map { _ in String(Int.random(in: 0...9)) }.joined()
    }

    static func mark(of code: String, for account: Account.ID, _ key: AuditKey) -> String {
        key.derived("mail code").mac([account.text, code])
    }

    func awaitsCode(at moment: Moment) -> Bool {
        code != nil && wrongCodes < MessageLimits.codeTries
            && codeEnds.map { moment < $0 } ?? false
    }
}

/// Every statement on the addresses of accounts, and on how their holders want to hear.
struct MailContactStore {
    let db: Connection

    init(_ db: Connection) { self.db = db }

    func find(_ account: Account.ID) throws -> MailContact? {
        try db.first("SELECT * FROM mail_address WHERE account_id = \(account)")
            .map(MailContact.init)
    }

    /// The address an account may be written to: it is theirs, and they may sign in.
    func open(_ account: Account.ID) throws -> MailContact? {
        try db.first(
            """
            SELECT d.* FROM mail_address d JOIN account a ON a.id = d.account_id
            WHERE d.account_id = \(account) AND d.verified_at IS NOT NULL
                AND a.disabled_at IS NULL
            """
        ).map(MailContact.init)
    }

    /// Keeps an address that is not known to be theirs yet.
    func ask(
        _ sealed: String, mark: String, code: String, of account: Account.ID, at moment: Moment
    ) throws {
        let ends = moment.later(seconds: MessageLimits.codeMinutes * 60)
        try db.execute(
            """
            INSERT INTO mail_address
                (account_id, address, address_mark, code_mark, code_ends_at, wrong_codes, asked_at)
            VALUES (\(account), \(sealed), \(mark), \(code), \(ends), 0, \(moment))
            ON CONFLICT (account_id) DO UPDATE SET address = \(sealed), address_mark = \(mark),
                code_mark = \(code), code_ends_at = \(ends), wrong_codes = 0,
                asked_at = \(moment), verified_at = NULL
            """)
    }

    /// Whether a code is the one that was sent; a wrong one is counted.
    func verify(_ code: String, of account: Account.ID, at moment: Moment) throws -> Bool {
        guard let contact = try find(account), contact.awaitsCode(at: moment),
            let awaited = contact.code
        else { return false }
        guard isSame(awaited, code) else {
            try db.execute(
                """
                UPDATE mail_address SET wrong_codes = wrong_codes + 1
                WHERE account_id = \(account)
                """)
            return false
        }
        try db.execute(
            """
            UPDATE mail_address SET verified_at = \(moment), code_mark = NULL, code_ends_at = NULL
            WHERE account_id = \(account)
            """)
        return true
    }

    func remove(_ account: Account.ID) throws -> Bool {
        try DeliveryStore(db).remove(of: account)
        return try db.execute("DELETE FROM mail_address WHERE account_id = \(account)") == 1
    }

    /// How an account wants to hear of each topic.
    func ways(of account: Account.ID) throws -> [MessageTopic: MessageTopic.Way] {
        var ways: [MessageTopic: MessageTopic.Way] = [:]
        for row in try db.rows(
            "SELECT topic, way FROM message_way WHERE account_id = \(account)")
        {
            guard let topic = MessageTopic(rawValue: try row.at(0)) else { continue }
            ways[topic] = MessageTopic.Way(rawValue: try row.at(1))
        }
        return ways
    }

    func choose(_ way: MessageTopic.Way, of topic: MessageTopic, by account: Account.ID) throws {
        try db.execute(
            """
            INSERT INTO message_way (account_id, topic, way)
            VALUES (\(account), \(topic.rawValue), \(way.rawValue))
            ON CONFLICT (account_id, topic) DO UPDATE SET way = \(way.rawValue)
            """)
    }

    /// Deletes the addresses of disabled accounts, and those whose code never came back.
    func sweep(at moment: Moment) throws -> Int {
        let day = moment.later(seconds: -86_400)
        return try db.execute(
            """
            DELETE FROM mail_address WHERE verified_at IS NULL AND asked_at < \(day)
                OR account_id IN (SELECT a.id FROM account a WHERE a.disabled_at IS NOT NULL)
            """)
    }

    /// Deletes what disabled accounts chose.
    func sweepWays() throws -> Int {
        try db.execute(
            """
            DELETE FROM message_way WHERE account_id IN (
                SELECT a.id FROM account a WHERE a.disabled_at IS NOT NULL)
            """)
    }
}
