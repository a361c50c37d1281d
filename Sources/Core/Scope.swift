import Storage

/// What an actor may see, as SQL that every query carries.
///
/// Visibility is part of the query: what lies outside is not found, as if it did not exist.
package struct Scope: Sendable {
    /// The ids of the kinds whose records may be shown; nil shows every kind.
    private let kinds: [String]?

    private init(kinds: [String]?) { self.kinds = kinds }

    /// The kinds that a visitor may read.
    package static func kinds(_ kinds: [String]) -> Scope { Scope(kinds: kinds.sorted()) }

    /// Everything: the person who runs the system, at its terminal.
    package static let everything = Scope(kinds: nil)

    /// A condition on a column that holds a kind.
    package func condition(_ column: SQL) -> SQL {
        guard let kinds else { return "TRUE" }
        return "\(column) IN (\(values: kinds))"
    }

    /// Whether records of this kind may be shown.
    package func covers(_ kind: String) -> Bool { kinds?.contains(kind) ?? true }
}
