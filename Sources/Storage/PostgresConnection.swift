import CLibPQ

/// One open PostgreSQL connection. libpq blocks, so it lives on threads of our own.
// Safety: it is used by one thread at a time, the one that took it from its pool.
final class PostgresConnection: Driver, PooledConnection, @unchecked Sendable {
    let dialect = Dialect.postgres

    private let handle: OpaquePointer
    private let beginning: String
    private var prepared = StatementCache<PostgresStatement, String>()
    private var preparations = 0
    private var isStale = false

    /// Takes over an open connection; `beginning` starts each of its transactions.
    init(handle: OpaquePointer, beginning: String) {
        self.handle = handle
        self.beginning = beginning
    }

    deinit { PQfinish(handle) }

    /// Runs the body, whose statements the server is asked to cancel when nobody waits for them.
    func run<T>(until stop: Stop, _ body: () throws -> T) throws -> T {
        let cancellation = PostgresCancellation(of: handle)
        // The server may take the request in when the next statement runs already.
        defer { if stop.isSet { isStale = true } }
        return try stop.whileRunning({ cancellation?.send() }, body)
    }

    var isBroken: Bool { isStale || PQstatus(handle) != CONNECTION_OK }

    var isInTransaction: Bool {
        let status = PQtransactionStatus(handle)
        return !isBroken && (status == PQTRANS_INTRANS || status == PQTRANS_INERROR)
    }

    func each(_ text: String, _ values: [Value], _ body: (Row) throws -> Void) throws {
        let parameters = PostgresParameters(values)
        let name = try prepare(text, parameters.types)
        let isSent = parameters.withPointers { count, pointers, lengths, formats in
            PQsendQueryPrepared(handle, name, count, pointers, lengths, formats, 0) == 1
        }
        guard isSent, PQsetSingleRowMode(handle) == 1 else { throw failure(of: nil) }
        // Every row is read even when the body wants no more: a cancelled statement would cost
        // the transaction, and then a closure would behave otherwise than on SQLite.
        var stop: (any Error)?
        var refusal: (any Error)?
        var layout: PostgresLayout?
        while let result = PQgetResult(handle) {
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_SINGLE_TUPLE where stop == nil:
                do {
                    let columns = layout ?? PostgresLayout(of: result)
                    layout = columns
                    try body(try columns.row(in: result))
                } catch {
                    stop = error
                }
            case PGRES_SINGLE_TUPLE, PGRES_TUPLES_OK, PGRES_COMMAND_OK: break
            default: refusal = refusal ?? failure(of: result)
            }
        }
        if let error = refusal ?? stop { throw error }
    }

    func execute(_ text: String, _ values: [Value]) throws -> Int {
        let parameters = PostgresParameters(values)
        let name = try prepare(text, parameters.types)
        let result = parameters.withPointers { count, pointers, lengths, formats in
            PQexecPrepared(handle, name, count, pointers, lengths, formats, 0)
        }
        defer { PQclear(result) }
        try check(result)
        return changedRows(result)
    }

    func insert(_ text: String, _ values: [Value], isRepeated: Bool) throws {
        let parameters = PostgresParameters(inferred: values)
        let name = isRepeated ? try prepare(text, parameters.types) : nil
        let result = parameters.withPointers { count, pointers, lengths, formats in
            if let name {
                PQexecPrepared(handle, name, count, pointers, lengths, formats, 0)
            } else {
                PQexecParams(
                    handle, text, count, parameters.types, pointers, lengths, formats, 0)
            }
        }
        defer { PQclear(result) }
        try check(result)
    }

    func script(_ text: String) throws {
        let result = PQexec(handle, text)
        defer { PQclear(result) }
        try check(result)
    }

    func allowLongStatements() throws { try script("SET LOCAL statement_timeout = 0") }

    func begin() throws { try script(beginning) }

    func commit() throws {
        let result = PQexec(handle, "COMMIT")
        defer { PQclear(result) }
        try check(result)
        // PostgreSQL answers a COMMIT of a failed transaction with a successful ROLLBACK.
        guard tag(of: result) == "COMMIT" else {
            throw DatabaseError.other(
                code: "25P02", message: "The transaction had failed and was rolled back.")
        }
    }

    func rollback() {
        // When this fails the connection is broken, and it is replaced at its next use.
        if isInTransaction { PQclear(PQexec(handle, "ROLLBACK")) }
    }

    func savepoint() throws { try script("SAVEPOINT member") }
    func release() throws { try script("RELEASE member") }

    func rollbackToSavepoint() throws {
        try script("ROLLBACK TO member; RELEASE member")
    }

    private func prepare(_ text: String, _ types: [Oid]) throws -> String {
        let statement = PostgresStatement(text: text, types: types)
        if let name = prepared[statement] { return name }
        if prepared.isFull {
            try script("DEALLOCATE ALL")
            prepared.clear()
        }
        preparations += 1
        let name = "s\(preparations)"
        let result = PQprepare(handle, name, text, CInt(types.count), types)
        defer { PQclear(result) }
        try check(result)
        prepared.keep(name, for: statement)
        return name
    }

    private func check(_ result: OpaquePointer?) throws {
        let status = PQresultStatus(result)
        guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK else {
            throw failure(of: result)
        }
    }

    private func failure(of result: OpaquePointer?) -> DatabaseError {
        if PQstatus(handle) != CONNECTION_OK { return .lostConnection }
        let diagnosis = PostgresDiagnosis(of: result)
        if diagnosis.isStalePlan {
            // A prepared SELECT * met a changed table; a new connection prepares it anew.
            isStale = true
            return .lostConnection
        }
        return DatabaseError(diagnosis, fallback: String(cString: PQerrorMessage(handle)))
    }

    private func tag(of result: OpaquePointer?) -> String {
        PQcmdStatus(result).map { String(cString: $0) } ?? ""
    }

    private func changedRows(_ result: OpaquePointer?) -> Int {
        let words = tag(of: result).split(separator: " ")
        guard let verb = words.first, ["INSERT", "UPDATE", "DELETE"].contains(verb) else {
            return 0
        }
        return words.last.flatMap { Int($0) } ?? 0
    }
}

/// What makes a prepared statement: PostgreSQL plans by text and by the types of the values.
struct PostgresStatement: Hashable {
    let text: String
    let types: [Oid]
}

/// Asks the server, over a connection of its own, to cancel what a connection is doing.
// Safety: libpq allows it on any thread; nothing else is done with the pointer.
private final class PostgresCancellation: @unchecked Sendable {
    private let pointer: OpaquePointer

    init?(of handle: OpaquePointer) {
        guard let pointer = PQgetCancel(handle) else { return nil }
        self.pointer = pointer
    }

    deinit { PQfreeCancel(pointer) }

    func send() {
        // When it fails the statement ends with its timeout.
        var message = [CChar](repeating: 0, count: 256)
        _ = PQcancel(pointer, &message, CInt(message.count))
    }
}
