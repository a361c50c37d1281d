import Core
import Organization
import Storage
import Web

/// The ledger as App sees it. It shows no pages of its own.
package func ledger(_ district: District) -> Feature {
    Feature(
        name: "ledger",
        checks: [
            Check { _, start in try await district.verify(from: start) },
            Check(reading: { try district.findingsOfWays($0) }),
            Check(reading: verifyPersons),
        ])
}

/// Each file of persons still has whom it brought, and nobody whom records name is gone.
@Sendable private func verifyPersons(_ db: Connection) throws -> [Finding] {
    var findings: [Finding] = []
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
    return findings
}
