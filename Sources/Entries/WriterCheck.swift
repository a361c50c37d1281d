import Core
import Storage

/// An entry that waits for a second person was written by whom the audit says: else its writer
/// could become that second person.
@Sendable func verifyWriters(_ db: Connection) throws -> [Finding] {
    try db.rows(
        """
        SELECT w.id FROM entry_waiting w JOIN audit a ON a.subject = w.id
        WHERE a.action = 'entry.waits' AND a.actor <> w.account_id ORDER BY w.id LIMIT 20
        """
    ).map { row in
        let id = try row.at(0, as: String.self)
        return Finding("the entry \(id), which waits, was given another writer")
    }
}
