import Catalogue
import Core
import Ledger
import Storage

/// Whose uploads somebody may see: his own, and those without faults that are about nothing but
/// units for which he may bring files himself. A sealed kind is seen by who stands on its list.
package struct UploadSight: Sendable {
    private let account: String
    private let access: Access
    private let kinds: [String]
    private let today: Day

    package init(account: String, access: Access, catalogue: Catalogue, on today: Day) {
        self.account = account
        self.access = access
        self.today = today
        kinds = catalogue.kinds.values
            .filter { $0.visibility != .sealed || access.sealedKinds.contains($0.id) }
            .map(\.id).sorted()
    }

    /// A condition on `upload u`.
    var condition: SQL {
        let covered = ImportBounds.units(.bring, of: access, on: today)
        return """
            u.kind IN (\(values: kinds)) AND (u.account_id = \(account)
                OR (u.wrong_rows = 0 AND u.known_import IS NULL
                    AND u.state IN ('judged', 'publishing', 'published', 'undone')
                    AND EXISTS (SELECT 1 FROM upload_unit n WHERE n.upload_id = u.id)
                    AND NOT EXISTS (SELECT 1 FROM upload_unit n
                        WHERE n.upload_id = u.id AND n.unit_id NOT IN (\(covered)))))
            """
    }
}
