extension Connection {
    /// The names of the tables of this database; each engine has a catalog of its own.
    package func tables() throws -> [String] {
        let names: SQL =
            switch dialect {
            case .sqlite:
                """
                SELECT name FROM sqlite_schema
                WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name
                """
            case .postgres:
                """
                SELECT tablename FROM pg_tables
                WHERE schemaname = current_schema() ORDER BY tablename
                """
            }
        return try rows(names).map { try $0.at(0) }
    }
}
