import GRDB
import GRDBSQLite

/// One open SQLite connection: statements, values and transactions.
///
/// GRDB opens and configures it and prepares and steps the statements. Values go in by SQLite's own
/// functions, because GRDB's way there was a tenth of what a write costs, and columns come out by
/// them, so that a result follows a changed schema and text keeps its bytes.
// Safety: it is used by one thread at a time, the one inside `use`.
final class SQLiteConnection: Driver, PooledConnection, @unchecked Sendable {
    let dialect = Dialect.sqlite
    let isBroken = false

    private let queue: DatabaseQueue
    private let clock: StatementClock
    private let beginning: String
    private var current: GRDB.Database?
    private var prepared = StatementCache<String, Statement>()
    private var insertions = StatementCache<Insertion, Statement>()

    init(path: String, isReader: Bool, options: DatabaseOptions) throws {
        beginning = isReader ? "BEGIN DEFERRED" : "BEGIN IMMEDIATE"
        clock = StatementClock(milliseconds: options.statementTimeoutMilliseconds)
        var configuration = Configuration()
        configuration.label = isReader ? "storage.reader" : "storage.writer"
        configuration.readonly = isReader
        configuration.journalMode = isReader ? .default : .wal
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(Double(options.busyTimeoutMilliseconds) / 1_000)
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.inDatabase { [clock] database in
                try SQLiteConnection.prepare(database, isReader: isReader, options)
                clock.watch(database)
            }
        } catch let error as GRDB.DatabaseError {
            throw DatabaseError(error)
        }
    }

    private static func prepare(
        _ database: GRDB.Database, isReader: Bool, _ options: DatabaseOptions
    ) throws {
        // Deletes made by REPLACE fire the append-only triggers only with this setting.
        try database.execute(sql: "PRAGMA recursive_triggers = ON")
        if isReader { return }
        // Each write of a shared commit keeps the pages it changes until it is sure of them; in a
        // file of their own they cost as much as the commit.
        try database.execute(sql: "PRAGMA temp_store = MEMORY")
        let (cache, checkpoint) = (options.writerCacheKilobytes, options.checkpointPages)
        try database.execute(sql: "PRAGMA cache_size = -\(cache)")
        try database.execute(sql: "PRAGMA wal_autocheckpoint = \(checkpoint)")
        // GRDB sets NORMAL with WAL, and then a power cut may take back commits already answered.
        try database.execute(sql: "PRAGMA synchronous = FULL")
        let synchronous = try Int.fetchOne(database, sql: "PRAGMA synchronous")
        let foreignKeys = try Bool.fetchOne(database, sql: "PRAGMA foreign_keys")
        let journal = try String.fetchOne(database, sql: "PRAGMA journal_mode")
        guard synchronous == 2, foreignKeys == true, journal == "wal" else {
            throw DatabaseError.other(
                code: "configuration",
                message: "SQLite refused WAL, full synchronization or foreign keys.")
        }
    }

    func use<T>(until stop: Stop? = nil, _ body: (any Driver) throws -> T) throws -> T {
        try queue.inDatabase { database in
            current = database
            clock.ends = stop
            defer {
                current = nil
                clock.ends = nil
            }
            return try body(self)
        }
    }

    var isInTransaction: Bool { current?.isInsideTransaction ?? false }

    func each(_ text: String, _ values: [Value], _ body: (Row) throws -> Void) throws {
        try run(text, values) { statement in
            let cursor = try GRDB.Row.fetchCursor(statement)
            var layout: Row.Layout?
            while try cursor.next() != nil {
                let columns = layout ?? Row.Layout(names: columnNames(of: statement))
                layout = columns
                try body(Row(layout: columns, values: try columnValues(of: statement, columns)))
            }
        }
    }

    func scan(_ text: String, _ values: [Value], _ body: (any Cells) throws -> Void) throws {
        try run(text, values) { statement in
            let cursor = try GRDB.Row.fetchCursor(statement)
            let cells = SQLiteCells(statement: statement.sqliteStatement)
            while try cursor.next() != nil { try body(cells) }
        }
    }

    func execute(_ text: String, _ values: [Value]) throws -> Int {
        try run(text, values) { statement in
            let before = current?.totalChangesCount
            try statement.execute()
            // SQLite repeats the count of an earlier statement after one that changes no rows.
            return before == current?.totalChangesCount ? 0 : current?.changesCount ?? 0
        }
    }

    /// The file is near: nothing is gained by waiting.
    func tell(_ text: String, _ values: [Value]) throws {
        try run(text, values) { try $0.execute() }
    }

    func settle() {}

    func insert(_ insertion: Insertion, _ values: [Value], isRepeated: Bool) throws {
        try mapped { database in
            if let statement = insertions[insertion] {
                return try run(statement, values) { try $0.execute() }
            }
            let statement = try database.makeStatement(sql: insertion.text(for: .sqlite))
            if isRepeated { insertions.keep(statement, for: insertion) }
            try run(statement, values) { try $0.execute() }
        }
    }

    func script(_ text: String) throws {
        try mapped { database in
            clock.start()
            try database.execute(sql: text)
        }
    }

    func allowLongStatements() { clock.isLifted = true }

    func begin() throws { try control(beginning) }

    func commit() throws {
        try control("COMMIT")
        clock.isLifted = false
    }

    func savepoint() throws { try control("SAVEPOINT member") }
    func release() throws { try control("RELEASE member") }

    func rollbackToSavepoint() throws {
        try control("ROLLBACK TO member")
        try release()
    }

    func rollback() {
        clock.isLifted = false
        guard isInTransaction else { return }
        // It can fail only when there is no transaction to end.
        try? control("ROLLBACK")
    }

    private func control(_ text: String) throws {
        try mapped { database in
            let statement = try statement(text, in: database)
            defer { sqlite3_reset(statement.sqliteStatement) }
            clock.stop()
            try statement.execute()
        }
    }

    private func run<T>(
        _ text: String, _ values: [Value], _ body: (Statement) throws -> T
    ) throws -> T {
        try mapped { try run(statement(text, in: $0), values, body) }
    }

    private func run<T>(
        _ statement: Statement, _ values: [Value], _ body: (Statement) throws -> T
    ) throws -> T {
        // Without this the next use of a statement that failed would repeat its error.
        defer { sqlite3_reset(statement.sqliteStatement) }
        try bind(values, to: statement)
        clock.start()
        return try body(statement)
    }

    private func statement(_ text: String, in database: GRDB.Database) throws -> Statement {
        if let statement = prepared[text] { return statement }
        let statement = try database.makeStatement(sql: text)
        prepared.keep(statement, for: text)
        return statement
    }

    private func mapped<T>(_ body: (GRDB.Database) throws -> T) throws -> T {
        guard let current else { preconditionFailure("a driver is used inside its closure") }
        do {
            return try body(current)
        } catch let error as GRDB.DatabaseError {
            throw DatabaseError(error)
        }
    }
}
