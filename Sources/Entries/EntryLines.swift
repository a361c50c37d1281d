import Catalogue
import Core
import Ledger
import Organization
import Web

extension FactLine {
    /// What an entry says, line by line, in the order of its form.
    ///
    /// - Parameter hidesPrivate: leaves out what is private.
    static func lines(
        _ kind: Kind, _ said: [String: String], hidesPrivate: Bool, _ structure: Structure,
        _ words: Words
    ) -> [FactLine] {
        let day = said[Heading.day.name].flatMap(Reading.day)
        return kind.inputHeadings.compactMap { heading in
            guard let text = said[heading.name], !text.isEmpty else { return nil }
            if hidesPrivate, case .privateValue = heading { return nil }
            return FactLine(
                kind.label(heading)[words.language],
                shown(text, heading, kind, day, structure, words))
        }
    }

    private static func shown(
        _ text: String, _ heading: Heading, _ kind: Kind, _ day: Day?, _ structure: Structure,
        _ words: Words
    ) -> String {
        let language = words.language
        switch heading {
        case .unit, .place:
            guard let unit = day.flatMap({ structure.unit(code: text, on: $0) }) else {
                return text
            }
            return words["name_with_code", ["name": unit.name, "code": unit.code]]
        case .measure(let index):
            let unit = kind.measures[index].unit.written.name[language]
            return words["entry_amount", ["amount": text, "unit": unit]]
        case .field(let id):
            guard let field = kind.field(id) else { return text }
            switch field.form {
            case .choice:
                return field.options.first { $0.id == text }?.name[language] ?? text
            case .flag: return words[text == "true" ? "yes" : "no"]
            case .text, .number, .day: return text
            }
        case .minute: return Reading.minute(text)?.description ?? text
        default: return text
        }
    }
}
