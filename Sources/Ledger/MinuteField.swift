import Catalogue
import Core
import Web

extension FormField {
    /// The time of day in a form of a kind that asks for it.
    ///
    /// A text that is no minute is shown as it was written: a time field would drop it.
    static func minute(
        _ kind: Kind, _ text: String, isRequired: Bool, faults: [String], isFirst: Bool,
        _ words: Words
    ) -> FormField {
        let read = Reading.minute(text)
        return FormField(
            Heading.minute.name, kind.label(.minute)[words.language],
            .line(type: text.isEmpty || read != nil ? "time" : "text", autocomplete: "off"),
            value: read?.description ?? text, isRequired: isRequired,
            help: words["entry_minute_help"], faults: faults, isFirst: isFirst)
    }
}

extension FormState {
    /// The time of day at which a record ended; nil where its kind has days alone. It may be left
    /// out, as it may in a file.
    package func minute(_ kind: Kind, _ words: Words) -> FormPart? {
        guard kind.minute != .none else { return nil }
        let name = Heading.minute.name
        return FormPart(
            .minute(
                kind, value(name), isRequired: false, faults: sentences(name),
                isFirst: isFirst(name), words))
    }
}
