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

/// What the triggers of `appendOnly` refuse.
package enum RefusedChange: String, Sendable { case update = "UPDATE", delete = "DELETE" }

/// Makes one exception to the triggers of `appendOnly`: a change for which the condition on `OLD`
/// and `NEW` holds goes through, every other one is refused as before.
package func appendOnly(
    _ table: String, except change: RefusedChange, when condition: String, _ dialect: Dialect
) -> String {
    appendOnly(table, except: [(change, condition)], dialect)
}

/// Makes exceptions to the triggers of `appendOnly`, one for each kind of change. They replace
/// those that were made before, so that a table has all of its exceptions from one migration.
package func appendOnly(
    _ table: String, except exceptions: [(change: RefusedChange, condition: String)],
    _ dialect: Dialect
) -> String {
    precondition(isPlainIdentifier(table), "a table name is [a-z_][a-z0-9_]*")
    switch dialect {
    case .sqlite:
        return exceptions.map { change, condition in
            let trigger = "\(table)_refuses_\(change.rawValue.lowercased())"
            return """
                DROP TRIGGER \(trigger);
                CREATE TRIGGER \(trigger) BEFORE \(change.rawValue) ON \(table)
                WHEN NOT (\(condition))
                BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END;
                """
        }.joined(separator: "\n")
    case .postgres:
        // The condition stands in an IF of its own: a TRUNCATE has no OLD to look at.
        let passes = exceptions.map { change, condition in
            """
                IF TG_OP = '\(change.rawValue)' THEN
                    IF \(condition) THEN
                        RETURN \(change == .delete ? "OLD" : "NEW");
                    END IF;
                END IF;
            """
        }.joined(separator: "\n")
        return """
            CREATE OR REPLACE FUNCTION \(table)_is_append_only() RETURNS trigger
            LANGUAGE plpgsql AS $$
            BEGIN
            \(passes)
                RAISE EXCEPTION USING
                    ERRCODE = '23000', MESSAGE = '\(table) is append-only', TABLE = '\(table)';
            END $$;
            """
    }
}
