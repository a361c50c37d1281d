import Logging

/// PostgreSQL: one schema, one writing connection, a few read-only ones.
final class PostgresEngine: StorageEngine {
    private let writers: ConnectionPool<PostgresConnection>
    private let readers: ConnectionPool<PostgresConnection>

    init(url: String, schema: String, options: DatabaseOptions) throws {
        precondition(isPlainIdentifier(schema), "a schema name is [a-z_][a-z0-9_]*")
        let session = PostgresSession(url: url, schema: schema, options: options)
        let logger = options.logger
        writers = ConnectionPool { try reconnect(logger, session.openWriter) }
        readers = ConnectionPool { try reconnect(logger, session.openReader) }
        // The first connection is made here, so that a wrong address is reported in full.
        let first = try session.openWriter()
        try session.createSchema(on: first)
        writers.give(back: first)
    }

    /// A read changes nothing, so one that lost its connection is run again, once.
    func read<T>(until stop: Stop, _ body: (any Driver) throws -> T) throws -> T {
        do {
            return try readOnce(until: stop, body)
        } catch DatabaseError.lostConnection where !stop.isSet {
            // The connections that idle were most likely lost with it.
            readers.dropIdle()
            return try readOnce(until: stop, body)
        }
    }

    private func readOnce<T>(until stop: Stop, _ body: (any Driver) throws -> T) throws -> T {
        try readers.use { connection in
            try connection.begin()
            defer { connection.rollback() }
            return try connection.run(until: stop) { try body(connection) }
        }
    }

    func withWriter<T>(_ body: (any Driver) throws -> T) throws -> T {
        try writers.use { try body($0) }
    }

    func close() {
        readers.dropIdle()
        writers.dropIdle()
    }
}

/// The reason is for the log; the caller can do nothing but come back later.
private func reconnect(
    _ logger: Logger, _ open: () throws -> PostgresConnection
) throws -> PostgresConnection {
    do {
        return try open()
    } catch DatabaseError.other(PostgresSession.unreachable, let message) {
        logger.error("PostgreSQL cannot be reached.", metadata: ["reason": "\(message)"])
        throw DatabaseError.lostConnection
    }
}
