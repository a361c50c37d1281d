import Core
import Ledger
import Organization
import Storage

/// What gives rights and what names persons: each row carries its mark, and each file of persons
/// still has whom it brought.
func verifyRows(_ district: District, _ db: Connection) throws -> [Finding] {
    var findings: [Finding] = []
    for table in markedTables {
        for id in try db.unmarked(table, limit: 20) {
            findings.append(
                Finding("the row \(id) of \(table.name) was written or changed by hand"))
        }
    }
    for row in try db.rows(
        "SELECT subject, digest FROM audit WHERE action = 'persons.brought' ORDER BY seq")
    {
        let id = try row.at(0, as: String.self)
        let digest = try row.at(1, as: String.self)
        var persons: [String] = []
        try db.each("SELECT id FROM person WHERE import_id = \(id)") {
            persons.append(try $0.at(0))
        }
        if Fingerprint(persons.sorted()).text != digest {
            findings.append(Finding("the persons that the import \(id) brought are not all there"))
        }
    }
    for row in try db.rows(
        """
        SELECT DISTINCT m.person_id FROM record_person m
        WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = m.person_id) LIMIT 20
        """)
    {
        let id = try row.at(0, as: String.self)
        findings.append(Finding("the person \(id), whom records name, is gone"))
    }
    for id in try PersonChangeStore(db: db).missing() {
        findings.append(Finding("the change \(id) of a person is gone"))
    }
    findings += try verifyWriters(db)
    return findings
}

/// An entry that waits for a second person was written by whom the audit says: else its writer
/// could become that second person.
private func verifyWriters(_ db: Connection) throws -> [Finding] {
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
