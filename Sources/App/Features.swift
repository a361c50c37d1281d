import Accounts
import Administration
import Boards
import Core
import Dues
import Entries
import Figures
import Ledger
import Organization
import Reports
import Rights
import Storage
import Uploads
import Web

/// Every table, in the order it came.
package let migrations: [Migration] =
    coreMigrations + organizationMigrations + ledgerMigrations + reportMigrations
    + accountMigrations + uploadsMigrations + duesMigrations + entriesMigrations
    + administrationMigrations

/// Every feature that shows pages, in the order of the header.
package func features(
    _ accounts: Accounts, _ files: Uploads, _ figures: Figures, _ reports: Reports,
    data: DataFolder
) -> [Feature] {
    let district = figures.district
    return [
        accountPages(accounts), boards(figures), reportPages(reports),
        entries(district, evidence: data.evidence), uploads(files), dues(district, accounts),
        rights(district), administration(district, accounts),
    ]
}
