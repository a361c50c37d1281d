import Accounts
import Core
import Storage

/// Every statement with which the administrators look through accounts.
struct AccountDirectory {
    let db: Connection

    /// Accounts whose sign-in name or name holds a text, by sign-in name, after one.
    func search(_ text: String?, after signIn: String?, limit: Int) throws -> [Account] {
        var filter: SQL = ""
        if let text {
            let pattern = Self.pattern((try? Account.folded(text)) ?? text)
            let plain = Self.pattern(text)
            filter = """
                AND (sign_in LIKE \(pattern) ESCAPE '!' OR name LIKE \(plain) ESCAPE '!')
                """
        }
        return try db.rows(
            """
            SELECT * FROM account WHERE sign_in > \(signIn ?? "") \(filter)
            ORDER BY sign_in LIMIT \(limit)
            """
        ).map(Account.init)
    }

    /// A text anywhere; what the pattern would read as a sign of its own is itself.
    private static func pattern(_ text: String) -> String {
        "%"
            + text.replacing("!", with: "!!").replacing("%", with: "!%").replacing("_", with: "!_")
            + "%"
    }

    /// How many devices an account is signed in on.
    func sessions(of id: Account.ID) throws -> Int {
        try db.value(
            "SELECT COUNT(*) FROM session WHERE account_id = \(id)", as: Int.self) ?? 0
    }

    /// The names on lists of an account that are not struck and have not run out by a day.
    func listings(of id: Account.ID, on day: Day) throws -> [(
        id: ID<SealedAccessEntry>, kind: String
    )] {
        try db.rows(
            """
            SELECT id, kind FROM sealed_name
            WHERE account_id = \(id) AND struck_at IS NULL
                AND (until_on IS NULL OR until_on > \(day))
            ORDER BY kind, id LIMIT \(Grant.perAccount)
            """
        ).map { (try $0.at(0), try $0.at(1)) }
    }

    /// A name on a list, with the kind it is for.
    func listing(_ id: ID<SealedAccessEntry>, on kind: String) throws -> Account.ID? {
        try db.value(
            "SELECT account_id FROM sealed_name WHERE id = \(id) AND kind = \(kind)",
            as: Account.ID.self)
    }
}
