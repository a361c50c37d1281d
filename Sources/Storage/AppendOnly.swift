/// Triggers that refuse to change or delete the rows of a table, whoever asks.
///
/// The one sanctioned branch by engine: SQLite and PostgreSQL have no trigger syntax in common.
package func appendOnly(_ table: String, _ dialect: Dialect) -> String {
    precondition(isPlainIdentifier(table), "a table name is [a-z_][a-z0-9_]*")
    switch dialect {
    case .sqlite:
        return """
            CREATE TRIGGER \(table)_refuses_update BEFORE UPDATE ON \(table)
            BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END;
            CREATE TRIGGER \(table)_refuses_delete BEFORE DELETE ON \(table)
            BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END;
            """
    case .postgres:
        // Class 23 makes it a constraint, as SQLite has it. TRUNCATE fires no row trigger.
        return """
            CREATE FUNCTION \(table)_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION USING
                    ERRCODE = '23000', MESSAGE = '\(table) is append-only', TABLE = '\(table)';
            END $$;
            CREATE TRIGGER \(table)_refuses_change BEFORE UPDATE OR DELETE ON \(table)
            FOR EACH ROW EXECUTE FUNCTION \(table)_is_append_only();
            CREATE TRIGGER \(table)_refuses_truncate BEFORE TRUNCATE ON \(table)
            FOR EACH STATEMENT EXECUTE FUNCTION \(table)_is_append_only();
            """
    }
}
