/// What one open connection of an engine can do. Calls block; one thread uses it at a time.
protocol Driver: AnyObject {
    var dialect: Dialect { get }
    /// False after the engine itself ended the transaction.
    var isInTransaction: Bool { get }

    /// Sends each row to `body`; a body that throws ends the statement cleanly.
    func each(_ text: String, _ values: [Value], _ body: (Row) throws -> Void) throws
    /// The same with the cells of each row as they lie.
    func scan(_ text: String, _ values: [Value], _ body: (any Cells) throws -> Void) throws
    func execute(_ text: String, _ values: [Value]) throws -> Int
    /// A statement that may wait for the next one; `settle` is asked before the closure's end.
    func tell(_ text: String, _ values: [Value]) throws
    /// An INSERT, told: the target columns say the types of the values, whatever is NULL among
    /// them.
    func insert(_ insertion: Insertion, _ values: [Value], isRepeated: Bool) throws
    /// Runs what still waits, and throws what any of it was refused for.
    func settle() throws
    func script(_ text: String) throws
    /// Lifts the statement timeout until the transaction ends, for migrations.
    func allowLongStatements() throws

    func begin() throws
    func commit() throws
    /// Leaves the connection outside a transaction, or broken and to be replaced.
    func rollback()
    func savepoint() throws
    func release() throws
    func rollbackToSavepoint() throws
}

/// What an engine does for a `Database`. Calls block and are made on threads of our own.
protocol StorageEngine: Sendable {
    /// Runs the body in one read-only snapshot, and stops its statements when nobody waits for
    /// them.
    func read<T>(until stop: Stop, _ body: (any Driver) throws -> T) throws -> T
    /// Runs the body with the writer's connection, outside a transaction.
    func withWriter<T>(_ body: (any Driver) throws -> T) throws -> T
    func close()
}
