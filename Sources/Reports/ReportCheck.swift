import Core
import Storage

extension Reports {
    /// What `verify` looks at: each issued report is what the audit says, and its figures are those
    /// of its position. Each is read in a snapshot of its own.
    var check: Check {
        Check { database, _ in
            let ids = try await database.read { try ReportStore(db: $0).identities() }
            var findings: [Finding] = []
            for id in ids {
                findings += try await database.read { db in
                    let digest = try db.value(
                        """
                        SELECT digest FROM audit WHERE subject = \(id)
                            AND action = 'report.issued' ORDER BY seq DESC LIMIT 1
                        """, as: String.self)
                    let reading = try figures.reading(db)
                    let report = try find(id, reading, db)
                    return try verify(report, digest: digest, reading).map { Finding($0) }
                }
            }
            return findings
        }
    }
}
