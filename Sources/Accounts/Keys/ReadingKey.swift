import Core
import Storage

/// A key with which a program reads in somebody's place, as far as they may themselves and no
/// further than it was made for. It writes nothing.
package struct ReadingKey: Sendable {
    package typealias ID = Core.ID<ReadingKey>

    /// What a key may read, each more than the one before.
    package enum Reach: String, Sendable, CaseIterable {
        /// What everybody may read, counted for the account and not for its address.
        case everybody
        /// Also the small numbers of persons that the account may know.
        case figures
        /// Also the internal records that the account may read.
        case records
    }

    /// How long a key may be good, in days.
    package enum Term: String, Sendable, CaseIterable {
        case month = "30"
        case quarter = "90"
        case half = "180"
        case year = "365"

        var days: Int { Int(rawValue) ?? 0 }
    }

    package let id: ID
    package let account: Account.ID
    /// What its owner calls it, such as the program that uses it.
    package let name: String
    package let reach: Reach
    package let madeAt: Moment
    /// The first day on which it is good no longer.
    package let endsOn: Day
    package let usedOn: Day?

    /// The most keys of one account.
    package static let limit = 5
    /// The longest name, in characters.
    static let nameCharacters = 40
    /// The letters of a key.
    static let letters = 64

    /// What is kept of a key.
    static func mac(of secret: String, _ key: AuditKey) -> String {
        key.derived("reading key").mac([secret])
    }

    init(_ row: Row) throws {
        id = try row.get("id")
        account = try row.get("account_id")
        name = try row.get("name")
        reach = Reach(rawValue: try row.get("reach")) ?? .everybody
        madeAt = try row.get("made_at")
        endsOn = try row.get("ends_on")
        usedOn = try row.optional("used_on")
    }
}

/// Every statement on the keys of programs.
package struct ReadingKeyStore {
    private let db: Connection

    package init(_ db: Connection) { self.db = db }

    /// When it was last used is not among them: it moves, and gives nobody anything.
    package static let marked = MarkedTable(
        "reading_key",
        ["account_id", "name", "reach", "secret_mark", "made_at", "ends_on"])

    package func list(of account: Account.ID) throws -> [ReadingKey] {
        try db.rows(
            """
            SELECT * FROM reading_key WHERE account_id = \(account)
            ORDER BY made_at, id LIMIT \(ReadingKey.limit)
            """
        ).map(ReadingKey.init)
    }

    /// A key that is good on a day. One that was written by hand is none.
    func find(mac: String, on day: Day) throws -> ReadingKey? {
        let row = try db.first(
            """
            SELECT k.* FROM reading_key k JOIN account a ON a.id = k.account_id
            WHERE k.secret_mark = \(mac) AND k.ends_on > \(day) AND a.disabled_at IS NULL
            """)
        guard let row, db.isMarked(row, of: Self.marked) else { return nil }
        return try ReadingKey(row)
    }

    /// A key that is about to be made.
    struct New {
        let id: ReadingKey.ID
        let account: Account.ID
        let name: String
        let reach: ReadingKey.Reach
        let endsOn: Day
        let mac: String
    }

    func insert(_ key: New, at moment: Moment) throws {
        try db.execute(
            """
            INSERT INTO reading_key (id, account_id, name, reach, secret_mark, made_at, ends_on)
            VALUES (\(key.id), \(key.account), \(key.name), \(key.reach.rawValue), \(key.mac),
                \(moment), \(key.endsOn))
            """)
        try db.seal(Self.marked, where: "id = \(key.id)")
    }

    /// Takes a key of this account away; false when it has none such.
    func remove(_ id: ReadingKey.ID, of account: Account.ID) throws -> Bool {
        try db.execute(
            "DELETE FROM reading_key WHERE id = \(id) AND account_id = \(account)") == 1
    }

    /// Takes every key of an account away: none outlives the password it was made beside, nor is it
    /// good for another person than made it.
    package func endAll(of account: Account.ID) throws {
        try db.execute("DELETE FROM reading_key WHERE account_id = \(account)")
    }

    /// Keeps the day on which a key was last used.
    func see(_ id: ReadingKey.ID, on day: Day) throws {
        try db.execute("UPDATE reading_key SET used_on = \(day) WHERE id = \(id)")
    }

    /// Takes away what is good no longer, and says how many there were.
    package func sweep(on day: Day) throws -> Int {
        try db.execute(
            """
            DELETE FROM reading_key WHERE ends_on <= \(day) OR account_id IN (
                SELECT a.id FROM account a WHERE a.disabled_at IS NOT NULL)
            """)
    }
}
