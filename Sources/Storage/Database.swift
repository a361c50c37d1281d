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
    private let turns: ReaderTurns
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
        turns = ReaderTurns(options)
        readers = NIOThreadPool(numberOfThreads: options.readers)
        readers.start()
    }

    // The last reference may be dropped on a reader's thread, which cannot wait for itself.
    deinit { close {} }

    /// Whether every write is refused.
    package var isReadOnly: Bool { options.isReadOnly }

    /// Statements of all closures since the database was opened, for the budgets of pages.
    package var statements: Int { counter.value }

    /// Reads that have not begun.
    package var waitingReads: Int { turns.count }

    /// Writes that have not begun.
    package var waitingWrites: Int { writes.count }

    /// Runs the closure in one read-only snapshot. It ends when whoever asked has gone: what waits
    /// is not begun, and a statement is stopped.
    package func read<T: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> T
    ) async throws -> T {
        try await read(for: .reading, body)
    }

    /// Reads a row or two by their keys, for what every page begins with. Some readers are kept
    /// for this, so it must never take long.
    package func glance<T: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> T
    ) async throws -> T {
        try await read(for: .glance, body)
    }

    private func read<T: Sendable>(
        for purpose: ReaderTurns.Purpose, _ body: @escaping @Sendable (Connection) throws -> T
    ) async throws -> T {
        if isClosed.withLock({ $0 }) { throw DatabaseError.closed }
        // On a reader's own thread nobody knows any more for whom it works.
        let (work, stop) = (Work.current, Stop())
        @Sendable func run() async throws -> T {
            try await turns.begin(purpose, for: work?.sender, stop)
            defer { turns.end(purpose, for: work?.sender) }
            return try await readers.runIfActive { [engine, options, counter] in
                try Work.$current.withValue(work) {
                    try Work.count(for: work) {
                        try engine.read(until: stop) { driver in
                            let connection = Connection(
                                driver: driver, options: options, total: counter, stop: stop)
                            let answer = try body(connection)
                            if let fault = connection.fault { throw fault }
                            return answer
                        }
                    }
                }
            }
        }
        do {
            return try await withTaskCancellationHandler {
                guard let work else { return try await run() }
                return try await work.whileStoppable(by: stop) { try await run() }
            } onCancel: {
                stop.stop()
            }
        } catch {
            // A pool that shuts down reports what still waited as cancelled.
            if error is CancellationError, isClosed.withLock({ $0 }) { throw DatabaseError.closed }
            // However a statement ended: nobody waits for it any more.
            if stop.isSet { throw CancellationError() }
            throw error
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
        turns.close()
        // A queue of our own, because the shared ones may be full of callers who wait for this.
        readers.shutdownGracefully(queue: DispatchQueue(label: "storage.close")) { [engine] _ in
            engine.close()
            done()
        }
    }
}
