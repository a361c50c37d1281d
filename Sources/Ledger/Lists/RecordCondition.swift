import Core
import Storage

/// What a list of records asks of one value of theirs.
///
/// Names of fields come from the catalogue, never from a request.
package enum RecordCondition: Sendable, Hashable {
    /// A measure in stored units; its place among the measures of its kind is told from one on.
    case measure(Int, from: Int?, through: Int?)
    case number(String, from: Int?, through: Int?)
    case day(String, from: Day?, through: Day?)
    /// A choice or a flag, as it is stored.
    case choice(String, String)
    /// Holds a text, in any of some fields.
    case holds([String], String)

    /// As a condition over an alias of `record`.
    func sql(_ alias: String) -> SQL {
        switch self {
        case .measure(let place, let from, let through):
            return Self.range("\(name: alias).\(name: "m\(place)")", from, through)
        case .number(let field, let from, let through):
            return Self.range(
                "CAST(\(Self.value(field, alias)) AS BIGINT)", from, through)
        case .day(let field, let from, let through):
            return Self.range(Self.value(field, alias), from, through)
        case .choice(let field, let word):
            return "\(Self.value(field, alias)) = \(word)"
        case .holds(let fields, let text):
            // The engines make letters small in their own ways, and some keep what is not Latin.
            let plain = Self.pattern(text)
            let small = Self.pattern(Folding.key(text))
            let tests: [SQL] = fields.map { field in
                let value = Self.value(field, alias)
                return """
                    \(value) LIKE \(plain) ESCAPE '!' OR LOWER(\(value)) LIKE \(small) ESCAPE '!'
                    """
            }
            return tests.isEmpty ? "FALSE" : "(\(tests.joined(separator: " OR ")))"
        }
    }

    private static func value(_ field: String, _ alias: String) -> SQL {
        "(\(name: alias).fields ->> '\(name: field)')"
    }

    /// Nothing is within a range that is not given at all: such a condition is none.
    private static func range<Bound: Storable>(
        _ value: SQL, _ from: Bound?, _ through: Bound?
    ) -> SQL {
        let parts: [SQL] =
            (from.map { ["\(value) >= \($0)"] } ?? [])
            + (through.map { ["\(value) <= \($0)"] } ?? [])
        return parts.isEmpty ? "TRUE" : parts.joined(separator: " AND ")
    }

    /// What holds the text, whose own signs stand for themselves.
    private static func pattern(_ text: String) -> String {
        "%" + text.replacing("!", with: "!!").replacing("%", with: "!%").replacing("_", with: "!_")
            + "%"
    }
}
