extension Database {
    /// The schema as text, the same after the same migrations: its diff is what a review reads.
    package func schemaDump() async throws -> String {
        try await read { connection in
            let definitions =
                switch connection.dialect {
                case .sqlite: try sqliteDefinitions(connection)
                case .postgres: try postgresDefinitions(connection)
                }
            return definitions.map { $0 + ";\n" }.joined()
        }
    }
}

/// SQLite keeps each definition as it was written.
private func sqliteDefinitions(_ connection: Connection) throws -> [String] {
    try connection.rows(
        """
        SELECT sql FROM sqlite_schema
        WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
        ORDER BY CASE type WHEN 'table' THEN 1 WHEN 'view' THEN 2 WHEN 'index' THEN 3 ELSE 4 END,
            name
        """
    ).map { try $0.at(0) }
}

/// PostgreSQL keeps catalogs, and functions that write a definition from them. Some name the
/// schema; the dump does not, so that every district's is the same.
private func postgresDefinitions(_ connection: Connection) throws -> [String] {
    let schema = try connection.value("SELECT current_schema()", as: String.self) ?? ""
    let rest = try postgresObjects.flatMap { objects in
        try connection.rows(objects).map { try $0.at(0, as: String.self) }
    }
    return try (postgresTables(connection) + rest).map { definition in
        definition.replacing("\(schema).", with: "")
    }
}

private func postgresTables(_ connection: Connection) throws -> [String] {
    var parts: [String: [String]] = [:]
    for row in try connection.rows(postgresTableParts) {
        parts[try row.get("owner"), default: []].append(try row.get("part"))
    }
    return parts.sorted { $0.key < $1.key }.map { name, parts in
        "CREATE TABLE \(name) (\n    " + parts.joined(separator: ",\n    ") + "\n)"
    }
}

/// Columns in their order, then constraints by name.
private let postgresTableParts: SQL = """
    SELECT c.relname AS owner, 1 AS rank, a.attnum::int AS place, a.attname AS name,
        a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
            || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
            || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') AS part
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
    UNION ALL
    SELECT c.relname, 2, 0, k.conname,
        'CONSTRAINT ' || k.conname || ' ' || pg_get_constraintdef(k.oid, true)
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.contype IN ('p', 'u', 'f', 'c')
        AND c.relnamespace = current_schema()::regnamespace
    ORDER BY owner, rank, place, name
    """

private let postgresObjects: [SQL] = [
    """
    SELECT 'CREATE VIEW ' || relname || E' AS\\n' || rtrim(pg_get_viewdef(oid, true), ';')
    FROM pg_class WHERE relkind = 'v' AND relnamespace = current_schema()::regnamespace
    ORDER BY relname
    """,
    """
    SELECT pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE c.relnamespace = current_schema()::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
    ORDER BY c.relname
    """,
    """
    SELECT rtrim(pg_get_functiondef(oid), E'\\n') FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace AND prokind = 'f' ORDER BY proname
    """,
    """
    SELECT pg_get_triggerdef(t.oid, true)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
    ORDER BY c.relname, t.tgname
    """,
]
