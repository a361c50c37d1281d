import Web

/// A part of an answer, written as XML or as the JSON that the contract maps it to: a list is an
/// array without its wrapper, and what is empty is null.
enum GeoNode: Sendable {
    case text(String?)
    case flag(Bool)
    case number(Int)
    /// Parts that each stand in an element of this name.
    case list([GeoNode], of: String)
    case object([(name: String, value: GeoNode)])

    var json: JSON {
        switch self {
        case .text(let text): .optional(text)
        case .flag(let flag): .flag(flag)
        case .number(let number): .number(number)
        case .list(let parts, _): .list(parts.map(\.json))
        case .object(let members): .object(members.map { JSON.Member($0.name, $0.value.json) })
        }
    }

    /// A whole document, its root of this name.
    func xml(root: String) -> String {
        var text = #"<?xml version="1.0" encoding="utf-8"?>"# + "\n"
        write(as: root, to: &text)
        return text + "\n"
    }

    private func write(as name: String, to text: inout String) {
        let content = content
        text += content.isEmpty ? "<\(name)/>" : "<\(name)>\(content)</\(name)>"
    }

    private var content: String {
        switch self {
        case .text(let text): return Markup.escape(String(Self.plain(text ?? "")))
        case .flag(let flag): return flag ? "true" : "false"
        case .number(let number): return String(number)
        case .list(let parts, let name):
            var text = ""
            for part in parts { part.write(as: name, to: &text) }
            return text
        case .object(let members):
            var text = ""
            for member in members { member.value.write(as: member.name, to: &text) }
            return text
        }
    }

    /// The same without what XML has no way to write.
    private static func plain(_ text: String) -> String.UnicodeScalarView {
        String.UnicodeScalarView(
            text.unicodeScalars.filter { scalar in
                scalar == "\n" || scalar == "\t"
                    || scalar.value >= 0x20
                        && scalar.value != 0xFFFE && scalar.value != 0xFFFF
            })
    }
}
