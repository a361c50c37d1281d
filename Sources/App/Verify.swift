import Accounts
import Core
import Figures
import Ledger
import Logging
import Reports
import Storage
import Uploads
import Web

/// Checks a whole district: how far the ledger went, what every feature declares, the marks of rows
/// that give rights, and that nothing the audit proves is gone.
package func verify(_ reports: Reports, data: DataFolder) async throws -> [Finding] {
    let district = reports.figures.district
    let accounts = Accounts(district, passwords: Passwords(), isDemonstration: false)
    let logger = Logger(label: "groundwork.verify")
    let uploads = Uploads(district, accounts, folder: data.uploads, logger: logger)
    let heads = try data.heads()
    var checks = features(
        accounts, uploads, reports.figures, reports, data: data, logger: logger, waits: { _ in }
    ).flatMap(\.checks)
    checks += [
        headsCheck(heads), Check(reading: verifyClock),
        Check(reading: { try verifyRows(district, $0) }),
    ]
    var findings: [Finding] = []
    for check in checks { findings += try await check.run(district.database) }
    return findings
}

/// Every row that gives rights carries its mark, and every row that the audit proves is there.
private func verifyRows(_ district: District, _ db: Connection) throws -> [Finding] {
    var findings: [Finding] = []
    for table in district.declared.flatMap(\.marked) {
        for id in try db.unmarked(table, limit: 20) {
            findings.append(
                Finding("the row \(id) of \(table.name) was written or changed by hand"))
        }
    }
    for proven in district.declared.flatMap(\.proven) {
        let gone = try db.rows(
            """
            SELECT a.subject FROM audit a WHERE a.action = \(proven.action)
                AND NOT EXISTS (SELECT 1 FROM \(name: proven.table) t WHERE t.id = a.subject)
            ORDER BY a.seq
            """)
        for row in gone {
            let id = try row.at(0, as: String.self)
            findings.append(Finding("\(id) is gone (\(proven.action))"))
        }
    }
    return findings
}

/// Where the clock stepped back, and where an older program let the time run backwards. What
/// somebody has accepted since is no finding any longer.
@Sendable private func verifyClock(_ db: Connection) throws -> [Finding] {
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
