import Catalogue
import Core
import Organization
import Web

/// What a form of a kind said: each text by the heading it stands under, as it was written, and
/// what is wrong with the texts themselves.
package struct EntrySheet: Sendable {
    package let kind: Kind
    /// By the names of the fields; what is shown again, and kept as a draft.
    package private(set) var said: [String: String] = [:]
    package private(set) var values: [Heading: String] = [:]
    package private(set) var faults: [Fault] = []

    /// The longest text that is shown again or kept, in characters.
    package static let textCharacters = 2_000

    package init(_ kind: Kind, _ form: Form) {
        self.kind = kind
        for heading in kind.inputHeadings {
            let name = heading.name
            guard let raw = form.all(name).first else { continue }
            let scalars = raw.replacing("\r\n", with: "\n").unicodeScalars
            let shown = String(String.UnicodeScalarView(scalars.prefix(Self.textCharacters)))
            do {
                let text =
                    try kind.isLong(heading)
                    ? form.lines(name, upTo: Self.textCharacters)
                    : form.text(name, upTo: Self.textCharacters)
                guard let text else { continue }
                said[name] = text
                values[heading] = kind.isList(heading) ? text.replacing("\n", with: "；") : text
            } catch Refusal.invalid(let more) {
                // What nobody can see in the field is not sent back into it: they could not mend
                // it.
                let seen = shown.unicodeScalars.filter {
                    $0 == "\n"
                        || $0.properties.generalCategory != .control
                            && !$0.properties.isBidiControl
                }
                said[name] = String(String.UnicodeScalarView(seen))
                faults += more.map {
                    Fault(kind.label(heading), at: name, zh: $0.words.zh, en: $0.words.en)
                }
            } catch {
                preconditionFailure("a form refuses a text as invalid and in no other way")
            }
        }
    }

    /// What was kept of a form, such as an entry that waits.
    package init(_ kind: Kind, said: [String: String]) {
        self.kind = kind
        self.said = said
        for heading in kind.inputHeadings {
            guard let text = said[heading.name], !text.isEmpty else { continue }
            values[heading] = kind.isList(heading) ? text.replacing("\n", with: "；") : text
        }
    }

    /// Adds what is wrong with something that came beside the texts.
    package mutating func add(_ more: [Fault]) { faults += more }

    package var day: Day? { values[.day].flatMap(Reading.day) }

    /// Takes a unit's name, or what else is written for it, for its code, where one unit among
    /// those offered is meant. Where none is, those that come nearest are offered beside the field.
    package mutating func resolve(
        _ heading: Heading, among units: [UnitVersion], _ structure: Structure, on today: Day
    ) {
        guard let text = values[heading] else { return }
        let key = Folding.key(text)
        if let coded = units.first(where: { Folding.key($0.code) == key }) {
            values[heading] = coded.code
            return
        }
        var reading = UnitReading(structure, on: day ?? today)
        reading.among = Set(units.map(\.unit))
        switch reading.read(text) {
        case .one(let unit): values[heading] = unit.code
        case .several(let near), .none(let near):
            // Of a unit that is not offered, whoever reads the entry says so.
            guard structure.unit(naming: text, on: reading.day) == nil,
                structure.history(code: text).isEmpty, !near.isEmpty
            else { return }
            faults.append(
                Fault(
                    kind.label(heading), at: heading.name,
                    zh: "“\(text)”不能确定是哪个单位，请选择。",
                    en: "“\(text)” is not clear: choose a unit."
                ).near(structure.near(near, on: reading.day)))
        }
    }

    /// What is said, each unit by its code.
    package var coded: [String: String] {
        var coded = said
        for heading in [Heading.unit, .place] { coded[heading.name] = values[heading] }
        return coded
    }

    /// What they chose among options, to be offered the next time.
    package var choices: [String: String] {
        var choices: [String: String] = [:]
        for field in kind.fields where field.form == .choice {
            let name = Heading.field(field.id).name
            choices[name] = said[name]
        }
        return choices
    }

    /// What an entry that comes again may say: not when, not which, and nothing private.
    package var repeatable: [String: String] {
        var kept = said
        let once: [Heading] =
            [.day, .minute, .lastDay, .ref] + kind.privates.map { .privateValue($0.id) }
        for heading in once { kept[heading.name] = nil }
        return kept
    }
}

extension Kind {
    /// Whether a text of this heading may have several lines.
    package func isLong(_ heading: Heading) -> Bool {
        if case .field(let id) = heading { return field(id)?.isLong == true }
        return isList(heading)
    }

    /// Whether several names or codes may stand under a heading.
    package func isList(_ heading: Heading) -> Bool {
        switch heading {
        case .person(let id): persons.first { $0.id == id }?.many == true
        case .subject(let id): subjects.first { $0.id == id }?.many == true
        default: false
        }
    }
}
