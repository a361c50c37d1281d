import Storage

/// Something that does not hold, with where it breaks.
package struct Finding: Sendable, Hashable, CustomStringConvertible {
    package let sentence: String

    package init(_ sentence: String) { self.sentence = sentence }
    package var description: String { sentence }
}

/// One thing that `verify` looks at, declared by the feature whose data it is.
package struct Check: Sendable {
    package let run: @Sendable (Database) async throws -> [Finding]

    package init(run: @escaping @Sendable (Database) async throws -> [Finding]) { self.run = run }

    /// A check that needs one snapshot.
    package init(reading body: @escaping @Sendable (Connection) throws -> [Finding]) {
        self.init { database in try await database.read(body) }
    }
}
