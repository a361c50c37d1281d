import Catalogue
import Core
import Organization
import Web

/// Makes the fields of a kind, filled in, each with what is wrong with it.
package struct EntryFields {
    let kind: Kind
    let said: [String: String]
    let units: [UnitVersion]
    let places: [UnitVersion]
    let register: [String: RegisterEntry]
    let words: Words
    /// What is wrong, from the top of the page to its end, behind what belongs to no field of it.
    package let allFaults: [Fault]
    private let faults: [String: [String]]
    /// What is wrong, with what may have been meant.
    private let given: [Fault]
    /// Persons who are proposed while one writes.
    package var persons: [Proposal] = []

    /// Somebody who may be named in an entry.
    package struct Proposal: Sendable {
        let value: String
        let label: String
        let finds: String

        package init(value: String, label: String, finds: String) {
            self.value = value
            self.label = label
            self.finds = finds
        }
    }
    /// The first field with a fault, where the page opens with the cursor.
    private let first: String?

    /// The most units of a list that one chooses from; past that one writes a code or a name.
    static let chosenUnits = 60
    /// The most units that are proposed while one writes.
    static let proposedUnits = 500

    package init(
        _ kind: Kind, said: [String: String], units: [UnitVersion], places: [UnitVersion],
        register: [String: RegisterEntry], faults: [Fault], words: Words
    ) {
        self.kind = kind
        self.said = said
        self.units = units
        self.places = places
        self.register = register
        self.words = words
        var sentences: [String: [String]] = [:]
        for fault in faults {
            guard let field = fault.field else { continue }
            sentences[field, default: []].append(fault.words[words.language])
        }
        self.faults = sentences
        given = faults
        let order =
            [Heading.reason.name] + (kind.openSayings + kind.privateSayings).map(\.name)
            + [EvidenceFile.field]
        let elsewhere = faults.filter { fault in !order.contains { $0 == fault.field } }
        allFaults = elsewhere + order.flatMap { name in faults.filter { $0.field == name } }
        first = order.first { sentences[$0] != nil }
    }

    private var language: Language { words.language }

    /// Everything but what is private.
    package var open: [FormPart] { kind.openSayings.map(field) }

    /// The same without what is known already, or asked for in another way.
    package func open(without known: Set<Heading>) -> [FormPart] {
        kind.openSayings.filter { !known.contains($0) }.map(field)
    }

    /// What is private, each with what it is kept for.
    package var personal: [FormPart] { kind.privateSayings.map(field) }

    package func isFirst(_ name: String) -> Bool { first == name }
    package func faults(of name: String) -> [String] { faults[name] ?? [] }

    private func field(_ heading: Heading) -> FormPart {
        switch heading {
        case .unit: unitField(heading, units, required: true, help: nil)
        case .place:
            unitField(heading, places, required: kind.place?.required ?? false, help: nil)
        case .day: line(heading, type: "date", required: true, help: closing)
        case .minute: minute(heading.name)
        case .lastDay:
            line(heading, type: "date", required: false, help: words["entry_last_day_help"])
        case .ref: line(heading, required: false, help: words["entry_ref_help"])
        case .measure(let index): measure(heading, kind.measures[index])
        case .field(let id): kind.field(id).map { value(heading, $0) } ?? line(heading)
        case .person(let id):
            names(heading, kind.persons.first { $0.id == id }.map { ($0.required, $0.help) })
        case .subject(let id):
            names(heading, kind.subjects.first { $0.id == id }.map { ($0.required, $0.help) })
        case .privateValue(let id): secret(heading, kind.privates.first { $0.id == id })
        case .ends, .reverses, .reason: line(heading)
        }
    }

    private func minute(_ name: String) -> FormPart {
        FormPart(
            .minute(
                kind, said[name] ?? "", isRequired: kind.minute == .required,
                faults: faults(of: name), isFirst: isFirst(name), words))
    }

    private var closing: String? {
        kind.closesAfter.map { words["entry_closing_help", ["days": String($0)]] }
    }

    private func line(
        _ heading: Heading, type: String = "text", required: Bool = false, help: String? = nil,
        inputmode: String? = nil, list: [(value: String, label: String)] = [],
        label: String? = nil
    ) -> FormPart {
        field(
            heading, .line(type: type, autocomplete: "off", inputmode: inputmode, list: list),
            required: required, help: help, label: label)
    }

    private func choice(
        _ heading: Heading, _ options: [(value: String, label: String)], required: Bool,
        help: String?
    ) -> FormPart {
        let none = (value: "", label: words[required ? "entry_choose" : "entry_none"])
        return field(heading, .choice([none] + options), required: required, help: help)
    }

    private func long(_ heading: Heading, required: Bool, help: String?) -> FormPart {
        field(heading, .lines(), required: required, help: help)
    }

    private func field(
        _ heading: Heading, _ control: FormField.Control, required: Bool, help: String?,
        label: String? = nil
    ) -> FormPart {
        let name = heading.name
        return FormPart(
            FormField(
                name, label ?? kind.label(heading)[language], control, value: said[name] ?? "",
                isRequired: required, help: help, faults: faults(of: name),
                isFirst: isFirst(name), near: NearChoice(given, of: name, language)))
    }

    private func unitField(
        _ heading: Heading, _ units: [UnitVersion], required: Bool, help: String?
    ) -> FormPart {
        let options = units.map {
            (value: $0.code, label: words["name_with_code", ["name": $0.name, "code": $0.code]])
        }
        guard units.count > Self.chosenUnits else {
            return choice(heading, options, required: required, help: help)
        }
        return line(
            heading, required: required, help: words["entry_unit_help"],
            list: Array(options.prefix(Self.proposedUnits)))
    }

    private func measure(_ heading: Heading, _ measure: Kind.Measure) -> FormPart {
        let unit = (measure.counter ?? measure.unit.written.name)[language]
        return line(
            heading, required: measure.required, help: measure.help?[language],
            inputmode: "decimal",
            label: words[
                "entry_measure_label", ["label": measure.label[language], "unit": unit]])
    }

    private func value(_ heading: Heading, _ field: Kind.Field) -> FormPart {
        let help = field.help?[language]
        switch field.form {
        case .text where field.isLong: return long(heading, required: field.required, help: help)
        case .text: return line(heading, required: field.required, help: help)
        case .number:
            return line(heading, required: field.required, help: help, inputmode: "numeric")
        case .day: return line(heading, type: "date", required: field.required, help: help)
        case .choice:
            return choice(
                heading, field.options.map { (value: $0.id, label: $0.name[language]) },
                required: field.required, help: help)
        case .flag:
            return choice(
                heading,
                [(value: "true", label: words["yes"]), (value: "false", label: words["no"])],
                required: field.required, help: help)
        }
    }

    private func names(
        _ heading: Heading, _ role: (required: Bool, help: Wording?)?
    ) -> FormPart {
        let isMany = kind.isList(heading)
        var word = isMany ? "entry_codes_help" : "entry_code_help"
        if case .person = heading { word = isMany ? "entry_persons_help" : "entry_person_help" }
        let help = role?.help?[language] ?? words[word]
        if isMany { return long(heading, required: role?.required ?? false, help: help) }
        guard case .person = heading else {
            return line(heading, required: role?.required ?? false, help: help)
        }
        return field(
            heading,
            .line(
                autocomplete: "off", list: persons.map { ($0.value, $0.label) },
                finds: Dictionary(persons.map { ($0.value, $0.finds) }) { first, _ in first }),
            required: role?.required ?? false, help: help)
    }

    private func secret(_ heading: Heading, _ item: Kind.PrivateField?) -> FormPart {
        let entry = item.flatMap { register[$0.register] }
        let purpose = entry.map {
            words[
                "entry_private_help",
                ["purpose": $0.purpose[language], "readers": $0.readers[language]]]
        }
        let help = [item?.help?[language], purpose].compactMap { $0 }.joined(separator: " ")
        return line(heading, required: item?.required ?? false, help: help)
    }
}

extension Kind {
    fileprivate var openSayings: [Heading] { inputHeadings.filter { !privateSayings.contains($0) } }

    /// What its form asks for behind all else.
    fileprivate var privateSayings: [Heading] { privates.map { .privateValue($0.id) } }
}
