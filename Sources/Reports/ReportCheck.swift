import Core
import Storage

extension Reports {
    /// What `verify` looks at: each issued report is what the audit says, and its figures are those
    /// of its position.
    func findings(_ db: Connection) throws -> [Finding] {
        var digests: [String: String] = [:]
        for row in try db.rows(
            "SELECT subject, digest FROM audit WHERE action = 'report.issued' ORDER BY seq")
        {
            digests[try row.at(0)] = try row.optionalAt(1, as: String.self)
        }
        let reading = try figures.reading(db)
        return try ReportStore(db: db).identities().flatMap { id in
            let report = try find(id, reading, db)
            return try verify(report, digest: digests[id], reading).map { Finding($0) }
        }
    }
}
