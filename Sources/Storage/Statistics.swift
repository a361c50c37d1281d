extension Database {
    /// Tells the planner how large some tables have become, behind a long load.
    ///
    /// PostgreSQL plans for empty tables until its own housekeeping comes round, and would read
    /// the next file of the load row by row. SQLite plans by the indexes alone and needs nothing.
    package func refreshStatistics(of tables: [String]) async throws {
        switch dialect {
        case .sqlite: return
        case .postgres:
            try await write { db in
                for table in tables { try db.execute("ANALYZE \(name: table)") }
            }
        }
    }
}
