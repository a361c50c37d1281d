import Foundation

/// SQLite: one file, one writing connection, a few read-only ones; WAL keeps them apart.
final class SQLiteEngine: StorageEngine {
    private let writers: ConnectionPool<SQLiteConnection>
    private let readers: ConnectionPool<SQLiteConnection>
    private let isReadOnly: Bool

    init(path: String, options: DatabaseOptions) throws {
        isReadOnly = options.isReadOnly
        let readPath = isReadOnly ? Self.unchanging(path) : path
        writers = ConnectionPool {
            try SQLiteConnection(path: path, isReader: false, options: options)
        }
        readers = ConnectionPool {
            try SQLiteConnection(path: readPath, isReader: true, options: options)
        }
        if isReadOnly {
            readers.give(
                back: try SQLiteConnection(path: readPath, isReader: true, options: options))
            return
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

    /// The file as one that nobody changes: SQLite would make files beside it otherwise. Where a
    /// log of writes lies beside it that are not in it yet, SQLite has to read that as well.
    private static func unchanging(_ path: String) -> String {
        let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")
        if let size = log?[.size] as? NSNumber, size.intValue > 0 { return path }
        let allowed = CharacterSet.urlPathAllowed
        let escaped = path.addingPercentEncoding(withAllowedCharacters: allowed) ?? path
        return "file:\(escaped)?immutable=1"
    }

    func withWriter<T>(_ body: (any Driver) throws -> T) throws -> T {
        guard !isReadOnly else { throw DatabaseError.readOnly }
        return try writers.use { try $0.use(body) }
    }

    func close() {
        readers.dropIdle()
        writers.dropIdle()
    }
}
