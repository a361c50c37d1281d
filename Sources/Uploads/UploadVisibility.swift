import Catalogue
import Core
import Ledger
import Organization
import Storage

/// Whose uploads somebody may see: their own, and those without faults that are about nothing but
/// units for which they may bring files themselves. What is sealed is seen by who wrote it, as long
/// as they stand on its list, and by nobody else.
package struct UploadVisibility: Sendable {
    private let account: AccountID?
    /// The units whose rows of `reach` hold everything for which files may be brought.
    private let heads: [OrgUnit.ID]
    private let kinds: [String]
    private let openKinds: [String]
    private let today: Day

    package init(
        account: AccountID?, access: Access, catalogue: Catalogue, _ structure: Structure,
        on today: Day
    ) {
        self.account = account
        heads = structure.heads(access.units(.import), on: today)
        self.today = today
        kinds = catalogue.kinds.values
            .filter(access.maySee).map(\.id).sorted()
        openKinds = catalogue.kinds.values.filter { $0.visibility != .sealed }.map(\.id).sorted()
    }

    /// A condition on `upload u`.
    var condition: SQL {
        let covered = ReachRow.below(heads, on: today)
        return """
            u.kind IN (\(values: kinds)) AND (u.account_id = \(account)
                OR (u.kind IN (\(values: openKinds)) AND u.wrong_rows = 0 AND u.known_import IS NULL
                    AND u.state IN ('judged', 'publishing', 'published', 'undone')
                    AND EXISTS (SELECT 1 FROM upload_unit n WHERE n.upload_id = u.id)
                    AND NOT EXISTS (SELECT 1 FROM upload_unit n
                        WHERE n.upload_id = u.id AND n.unit_id NOT IN (\(covered)))))
            """
    }
}
