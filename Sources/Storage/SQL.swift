/// A statement or a piece of one: text and bound values, kept apart until an engine renders them.
///
/// Interpolating a value binds it; only an `SQL` becomes text. That is the whole defense against
/// injection, so there is deliberately no way to make an `SQL` from a run-time `String`.
package struct SQL: Sendable, ExpressibleByStringInterpolation, CustomStringConvertible {
    private enum Part: Sendable {
        case text(String)
        case value(Value)
    }

    private var parts: [Part] = []

    package static let empty = SQL()

    private init() {}

    package init(stringLiteral text: String) { append(text: text) }

    package init(stringInterpolation interpolation: StringInterpolation) {
        self = interpolation.sql
    }

    package var values: [Value] {
        parts.compactMap { if case .value(let value) = $0 { value } else { nil } }
    }

    package var isEmpty: Bool { parts.isEmpty }

    /// The text alone: values may be private and do not belong in a log.
    package var description: String { text(for: .sqlite) }

    /// The text with the engine's placeholders: `?` for SQLite, `$1` and up for PostgreSQL.
    package func text(for dialect: Dialect) -> String {
        var text = ""
        var position = 0
        for part in parts {
            switch part {
            case .text(let piece): text += piece
            case .value:
                position += 1
                text += dialect == .sqlite ? "?" : "$\(position)"
            }
        }
        return text
    }

    package static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum += right
        return sum
    }

    package static func += (left: inout SQL, right: SQL) {
        left.parts += right.parts
    }

    fileprivate mutating func append(text: String) {
        if !text.isEmpty { parts.append(.text(text)) }
    }

    fileprivate mutating func append(value: Value) {
        parts.append(.value(value))
    }
}

/// The engine a text is written for.
package enum Dialect: String, Sendable {
    case sqlite, postgres

    /// What stands behind a table whose rows lie in the order of their key and nowhere else. An
    /// engine that cannot do so keeps them as it keeps all others.
    package var clusteredTableOption: String {
        switch self {
        case .sqlite: "WITHOUT ROWID"
        case .postgres: ""
        }
    }
}

extension SQL {
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var sql = SQL.empty

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) { sql.append(text: literal) }

        package mutating func appendInterpolation(_ value: some Storable) {
            sql.append(value: value.storageValue)
        }

        // Without this overload the compiler warns at every nullable column.
        package mutating func appendInterpolation<T: Storable>(_ value: T?) {
            sql.append(value: value.storageValue)
        }

        package mutating func appendInterpolation(_ piece: SQL) { sql += piece }

        /// A list for `IN (…)`. PostgreSQL refuses an empty list; `IN (NULL)` matches nothing.
        package mutating func appendInterpolation<T: Storable>(values: some Sequence<T>) {
            var isFirst = true
            for value in values {
                if !isFirst { sql.append(text: ", ") }
                sql.append(value: value.storageValue)
                isFirst = false
            }
            if isFirst { sql.append(text: "NULL") }
        }

        package mutating func appendInterpolation(name: String) {
            precondition(
                isPlainIdentifier(name), "an SQL identifier is [a-z_][a-z0-9_]*, not: \(name)")
            sql.append(text: name)
        }
    }
}

extension Sequence<SQL> {
    package func joined(separator: SQL) -> SQL {
        var sum = SQL.empty
        var isFirst = true
        for piece in self {
            if !isFirst { sum += separator }
            sum += piece
            isFirst = false
        }
        return sum
    }
}

/// Whether a name needs no quoting on either engine: `[a-z_][a-z0-9_]*`.
func isPlainIdentifier(_ name: String) -> Bool {
    guard let first = name.utf8.first else { return false }
    let isLetter = { (byte: UInt8) in byte == 0x5F || (0x61...0x7A).contains(byte) }
    return isLetter(first)
        && name.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
}
