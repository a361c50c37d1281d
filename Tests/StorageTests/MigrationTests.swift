import Storage
import TestKit
import Testing

struct MigrationTests {
    @Test(arguments: Engine.available)
    func eachMigrationIsAppliedOnceAndInOrder(on engine: Engine) async throws {
        try await engine.withDatabase { database in
            let both = [notebook, margin]
            #expect(try await database.pendingMigrations(both) == both.map(\.id))
            try await database.migrate([notebook])
            #expect(try await database.pendingMigrations(both) == [margin.id])
            try await database.migrate(both)
            try await database.migrate(both)
            #expect(try await database.pendingMigrations(both).isEmpty)
            #expect(try await database.counter() == 0)
        }
    }

    @Test(arguments: Engine.available)
    func programsThatStartTogetherApplyAMigrationOnce(on engine: Engine) async throws {
        try await engine.withLocation { location in
            let databases = try (0..<4).map { _ in try Database(location) }
            defer { for database in databases { database.close() } }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for database in databases {
                    group.addTask { try await database.migrate([notebook, margin]) }
                }
                try await group.waitForAll()
            }
            #expect(try await databases[0].count(of: "storage_migration") == 2)
        }
    }

    @Test(arguments: Engine.available)
    func aMigrationThatFailsLeavesNothingOfItself(on engine: Engine) async throws {
        let broken = Migration(id: "2026-01-03-broken") { _ in
            "CREATE TABLE half (id BIGINT); INSERT INTO nowhere (id) VALUES (1)"
        }
        try await engine.withDatabase { database in
            await #expect(throws: DatabaseError.self) {
                try await database.migrate([notebook, broken, margin])
            }
            let pending = try await database.pendingMigrations([notebook, broken, margin])
            #expect(pending == [broken.id, margin.id])
            #expect(try await database.read { try $0.tables() }.contains("half") == false)
        }
    }

    @Test(arguments: Engine.available)
    func aMigrationThatWasChangedAfterwardsIsRefused(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook, margin]) { database in
            let changed = Migration(id: margin.id) { margin.text($0) + " " }
            await #expect(throws: DatabaseError.changedMigration(margin.id)) {
                try await database.migrate([notebook, changed])
            }
            await #expect(throws: DatabaseError.changedMigration(margin.id)) {
                try await database.pendingMigrations([notebook, changed])
            }
        }
    }

    @Test(arguments: Engine.available)
    func aProgramOlderThanItsDatabaseIsRefused(on engine: Engine) async throws {
        try await engine.withDatabase(migrations: [notebook, margin]) { database in
            await #expect(throws: DatabaseError.newerDatabase([margin.id])) {
                try await database.migrate([notebook])
            }
            await #expect(throws: DatabaseError.newerDatabase([notebook.id, margin.id])) {
                try await database.pendingMigrations([])
            }
        }
    }

    @Test(arguments: Engine.available)
    func aMigrationMayTakeLongerThanAStatementMay(on engine: Engine) async throws {
        var options = DatabaseOptions()
        options.statementTimeoutMilliseconds = 1_000
        let long = Migration(id: "2026-01-02-long") { _ in
            """
            CREATE TABLE total (n BIGINT NOT NULL);
            INSERT INTO total
            WITH RECURSIVE number (n) AS (
                SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 10000000
            ) SELECT count(*) FROM number
            """
        }
        try await engine.withDatabase(migrations: [long], options: options) { database in
            let total = try await database.read {
                try $0.value("SELECT n FROM total", as: Int.self)
            }
            #expect(total == 10_000_000)
            await #expect(throws: DatabaseError.statementTimeout) {
                try await database.write { try $0.first(endless) }
            }
        }
    }

    @Test(arguments: Engine.available)
    func aSchemaDumpIsTheSameAfterTheSameMigrations(on engine: Engine) async throws {
        let shape = Migration(id: "2026-01-04-shape") { dialect in
            """
            CREATE INDEX line_page ON line (page_id);
            CREATE VIEW kept_page AS SELECT id, title FROM page WHERE kept;
            \(appendOnly("line", dialect))
            """
        }
        var dumps: [String] = []
        for _ in 0..<2 {
            let dump = try await engine.withDatabase(migrations: [notebook, margin, shape]) {
                try await $0.schemaDump()
            }
            dumps.append(dump)
        }
        #expect(dumps[0] == dumps[1])
        for word in ["page", "line", "margin", "line_page", "kept_page", "line_refuses_"] {
            #expect(dumps[0].contains(word))
        }
        #expect(!dumps[0].contains("test_"))
    }
}

private let margin = Migration(id: "2026-01-02-margin") { _ in
    "ALTER TABLE page ADD COLUMN margin BIGINT"
}
