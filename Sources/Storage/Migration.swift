import Crypto

/// One step of the schema, dated and never changed once it was applied anywhere.
package struct Migration: Sendable {
    /// A day and a word, such as `2026-11-22-ledger`.
    package let id: String
    package let text: @Sendable (Dialect) -> String

    package init(id: String, text: @escaping @Sendable (Dialect) -> String) {
        self.id = id
        self.text = text
    }

    package func checksum(_ dialect: Dialect) -> String {
        SHA256.hash(data: Array(text(dialect).utf8))
            .map { byte in
                let digits = String(byte, radix: 16)
                return byte < 16 ? "0" + digits : digits
            }
            .joined()
    }
}

extension Database {
    /// Applies what is missing, in the order of the list: each in a transaction of its own under
    /// the write lock, so that two programs starting at once do not apply one twice.
    package func migrate(_ migrations: [Migration]) async throws {
        try await writeAlone { try MigrationLog(connection: $0).create() }
        for id in try await pendingMigrations(migrations) {
            guard let migration = migrations.first(where: { $0.id == id }) else { continue }
            try await writeAlone { connection in
                let log = MigrationLog(connection: connection)
                // Another program may have applied it since the list was made.
                guard try log.pending(migrations).contains(id) else { return }
                try connection.script(migration.text(connection.dialect))
                try log.add(migration)
            }
        }
    }

    /// The migrations not yet applied. Throws when the database is newer than the program, or
    /// when a migration was changed after it had been applied.
    package func pendingMigrations(_ migrations: [Migration]) async throws -> [String] {
        try await read { try MigrationLog(connection: $0).pending(migrations) }
    }
}

/// The table that says which migrations were applied.
struct MigrationLog {
    static let table = "storage_migration"

    let connection: Connection

    func create() throws {
        try connection.script(
            """
            CREATE TABLE IF NOT EXISTS storage_migration (
                id TEXT NOT NULL PRIMARY KEY,
                checksum TEXT NOT NULL,
                position BIGINT NOT NULL UNIQUE
            )
            """)
    }

    func pending(_ migrations: [Migration]) throws -> [String] {
        let applied = try applied()
        let known = Set(migrations.map(\.id))
        let unknown = applied.keys.filter { !known.contains($0) }
        if !unknown.isEmpty { throw DatabaseError.newerDatabase(unknown.sorted()) }
        for migration in migrations {
            if let checksum = applied[migration.id],
                checksum != migration.checksum(connection.dialect)
            {
                throw DatabaseError.changedMigration(migration.id)
            }
        }
        return migrations.map(\.id).filter { applied[$0] == nil }
    }

    func add(_ migration: Migration) throws {
        let checksum = migration.checksum(connection.dialect)
        try connection.execute(
            """
            INSERT INTO storage_migration (id, checksum, position)
            SELECT \(migration.id), \(checksum), count(*) + 1 FROM storage_migration
            """)
    }

    /// Checksums by identity; none when the table is not there yet.
    private func applied() throws -> [String: String] {
        guard try connection.tables().contains(Self.table) else { return [:] }
        var checksums: [String: String] = [:]
        for row in try connection.rows("SELECT id, checksum FROM storage_migration") {
            checksums[try row.get("id")] = try row.get("checksum", as: String.self)
        }
        return checksums
    }
}
