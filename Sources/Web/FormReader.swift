import Core

/// Reads a form value by value, and gathers what is wrong with it, so that everything stands beside
/// its field at once.
package struct FormReader {
    package let form: Form
    private var faults: [Fault] = []

    package init(_ form: Form) { self.form = form }

    /// The longest reason, purpose or name of a recipient, in characters.
    package static let reasonCharacters = 500

    /// Refuses the form with everything that was found wrong.
    ///
    /// - Throws: `Refusal.invalid`.
    package func check() throws(Refusal) {
        guard faults.isEmpty else { throw .invalid(faults) }
    }

    package mutating func fault(_ name: String, zh: String, en: String) {
        faults.append(Fault(name, zh: zh, en: en))
    }

    private func isWrong(_ name: String) -> Bool { faults.contains { $0.place == name } }

    /// One line; an empty one is a fault. It is empty only where `check` throws.
    package mutating func line(
        _ name: String, upTo limit: Int = Limits.valueCharacters, missing words: Wording? = nil
    ) -> String {
        let text = optional(name, upTo: limit)
        return given(text, name, missing: words) ?? ""
    }

    package mutating func optional(
        _ name: String, upTo limit: Int = Limits.valueCharacters
    ) -> String? {
        attempt { form throws(Refusal) in try form.text(name, upTo: limit) }
    }

    /// Several lines of at least so many characters, such as a reason.
    package mutating func lines(
        _ name: String, atLeast fewest: Int, upTo limit: Int = reasonCharacters,
        missing words: Wording? = nil
    ) -> String {
        let text = optionalLines(name, upTo: limit)
        guard !isWrong(name) else { return "" }
        guard let text, text.count >= fewest else {
            let words =
                words
                ?? Wording(
                    zh: "请至少写 \(fewest) 个字。", en: "Write \(fewest) characters at least.")
            fault(name, zh: words.zh, en: words.en)
            return ""
        }
        return text
    }

    package mutating func optionalLines(_ name: String, upTo limit: Int) -> String? {
        attempt { form throws(Refusal) in try form.lines(name, upTo: limit) }
    }

    /// One of a few words; none or another is a fault.
    package mutating func choice<Choice: RawRepresentable>(
        _ name: String, as type: Choice.Type = Choice.self, missing words: Wording
    ) -> Choice? where Choice.RawValue == String {
        given(optional(name).flatMap(Choice.init), name, missing: words)
    }

    /// What was given under a name; nothing is a fault.
    package mutating func given<Value>(
        _ value: Value?, _ name: String, missing words: Wording? = nil
    ) -> Value? {
        if value == nil, !isWrong(name) {
            let words = words ?? Wording(zh: "请填写。", en: "Fill this in, please.")
            fault(name, zh: words.zh, en: words.en)
        }
        return value
    }

    private mutating func attempt(_ read: (Form) throws(Refusal) -> String?) -> String? {
        do {
            return try read(form)
        } catch {
            if case .invalid(let found) = error { faults += found }
            return nil
        }
    }
}
