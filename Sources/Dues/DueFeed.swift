import Accounts
import Core
import Storage

/// A calendar that an account subscribed to, known by a secret that only the calendar holds.
struct DueFeed: Sendable {
    typealias ID = Core.ID<DueFeed>

    let id: ID
    let account: Account.ID
    /// What its owner calls it, such as the phone it is read on.
    let name: String
    let language: Language
    let madeAt: Moment
    let fetchedOn: Day?

    /// The most calendars of one account.
    static let limit = 5
    /// The longest name, in characters.
    static let nameCharacters = 40
    /// How many fetches one address is answered in a minute.
    static let fetchesPerMinute = 60

    /// What is kept of a secret.
    static func mac(of secret: String, _ key: AuditKey) -> String {
        key.derived("due feed").mac([secret])
    }

    init(_ row: Row) throws {
        id = try row.get("id")
        account = try row.get("account_id")
        name = try row.get("name")
        language = Language(rawValue: try row.get("language")) ?? .zh
        madeAt = try row.get("made_at")
        fetchedOn = try row.optional("fetched_on")
    }
}

extension ActingAccount {
    /// Whether they may have a calendar.
    var mayFollow: Bool { may(.read) || may(.write) }
}

/// Every statement on calendars that accounts subscribed to.
struct DueFeedStore {
    private let db: Connection

    init(_ db: Connection) { self.db = db }

    func list(of account: Account.ID) throws -> [DueFeed] {
        try db.rows(
            """
            SELECT * FROM due_feed WHERE account_id = \(account)
            ORDER BY made_at, id LIMIT \(DueFeed.limit)
            """
        ).map(DueFeed.init)
    }

    func find(mac: String) throws -> DueFeed? {
        try db.first("SELECT * FROM due_feed WHERE secret_mark = \(mac)").map(DueFeed.init)
    }

    func insert(
        _ id: DueFeed.ID, of account: Account.ID, name: String, language: Language, mac: String,
        at moment: Moment
    ) throws {
        try db.execute(
            """
            INSERT INTO due_feed (id, account_id, name, language, secret_mark, made_at)
            VALUES (\(id), \(account), \(name), \(language.rawValue), \(mac), \(moment))
            """)
    }

    /// Takes a calendar of this account away; false when it has none such.
    func remove(_ id: DueFeed.ID, of account: Account.ID) throws -> Bool {
        try db.execute(
            "DELETE FROM due_feed WHERE id = \(id) AND account_id = \(account)") == 1
    }

    /// Keeps the day on which a calendar was last fetched.
    func see(_ id: DueFeed.ID, on day: Day) throws {
        try db.execute("UPDATE due_feed SET fetched_on = \(day) WHERE id = \(id)")
    }
}
