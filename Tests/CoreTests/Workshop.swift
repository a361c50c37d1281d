import Core
import Storage
import TestKit
import Testing

/// A database with jobs, a clock that the test moves, and what a kind of work does.
struct Workshop: Sendable {
    let database: Database
    let clock = TestClock()

    static func with(
        _ engine: Engine, _ body: (Workshop) async throws -> Void
    ) async throws {
        try await engine.withDatabase(migrations: coreMigrations) {
            try await body(Workshop(database: $0))
        }
    }

    init(database: Database) { self.database = database }

    func runner(
        _ kinds: [JobKind], bell: JobBell = JobBell(), name: RunnerName = RunnerName(),
        pause: @escaping @Sendable (Int64) async throws -> Void = { _ in
            throw CancellationError()
        }
    ) -> JobRunner {
        JobRunner(
            database, kinds, bell: bell, name: name, now: { clock.moment }, pause: pause
        ) { _, _ in }
    }

    func ask(_ kind: String, _ subject: String = "") async throws {
        try await database.write { try JobStore($0).ask(kind, subject, at: clock.moment) }
    }

    func job(_ kind: String, _ subject: String = "") async throws -> Job {
        let found = try await database.read { try JobStore($0).find(kind, subject) }
        return try #require(found)
    }
}

/// What went wrong, with a name in it.
struct Broken: Error { let person = "张三" }
