import Storage
import TestKit
import Testing

struct AppendOnlyTests {
    @Test(
        arguments: Engine.available,
        [
            "UPDATE entry SET body = 'other' WHERE id = 1", "DELETE FROM entry",
            "INSERT INTO entry (id, body) VALUES (1, 'x') "
                + "ON CONFLICT (id) DO UPDATE SET body = 'x'",
        ])
    func aRowThatWasAddedIsNeitherChangedNorDeleted(
        on engine: Engine, attempt: String
    ) async throws {
        try await engine.withDatabase(migrations: [entries]) { database in
            try await refuses(attempt, database)
        }
    }

    @Test func aReplacementIsADeleteAndRefused() async throws {
        try await Engine.sqlite.withDatabase(migrations: [entries]) { database in
            try await refuses("INSERT OR REPLACE INTO entry (id, body) VALUES (1, 'x')", database)
        }
    }

    @Test(.enabled(if: Engine.available.contains(.postgres)))
    func emptyingTheTableAtOnceIsRefused() async throws {
        try await Engine.postgres.withDatabase(migrations: [entries]) { database in
            try await refuses("TRUNCATE entry", database)
        }
    }

    private func refuses(_ attempt: String, _ database: Database) async throws {
        try await database.write { connection in
            try connection.execute("INSERT INTO entry (id, body) VALUES (1, 'said')")
        }
        let error = await #expect(throws: DatabaseError.self) {
            try await database.write { try $0.script(attempt) }
        }
        #expect(error?.constraint?.kind == .other)
        #expect(error?.constraint?.message == "entry is append-only")
        let body = try await database.read {
            try $0.value("SELECT body FROM entry", as: String.self)
        }
        #expect(body == "said")
    }
}

private let entries = Migration(id: "2026-01-01-entry") { dialect in
    """
    CREATE TABLE entry (id BIGINT PRIMARY KEY, body TEXT NOT NULL);
    \(appendOnly("entry", dialect))
    """
}
