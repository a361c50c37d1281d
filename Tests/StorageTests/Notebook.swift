import Foundation
import Storage

/// The small schema these tests share: pages, lines on pages, and a counter.
let notebook = Migration(id: "2026-01-01-notebook") { _ in
    """
    CREATE TABLE page (
        id BIGINT PRIMARY KEY,
        title TEXT NOT NULL UNIQUE,
        note TEXT,
        kept BOOLEAN,
        body BYTEA,
        fields JSON,
        weight BIGINT CHECK (weight > 0)
    );
    CREATE TABLE line (
        id BIGINT PRIMARY KEY,
        page_id BIGINT NOT NULL REFERENCES page (id)
    );
    CREATE TABLE counter (id BIGINT PRIMARY KEY, count BIGINT NOT NULL);
    INSERT INTO counter (id, count) VALUES (1, 0);
    """
}

extension Connection {
    func addPage(_ id: Int, title: String? = nil) throws {
        try execute("INSERT INTO page (id, title) VALUES (\(id), \(title ?? "page \(id)"))")
    }

    func count(of table: String) throws -> Int {
        try value("SELECT count(*) FROM \(name: table)") ?? 0
    }

    /// Read, add, write: loses updates unless writers take turns.
    func increment() throws {
        let count = try value("SELECT count FROM counter WHERE id = 1", as: Int.self) ?? 0
        try execute("UPDATE counter SET count = \(count + 1) WHERE id = 1")
    }
}

extension Database {
    func count(of table: String) async throws -> Int {
        try await read { try $0.count(of: table) }
    }

    /// Holds the writer until enough writes wait, so that they share the next commit.
    func gather(
        _ number: Int, _ writes: @escaping @Sendable (Int, Database) async throws -> Void,
        whileFull: () async -> Void = {}
    ) async throws -> [(any Error)?] {
        let gate = DispatchSemaphore(value: 0)
        let started = DispatchSemaphore(value: 0)
        async let holder: Void = write { _ in
            started.signal()
            gate.wait()
        }
        try await read { _ in started.wait() }
        let answers = await withTaskGroup(of: (Int, (any Error)?).self) { [self] group in
            for index in 0..<number {
                // One after the other, so that the batch has a known order.
                group.addTask {
                    do {
                        try await writes(index, self)
                        return (index, nil)
                    } catch {
                        return (index, error)
                    }
                }
                while waitingWrites <= index { try? await Task.sleep(for: .milliseconds(1)) }
            }
            await whileFull()
            gate.signal()
            var answers: [(any Error)?] = Array(repeating: nil, count: number)
            for await (index, error) in group { answers[index] = error }
            return answers
        }
        try await holder
        return answers
    }
}
