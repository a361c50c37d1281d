/// When a trigger of `refusing` looks at a row.
package enum WrittenRow: String, Sendable { case insert = "INSERT", update = "UPDATE" }

/// A trigger that refuses to write a row for which a condition on `NEW` (and `OLD`) holds. What it
/// refuses is told as a broken constraint of the table.
///
/// As with `appendOnly`, the engines have no trigger syntax in common.
///
/// - Parameter sentence: what the condition breaks, without quotation marks.
package func checkTrigger(
    _ name: String, _ written: WrittenRow, into table: String, when condition: String,
    saying sentence: String, _ dialect: Dialect
) -> String {
    precondition([name, table].allSatisfy(isPlainIdentifier), "names are [a-z_][a-z0-9_]*")
    precondition(!sentence.contains("'"), "a sentence stands between quotation marks")
    switch dialect {
    case .sqlite:
        return """
            CREATE TRIGGER \(name) BEFORE \(written.rawValue) ON \(table)
            WHEN \(condition)
            BEGIN SELECT RAISE(ABORT, '\(sentence)'); END;

            """
    case .postgres:
        return """
            CREATE FUNCTION \(name)() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF \(condition) THEN
                    RAISE EXCEPTION USING
                        ERRCODE = '23000', MESSAGE = '\(sentence)', TABLE = '\(table)';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER \(name) BEFORE \(written.rawValue) ON \(table)
            FOR EACH ROW EXECUTE FUNCTION \(name)();

            """
    }
}
