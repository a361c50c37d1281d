/// Where a district's database lives: one SQLite file, or one schema of a PostgreSQL server.
package struct Location: Sendable {
    enum Place: Sendable {
        case sqlite(path: String)
        case postgres(url: String, schema: String)
    }

    let place: Place

    /// The schema of a PostgreSQL address that names none.
    package static let defaultSchema = "groundwork"

    package static func sqlite(path: String) -> Location {
        Location(place: .sqlite(path: path))
    }

    package static func postgres(url: String, schema: String) -> Location {
        Location(place: .postgres(url: url, schema: schema))
    }

    package var dialect: Dialect {
        switch place {
        case .sqlite: .sqlite
        case .postgres: .postgres
        }
    }

    private init(place: Place) { self.place = place }

    /// Reads `sqlite:///path/of/file` or `postgres://user@host:port/name?schema=district`.
    /// Everything else in a PostgreSQL address is handed to libpq as it is, host lists included.
    package init(databaseURL: String) throws {
        if databaseURL.hasPrefix("sqlite:///") {
            self.init(place: .sqlite(path: String(databaseURL.dropFirst("sqlite://".count))))
        } else if databaseURL.hasPrefix("postgres://") || databaseURL.hasPrefix("postgresql://") {
            let (url, schema) = Location.withoutSchema(databaseURL)
            guard isPlainIdentifier(schema) else {
                throw DatabaseError.other(
                    code: "location",
                    message: "The schema in the database address must be [a-z_][a-z0-9_]*.")
            }
            self.init(place: .postgres(url: url, schema: schema))
        } else {
            // The address may hold a password, so the message does not repeat it.
            throw DatabaseError.other(
                code: "location",
                message: "A database address begins with sqlite:/// or postgres://.")
        }
    }

    /// libpq refuses parameters it does not know, so ours is taken out.
    private static func withoutSchema(_ address: String) -> (url: String, schema: String) {
        let pieces = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard pieces.count == 2 else { return (address, defaultSchema) }
        var schema = defaultSchema
        var kept: [Substring] = []
        for parameter in pieces[1].split(separator: "&") {
            if parameter.hasPrefix("schema=") {
                schema = String(parameter.dropFirst("schema=".count))
            } else {
                kept.append(parameter)
            }
        }
        let url = kept.isEmpty ? String(pieces[0]) : pieces[0] + "?" + kept.joined(separator: "&")
        return (url, schema)
    }
}
