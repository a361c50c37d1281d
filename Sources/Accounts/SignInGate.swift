import Core
import Storage

/// Slows down who guesses passwords, and nobody else for long.
///
/// Wrong passwords are counted for a name from one address or device. Five in a row close that way
/// in for a while, longer each time, never longer than a quarter of an hour. Other ways to the
/// same name stay open, so a stranger cannot lock anybody out: a browser that signed in before has
/// a way of its own.
struct SignInGate {
    private let db: Connection
    private let key: SecretKey

    init(_ db: Connection, key: SecretKey) {
        self.db = db
        self.key = key
    }

    static let freeFailures = 5
    static let shortestBlock: Int64 = 30_000
    static let longestBlock: Int64 = 900_000
    /// After so long without a failure the count begins anew.
    static let forgets: Int64 = 3_600_000

    /// What is counted: a digest, so that the table tells neither names nor addresses.
    func mark(name: String, way: String) -> String { key.mark(["sign_in", name, way]) }

    func isClosed(_ mark: String, at moment: Moment) throws -> Bool {
        let until = try db.value(
            "SELECT blocked_until FROM sign_in_failure WHERE mark = \(mark)", as: Moment.self)
        return until.map { moment < $0 } ?? false
    }

    func fail(_ mark: String, at moment: Moment) throws {
        let row = try db.first(
            "SELECT failures, last_at FROM sign_in_failure WHERE mark = \(mark)")
        let last = try row?.get("last_at", as: Moment.self).milliseconds ?? 0
        let earlier =
            moment.milliseconds - last > Self.forgets
            ? 0 : try row?.get("failures", as: Int.self) ?? 0
        let failures = earlier + 1
        let over = min(max(0, failures - Self.freeFailures), 5)
        let block =
            failures < Self.freeFailures
            ? 0 : min(Self.shortestBlock << Int64(over), Self.longestBlock)
        let until = Moment(milliseconds: moment.milliseconds + block)
        try db.execute(
            """
            INSERT INTO sign_in_failure (mark, failures, last_at, blocked_until)
            VALUES (\(mark), \(failures), \(moment), \(until))
            ON CONFLICT (mark) DO UPDATE SET failures = \(failures), last_at = \(moment),
                blocked_until = \(until)
            """)
    }

    func succeed(_ mark: String) throws {
        try db.execute("DELETE FROM sign_in_failure WHERE mark = \(mark)")
    }
}

/// Takes away what the gate need not remember.
package struct SignInFailures {
    private let db: Connection

    package init(_ db: Connection) { self.db = db }

    package func sweep(at moment: Moment) throws -> Int {
        let old = Moment(milliseconds: moment.milliseconds - SignInGate.forgets)
        return try db.execute("DELETE FROM sign_in_failure WHERE last_at <= \(old)")
    }
}
