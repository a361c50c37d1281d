import Foundation
import Storage
import TestKit
import Testing

struct ReadTests {
    @Test(arguments: Engine.available)
    func aReadSeesOneSnapshotWhateverIsWrittenMeanwhile(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            let started = DispatchSemaphore(value: 0)
            let written = DispatchSemaphore(value: 0)
            async let counts = database.read { connection in
                let before = try connection.count(of: "page")
                started.signal()
                written.wait()
                return [before, try connection.count(of: "page")]
            }
            try await database.write { connection in
                started.wait()
                try connection.addPage(1)
            }
            written.signal()
            #expect(try await counts == [0, 0])
            #expect(try await database.count(of: "page") == 1)
        }
    }

    @Test(arguments: Engine.available)
    func aReadRefusesToWrite(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            await #expect(throws: DatabaseError.readOnly) {
                try await database.read { try $0.addPage(1) }
            }
            await #expect(throws: DatabaseError.readOnly) {
                try await database.read { try $0.script("DROP TABLE line") }
            }
            let count = try await database.count(of: "page")
            #expect(count == 0)
        }
    }

    @Test(arguments: Engine.available)
    func aStatementPastItsTimeIsStoppedAndTheNextOneRuns(on engine: Engine) async throws {
        var options = DatabaseOptions()
        options.readers = 1
        options.statementTimeoutMilliseconds = 2_000
        try await engine.withDatabase(options: options) { database in
            await #expect(throws: DatabaseError.statementTimeout) {
                try await database.read { try $0.first(endless) }
            }
            let one = try await database.read { try $0.value("SELECT 1", as: Int.self) }
            #expect(one == 1)
        }
    }

    @Test(arguments: Engine.available)
    func tooManyRowsAreRefusedAndAStreamIsNot(on engine: Engine) async throws {
        var options = DatabaseOptions()
        options.maximumRows = 10
        try await engine.withDatabase(options: options) { database in
            let streamed = try await database.read { connection in
                #expect(throws: DatabaseError.tooManyRows(limit: 10)) {
                    try connection.rows(numbers(to: 11))
                }
                var streamed = 0
                try connection.each(numbers(to: 11)) { _ in streamed += 1 }
                return (streamed, try connection.rows(numbers(to: 10)).count)
            }
            #expect(streamed == (11, 10))
        }
    }

    @Test(arguments: Engine.available)
    func aStreamThatIsLeftEndsItsStatementAndNotTheClosure(on engine: Engine) async throws {
        struct Enough: Error {}
        try await engine.withDatabase { database in
            let seen = try await database.read { connection in
                var seen = 0
                #expect(throws: Enough.self) {
                    try connection.each(numbers(to: 1_000)) { _ in
                        seen += 1
                        if seen == 3 { throw Enough() }
                    }
                }
                return (seen, try connection.first(numbers(to: 5))?.at(0, as: Int.self))
            }
            #expect(seen.0 == 3 && seen.1 == 1)
        }
    }

    @Test(arguments: Engine.available)
    func aClosureCountsItsStatementsAndTheDatabaseAll(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook]) { database in
            let before = database.statements
            let counted = try await database.read { connection in
                _ = try connection.count(of: "page")
                _ = try connection.count(of: "line")
                return connection.statements
            }
            try await database.write { try $0.increment() }
            #expect(counted == 2)
            #expect(database.statements - before == 4)
        }
    }

    @Test(arguments: Engine.available)
    func moreReadersThanConnectionsAndPlacesAreRefused(on engine: Engine) async throws {
        var options = DatabaseOptions()
        options.readers = 1
        options.readQueueLimit = 0
        try await engine.withDatabase(options: options) { database in
            let gate = DispatchSemaphore(value: 0)
            let started = DispatchSemaphore(value: 0)
            async let holder: Void = database.read { _ in
                started.signal()
                gate.wait()
            }
            try await database.write { _ in started.wait() }
            await #expect(throws: DatabaseError.queueFull) { try await database.read { _ in } }
            gate.signal()
            try await holder
        }
    }

    @Test(arguments: Engine.available)
    func readingIsCountedForWhoAskedAndWaitingIsNot(on engine: Engine) async throws {
        struct Enough: Error {}
        var options = DatabaseOptions()
        options.readers = 1
        try await engine.withDatabase(options: options) { database in
            let (long, short) = (Work(), Work())
            let started = DispatchSemaphore(value: 0)
            async let holder: Void = Work.$current.withValue(long) {
                try await database.read { _ in
                    started.signal()
                    Thread.sleep(forTimeInterval: 1)
                }
            }
            try await database.write { _ in started.wait() }
            await #expect(throws: Enough.self) {
                try await Work.$current.withValue(short) {
                    try await database.read { _ in throw Enough() }
                }
            }
            try await holder
            #expect(long.milliseconds >= 900)
            #expect(short.milliseconds < long.milliseconds, "it waited for the first one")
        }
    }

    @Test(arguments: Engine.available)
    func aPreparedStatementFollowsAChangedTable(on engine: Engine) async throws {
        var options = DatabaseOptions()
        options.readers = 1
        try await engine.withDatabase(migrations: [notebook], options: options) { database in
            let all: SQL = "SELECT * FROM line"
            try await database.write { connection in
                try connection.addPage(1)
                try connection.execute("INSERT INTO line (id, page_id) VALUES (1, 1)")
                #expect(try connection.first(all)?.columns == ["id", "page_id"])
            }
            #expect(try await database.read { try $0.first(all)?.columns.count } == 2)
            try await database.write { try $0.script("ALTER TABLE line ADD COLUMN note TEXT") }
            #expect(try await database.read { try $0.first(all)?.columns.count } == 3)
            #expect(try await database.write { try $0.first(all)?.columns.count } == 3)
        }
    }

    @Test(arguments: Engine.available)
    func aDatabaseThatIsClosedRefusesReadsAndWrites(on engine: Engine) async throws {
        try await engine.withDatabase { database in
            database.close()
            database.close()
            await #expect(throws: DatabaseError.closed) { try await database.read { _ in } }
            await #expect(throws: DatabaseError.closed) { try await database.write { _ in } }
        }
    }
}

/// Runs until it is stopped.
let endless: SQL = """
    WITH RECURSIVE number (n) AS (
        SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 2000000000
    ) SELECT count(*) FROM number
    """

private func numbers(to limit: Int) -> SQL {
    """
    WITH RECURSIVE number (n) AS (
        SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < \(limit)
    ) SELECT n FROM number ORDER BY n
    """
}
