import Core

/// A value as JSON writes it. The members of an object keep their order, and a number its digits.
package enum JSON: Sendable, Hashable {
    case null
    case flag(Bool)
    /// A number as it is exactly, `-12.50`.
    case number(String)
    case text(String)
    case list([JSON])
    case object([Member])

    /// A name with its value.
    package struct Member: Sendable, Hashable {
        package let name: String
        package let value: JSON

        package init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    package static func number(_ number: Int) -> JSON { .number(String(number)) }

    package static func optional(_ text: String?) -> JSON { text.map(JSON.text) ?? .null }

    package static func day(_ day: Day?) -> JSON { .optional(day?.description) }

    /// One JSON text, without a blank.
    package var text: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .flag(let flag): text += flag ? "true" : "false"
        case .number(let digits): text += digits
        case .text(let value): JSON.write(value, to: &text)
        case .list(let values):
            text += "["
            for (place, value) in values.enumerated() {
                if place > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (place, member) in members.enumerated() {
                if place > 0 { text += "," }
                JSON.write(member.name, to: &text)
                text += ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    /// As RFC 8259 has it: only quotation marks, strokes and control characters are written
    /// otherwise than they are.
    private static func write(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
    ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
{
    package init(dictionaryLiteral members: (String, JSON)...) {
        self = .object(members.map { Member($0.0, $0.1) })
    }

    package init(arrayLiteral values: JSON...) { self = .list(values) }

    package init(stringLiteral text: String) { self = .text(text) }

    package init(booleanLiteral flag: Bool) { self = .flag(flag) }

    package init(integerLiteral number: Int) { self = .number(number) }
}
