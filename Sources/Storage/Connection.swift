/// A connection inside one `read` or `write` closure. It does not outlive the closure.
///
/// A statement the engine refused dooms the closure, even when the closure catches the error:
/// PostgreSQL would refuse all that follows and SQLite would not, so both are made to.
package final class Connection {
    package let dialect: Dialect
    /// Statements sent so far, for tests and budgets.
    package private(set) var statements = 0

    private let driver: any Driver
    private let maximumRows: Int
    private(set) var fault: (any Error)?

    private let total: StatementCounter
    private let stop: Stop?
    private let keying: @Sendable ([String?]) -> String

    /// - Parameter stop: ends a read whose answer nobody waits for any more; a write has none.
    init(
        driver: any Driver, options: DatabaseOptions, total: StatementCounter, stop: Stop? = nil
    ) {
        self.stop = stop
        self.driver = driver
        maximumRows = options.maximumRows
        keying = options.mac
        self.total = total
        dialect = driver.dialect
    }

    /// Whether anybody still waits for what is read: to be asked in work without statements.
    ///
    /// - Throws: `CancellationError` when nobody does.
    package func requireWanted() throws { try stop?.check() }

    /// The keyed hash of these parts: who has the database alone cannot make it.
    package func mac(_ parts: [String?]) -> String { keying(parts) }

    package func rows(_ sql: SQL) throws -> [Row] {
        var rows: [Row] = []
        try each(sql) { row in
            guard rows.count < maximumRows else {
                throw DatabaseError.tooManyRows(limit: maximumRows)
            }
            rows.append(row)
        }
        return rows
    }

    package func first(_ sql: SQL) throws -> Row? {
        var first: Row?
        do {
            try each(sql) { row in
                first = row
                throw Enough()
            }
        } catch is Enough {}
        return first
    }

    /// The first column of the first row; nil for NULL and for no row.
    package func value<T: Readable>(_ sql: SQL, as type: T.Type = T.self) throws -> T? {
        try first(sql)?.optionalAt(0)
    }

    /// Streams the rows without keeping them. The statement timeout covers the whole stream.
    package func each(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        try stream(sql) { text, values, fault in
            try driver.each(text, values) { row in try hand(to: &fault) { try body(row) } }
        }
    }

    /// The same with the cells of each row as they lie, for what reads millions of rows.
    package func scan(_ sql: SQL, _ body: (any Cells) throws -> Void) throws {
        try stream(sql) { text, values, fault in
            try driver.scan(text, values) { cells in try hand(to: &fault) { try body(cells) } }
        }
    }

    /// - Parameter run: sends the statement, and leaves what ended it from within.
    private func stream(
        _ sql: SQL, _ run: (String, [Value], inout (any Error)?) throws -> Void
    ) throws {
        let values = try checked(sql.values)
        var ended: (any Error)?
        do {
            try send { try run(sql.text(for: dialect), values, &ended) }
        } catch {
            throw ended ?? error
        }
    }

    /// Hands a row on, while somebody waits for it; what its reader throws is not the engine's.
    private func hand(to ended: inout (any Error)?, _ row: () throws -> Void) throws {
        do {
            try stop?.check()
            try row()
        } catch {
            ended = error
            throw error
        }
    }

    /// Runs a statement and says how many rows it changed.
    @discardableResult
    package func execute(_ sql: SQL) throws -> Int {
        let values = try checked(sql.values)
        return try send { try driver.execute(sql.text(for: dialect), values) }
    }

    /// Runs a statement whose answer nobody waits for. PostgreSQL gets it together with what comes
    /// next, so that both cost one way to the server; a refusal comes then, or at the end.
    package func tell(_ sql: SQL) throws {
        let values = try checked(sql.values)
        try send { try driver.tell(sql.text(for: dialect), values) }
    }

    /// Hears what became of everything that was told.
    func settle() throws {
        if let fault { throw fault }
        try watched { try driver.settle() }
    }

    /// Several statements without values, for migrations.
    package func script(_ text: String) throws {
        try send { try driver.script(text) }
    }

    func allowLongStatements() throws {
        try driver.allowLongStatements()
    }

    /// Values beyond this number go into a further INSERT. Both engines allow more; longer
    /// statements were not faster.
    private static let valuesPerInsert = 6_000
    /// Inserts of so few rows come again; a longer one has hardly its like.
    private static let rowsPerRepeated = 32

    /// Inserts many rows with few statements, of which a refusal comes as with `tell`.
    package func insert(into table: String, _ columns: [String], _ rows: [[Value]]) throws {
        precondition(
            rows.allSatisfy { $0.count == columns.count }, "each row has a value for each column")
        try insert(into: table, columns, values: rows.flatMap { $0 })
    }

    /// The same, of the values of all rows one behind the other.
    package func insert(into table: String, _ columns: [String], values: [Value]) throws {
        precondition(!columns.isEmpty, "an INSERT names its columns")
        precondition(
            values.count.isMultiple(of: columns.count), "each row has a value for each column")
        let values = try checked(values)
        let chunk = max(1, Self.valuesPerInsert / columns.count)
        let count = values.count / columns.count
        for start in stride(from: 0, to: count, by: chunk) {
            let end = min(start + chunk, count)
            let insertion = Insertion(table: table, columns: columns, rows: end - start)
            let part =
                end - start == count
                ? values : Array(values[start * columns.count..<end * columns.count])
            // The last, shorter statement of many is not worth a place among the prepared ones.
            let isRepeated = end - start == chunk || end - start <= Self.rowsPerRepeated
            try send { try driver.insert(insertion, part, isRepeated: isRepeated) }
        }
    }

    private struct Enough: Error {}

    private func send<T>(_ body: () throws -> T) throws -> T {
        if let fault { throw fault }
        try stop?.check()
        statements += 1
        total.add()
        return try watched(body)
    }

    /// What the engine refuses dooms the closure.
    private func watched<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError {
            switch error {
            case .tooManyRows, .column: break
            default: fault = error
            }
            throw error
        }
    }

    /// PostgreSQL cannot keep a NUL in text and SQLite would cut the text there when reading.
    private func checked(_ values: [Value]) throws -> [Value] {
        for case .text(let text) in values where holdsNul(text) {
            throw DatabaseError.other(code: "22021", message: "Text cannot hold a NUL.")
        }
        return values
    }
}

private func holdsNul(_ text: String) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { $0.contains(0) } ?? text.utf8.contains(0)
}
