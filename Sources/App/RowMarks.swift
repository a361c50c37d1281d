import Core
import Organization
import Storage

extension DataFolder {
    /// Marks, once in the life of a database, the rows that an older program wrote: they are taken
    /// as they stand on that day. The audit says when, and from then on a row without its mark was
    /// written by hand.
    func markRows(_ database: Database) async throws {
        let key = try AuditKey(file: keyFile)
        let heads = try heads()
        let isFirst = !heads.exists
        try await database.write { db in
            guard
                try db.value(
                    "SELECT 1 FROM audit WHERE action = 'rows.marked' LIMIT 1", as: Int.self)
                    == nil
            else { return }
            for table in declarations.flatMap(\.marked) {
                try db.seal(table, where: "mark IS NULL")
            }
            try Audit(db, key: key).record(
                "rows.marked", "rows", by: Actor(name: "migrate", standing: .system),
                at: .now(), evidence: Fingerprint(["rows.marked"]).text, quietly: true)
        }
        _ = try await database.write { try PersonStore(db: $0).refold() }
        guard isFirst else { return }
        let head = try await database.read { try HeadLog.Head($0) }
        try heads.note(head, as: .accepted)
    }
}
