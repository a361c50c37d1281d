import Core
import Foundation
import Hummingbird

/// What stands after the question mark. A value that cannot be meant is refused in plain words.
package struct Query: Sendable {
    let pairs: [(name: String, value: String)]

    /// The same with more behind it, such as what was written in another way.
    package func adding(_ more: [(name: String, value: String)]) -> Query {
        Query(pairs: pairs + more)
    }

    private init(pairs: [(name: String, value: String)]) { self.pairs = pairs }

    package init(_ request: Request) { pairs = Query.pairs(of: request.uri.query ?? "") }

    /// Names and values of a text in the format of queries and simple forms.
    static func pairs(of text: String) -> [(name: String, value: String)] {
        // Browsers write a blank in a form as a plus sign, so the plus is undone first.
        func decode(_ part: Substring) -> String {
            let text = String(part.replacing("+", with: " "))
            return text.removingPercentEncoding ?? text
        }
        return text.split(separator: "&").map { part in
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (decode(sides[0]), sides.count > 1 ? decode(sides[1]) : "")
        }
    }

    /// The text under a name, trimmed; nil when it is missing or blank.
    package func text(_ name: String) throws(Refusal) -> String? {
        guard let pair = pairs.first(where: { $0.name == name }) else { return nil }
        return try text(pair.value, name)
    }

    /// The last text under a name: what was written in the line beside a list, or pressed behind
    /// it, goes before what the list says.
    package func written(_ name: String) throws(Refusal) -> String? {
        guard
            let pair = pairs.last(where: {
                $0.name == name && !$0.value.trimmingCharacters(in: .whitespaces).isEmpty
            })
        else { return nil }
        return try text(pair.value, name)
    }

    private func text(_ value: String, _ name: String) throws(Refusal) -> String? {
        let text = try Refusal.cleaned(value, at: name)
            .trimmingCharacters(in: .whitespaces)
        guard !text.isEmpty else { return nil }
        guard text.unicodeScalars.count <= Limits.valueCharacters else {
            throw .invalid(
                name, zh: "内容过长，最多 \(Limits.valueCharacters) 个字符。",
                en: "This is too long: \(Limits.valueCharacters) characters at most.")
        }
        return text
    }

    /// The texts under a name that may stand several times, each once and in the order given.
    ///
    /// - Parameter most: how many may be asked for.
    package func texts(_ name: String, most: Int) throws(Refusal) -> [String] {
        var found: [String] = []
        for value in all(name) {
            let text = try Refusal.cleaned(value, at: name)
                .trimmingCharacters(in: .whitespaces)
            guard !text.isEmpty, !found.contains(text) else { continue }
            guard text.unicodeScalars.count <= Limits.valueCharacters, found.count < most else {
                throw .invalid(
                    name, zh: "最多选 \(most) 项。", en: "Choose \(most) at most.")
            }
            found.append(text)
        }
        return found
    }

    /// Every value under a name, such as boxes that were ticked, as they were sent.
    package func all(_ name: String) -> [String] {
        pairs.filter { $0.name == name }.map(\.value)
    }

    package func day(_ name: String) throws(Refusal) -> Day? {
        guard let text = try text(name) else { return nil }
        guard let day = Day.read(text) else {
            throw .invalid(
                name, zh: "日期应写作 2015-03-30 的形式。", en: "Write the day like 2015-03-30.")
        }
        return day
    }

    /// One of a few words, such as `structure=then`.
    package func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, default fallback: Choice
    ) throws(Refusal) -> Choice where Choice.RawValue == String {
        guard let text = try text(name) else { return fallback }
        guard let choice = Choice(rawValue: text) else {
            let words = Choice.allCases.map(\.rawValue)
            throw .invalid(
                name, zh: "只能是：\(words.joined(separator: "、"))。",
                en: "This can only be: \(words.joined(separator: ", ")).")
        }
        return choice
    }

    /// Control characters have no place in a line of text, and one engine refuses NUL. Nor have
    /// marks that turn the direction of writing: with them “fdp.exe” reads as a document.
    static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory != .control && !scalar.properties.isBidiControl
    }
}
