import Core
import Storage

/// What imports left that were stopped before they were published: rows that count nowhere.
///
/// They go a day after the import began, a bounded batch at a time; the row of the import stays.
let stagedRowsSweeper = Sweeper("staged_rows") { db, now in
    let old = Moment(milliseconds: now.milliseconds - StagedRows.oldMilliseconds)
    let stopped: SQL = """
        SELECT i.id FROM import i WHERE i.base IS NULL AND i.started_at <= \(old)
        """
    let records = try db.rows(
        """
        SELECT r.id FROM record r WHERE r.import_id IN (\(stopped))
        ORDER BY r.id LIMIT \(StagedRows.perBatch)
        """
    ).map { try $0.at(0, as: String.self) }
    guard records.isEmpty else {
        for table in ["record_pair", "record_person", "record_subject", "record_private"] {
            try db.execute(
                "DELETE FROM \(name: table) WHERE record_id IN (\(values: records))")
        }
        return try db.execute("DELETE FROM record WHERE id IN (\(values: records))")
    }
    // Nobody who was brought in by such an import can have been named by anything else.
    return try db.execute(
        """
        DELETE FROM person WHERE id IN (SELECT p.id FROM person p
            WHERE p.import_id IN (\(stopped)) ORDER BY p.id LIMIT \(StagedRows.perBatch))
        """)
}

enum StagedRows {
    /// How long an import may take before what it staged is held to be left behind: a day.
    static let oldMilliseconds: Int64 = 86_400_000
    /// Rows in one commit.
    static let perBatch = 500
}
