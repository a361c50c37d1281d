import Accounts
import Administration
import Boards
import Cases
import Core
import Dues
import Entries
import Figures
import Ledger
import Logging
import Organization
import Reports
import Rights
import Storage
import Tables
import Uploads
import Web

/// What every target declares of its data, in the order of their tables.
package let declarations = [
    coreData, organizationData, ledgerData, reportsData, accountsData, uploadsData, duesData,
    entriesData, administrationData, rightsData, casesData, tablesData,
]

/// Every table, in the order of the targets; a later table of a lower target comes first.
package let migrations: [Migration] = declarations.flatMap(\.migrations)

/// Every feature, in the order of the header.
///
/// - Parameter waits: is told what the retention deletes only after a confirmation.
package func features(
    _ accounts: Accounts, _ files: Uploads, _ figures: Figures, _ reports: Reports,
    data: DataFolder, logger: Logger, waits: @escaping @Sendable ([Retention.Part]) -> Void
) -> [Feature] {
    let district = figures.district
    let nightly = retention(district, data).job(
        deleted: { parts in
            for part in parts {
                logger.notice(
                    "retention", metadata: ["entry": "\(part.entry)", "rows": "\(part.count)"])
            }
        }, waits: waits)
    return [
        ledger(district), accountPages(accounts),
        boards(figures, accounts) { kind, unit, day, db in
            try PendingEntry.count(
                kind: kind, units: district.structure(db).heads([unit], on: day), on: day, db)
        },
        reportPages(reports),
        cases(district, accounts),
        entries(district, accounts, evidence: data.evidenceFolder(district)), uploads(files),
        dues(district, accounts),
        tables(figures, accounts),
        rights(district, accounts, folder: data.rights, jobs: [nightly]),
        administration(district, accounts),
    ]
}

/// What goes when its time has passed in this district.
package func retention(_ district: District, _ data: DataFolder) -> Retention {
    Retention(district, folder: data.rights)
}
