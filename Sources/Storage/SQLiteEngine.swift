/// SQLite: one file, one writing connection, a few read-only ones; WAL keeps them apart.
final class SQLiteEngine: StorageEngine {
    private let writers: ConnectionPool<SQLiteConnection>
    private let readers: ConnectionPool<SQLiteConnection>

    init(path: String, options: DatabaseOptions) throws {
        writers = ConnectionPool {
            try SQLiteConnection(path: path, isReader: false, options: options)
        }
        readers = ConnectionPool {
            try SQLiteConnection(path: path, isReader: true, options: options)
        }
        // The writer makes the file and sets WAL; readers may not.
        writers.give(back: try SQLiteConnection(path: path, isReader: false, options: options))
    }

    func read<T>(until stop: Stop, _ body: (any Driver) throws -> T) throws -> T {
        try readers.use { connection in
            try connection.use(until: stop) { driver in
                try driver.begin()
                defer { driver.rollback() }
                return try body(driver)
            }
        }
    }

    func withWriter<T>(_ body: (any Driver) throws -> T) throws -> T {
        try writers.use { try $0.use(body) }
    }

    func close() {
        readers.dropIdle()
        writers.dropIdle()
    }
}
