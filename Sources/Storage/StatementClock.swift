import GRDB
import GRDBSQLite

/// Stops a statement that runs past its time, or that nobody waits for any more: SQLite has no
/// timeout, but it asks now and then whether to go on.
// Safety: SQLite asks on the thread that runs the statement, the only one that uses the clock.
final class StatementClock: @unchecked Sendable {
    /// Set while a migration runs.
    var isLifted = false
    /// What ends the read under way.
    var ends: Stop?

    private let limit: Duration
    private var deadline: ContinuousClock.Instant?

    /// Instructions of SQLite's machine between two questions: some tens of microseconds.
    private static let instructions: CInt = 4_000

    init(milliseconds: Int) { limit = .milliseconds(milliseconds) }

    func start() { deadline = isLifted ? nil : .now + limit }

    func stop() { deadline = nil }

    /// Only while a statement runs: the end of a transaction is never stopped.
    private var isLate: Bool {
        guard let deadline else { return false }
        return ends?.isSet == true || .now > deadline
    }

    /// The connection must not outlive the clock.
    func watch(_ database: GRDB.Database) {
        sqlite3_progress_handler(
            database.sqliteConnection, Self.instructions,
            { clock in
                guard let clock else { return 0 }
                let isLate = Unmanaged<StatementClock>.fromOpaque(clock)
                    .takeUnretainedValue().isLate
                return isLate ? 1 : 0
            },
            Unmanaged.passUnretained(self).toOpaque())
    }
}
