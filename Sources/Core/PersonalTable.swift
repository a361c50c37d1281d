/// A table that holds or points to what is known of a person: whose its rows are, which register
/// entry covers each column, and what of a row its person reads on their page and in their copy.
/// Secrets are kept as digests and shown to nobody.
package struct PersonalTable: Sendable {
    /// Whose a row is.
    package enum Owner: Sendable {
        /// The account in this column.
        case account(String)
        /// Whom the columns `person_id`, `account_id` and `contact_id` name.
        case anyone
        /// Found by way of other tables: the page shows it in a part of its own, or it is shown
        /// with the row it belongs to.
        case others
    }

    /// A column that a person reads, and the heading over it.
    package struct Column: Sendable, ExpressibleByStringLiteral {
        package let name: String
        package let heading: String

        package init(_ name: String, as heading: String) {
            self.name = name
            self.heading = heading
        }

        package init(stringLiteral name: String) { self.init(name, as: name) }
    }

    package let name: String
    /// What the part of the page is called.
    package let part: String
    package let owner: Owner
    /// The register entries that say why its rows are held.
    package let entries: [String]
    /// The register entry of each column that holds or points to something personal.
    package let registered: [String: String]
    package let columns: [Column]

    package init(
        _ name: String, as part: String? = nil, of owner: Owner = .others,
        why entries: [String] = [], registered: [String: String], shows columns: [Column] = []
    ) {
        self.name = name
        self.part = part ?? name
        self.owner = owner
        self.entries = entries
        self.registered = registered
        self.columns = columns
    }
}

extension [DataDeclaration] {
    /// Every column that holds or points to something personal, as `table.column`, with its
    /// register entry.
    package var personalColumns: [String: String] {
        var columns: [String: String] = [:]
        for table in flatMap(\.personal) {
            for (column, entry) in table.registered { columns["\(table.name).\(column)"] = entry }
        }
        return columns
    }
}
