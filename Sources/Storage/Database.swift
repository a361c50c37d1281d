import Foundation
import Logging
import NIOPosix
import Synchronization

/// A district's database: snapshot reads on several connections, and one writer.
///
/// A closure is synchronous database work and touches nothing else: a write may run twice.
package final class Database: Sendable {
    package let dialect: Dialect

    private let engine: any StorageEngine
    private let options: DatabaseOptions
    private let writes: WriteQueue
    private let readers: NIOThreadPool
    private let waitingReads = Mutex(0)
    private let isClosed = Mutex(false)
    private let counter = StatementCounter()

    package init(_ location: Location, options: DatabaseOptions = .init()) throws {
        self.options = options
        dialect = location.dialect
        switch location.place {
        case .sqlite(let path):
            engine = try SQLiteEngine(path: path, options: options)
        case .postgres(let url, let schema):
            engine = try PostgresEngine(url: url, schema: schema, options: options)
        }
        writes = WriteQueue(
            writer: Writer(engine: engine, options: options, statements: counter))
        readers = NIOThreadPool(numberOfThreads: options.readers)
        readers.start()
    }

    // The last reference may be dropped on a reader's thread, which cannot wait for itself.
    deinit { close {} }

    /// Whether every write is refused.
    package var isReadOnly: Bool { options.isReadOnly }

    /// Statements of all closures since the database was opened, for the budgets of pages.
    package var statements: Int { counter.value }

    /// Writes that have not begun.
    package var waitingWrites: Int { writes.count }

    /// Runs the closure in one read-only snapshot.
    package func read<T: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> T
    ) async throws -> T {
        if isClosed.withLock({ $0 }) { throw DatabaseError.closed }
        try takeReadTicket()
        defer { waitingReads.withLock { $0 -= 1 } }
        // On a reader's own thread nobody knows any more for whom it works.
        let time = WorkTime.current
        do {
            return try await readers.runIfActive { [engine, options, counter] in
                try WorkTime.count(for: time) {
                    try engine.read { driver in
                        let connection = Connection(
                            driver: driver, options: options, total: counter)
                        let answer = try body(connection)
                        if let fault = connection.fault { throw fault }
                        return answer
                    }
                }
            }
        } catch is CancellationError where isClosed.withLock({ $0 }) {
            // A pool that shuts down reports what still waited as cancelled.
            throw DatabaseError.closed
        }
    }

    /// Runs the closure in its own savepoint of a commit it may share with others, and answers
    /// after that commit. Once it waits, the caller's cancellation no longer reaches it.
    @discardableResult
    package func write<T: Sendable>(
        file: StaticString = #fileID, line: UInt = #line,
        _ body: @escaping @Sendable (Connection) throws -> T
    ) async throws -> T {
        try Task.checkCancellation()
        return try await writes.submit(place: "\(file):\(line)", isAlone: false, body)
    }

    /// Runs the closure in a transaction of its own, without a statement timeout.
    func writeAlone<T: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> T
    ) async throws -> T {
        try await writes.submit(place: "a migration", isAlone: true, body)
    }

    /// Finishes what waits, refuses what comes later, and returns when every connection is
    /// closed. Safe to call twice. Not to be called inside a closure of the database.
    package func close() {
        let end = DispatchSemaphore(value: 0)
        close { end.signal() }
        end.wait()
    }

    private func close(_ done: @escaping @Sendable () -> Void) {
        let wasClosed = isClosed.withLock { closed in
            defer { closed = true }
            return closed
        }
        if wasClosed { return done() }
        writes.finish()
        // A queue of our own, because the shared ones may be full of callers who wait for this.
        readers.shutdownGracefully(queue: DispatchQueue(label: "storage.close")) { [engine] _ in
            engine.close()
            done()
        }
    }

    private func takeReadTicket() throws {
        try waitingReads.withLock { waiting in
            guard waiting < options.readers + options.readQueueLimit else {
                throw DatabaseError.queueFull
            }
            waiting += 1
        }
    }
}
