import Core
import Storage
import Web

/// Which forms were taken in, so that one that is sent twice counts once.
package struct Submissions {
    private let db: Connection

    package init(_ db: Connection) { self.db = db }

    /// How long a form is remembered: longer than it may stand open.
    package static let milliseconds: Int64 = 7 * 86_400_000

    /// Makes a change unless its form was taken in before, and remembers where it led.
    ///
    /// - Returns: what was made, nil when an earlier sending made it, and where to go on.
    package func once<Made>(
        _ form: Form, of account: String, at moment: Moment,
        _ change: () throws -> (Made, Address)
    ) throws -> (made: Made?, address: Address) {
        if let earlier = try earlier(account: account, key: form.key) {
            return (nil, Address(local: earlier) ?? .mine)
        }
        let (made, address) = try change()
        try remember(account: account, key: form.key, address: address.text, at: moment)
        return (made, address)
    }

    /// Where the first sending of a form led to; nil when this is the first.
    package func earlier(account: String, key: String) throws -> String? {
        try db.value(
            """
            SELECT address FROM submission
            WHERE account_id = \(account) AND form_key = \(key)
            """, as: String.self)
    }

    /// Remembers where a form led to, in the same commit as what it made.
    private func remember(
        account: String, key: String, address: String, at moment: Moment
    ) throws {
        try db.execute(
            """
            INSERT INTO submission (account_id, form_key, address, at)
            VALUES (\(account), \(key), \(address), \(moment))
            """)
    }

    package func sweep(at moment: Moment) throws -> Int {
        let old = Moment(milliseconds: moment.milliseconds - Self.milliseconds)
        return try db.execute("DELETE FROM submission WHERE at <= \(old)")
    }
}
