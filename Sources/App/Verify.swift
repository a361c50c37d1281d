import Accounts
import Core
import Figures
import Ledger
import Logging
import Messages
import Papers
import ReportDesk
import Reports
import Requests
import Storage
import Uploads
import Web

/// Checks a whole district: what every feature declares to be checked, how far the ledger went, and
/// the marks of rows that give rights.
///
/// - Parameter start: a head up to which it was found whole before; nil checks from the first row.
package func verify(
    _ reports: Reports, data: DataFolder, from start: HeadLog.Head? = nil
) async throws -> [Finding] {
    let district = reports.figures.district
    let accounts = Accounts(district, passwords: Passwords(), isDemonstration: false)
    let logger = Logger(label: "groundwork.verify")
    let uploads = Uploads(district, accounts, folder: data.uploads, logger: logger)
    let heads = try data.heads()
    let messages = Messages(district, accounts, setting: nil, terms: Terms([:]))
    var checks = features(
        of: Shared(
            accounts: accounts, uploads: uploads, messages: messages,
            papers: Papers(reports, forms: [:]),
            review: try ReviewDesk(folders: district.folders, district.catalogue),
            requests: try Requests(district)),
        data: data, logger: logger, waits: { _ in }
    ).flatMap(\.checks)
    checks += [
        headsCheck(heads), Check(reading: verifyClock),
        Check(reading: { try verifyMarks(district, $0) }),
    ]
    var findings: [Finding] = []
    for check in checks { findings += try await check.run(district.database, start) }
    return findings
}

/// Every row that gives rights carries its mark.
private func verifyMarks(_ district: District, _ db: Connection) throws -> [Finding] {
    var findings: [Finding] = []
    for table in district.declared.flatMap(\.marked) {
        for id in try db.unmarked(table, limit: 20) {
            findings.append(
                Finding("the row \(id) of \(table.name) was written or changed by hand"))
        }
    }
    return findings
}

/// Where the clock stepped back. What somebody has accepted since is no finding any longer.
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
    return findings
}
