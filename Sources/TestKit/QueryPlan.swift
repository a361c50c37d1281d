import Storage

extension Connection {
    /// How the engine would go about a statement, line by line. PostgreSQL is told to prefer
    /// indexes, because the tables of a test are too small for any.
    package func plan(_ statement: SQL) throws -> [String] {
        switch dialect {
        case .sqlite:
            return try rows("EXPLAIN QUERY PLAN \(statement)").map { try $0.get("detail") }
        case .postgres:
            try execute("SET LOCAL enable_seqscan TO off")
            return try rows("EXPLAIN \(statement)").map { try $0.at(0) }
        }
    }
}
