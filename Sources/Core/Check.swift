import Storage

/// Something that does not hold, with where it breaks.
package struct Finding: Sendable, Hashable, CustomStringConvertible {
    package let sentence: String

    package init(_ sentence: String) { self.sentence = sentence }
    package var description: String { sentence }
}

/// One thing that `verify` looks at, declared by the feature whose data it is.
package struct Check: Sendable {
    /// - Parameter start: a head up to which the ledger was found whole before; nil for a check
    ///   from the first row. What cannot go on from there looks at everything.
    package let run: @Sendable (Database, _ start: HeadLog.Head?) async throws -> [Finding]

    package init(
        run: @escaping @Sendable (Database, _ start: HeadLog.Head?) async throws -> [Finding]
    ) {
        self.run = run
    }

    /// A check that needs one snapshot.
    package init(reading body: @escaping @Sendable (Connection) throws -> [Finding]) {
        self.init { database, _ in try await database.read(body) }
    }
}
