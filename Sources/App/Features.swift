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
    + administrationMigrations + rightsMigrations

/// Every feature that shows pages, in the order of the header.
package func features(
    _ accounts: Accounts, _ files: Uploads, _ figures: Figures, _ reports: Reports,
    data: DataFolder
) -> [Feature] {
    let district = figures.district
    return [
        accountPages(accounts),
        boards(figures) { kind, unit, day, db in
            try Waiting.count(
                kind: kind, units: district.structure(db).heads([unit], on: day), on: day, db)
        },
        reportPages(reports),
        entries(district, accounts, evidence: data.evidenceFolder(district)), uploads(files),
        dues(district, accounts),
        rights(district, accounts, folder: data.rights),
        administration(district, accounts),
    ]
}

/// What goes by itself each night, beside what the register says.
package func sweepers(_ district: District) -> [Sweeper] {
    accountSweepers(district.catalogue) + rightsSweepers(district.catalogue) + entriesSweepers
        + duesSweepers + [stagedRowsSweeper]
}

/// What goes when its time has passed in this district.
package func retention(_ district: District, _ data: DataFolder) -> Retention {
    Retention(district, folder: data.rights, sweepers: sweepers(district))
}
