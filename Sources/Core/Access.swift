/// One thing that a role lets somebody do.
package enum Right: String, Sendable, CaseIterable, Hashable {
    /// Read internal records of their units.
    case read
    /// Post and correct records there.
    case write
    /// Confirm, as the second person, what somebody else entered.
    case confirm
    /// Bring in files.
    case `import`
    /// Issue reports.
    case report
    /// Make kinds of record.
    case kinds
    /// The system administrator's: accounts, invitations, persons.
    case accounts
    /// The security administrator's: roles and sealed lists.
    case grants
    /// The audit administrator's: search and export of the audit.
    case audit
    /// Answer requests about personal data.
    case rights
}

/// One of the three administrators. The schema gives an account one office at most, and none to
/// who holds a role in a unit: 三员分立.
package enum Office: String, Sendable, CaseIterable {
    case system, security, audit

    package var right: Right {
        switch self {
        case .system: .accounts
        case .security: .grants
        case .audit: .audit
        }
    }
}

/// What an actor may do today, where, and why. Read anew for every request, so that what is taken
/// from them is gone at once.
package struct Access: Sendable, Hashable {
    /// A right over everything below a unit, and what gives it.
    package struct Holding: Sendable, Hashable {
        package enum Basis: Sendable, Hashable {
            /// The record of a post in force today.
            case post(String)
            /// A grant by the security administrator.
            case grant(String)
            /// The account's office.
            case office
        }

        package let right: Right
        /// Nil for an office, which has none.
        package let unit: UnitID?
        /// The id of the role in the catalogue, or of the office.
        package let role: String
        package let basis: Basis

        package init(right: Right, unit: UnitID?, role: String, basis: Basis) {
            self.right = right
            self.unit = unit
            self.role = role
            self.basis = basis
        }
    }

    package let holdings: [Holding]
    /// The sealed kinds on whose list of names they stand today.
    package let sealedKinds: Set<String>

    package init(holdings: [Holding], sealedKinds: Set<String> = []) {
        self.holdings = holdings
        self.sealedKinds = sealedKinds
    }

    package static let none = Access(holdings: [])

    /// Whether they hold the right anywhere.
    package func may(_ right: Right) -> Bool { holdings.contains { $0.right == right } }

    /// The units at the top of what the right covers.
    package func units(_ right: Right) -> Set<UnitID> {
        Set(holdings.filter { $0.right == right }.compactMap(\.unit))
    }
}
