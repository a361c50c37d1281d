import Core
import Figures
import Foundation
import Ledger
import Reports
import Rights
import Storage

/// Checks a whole district: the ledger and how far it went, what gives rights, what is personal,
/// the evidence on disk, and what issued reports pinned.
package func verify(_ reports: Reports, data: DataFolder) async throws -> [Finding] {
    let district = reports.figures.district
    let folder = data.evidenceFolder(district)
    let heads = try data.heads()
    return try await district.database.read { db in
        var findings = try district.verify(db)
        findings += try district.findingsOfWays(db)
        findings += try verifyHeads(heads, db)
        findings += try verifyClock(db)
        findings += try verifyRows(district, db)
        findings += try verifyDeletions(district, folder, db)
        findings += try verifyReports(reports, db)
        for number in try DisclosureLedger(db, key: district.key).changed() {
            findings.append(Finding("the disclosure \(number) differs from the audit"))
        }
        for id in try Eraser.changed(db) {
            findings.append(Finding("the erasure \(id) differs from the audit"))
        }
        for (action, table) in provenRows {
            let gone = try db.rows(
                """
                SELECT a.subject FROM audit a WHERE a.action = \(action)
                    AND NOT EXISTS (SELECT 1 FROM \(name: table) t WHERE t.id = a.subject)
                ORDER BY a.seq
                """)
            for row in gone {
                let id = try row.at(0, as: String.self)
                findings.append(Finding("\(id) is gone (\(action))"))
            }
        }
        return findings
    }
}

/// What leaves a row of its own beside its audit row, and in which table.
private let provenRows = [
    ("data.disclosed", "disclosure"), ("data.erased", "erasure"),
    ("data.erased_again", "erasure"), ("audit.exported", "audit_export"),
    ("retention.deleted", "deletion_proof"), ("retention.confirmed", "retention_confirmation"),
    ("account.made", "account"), ("role.given", "role_grant"), ("sealed.listed", "sealed_name"),
    ("report.issued", "report"), ("evidence.added", "evidence"),
]

private func verifyReports(_ reports: Reports, _ db: Connection) throws -> [Finding] {
    var digests: [String: String] = [:]
    for row in try db.rows(
        "SELECT subject, digest FROM audit WHERE action = 'report.issued' ORDER BY seq")
    {
        digests[try row.at(0)] = try row.optionalAt(1, as: String.self)
    }
    let reading = try reports.figures.reading(db)
    return try ReportStore(db: db).identities().flatMap { id in
        let report = try reports.find(id, reading, db)
        return try reports.verify(report, digest: digests[id], reading).map { Finding($0) }
    }
}

/// Where the clock stepped back, and where an older program let the time run backwards. What
/// somebody has accepted since is no finding any longer.
private func verifyClock(_ db: Connection) throws -> [Finding] {
    let accepted = try db.value(
        "SELECT MAX(seq) FROM audit WHERE action = 'ledger.accepted'", as: Int.self)
    var findings: [Finding] = []
    for row in try db.rows(
        """
        SELECT seq, subject FROM audit
        WHERE action = 'clock.behind' AND seq > \(accepted ?? 0) ORDER BY seq
        """)
    {
        let seq = try row.at(0, as: Int.self)
        let seconds = try row.at(1, as: String.self)
        findings.append(
            Finding(
                "the clock had stepped back by \(seconds) seconds at the audit row \(seq): set it "
                    + "right, then say so with verify --accept"))
    }
    for row in try db.rows(
        """
        SELECT a.seq FROM audit a JOIN audit p ON p.seq = a.seq - 1
        WHERE a.at < p.at AND a.seq > \(accepted ?? 0) ORDER BY a.seq LIMIT 5
        """)
    {
        let seq = try row.at(0, as: Int.self)
        findings.append(Finding("the time runs backwards at the audit row \(seq)"))
    }
    return findings
}
