import Foundation
import Storage
import TestKit
import Testing

/// The engine takes back a whole commit: each member runs again alone, once.
struct RollbackTests {
    @Test(arguments: Engine.available)
    func aCommitThatFailsIsTriedAgainOneByOne(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook, late]) { database in
            let tally = Tally()
            let answers = try await database.gather(5) { index, database in
                try await database.write { connection in
                    tally.add(index)
                    try connection.addPage(index)
                    if index == 2 {
                        try connection.execute("INSERT INTO late (id, page_id) VALUES (1, 99)")
                    }
                }
            }
            let error = answers[2] as? DatabaseError
            #expect(error?.constraint?.kind == .foreignKey)
            #expect(answers.count { $0 == nil } == 4)
            #expect((0..<5).allSatisfy { tally[$0] == 2 })
            #expect(try await database.pages() == [0, 1, 3, 4])
        }
    }

    @Test(arguments: Engine.available)
    func aRefusedMemberOfATakenBackCommitIsAskedAgain(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook, late]) { database in
            let answers = try await database.gather(3) { index, database in
                try await database.write { connection in
                    if index == 2 {
                        // What it sees of the first member is not yet certain.
                        if try connection.count(of: "page") > 0 { throw Refused() }
                        return try connection.addPage(2)
                    }
                    try connection.addPage(index)
                    try connection.execute(
                        "INSERT INTO late (id, page_id) VALUES (\(index), 99)")
                }
            }
            #expect(answers[0] is DatabaseError && answers[1] is DatabaseError)
            #expect(answers[2] == nil)
            #expect(try await database.pages() == [2])
        }
    }

    @Test(arguments: Engine.available)
    func aCommitThatFailsAloneIsTheCallersError(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook, late]) { database in
            let tally = Tally()
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { connection in
                    tally.add()
                    try connection.execute("INSERT INTO late (id, page_id) VALUES (1, 99)")
                }
            }
            #expect(error?.constraint?.kind == .foreignKey)
            #expect(tally[0] == 1)
            try await database.write { try $0.addPage(1) }
        }
    }

    @Test(arguments: Engine.available)
    func aWriteThatTimesOutTakesNobodyWithIt(on engine: Engine) async throws {
        var options = DatabaseOptions()
        options.statementTimeoutMilliseconds = 2_000
        try await engine.withDatabase(migrations: [notebook], options: options) { database in
            let answers = try await database.gather(4) { index, database in
                try await database.write { connection in
                    try connection.addPage(index)
                    if index == 1 {
                        // SQLite answers an interrupted INSERT by rolling back everything.
                        try connection.execute(
                            "INSERT INTO counter (id, count) SELECT 2, (\(endless))")
                    }
                }
            }
            #expect(answers[1] as? DatabaseError == .statementTimeout)
            #expect(answers.count { $0 == nil } == 3)
            #expect(try await database.pages() == [0, 2, 3])
        }
    }

    @Test func aTriggerThatRollsBackEverythingTakesNobodyWithIt() async throws {
        let trigger = Migration(id: "2026-01-02-trigger") { _ in
            """
            CREATE TRIGGER poison BEFORE INSERT ON page WHEN new.title = 'poison'
            BEGIN SELECT RAISE(ROLLBACK, 'poison'); END
            """
        }
        try await Engine.sqlite.withDatabase(migrations: [notebook, trigger]) { database in
            let tally = Tally()
            let answers = try await database.gather(5) { index, database in
                try await database.write { connection in
                    tally.add(index)
                    try connection.addPage(index, title: index == 2 ? "poison" : nil)
                }
            }
            let error = answers[2] as? DatabaseError
            #expect(error?.constraint?.message == "poison")
            #expect(answers.count { $0 == nil } == 4)
            // The two after it had not begun when the engine gave up the batch.
            #expect((0..<5).map { tally[$0] } == [2, 2, 2, 1, 1])
            #expect(try await database.pages() == [0, 1, 3, 4])
        }
    }

    @Test func aFullDiskRefusesTheOneThatFilledIt() async throws {
        try await Engine.sqlite.withDatabase(migrations: [notebook]) { database in
            let pages = try await database.read {
                try $0.value("PRAGMA page_count", as: Int.self) ?? 0
            }
            try await database.write { connection in
                try connection.script("PRAGMA max_page_count = \(pages + 20)")
            }
            let answers = try await database.gather(4) { index, database in
                try await database.write { connection in
                    try connection.addPage(index)
                    if index == 1 {
                        let body = [UInt8](repeating: 7, count: 1_000_000)
                        try connection.execute("UPDATE page SET body = \(body) WHERE id = 1")
                    }
                }
            }
            #expect(answers[1] as? DatabaseError == .diskFull)
            #expect(answers.count { $0 == nil } == 3)
            #expect(try await database.pages() == [0, 2, 3])
        }
    }
}

/// A foreign key checked only at COMMIT. The house does not use them; they make a COMMIT fail.
private let late = Migration(id: "2026-01-02-late") { _ in
    """
    CREATE TABLE late (
        id BIGINT PRIMARY KEY,
        page_id BIGINT NOT NULL REFERENCES page (id) DEFERRABLE INITIALLY DEFERRED
    )
    """
}
