import Core
import Storage

/// A secret that opens one door, once, for a while: a first password, a new one, the second step
/// of signing in. One store serves them all, and none opens another's door.
package struct AccessKey: Sendable {
    package enum Purpose: String, Sendable, CaseIterable {
        case invitation
        case reset
        /// The password was right; the code is still asked for.
        case secondStep = "second_step"
        /// The password was right; the account has still to set up its codes.
        case enrolment

        /// Whether the key leads to the choice of a password, and not to a step of signing in.
        package var isForPassword: Bool { self == .invitation || self == .reset }

        /// How long the key is good, in milliseconds.
        package var milliseconds: Int64 {
            switch self {
            case .invitation: 72 * 3_600_000
            case .reset: 24 * 3_600_000
            case .secondStep: 300_000
            case .enrolment: 900_000
            }
        }
    }

    package let account: Account.ID
    /// Whether it opens what it is for; one that was made on a page waits for a second office.
    package let isReleased: Bool

    init(_ row: Row) throws {
        account = try row.get("account_id")
        isReleased = try row.optional("released_at", as: Moment.self) != nil
    }
}

/// One that was made on a page opens nothing before another office has released it. Its use is
/// told in the audit by what it opened.
extension AccessKey: Transitional {
    package enum State: Hashable, Sendable { case waiting, released, used }

    package static let table = "access_key"
    package static let key = "key_digest"
    package static var marked: MarkedTable? { AccessKeyStore.marked }

    package static func condition(_ state: State) -> SQL {
        switch state {
        case .waiting: "released_at IS NULL AND used_at IS NULL"
        case .released: "released_at IS NOT NULL AND used_at IS NULL"
        case .used: "used_at IS NOT NULL"
        }
    }

    package static let transitions: [Transition<State>] = [
        Transition(from: [.waiting], to: .released, as: "account.released", needs: .grants)
    ]
}

/// Every statement on access keys.
package struct AccessKeyStore {
    private let db: Connection
    var connection: Connection { db }

    package init(_ db: Connection) { self.db = db }

    /// Whether it was used is not among them: whoever writes by hand does not know its secret.
    package static let marked = MarkedTable(
        "access_key", keys: ["key_digest"],
        ["purpose", "account_id", "made_at", "made_by", "ends_at", "released_at", "released_by"])

    private static func digest(_ secret: String, _ purpose: AccessKey.Purpose) -> String {
        Fingerprint(["access_key", purpose.rawValue, secret]).text
    }

    /// Makes a key and answers its secret, which is kept nowhere. Earlier keys of the same purpose
    /// are good no longer. One for a password that an account makes, and no command, opens nothing
    /// before it is released.
    package func make(
        _ purpose: AccessKey.Purpose, for account: Account.ID, at moment: Moment, by actor: Actor
    ) throws -> String {
        let secret = freshSecret()
        try db.execute(
            """
            DELETE FROM access_key
            WHERE account_id = \(account) AND purpose = \(purpose.rawValue)
            """)
        let ends = Moment(milliseconds: moment.milliseconds + purpose.milliseconds)
        let waits = purpose.isForPassword && actor.standing == .account
        let releasedAt: Moment? = waits ? nil : moment
        let releasedBy: String? = waits ? nil : actor.name
        try db.execute(
            """
            INSERT INTO access_key
                (key_digest, purpose, account_id, made_at, made_by, ends_at, released_at,
                released_by)
            VALUES (\(Self.digest(secret, purpose)), \(purpose.rawValue), \(account), \(moment),
                \(actor.name), \(ends), \(releasedAt), \(releasedBy))
            """)
        try db.seal(Self.marked, where: "key_digest = \(Self.digest(secret, purpose))")
        return secret
    }

    /// A key that is good for the purpose, or will be when it is released. One that was written
    /// by hand is good for nothing.
    func find(
        _ secret: String, for purpose: AccessKey.Purpose, at moment: Moment
    ) throws -> AccessKey? {
        let row = try db.first(
            """
            SELECT k.*
            FROM access_key k JOIN account a ON a.id = k.account_id
            WHERE k.key_digest = \(Self.digest(secret, purpose))
                AND k.purpose = \(purpose.rawValue) AND k.used_at IS NULL
                AND k.ends_at > \(moment) AND a.disabled_at IS NULL
            """)
        guard let row, db.isMarked(row, of: Self.marked) else { return nil }
        return try AccessKey(row)
    }

    /// Whose key this is, when it is good for the purpose.
    package func account(
        of secret: String, for purpose: AccessKey.Purpose, at moment: Moment
    ) throws -> Account.ID? {
        guard let key = try find(secret, for: purpose, at: moment), key.isReleased else {
            return nil
        }
        return key.account
    }

    /// Uses a key up; false when somebody else did, it waits, or it is good no longer.
    package func use(
        _ secret: String, for purpose: AccessKey.Purpose, at moment: Moment
    ) throws -> Bool {
        guard try find(secret, for: purpose, at: moment) != nil else { return false }
        return try db.execute(
            """
            UPDATE access_key SET used_at = \(moment)
            WHERE key_digest = \(Self.digest(secret, purpose)) AND used_at IS NULL
                AND ends_at > \(moment) AND released_at IS NOT NULL
            """) == 1
    }

    /// Takes every key of an account away: none outlives the password it was given beside, nor is
    /// it good for another person than it was given for.
    func endAll(of account: Account.ID) throws {
        try db.execute("DELETE FROM access_key WHERE account_id = \(account)")
    }

    /// Takes the keys of half-made sign-ins away; links that were given out stay good.
    func endSteps(of account: Account.ID) throws {
        let steps = [AccessKey.Purpose.secondStep, .enrolment].map(\.rawValue)
        try db.execute(
            """
            DELETE FROM access_key
            WHERE account_id = \(account) AND purpose IN (\(values: steps))
            """)
    }

    package func sweep(at moment: Moment) throws -> Int {
        try db.execute("DELETE FROM access_key WHERE ends_at <= \(moment)")
    }
}
