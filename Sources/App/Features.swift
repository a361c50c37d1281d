import Boards
import Core
import Figures
import Ledger
import Organization
import Reports
import Storage
import Web

/// Every table, in the order it came.
package let migrations: [Migration] =
    coreMigrations + organizationMigrations + ledgerMigrations + reportMigrations

/// Every feature that shows pages, in the order of the header.
package func features(_ figures: Figures, _ reports: Reports) -> [Feature] {
    [boards(figures), reportPages(reports)]
}
