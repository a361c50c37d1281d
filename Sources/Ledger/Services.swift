import Accounts
import Core
import Storage
import Web

/// What the verbs of every feature are given: the district, who may come in, and the site. What
/// only one feature needs, such as a folder, stands beside it there.
package struct Services: Sendable {
    package let district: District
    package let accounts: Accounts
    package let site: Site

    package init(_ district: District, _ accounts: Accounts, _ site: Site) {
        self.district = district
        self.accounts = accounts
        self.site = site
    }

    package var database: Database { district.database }
    package var today: Day { district.now().day }

    package func audit(_ db: Connection) -> Audit { Audit(db, key: district.key) }
}
