import Storage

/// Something of a feature that is deleted when its time has passed: sessions, tokens, drafts.
///
/// The nightly run calls every sweeper, in a commit of its own, until one finds nothing more.
package struct Sweeper: Sendable {
    package let name: String
    /// The register entry that says how many days rows are kept; nil where the rows themselves or
    /// a limit of their feature say it.
    package let entry: String?
    /// Deletes one bounded batch of what has expired and says how many rows that was. The moment is
    /// the first that is kept by the register entry, or now without one.
    package let sweep: @Sendable (Connection, Moment) throws -> Int

    package init(
        _ name: String, keptBy entry: String? = nil,
        sweep: @escaping @Sendable (Connection, Moment) throws -> Int
    ) {
        self.name = name
        self.entry = entry
        self.sweep = sweep
    }
}
