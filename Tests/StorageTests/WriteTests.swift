import Foundation
import Storage
import Synchronization
import TestKit
import Testing

struct WriteTests {
    @Test(arguments: Engine.available)
    func competingWritersLoseNothing(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<200 {
                    group.addTask { try await database.write { try $0.increment() } }
                }
                try await group.waitForAll()
            }
            #expect(try await database.counter() == 200)
        }
    }

    @Test(arguments: Engine.available)
    func twoProgramsOnOneStoreLoseNothing(on engine: Engine) async throws {
        try await engine.withLocation { location in
            let databases = [try Database(location), try Database(location)]
            defer { for database in databases { database.close() } }
            try await databases[0].migrate([notebook])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for turn in 0..<100 {
                    let database = databases[turn % 2]
                    group.addTask { try await database.write { try $0.increment() } }
                }
                try await group.waitForAll()
            }
            #expect(try await databases[0].counter() == 100)
        }
    }

    @Test(arguments: Engine.available)
    func aRefusalInsideASharedCommitLeavesTheOthers(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            let tally = Tally()
            let answers = try await database.gather(9) { index, database in
                try await database.write { connection in
                    tally.add(index)
                    try connection.addPage(index)
                    if index == 3 { throw Refused() }
                    if index == 5 { try connection.addPage(index) }
                }
            }
            #expect(answers[3] is Refused)
            #expect(answers[5] is DatabaseError)
            #expect(answers.count { $0 == nil } == 7)
            #expect((0..<9).allSatisfy { tally[$0] == 1 })
            #expect(try await database.pages() == [0, 1, 2, 4, 6, 7, 8])
        }
    }

    @Test(arguments: Engine.available)
    func noMoreWritesThanTheLimitShareACommit(on engine: Engine) async throws {
        var options = DatabaseOptions()
        options.batchLimit = 2
        try await engine.withDatabase(migrations: [notebook], options: options) { database in
            let answers = try await database.gather(5) { index, database in
                try await database.write { try $0.addPage(index) }
            }
            #expect(answers.allSatisfy { $0 == nil })
            #expect(try await database.count(of: "page") == 5)
        }
    }

    @Test(arguments: Engine.available)
    func aWriteIsSeenByTheNextReadOfItsCaller(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            for id in 1...20 {
                try await database.write { try $0.addPage(id) }
                #expect(try await database.count(of: "page") == id)
            }
        }
    }

    @Test(arguments: Engine.available)
    func aCallerWhoCancelsWhileWaitingStillHasItsWholeWrite(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            // Cancelled while the writer is held, so that the write is known to be waiting.
            let caller = Mutex<Task<Void, any Error>?>(nil)
            let answers = try await database.gather(1) { _, database in
                let task = caller.withLock { caller in
                    let task = Task {
                        try await database.write { connection in
                            try connection.addPage(1)
                            try connection.addPage(2)
                        }
                    }
                    caller = task
                    return task
                }
                try await task.value
            } whileFull: {
                caller.withLock { $0?.cancel() }
            }
            #expect(answers.allSatisfy { $0 == nil })
            #expect(try await database.count(of: "page") == 2)
        }
    }

    @Test(arguments: Engine.available)
    func aCallerWhoCancelledBeforeAskingWritesNothing(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            let caller = Task {
                while !Task.isCancelled { await Task.yield() }
                try await database.write { try $0.addPage(1) }
            }
            caller.cancel()
            await #expect(throws: CancellationError.self) { try await caller.value }
            let count = try await database.count(of: "page")
            #expect(count == 0)
        }
    }

    @Test(arguments: Engine.available)
    func aFullQueueRefusesAtOnce(on engine: Engine) async throws {
        var options = DatabaseOptions()
        options.writeQueueLimit = 2
        try await engine.withDatabase(migrations: [notebook], options: options) { database in
            let answers = try await database.gather(2) { index, database in
                try await database.write { try $0.addPage(index) }
            } whileFull: {
                await #expect(throws: DatabaseError.queueFull) {
                    try await database.write { try $0.addPage(99) }
                }
            }
            #expect(answers.allSatisfy { $0 == nil })
            #expect(try await database.pages() == [0, 1])
        }
    }

    @Test(arguments: Engine.available)
    func aWriterHeldElsewhereIsBusyAndThenFree(on engine: Engine) async throws {
        try await engine.withLocation { location in
            var options = DatabaseOptions()
            options.busyTimeoutMilliseconds = 50
            let holder = try Database(location)
            let other = try Database(location, options: options)
            defer {
                holder.close()
                other.close()
            }
            try await holder.migrate([notebook])
            let gate = DispatchSemaphore(value: 0)
            let started = DispatchSemaphore(value: 0)
            async let held: Void = holder.write { _ in
                started.signal()
                gate.wait()
            }
            try await holder.read { _ in started.wait() }
            await #expect(throws: DatabaseError.busy) {
                try await other.write { try $0.addPage(1) }
            }
            gate.signal()
            try await held
            try await other.write { try $0.addPage(1) }
            #expect(try await holder.count(of: "page") == 1)
        }
    }

    @Test(arguments: Engine.available)
    func manyRowsAreInsertedWithFewStatements(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            let rows: [[Value]] = (0..<7_001).map { id in
                let weight: Value = id.isMultiple(of: 3) ? .null : .integer(Int64(id + 1))
                return [
                    .integer(Int64(id)), .text("p\(id)"), .flag(id.isMultiple(of: 2)),
                    .bytes([UInt8(id % 256)]), .text("{\"n\": \"\(id)\"}"), weight,
                ]
            }
            let statements = try await database.write { connection in
                try connection.insert(
                    into: "page", ["id", "title", "kept", "body", "fields", "weight"], rows)
                try connection.insert(into: "line", ["id", "page_id"], [])
                return connection.statements
            }
            #expect(statements == 8)
            let row = try await database.read { connection in
                try connection.first(
                    """
                    SELECT count(*) AS n, sum(id) AS ids, count(weight) AS weights,
                        count(*) FILTER (WHERE kept) AS kept, max(fields ->> 'n') AS last
                    FROM page
                    """)
            }
            #expect(try row?.get("n", as: Int.self) == 7_001)
            #expect(try row?.get("ids", as: Int.self) == 7_000 * 7_001 / 2)
            #expect(try row?.get("weights", as: Int.self) == 4_667)
            #expect(try row?.get("kept", as: Int.self) == 3_501)
            #expect(try row?.get("last", as: String.self) == "999")
        }
    }
}

struct Refused: Error {}

extension Database {
    func counter() async throws -> Int? {
        try await read { try $0.value("SELECT count FROM counter", as: Int.self) }
    }

    func pages() async throws -> [Int] {
        try await read { connection in
            try connection.rows("SELECT id FROM page ORDER BY id").map { try $0.at(0) }
        }
    }
}
