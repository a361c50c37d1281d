import Core
import Crypto
import Foundation
import Storage

/// One try to sign in with the provider, from the way out to the way back.
///
/// The browser holds a random number in a cookie. All that the try needs follows from it and the
/// key of the district, so neither the database nor the provider can make it up: what is told to
/// the provider to come back with, what the token must hold, and what the code is swapped with.
struct OpenIDAttempt: Sendable {
    let secret: String
    /// What the browser must come back with.
    let state: String
    /// What the token must hold.
    let nonce: String
    /// What proves that who swaps the code is who asked for it (RFC 7636).
    let verifier: String

    init(secret: String, key: SecretKey) {
        self.secret = secret
        state = key.mac(["openid", "state", secret])
        nonce = key.mac(["openid", "nonce", secret])
        verifier = key.mac(["openid", "verifier", secret])
    }

    /// What the provider is told of the verifier beforehand: its digest, in base64url.
    var challenge: String {
        Data(SHA256.hash(data: Data(verifier.utf8))).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// How long somebody may take at the provider.
    static let milliseconds: Int64 = 600_000
    /// How many tries may begin at one address in a minute.
    static let perMinute = 20
}

/// Every statement on tries to sign in with the provider.
struct OpenIDAttemptStore {
    private let db: Connection

    init(_ db: Connection) { self.db = db }

    /// What was kept of a try: who links their account, if anybody does, and where to go on.
    struct Kept: Sendable {
        let account: Account.ID?
        let next: String?
    }

    private static func digest(_ attempt: OpenIDAttempt) -> String {
        Fingerprint(["openid_attempt", attempt.secret]).text
    }

    func insert(
        _ attempt: OpenIDAttempt, account: Account.ID?, next: String?, at moment: Moment
    ) throws {
        let ends = Moment(milliseconds: moment.milliseconds + OpenIDAttempt.milliseconds)
        try db.execute(
            """
            INSERT INTO openid_attempt (key_digest, account_id, next_address, ends_at)
            VALUES (\(Self.digest(attempt)), \(account), \(next), \(ends))
            """)
    }

    /// Takes a try away and says what was kept of it; nil when it is over or was taken before.
    func take(_ attempt: OpenIDAttempt, at moment: Moment) throws -> Kept? {
        let digest = Self.digest(attempt)
        guard
            let row = try db.first(
                """
                SELECT account_id, next_address FROM openid_attempt
                WHERE key_digest = \(digest) AND ends_at > \(moment)
                """),
            try db.execute("DELETE FROM openid_attempt WHERE key_digest = \(digest)") == 1
        else { return nil }
        return Kept(account: try row.optional("account_id"), next: try row.optional("next_address"))
    }

    func sweep(at moment: Moment) throws -> Int {
        try db.execute("DELETE FROM openid_attempt WHERE ends_at <= \(moment)")
    }
}
