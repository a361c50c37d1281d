import Core
import Storage

/// Slows down who guesses passwords, and nobody else for long.
///
/// Wrong passwords are counted for a name from one address or device, and wrong codes likewise.
/// Five in a row close that way in for a while, longer each time, never longer than a quarter of an
/// hour. Other ways to the same name stay open, so a stranger cannot lock anybody out, not even one
/// who knows the password: a browser that signed in before has a way of its own.
///
/// Two more things are counted, for guesses that are spread thin: how many names fail from one
/// address, and how many codes of one account fail on devices that never signed in. Neither
/// touches a device that did.
package struct SignInGate {
    private let db: Connection
    private let key: SecretKey

    init(_ db: Connection, key: SecretKey) {
        self.db = db
        self.key = key
    }

    /// What is said at every door that is closed for a while.
    static let closed = Wording(
        zh: "多次输入有误，请稍候再试；在平时用的设备上可照常登录。",
        en: "Too many wrong tries. Wait a little, or sign in on the device you always use.")

    package static let freeFailures = 5
    /// How many different names may fail from one address within `forgets`: an office mistypes.
    package static let freeNames = 10
    /// How many codes of one account may fail on unknown devices, wherever they are.
    package static let freeCodes = 50
    static let shortestBlock: Int64 = 30_000
    static let longestBlock: Int64 = 900_000
    /// After so long without a failure the count begins anew.
    static let forgets: Int64 = 3_600_000

    /// What is counted: a digest, so that the table tells neither names nor addresses.
    func counter(name: String, way: String) -> String { key.mac(["sign_in", name, way]) }

    /// What is counted for all names from one way; nil for a device that has signed in before.
    private func spread(over way: String) -> String? {
        way.hasPrefix(SessionCookie.addressWay) ? counter(name: "", way: "every name, " + way) : nil
    }

    /// Whether a password for this name may not be tried from here.
    func isClosed(name: String, way: String, at moment: Moment) throws -> Bool {
        if try isClosed(counter(name: name, way: way), at: moment) { return true }
        return try spread(over: way).map { try isClosed($0, at: moment) } ?? false
    }

    /// A wrong password; the first of each name counts for the address as well.
    func fail(name: String, way: String, at moment: Moment) throws {
        let counter = counter(name: name, way: way)
        if let spread = spread(over: way), try failures(counter, at: moment) == 0 {
            try fail(spread, at: moment, free: Self.freeNames)
        }
        try fail(counter, at: moment)
    }

    /// A name that got in after all is none of those that were tried out.
    func succeed(name: String, way: String, at moment: Moment) throws {
        let counter = counter(name: name, way: way)
        if let spread = spread(over: way), try failures(counter, at: moment) > 0 {
            try db.execute(
                """
                UPDATE sign_in_failure SET failures = failures - 1
                WHERE mark = \(spread) AND failures > 0
                """)
        }
        try succeed(counter)
    }

    func isClosed(_ counter: String, at moment: Moment) throws -> Bool {
        let until = try db.value(
            "SELECT blocked_until FROM sign_in_failure WHERE mark = \(counter)", as: Moment.self)
        return until.map { moment < $0 } ?? false
    }

    private func failures(_ counter: String, at moment: Moment) throws -> Int {
        let row = try db.first(
            "SELECT failures, last_at FROM sign_in_failure WHERE mark = \(counter)")
        let last = try row?.get("last_at", as: Moment.self).milliseconds ?? 0
        guard moment.milliseconds - last <= Self.forgets else { return 0 }
        return try row?.get("failures", as: Int.self) ?? 0
    }

    /// - Parameter free: how many in a row close nothing yet.
    func fail(_ counter: String, at moment: Moment, free: Int = freeFailures) throws {
        let failures = try failures(counter, at: moment) + 1
        let over = min(max(0, failures - free), 5)
        let block =
            failures < free
            ? 0 : min(Self.shortestBlock << Int64(over), Self.longestBlock)
        let until = Moment(milliseconds: moment.milliseconds + block)
        try db.execute(
            """
            INSERT INTO sign_in_failure (mark, failures, last_at, blocked_until)
            VALUES (\(counter), \(failures), \(moment), \(until))
            ON CONFLICT (mark) DO UPDATE SET failures = \(failures), last_at = \(moment),
                blocked_until = \(until)
            """)
    }

    func succeed(_ counter: String) throws {
        try db.execute("DELETE FROM sign_in_failure WHERE mark = \(counter)")
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
