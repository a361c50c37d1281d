import Storage

/// Entries of a feature that are no records yet and may name persons: drafts, what waits for a
/// second person, and their files. Whoever keeps such entries knows how they are written down, so
/// an erasure asks here and reads no form of another.
package protocol UnfinishedEntries {
    /// The entries that name one of these persons, and those that change a record about them.
    ///
    /// - Parameter kinds: nil for those of every kind.
    func naming(_ persons: [String], kinds: Set<String>?) throws -> [String]

    /// The entries that change one of these records, or say something private about its matter.
    func about(_ records: [String]) throws -> [String]

    /// The files that came with them.
    func files(of entries: [String]) throws -> [String]

    /// Takes entries away with the names of their files; what is none of them is let be.
    func delete(_ entries: [String]) throws
}

/// Finds the unfinished entries of a feature in one snapshot.
package typealias UnfinishedReader =
    @Sendable (_ db: Connection, _ key: SecretKey) -> any UnfinishedEntries
