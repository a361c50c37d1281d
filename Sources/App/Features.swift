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
    + accountMigrations + administrationMigrations

/// Every feature that shows pages, in the order of the header.
package func features(
    _ accounts: Accounts, _ figures: Figures, _ reports: Reports
) -> [Feature] {
    let district = figures.district
    return [
        accountPages(accounts), boards(figures), reportPages(reports), entries(district),
        uploads(district), dues(district), rights(district),
        administration(district, accounts),
    ]
}
