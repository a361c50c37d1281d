import CLibPQ

/// One open PostgreSQL connection. libpq blocks, so it lives on threads of our own.
// Safety: it is used by one thread at a time, the one that took it from its pool.
final class PostgresConnection: Driver, PooledConnection, @unchecked Sendable {
    let dialect = Dialect.postgres

    private let handle: OpaquePointer
    private let beginning: String
    private var prepared = StatementCache<PostgresStatement, String>()
    private var insertions = StatementCache<Insertion, String>()
    /// What was told, and goes to the server with what comes next.
    private var waiting: [PostgresCommand] = []
    private var waitingBytes = 0
    private var preparations = 0
    private var isStale = false

    /// More is not left waiting. The answers to it are short, so that neither side ever waits for
    /// the other to read.
    private static let waitingLimit = 1 << 20

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
        var layout: PostgresLayout?
        try eachResult(text, values) { result in
            let columns = layout ?? PostgresLayout(of: result)
            layout = columns
            try body(try columns.row(in: result))
        }
    }

    func scan(_ text: String, _ values: [Value], _ body: (any Cells) throws -> Void) throws {
        try eachResult(text, values) { try body(PostgresCells(result: $0)) }
    }

    /// Calls the body with the result of each row.
    private func eachResult(
        _ text: String, _ values: [Value], _ body: (OpaquePointer) throws -> Void
    ) throws {
        let parameters = PostgresParameters(values)
        let statement = PostgresCommand(name: try prepare(text, parameters.types), parameters)
        // Every row is read even when the body wants no more: a cancelled statement would cost
        // the transaction, and then a closure would behave otherwise than on SQLite.
        var stop: (any Error)?
        try send(statement, rowByRow: true) { result in
            guard stop == nil, PQresultStatus(result) == PGRES_SINGLE_TUPLE else { return }
            do { try body(result) } catch { stop = error }
        }
        if let stop { throw stop }
    }

    func execute(_ text: String, _ values: [Value]) throws -> Int {
        let parameters = PostgresParameters(values)
        var changed = 0
        try send(PostgresCommand(name: try prepare(text, parameters.types), parameters)) {
            changed = changedRows($0)
        }
        return changed
    }

    func tell(_ text: String, _ values: [Value]) throws {
        let parameters = PostgresParameters(values)
        try wait(PostgresCommand(name: try prepare(text, parameters.types), parameters))
    }

    func insert(_ insertion: Insertion, _ values: [Value], isRepeated: Bool) throws {
        let parameters = PostgresParameters(inferred: values)
        if let name = insertions[insertion] {
            return try wait(PostgresCommand(name: name, parameters))
        }
        let text = insertion.text(for: .postgres)
        guard isRepeated else { return try wait(PostgresCommand(text: text, parameters)) }
        let name = try prepare(text, parameters.types)
        insertions.keep(name, for: insertion)
        try wait(PostgresCommand(name: name, parameters))
    }

    // MARK: What waits for the next way to the server

    private func wait(_ command: PostgresCommand) throws {
        waiting.append(command)
        waitingBytes += command.size
        if waitingBytes > Self.waitingLimit { try settle() }
    }

    func settle() throws {
        guard !waiting.isEmpty else { return }
        try exchange(nil, rowByRow: false) { _ in }
    }

    /// Sends a command behind all that waits, in one way to the server, and hears what became of
    /// each.
    private func send(
        _ command: PostgresCommand, rowByRow: Bool = false, _ take: (OpaquePointer) -> Void
    ) throws {
        if !waiting.isEmpty { return try exchange(command, rowByRow: rowByRow, take) }
        guard command.send(on: handle), !rowByRow || PQsetSingleRowMode(handle) == 1 else {
            throw failure(of: nil)
        }
        if let refusal = results(take) { throw refusal }
    }

    /// The server stops at the first refusal and answers the rest with nothing, which is the end of
    /// the transaction or of its savepoint as it is when each is sent by itself.
    private func exchange(
        _ last: PostgresCommand?, rowByRow: Bool, _ take: (OpaquePointer) -> Void
    ) throws {
        let commands = waiting
        forgetWaiting()
        guard PQenterPipelineMode(handle) == 1,
            (commands + [last].compactMap { $0 }).allSatisfy({ $0.send(on: handle) }),
            PQpipelineSync(handle) == 1
        else { throw lost() }
        var refusal: DatabaseError?
        for _ in commands {
            let one = results { _ in }
            refusal = refusal ?? one
        }
        if last != nil {
            if rowByRow { PQsetSingleRowMode(handle) }
            let one = results(take)
            refusal = refusal ?? one
        }
        if let refusal, refusal == .lostConnection { throw refusal }
        let end = PQgetResult(handle)
        defer { PQclear(end) }
        guard PQresultStatus(end) == PGRES_PIPELINE_SYNC, PQexitPipelineMode(handle) == 1 else {
            throw lost()
        }
        if let refusal { throw refusal }
    }

    private func forgetWaiting() {
        waiting.removeAll(keepingCapacity: true)
        waitingBytes = 0
    }

    /// All results of one command; why it was refused.
    private func results(_ take: (OpaquePointer) -> Void) -> DatabaseError? {
        var refusal: DatabaseError?
        while let result = PQgetResult(handle) {
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_SINGLE_TUPLE, PGRES_TUPLES_OK, PGRES_COMMAND_OK: take(result)
            // What was refused before it has its own result.
            case PGRES_PIPELINE_ABORTED: break
            default:
                refusal = refusal ?? failure(of: result)
                if PQstatus(handle) != CONNECTION_OK { return refusal }
            }
        }
        return refusal
    }

    /// A connection that does not answer in order is of no use any more.
    private func lost() -> DatabaseError {
        isStale = true
        return .lostConnection
    }

    func script(_ text: String) throws {
        try settle()
        let result = PQexec(handle, text)
        defer { PQclear(result) }
        try check(result)
    }

    func allowLongStatements() throws { try script("SET LOCAL statement_timeout = 0") }

    func begin() throws { try script(beginning) }

    func commit() throws {
        var end = ""
        try send(PostgresCommand(text: "COMMIT")) { end = tag(of: $0) }
        // PostgreSQL answers a COMMIT of a failed transaction with a successful ROLLBACK.
        guard end == "COMMIT" else {
            throw DatabaseError.other(
                code: "25P02", message: "The transaction had failed and was rolled back.")
        }
    }

    func rollback() {
        forgetWaiting()
        // When this fails the connection is broken, and it is replaced at its next use.
        if isInTransaction { PQclear(PQexec(handle, "ROLLBACK")) }
    }

    func savepoint() throws { try wait(.savepoint) }
    func release() throws { try wait(PostgresCommand(text: "RELEASE member")) }

    func rollbackToSavepoint() throws {
        // Whether it was set or waits itself, nothing behind it is to be sent.
        if let start = waiting.lastIndex(where: \.isSavepoint) {
            waiting.removeSubrange(start...)
        } else {
            forgetWaiting()
            try script("ROLLBACK TO member; RELEASE member")
        }
    }

    private func prepare(_ text: String, _ types: [Oid]) throws -> String {
        let statement = PostgresStatement(text: text, types: types)
        if let name = prepared[statement] { return name }
        if prepared.isFull {
            try script("DEALLOCATE ALL")
            prepared.clear()
            insertions.clear()
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

/// One statement on its way to the server: prepared, or as text.
struct PostgresCommand {
    private var name: String?
    private var text = ""
    private let parameters: PostgresParameters
    private(set) var isSavepoint = false

    static let savepoint = {
        var command = PostgresCommand(text: "SAVEPOINT member")
        command.isSavepoint = true
        return command
    }()

    init(name: String, _ parameters: PostgresParameters) {
        self.name = name
        self.parameters = parameters
    }

    init(text: String, _ parameters: PostgresParameters = PostgresParameters([])) {
        self.text = text
        self.parameters = parameters
    }

    /// About as many bytes as it sends.
    var size: Int { text.utf8.count + parameters.size }

    func send(on handle: OpaquePointer) -> Bool {
        parameters.withPointers { count, pointers, lengths, formats in
            if let name {
                PQsendQueryPrepared(handle, name, count, pointers, lengths, formats, 0) == 1
            } else {
                PQsendQueryParams(
                    handle, text, count, parameters.types, pointers, lengths, formats, 0) == 1
            }
        }
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
