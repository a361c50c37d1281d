import Core
import Figures
import Foundation
import Ledger
import Reports
import Rights
import Storage

/// Checks a whole district: the ledger, the evidence on disk, and what issued reports pinned.
package func verify(_ reports: Reports, data: DataFolder) async throws -> [Finding] {
    let district = reports.figures.district
    let folder = data.evidenceFolder(district)
    return try await district.database.read { db in
        var findings = try district.verify(db)
        findings += try district.findingsOfWays(db)
        var digests: [String: String] = [:]
        for row in try db.rows(
            """
            SELECT subject, digest FROM audit
            WHERE action IN ('report.issued', 'evidence.added') ORDER BY seq
            """)
        {
            digests[try row.at(0)] = try row.optionalAt(1, as: String.self)
        }
        let kept = Set(
            try db.rows("SELECT id FROM report UNION SELECT id FROM evidence").map {
                try $0.at(0, as: String.self)
            })
        for id in digests.keys.sorted() where !kept.contains(id) {
            findings.append(Finding("the report or evidence \(id) is gone"))
        }
        let reading = try reports.figures.reading(db)
        for id in try ReportStore(db: db).identities() {
            let report = try reports.find(id, reading, db)
            let faults = try reports.verify(report, digest: digests[id], reading)
            findings += faults.map { Finding($0) }
        }
        for row in try db.rows("SELECT id, file_digest FROM evidence ORDER BY id") {
            let id = try row.at(0, as: String.self)
            let stored = try row.at(1, as: String.self)
            if digests[id] != stored {
                findings.append(Finding("the evidence \(id) differs from the audit"))
            }
            // A file may have been erased under a right; one that is there must be the same.
            do throws(any Error) {
                _ = try folder.read(ID(trusted: id), digest: stored)
            } catch {
                findings.append(Finding("the file of the evidence \(id) was changed"))
            }
        }
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
    ("retention.deleted", "deletion_proof"),
]
