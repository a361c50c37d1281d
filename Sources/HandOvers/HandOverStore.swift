import Accounts
import Core
import Storage

/// Every statement on lists that are handed over.
struct HandOverStore {
    let db: Connection

    init(_ db: Connection) { self.db = db }

    /// The most lists that are shown of one account.
    static let listed = 50
    /// The most accounts that a name may mean when a successor is looked for.
    static let offered = 20

    func find(_ id: HandOver.ID) throws -> HandOver? {
        try db.first("SELECT * FROM hand_over WHERE id = \(id)").map(HandOver.init)
    }

    func list(givenBy account: Account.ID, in state: HandOver.State? = nil) throws -> [HandOver] {
        try list("giver_id = \(account)", state)
    }

    func list(takenBy account: Account.ID, in state: HandOver.State? = nil) throws -> [HandOver] {
        try list("taker_id = \(account)", state)
    }

    private func list(_ whose: SQL, _ state: HandOver.State?) throws -> [HandOver] {
        let only: SQL = state.map { "AND state = \($0.rawValue)" } ?? ""
        return try db.rows(
            """
            SELECT * FROM hand_over WHERE \(whose) \(only) ORDER BY id DESC LIMIT \(Self.listed)
            """
        ).map(HandOver.init)
    }

    /// Accounts that may sign in and whose name or sign-in name holds a text.
    func accounts(named text: String) throws -> [Account] {
        let plain =
            "%"
            + text.replacing("!", with: "!!").replacing("%", with: "!%")
            .replacing("_", with: "!_") + "%"
        return try db.rows(
            """
            SELECT * FROM account WHERE disabled_at IS NULL
                AND (name LIKE \(plain) ESCAPE '!' OR sign_in LIKE \(plain) ESCAPE '!')
            ORDER BY sign_in LIMIT \(Self.offered)
            """
        ).map(Account.init)
    }

    /// Whether a giver waits for this taker already.
    func waits(from giver: Account.ID, for taker: Account.ID) throws -> Bool {
        try db.value(
            """
            SELECT 1 FROM hand_over WHERE giver_id = \(giver) AND taker_id = \(taker)
                AND state = \(HandOver.State.open.rawValue)
            """, as: Int.self) != nil
    }

    func insert(
        _ id: HandOver.ID, from giver: Account.ID, to taker: Account.ID, list: String,
        at moment: Moment
    ) throws {
        try db.execute(
            """
            INSERT INTO hand_over (id, giver_id, taker_id, made_at, state, list)
            VALUES (\(id), \(giver), \(taker), \(moment), \(HandOver.State.open.rawValue), \(list))
            """)
    }

    /// Answers a list that waits; false where it was answered already.
    func answer(
        _ id: HandOver.ID, _ state: HandOver.State, note: String? = nil, at moment: Moment
    ) throws -> Bool {
        try db.execute(
            """
            UPDATE hand_over SET state = \(state.rawValue), answered_at = \(moment),
                note = \(note)
            WHERE id = \(id) AND state = \(HandOver.State.open.rawValue)
            """) == 1
    }

    /// Deletes lists that were made before a moment.
    func sweep(before moment: Moment) throws -> Int {
        try db.execute("DELETE FROM hand_over WHERE made_at < \(moment)")
    }
}
