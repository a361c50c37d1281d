import Storage

/// Something of a feature that goes by itself when its time has passed: sessions, tokens, drafts.
///
/// The nightly run calls every sweeper, in a commit of its own, until one finds nothing more.
package struct Sweeper: Sendable {
    package let name: String
    /// Deletes one bounded batch of what has expired and says how many rows that was.
    package let sweep: @Sendable (Connection, Moment) throws -> Int

    package init(
        _ name: String, sweep: @escaping @Sendable (Connection, Moment) throws -> Int
    ) {
        self.name = name
        self.sweep = sweep
    }
}
