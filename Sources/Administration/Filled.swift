import Core
import Ledger
import Web

/// A form as it stands on a page: what was entered, and what is wrong with it.
struct Filled: Sendable {
    private let values: [String: String]
    private let faults: [Fault]
    private let language: Language
    /// The form that came in; nil when it is shown for the first time.
    let form: Form?

    init(
        _ language: Language, _ form: Form? = nil, _ faults: [Fault] = [],
        offering values: [String: String] = [:]
    ) {
        self.language = language
        self.form = form
        self.faults = faults
        self.values =
            form.map { Dictionary($0.pairs.map { ($0.name, $0.value) }) { first, _ in first } }
            ?? values
    }

    var summary: FaultSummary? {
        FaultSummary(faults.map { (name: $0.place, sentence: $0.words[language]) })
    }

    func value(_ name: String) -> String { values[name] ?? "" }

    private func sentences(_ name: String) -> [String] {
        faults.filter { $0.place == name }.map { $0.words[language] }
    }

    private func isFirst(_ name: String) -> Bool { faults.first?.place == name }

    func line(
        _ name: String, _ label: String, type: String = "text", isRequired: Bool = false,
        help: String? = nil, list: [(value: String, label: String)] = []
    ) -> FormSheet.Part {
        FormSheet.Part(
            FormField(
                name, label, value: value(name), type: type, isRequired: isRequired, help: help,
                faults: sentences(name), isFirst: isFirst(name), autocomplete: "off", list: list))
    }

    func choice(
        _ name: String, _ label: String, options: [(value: String, label: String)],
        isRequired: Bool = false, help: String? = nil
    ) -> FormSheet.Part {
        FormSheet.Part(
            FormChoice(
                name, label, chosen: value(name), options: options, isRequired: isRequired,
                help: help, faults: sentences(name), isFirst: isFirst(name)))
    }

    func lines(_ name: String, _ label: String, help: String? = nil) -> FormSheet.Part {
        FormSheet.Part(
            FormText(
                name, label, value: value(name), rows: 2, isRequired: true, help: help,
                faults: sentences(name), isFirst: isFirst(name)))
    }
}

/// Reads a form value by value, and gathers what is wrong with it.
struct FormReader {
    let form: Form
    private(set) var faults: [Fault] = []

    init(_ form: Form) { self.form = form }

    mutating func fault(_ name: String, zh: String, en: String) {
        faults.append(Fault(name, zh: zh, en: en))
    }

    private mutating func missing(_ name: String) {
        fault(name, zh: "请填写。", en: "Fill this in, please.")
    }

    /// One line; an empty one that is required is a fault.
    mutating func line(_ name: String, upTo limit: Int = Limits.valueCharacters) -> String? {
        let text = optional(name, upTo: limit)
        if text == nil, !faults.contains(where: { $0.place == name }) { missing(name) }
        return text
    }

    mutating func optional(_ name: String, upTo limit: Int = Limits.valueCharacters) -> String? {
        do {
            return try form.text(name, upTo: limit)
        } catch {
            note(error)
            return nil
        }
    }

    /// Several lines of at least so many characters, such as a reason.
    mutating func lines(_ name: String, atLeast fewest: Int) -> String? {
        var found: String?
        do {
            found = try form.lines(name, upTo: Self.reasonCharacters)
        } catch {
            note(error)
            return nil
        }
        guard let text = found, text.count >= fewest else {
            fault(name, zh: "请至少写 \(fewest) 个字。", en: "Write \(fewest) characters at least.")
            return nil
        }
        return text
    }

    mutating func day(_ name: String) -> Day? {
        guard let text = optional(name) else { return nil }
        guard let day = Reading.day(text) else {
            fault(name, zh: "日期应写作 2015-03-30 的形式。", en: "Write the day like 2015-03-30.")
            return nil
        }
        return day
    }

    private mutating func note(_ refusal: Refusal) {
        if case .invalid(let list) = refusal { faults += list }
    }

    /// The longest reason, purpose or name of a recipient, in characters.
    static let reasonCharacters = 500
}
