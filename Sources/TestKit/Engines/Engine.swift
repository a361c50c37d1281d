import Foundation
import Storage

/// The engines a test runs on: `@Test(arguments: Engine.available)`.
package enum Engine: String, Sendable, CaseIterable {
    case sqlite, postgres

    /// PostgreSQL takes part when `GROUNDWORK_TEST_POSTGRES` names a server.
    package static let available = allCases.filter { $0 == .sqlite || postgresURL != nil }

    /// The address of the server for tests, from `scripts/postgres start`.
    static let postgresURL = ProcessInfo.processInfo.environment["GROUNDWORK_TEST_POSTGRES"]

    /// So many test databases are open at once: a server has only so many connections.
    private static let gate = Gate(places: 20)

    /// Runs the body with a fresh, migrated database and removes it afterwards.
    @discardableResult
    package func withDatabase<T: Sendable>(
        migrations: [Migration] = [], options: DatabaseOptions = .init(),
        _ body: (Database) async throws -> T
    ) async throws -> T {
        try await withLocation { location in
            let database = try Database(location, options: options)
            defer { database.close() }
            try await database.migrate(migrations)
            return try await body(database)
        }
    }

    /// Runs the body with a copy of a database, and removes it afterwards.
    @discardableResult
    func withCopy<T: Sendable>(
        of template: Template, _ body: (Location) async throws -> T
    ) async throws -> T {
        try await with({ try await template.copy(on: self) }, body)
    }

    /// Runs the body with a place for a database that nobody else uses, and empties it
    /// afterwards: for tests that open one more than once.
    @discardableResult
    package func withLocation<T: Sendable>(
        _ body: (Location) async throws -> T
    ) async throws -> T {
        try await with({ try TestPlace.empty(on: self) }, body)
    }

    private func with<T: Sendable>(
        _ make: () async throws -> TestPlace, _ body: (Location) async throws -> T
    ) async throws -> T {
        await Engine.gate.enter()
        defer { Engine.gate.leave() }
        let place = try await make()
        do {
            let answer = try await body(place.location)
            try await place.remove()
            return answer
        } catch {
            try await place.remove()
            throw error
        }
    }
}
