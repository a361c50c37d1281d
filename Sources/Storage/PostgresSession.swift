import CLibPQ
import Crypto

/// How a connection is opened: where, in which schema, with which limits.
struct PostgresSession: Sendable {
    let url: String
    let schema: String
    let options: DatabaseOptions

    /// A server that does not answer must not hold a thread for ever; the address may say
    /// otherwise, because later parameters win.
    private static let patience = [
        ("connect_timeout", "5"), ("keepalives_idle", "30"), ("keepalives_interval", "10"),
        ("keepalives_count", "3"), ("tcp_user_timeout", "30000"),
    ]

    func openReader() throws -> PostgresConnection {
        try open(beginning: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    }

    /// Writers take turns: the lock belongs to the schema, so districts do not wait for each
    /// other, and it ends with the transaction.
    func openWriter() throws -> PostgresConnection {
        try open(beginning: "BEGIN; SELECT pg_advisory_xact_lock(\(lockKey))")
    }

    private var lockKey: Int64 {
        let digest = SHA256.hash(data: Array("groundwork.\(schema)".utf8))
        return digest.prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    }

    private func open(beginning: String) throws -> PostgresConnection {
        let connection = PostgresConnection(handle: try connect(), beginning: beginning)
        try connection.script(settings)
        return connection
    }

    private func connect() throws -> OpaquePointer {
        let parameters =
            Self.patience + [("dbname", url)]
            + [("application_name", "groundwork"), ("client_encoding", "UTF8")]
        let handle = withCStrings(parameters.map(\.0)) { names in
            withCStrings(parameters.map(\.1)) { PQconnectdbParams(names, $0, 1) }
        }
        guard let handle else {
            throw DatabaseError.other(code: "53200", message: "libpq has no memory.")
        }
        guard PQstatus(handle) == CONNECTION_OK else {
            let message = String(cString: PQerrorMessage(handle))
            PQfinish(handle)
            throw DatabaseError.other(code: Self.unreachable, message: message)
        }
        // Notices would be printed to the standard error, where nobody can place them.
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
        return handle
    }

    /// The code of a connection that could not be made.
    static let unreachable = "08001"

    /// A role or server with `synchronous_commit = off` would answer before the flush.
    private var settings: String {
        """
        SET search_path = \(schema);
        SET statement_timeout = \(options.statementTimeoutMilliseconds);
        SET lock_timeout = \(options.busyTimeoutMilliseconds);
        SET standard_conforming_strings = on;
        SET bytea_output = hex;
        SELECT set_config('synchronous_commit', 'on', false)
        WHERE current_setting('synchronous_commit') = 'off';
        """
    }

    /// Asks first: whoever only uses a schema needs no right to create one.
    func createSchema(on connection: PostgresConnection) throws {
        try connection.begin()
        defer { connection.rollback() }
        var isThere = false
        try connection.each("SELECT to_regnamespace($1) IS NOT NULL", [.text(schema)]) {
            isThere = try $0.at(0)
        }
        if !isThere { try connection.script("CREATE SCHEMA \(schema)") }
        try connection.commit()
    }
}

/// Lends a list of C strings that ends with NULL.
private func withCStrings<T>(
    _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T
) -> T {
    let bytes = texts.map { Array($0.utf8CString) }
    let flat = bytes.flatMap { $0 }
    return flat.withUnsafeBufferPointer { buffer in
        var pointers: [UnsafePointer<CChar>?] = []
        var offset = 0
        for text in bytes {
            pointers.append(buffer.baseAddress.map { $0 + offset })
            offset += text.count
        }
        pointers.append(nil)
        return pointers.withUnsafeBufferPointer { list in
            guard let start = list.baseAddress else {
                preconditionFailure("a list that ends with NULL is never empty")
            }
            return body(start)
        }
    }
}
