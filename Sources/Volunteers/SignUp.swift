import Accounts
import Core
import Ledger
import Organization
import Storage

/// That somebody comes to a need, waits for room, was asked, or left again; and how long they
/// served, as each side says.
struct SignUp: Sendable {
    enum State: String, Sendable { case invited, taken, waiting, left }

    let need: VolunteerNeed.ID
    let person: Person.ID
    var state: State
    /// Who came earlier has the lower one.
    var turn: Int
    var organizer: Said?
    var volunteer: Said?
    /// The record that these hours became; nil where it counts no longer, or never did.
    var record: Record.ID?

    /// What one side says: how long, when they said it, and who it was.
    struct Said: Sendable {
        let minutes: Int
        let at: Moment
        /// The account; nil for the volunteer.
        var by: String?
    }

    /// Only what both say, and say alike, is confirmed.
    var isConfirmed: Bool { record != nil }
}

extension SignUp {
    init(_ row: Row) throws {
        need = try row.get("need_id")
        person = try row.get("person_id")
        state = State(rawValue: try row.get("state")) ?? .left
        turn = try row.get("turn")
        if let minutes = try row.optional("organizer_minutes", as: Int.self) {
            organizer = Said(
                minutes: minutes, at: try row.get("organizer_at"),
                by: try row.get("organizer_by", as: String.self))
        }
        if let minutes = try row.optional("volunteer_minutes", as: Int.self) {
            volunteer = Said(minutes: minutes, at: try row.get("volunteer_at"))
        }
        record = try row.optional("counted")
    }
}

/// Every statement on who signed up for what.
struct SignUpStore {
    let db: Connection

    init(_ db: Connection) { self.db = db }

    /// A row with its record, where that still counts.
    private static let row: SQL = """
        SELECT s.*, CASE WHEN EXISTS (SELECT 1 FROM posted r WHERE r.id = s.record_id
                AND \(Record.isUnreversed("r"))) THEN s.record_id END AS counted
        FROM volunteer_sign_up s
        """

    /// The row of whoever these entries are.
    func find(_ need: VolunteerNeed.ID, _ persons: [Person.ID]) throws -> SignUp? {
        try db.first(
            """
            \(Self.row) WHERE s.need_id = \(need) AND s.person_id IN (\(values: persons))
            ORDER BY s.turn LIMIT 1
            """
        ).map(SignUp.init)
    }

    /// Everybody of one need, in their turn.
    func list(of need: VolunteerNeed.ID) throws -> [SignUp] {
        let most =
            VolunteerLimits.hands + VolunteerLimits.waiting + VolunteerLimits.invited
        return try db.rows(
            """
            \(Self.row) WHERE s.need_id = \(need) AND s.state <> 'left'
            ORDER BY s.turn, s.person_id LIMIT \(most)
            """
        ).map(SignUp.init)
    }

    /// What one person signed up for, the newest day first.
    func list(of persons: [Person.ID]) throws -> [(need: VolunteerNeed, signUp: SignUp)] {
        try db.rows(
            """
            SELECT n.*, x.* FROM (\(Self.row) WHERE s.person_id IN (\(values: persons))
                AND s.state <> 'left') x
            JOIN volunteer_need n ON n.id = x.need_id
            ORDER BY n.held_on DESC, n.id DESC LIMIT \(VolunteerLimits.deeds)
            """
        ).map { (try VolunteerNeed($0), try SignUp($0)) }
    }

    func count(of need: VolunteerNeed.ID, _ state: SignUp.State) throws -> Int {
        try db.value(
            """
            SELECT COUNT(*) FROM volunteer_sign_up
            WHERE need_id = \(need) AND state = \(state.rawValue)
            """, as: Int.self) ?? 0
    }

    /// The place behind everybody else.
    func nextTurn(of need: VolunteerNeed.ID) throws -> Int {
        try db.value(
            "SELECT COALESCE(MAX(turn), 0) + 1 FROM volunteer_sign_up WHERE need_id = \(need)",
            as: Int.self) ?? 1
    }

    /// Writes where somebody stands with a need, in the place of where they stood.
    func put(_ signUp: SignUp, account: Account.ID?, at moment: Moment) throws {
        try db.execute(
            """
            INSERT INTO volunteer_sign_up (need_id, person_id, account_id, state, turn, changed_at)
            VALUES (\(signUp.need), \(signUp.person), \(account), \(signUp.state.rawValue),
                \(signUp.turn), \(moment))
            ON CONFLICT (need_id, person_id) DO UPDATE SET state = excluded.state,
                turn = excluded.turn, changed_at = excluded.changed_at,
                account_id = COALESCE(excluded.account_id, volunteer_sign_up.account_id)
            """)
    }

    /// The first who waits, if anybody does.
    func firstWaiting(for need: VolunteerNeed.ID) throws -> SignUp? {
        try db.first(
            """
            \(Self.row) WHERE s.need_id = \(need) AND s.state = 'waiting'
            ORDER BY s.turn, s.person_id LIMIT 1
            """
        ).map(SignUp.init)
    }

    /// Keeps what each side says, and the record that it became.
    func say(_ signUp: SignUp) throws {
        try db.execute(
            """
            UPDATE volunteer_sign_up SET organizer_minutes = \(signUp.organizer?.minutes),
                organizer_by = \(signUp.organizer?.by), organizer_at = \(signUp.organizer?.at),
                volunteer_minutes = \(signUp.volunteer?.minutes),
                volunteer_at = \(signUp.volunteer?.at), record_id = \(signUp.record)
            WHERE need_id = \(signUp.need) AND person_id = \(signUp.person)
            """)
    }

    /// The accounts of a person, who is told of what happens.
    func accounts(of person: Person.ID) throws -> [Account.ID] {
        try db.rows(
            """
            SELECT id FROM account WHERE person_id = \(person) AND disabled_at IS NULL
            ORDER BY id LIMIT 5
            """
        ).map { try $0.at(0, as: Account.ID.self) }
    }
}
