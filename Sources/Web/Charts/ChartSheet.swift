/// The rules of the pages' style sheet that charts are drawn by, for a picture in a file of its
/// own: every color written out, and nothing about where a chart stands in a page.
package struct ChartSheet: Sendable {
    package let text: String

    package init(_ sheet: String) {
        let rules = Self.rules(sheet)
        let tokens = Dictionary(
            rules.first { $0.selector == ":root" }?.declarations ?? [],
            uniquingKeysWith: { first, _ in first })
        text = rules.compactMap { rule -> String? in
            guard rule.selector.contains(".chart") || rule.selector.contains(".map-"),
                !rule.selector.contains(":")
            else { return nil }
            let kept = rule.declarations.filter { name, value in
                Self.drawn.contains { name.hasPrefix($0) } && !value.hasSuffix("rem")
            }.map { "\($0.name):\(Self.written($0.value, tokens))" }
            return kept.isEmpty ? nil : "\(rule.selector){\(kept.joined(separator: ";"))}"
        }.joined(separator: "\n")
    }

    /// The beginnings of what a drawing takes from a rule.
    private static let drawn = ["fill", "stroke", "font", "text-anchor", "paint-order", "opacity"]

    private typealias Declaration = (name: String, value: String)

    private static func written(_ value: String, _ tokens: [String: String]) -> String {
        tokens.reduce(value) { $0.replacing("var(\($1.key))", with: $1.value) }
    }

    /// The rules that hold everywhere; those for paper, phones and the like are left out.
    private static func rules(
        _ sheet: String
    ) -> [(selector: String, declarations: [Declaration])] {
        var rules: [(selector: String, declarations: [Declaration])] = []
        var (head, body, depth, isSpecial) = ("", "", 0, false)
        for character in withoutComments(sheet) {
            switch character {
            case "{":
                depth += 1
                if depth == 1 { isSpecial = head.contains("@") }
            case "}":
                depth -= 1
                guard depth == 0 else { continue }
                if !isSpecial { rules.append((plain(head), declarations(body))) }
                (head, body) = ("", "")
            default:
                if depth == 0 { head.append(character) } else { body.append(character) }
            }
        }
        return rules
    }

    private static func withoutComments(_ sheet: String) -> String {
        sheet.split(separator: "/*", omittingEmptySubsequences: false).enumerated().map {
            place, part in
            guard place > 0 else { return String(part) }
            return part.firstRange(of: "*/").map { String(part[$0.upperBound...]) } ?? ""
        }.joined()
    }

    private static func declarations(_ body: String) -> [Declaration] {
        body.split(separator: ";").compactMap { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return (plain(String(parts[0])), plain(String(parts[1])))
        }
    }

    private static func plain(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
