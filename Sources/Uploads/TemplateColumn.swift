import Catalogue
import Core
import Ledger
import Web

/// A column of the file for one kind: its heading, what may stand below it, and how to write it.
struct TemplateColumn: Sendable {
    /// What stands below a heading.
    enum Form: Sendable {
        case text, code, unit, day, minute, flag, persons
        case number(MeasureUnit?)
        case choice([Kind.Option])
    }

    let heading: Heading
    let label: Wording
    let form: Form
    let isRequired: Bool
    let help: Wording?
    /// Whether what stands there is about a person; it is repeated nowhere.
    let isPersonal: Bool
    /// Headings in the order of preference, should the label mean something else in this kind.
    private let names: [Wording]

    private init(
        _ heading: Heading, _ label: Wording, _ id: String, _ form: Form,
        isRequired: Bool = false, help: Wording? = nil, isPersonal: Bool = false
    ) {
        self.heading = heading
        self.label = label
        self.form = form
        self.isRequired = isRequired
        self.help = help
        self.isPersonal = isPersonal
        names = [
            label, Wording(zh: id, en: id), Wording(zh: label.en, en: label.zh),
        ]
    }

    /// Every column that a file of this kind can have, in the order of the template.
    static func all(of kind: Kind) -> [TemplateColumn] {
        let isStanding = kind.shape == .standing
        var columns = [TemplateColumn(.ref, Wording(zh: "编号", en: "Number"), "ref", .code)]
        columns += days(of: kind)
        columns.append(
            TemplateColumn(
                .unit, Wording(zh: "单位", en: "Unit"), "unit", .unit, isRequired: true))
        if let place = kind.place {
            columns.append(
                TemplateColumn(
                    .place, place.label, "place", .unit, isRequired: place.required))
        }
        columns += kind.measures.enumerated().map { index, measure in
            TemplateColumn(
                .measure(index), measure.label, measure.id, .number(measure.unit.written),
                isRequired: measure.required, help: measure.help)
        }
        columns += kind.fields.map { field in
            TemplateColumn(
                .field(field.id), field.label, field.id, form(of: field),
                isRequired: field.required, help: field.help)
        }
        columns += kind.persons.map { role in
            TemplateColumn(
                .person(role.id), role.label, role.id, .persons, isRequired: role.required,
                help: role.help, isPersonal: true)
        }
        columns += kind.subjects.map { role in
            TemplateColumn(
                .subject(role.id), role.label, role.id, .code, isRequired: role.required,
                help: role.help)
        }
        columns += kind.privates.map { item in
            TemplateColumn(
                .privateValue(item.id), item.label, item.id, .text, isRequired: item.required,
                help: item.help, isPersonal: true)
        }
        if isStanding {
            columns.append(
                TemplateColumn(.ends, Wording(zh: "结束", en: "Ends"), "ends", .code))
        }
        columns.append(
            TemplateColumn(.reverses, Wording(zh: "作废", en: "Reverses"), "reverses", .code))
        columns.append(
            TemplateColumn(.reason, Wording(zh: "理由", en: "Reason"), "reason", .text))
        return columns
    }

    /// When it happened, or from when to when.
    private static func days(of kind: Kind) -> [TemplateColumn] {
        let isStanding = kind.shape == .standing
        var columns = [
            TemplateColumn(
                .day,
                isStanding ? Wording(zh: "起始日期", en: "From") : Wording(zh: "日期", en: "Day"),
                "day", .day, isRequired: true)
        ]
        if kind.minute != .none {
            columns.append(
                TemplateColumn(
                    .minute, Kind.minuteLabel, Kind.minuteName, .minute,
                    isRequired: kind.minute == .required))
        }
        if isStanding {
            columns.append(
                TemplateColumn(.lastDay, Wording(zh: "截止日期", en: "Until"), "last_day", .day))
        }
        return columns
    }

    private static func form(of field: Kind.Field) -> Form {
        switch field.form {
        case .text: .text
        case .choice: .choice(field.options)
        case .number: .number(nil)
        case .day: .day
        case .flag: .flag
        }
    }

    /// The heading as it stands in the template: the label, with the unit of measure and whether it
    /// must be filled in behind it in brackets, which the import passes over.
    func title(in kind: Kind, _ words: Words) -> String {
        var asides: [String] = []
        if case .number(let unit?) = form { asides.append(unit.name[words.language]) }
        if isRequired { asides.append(words["kind_required"]) }
        let behind =
            asides.isEmpty
            ? ""
            : words[
                "upload_aside", ["aside": asides.joined(separator: words["upload_comma"])]]
        let all = names.map { neutralCell($0[words.language] + behind) }
        return all.first { kind.heading($0) == heading } ?? all[0]
    }

    /// What to write below it, in a sentence.
    func says(_ words: Words) -> String {
        switch form {
        case .text: words["upload_says_text"]
        case .code where heading == .ref: words["upload_says_ref"]
        case .code where heading == .ends: words["upload_says_ends"]
        case .code where heading == .reverses: words["upload_says_reverses"]
        case .code: words["upload_says_code"]
        case .unit: words["upload_says_unit"]
        case .day: words["upload_says_day"]
        case .minute: words["upload_says_minute"]
        case .flag: words["upload_says_flag"]
        case .persons: words["upload_says_persons"]
        case .number(let unit):
            words[
                unit == nil ? "upload_says_number" : "upload_says_measure",
                ["unit": unit?.name[words.language] ?? ""]]
        case .choice(let options):
            words[
                "upload_says_choice",
                [
                    "options": options.map { $0.name[words.language] }
                        .joined(separator: words["upload_comma"])
                ]]
        }
    }

    /// What the catalogue says of it.
    func hint(_ words: Words) -> String? { help?[words.language] }

    /// What somebody might write, for the sheet of examples.
    func example(unit: String, on day: Day, _ words: Words) -> String {
        switch form {
        case .text: heading == .reason ? "" : words["upload_example_text"]
        case .code where heading == .ref: "\(day.description.prefix(4))-001"
        case .code where heading == .ends || heading == .reverses: ""
        case .code: "A-001"
        case .unit: unit
        case .day: heading == .lastDay ? "" : day.description
        case .minute: "09:30"
        case .flag: words["upload_yes"]
        case .persons: words["upload_example_person"]
        case .number: "12"
        case .choice(let options): options.first?.name[words.language] ?? ""
        }
    }
}
