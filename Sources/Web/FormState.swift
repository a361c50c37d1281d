import Core
import Hummingbird

/// A form as it stands on a page: what was entered, and what is wrong with it, beside each field.
///
///     let state = FormState(context, form, faults)
///     let sheet = FormSheet(
///         context.formHead(.newAccount, keeping: form), state,
///         [state.line("name", words["account_name"], isRequired: true)],
///         submit: words["accounts_make"])
package struct FormState: Sendable {
    /// The form that came in; nil when it is shown for the first time.
    package let form: Form?
    package let faults: [Fault]
    /// What the page answers that shows it: what refused the form says so, see `Refusal.status`.
    package private(set) var status: HTTPResponse.Status
    private let values: [String: String]
    private let language: Language

    /// A form that was refused, with what is wrong beside its fields; nil where the refusal is
    /// nothing that its sender can mend in it.
    ///
    /// - Parameter place: the field beside which a conflict stands.
    init?(_ context: AppContext, _ form: Form, _ refusal: Refusal, at place: String) {
        switch refusal {
        case .invalid(let faults): self.init(context, form, faults)
        case .conflict(let words): self.init(context, form, [Fault(place, words)])
        case .notFound, .notAllowed: return nil
        }
        status = refusal.status
    }

    /// - Parameter values: what stands in the fields before anybody entered anything.
    package init(
        _ context: AppContext, _ form: Form? = nil, _ faults: [Fault] = [],
        offering values: [String: String] = [:]
    ) {
        self.init(context.language, form, faults, offering: values)
    }

    package init(
        _ language: Language, _ form: Form? = nil, _ faults: [Fault] = [],
        offering values: [String: String] = [:]
    ) {
        self.form = form
        self.faults = faults
        self.values =
            form.map { Dictionary($0.pairs.map { ($0.name, $0.value) }) { first, _ in first } }
            ?? values
        self.language = language
        status = faults.isEmpty ? .ok : Refusal.invalid(faults).status
    }

    package func value(_ name: String) -> String { values[name] ?? "" }

    package func sentences(_ name: String) -> [String] {
        faults.filter { $0.fieldName == name }.map { $0.words[language] }
    }

    /// Everything that is wrong, with the way to those of these fields that it is about.
    package func summary(over fields: [String]) -> FaultSummary? {
        FaultSummary(
            faults.map { fault in
                (
                    name: fields.contains(fault.fieldName) ? fault.fieldName : nil,
                    sentence: fault.words[language]
                )
            })
    }

    /// The cursor stands in the first field with a fault; where there is none, in the one that
    /// opens the form.
    package func isFirst(_ name: String, opens: Bool = false) -> Bool {
        faults.first.map { $0.fieldName == name } ?? opens
    }

    package func line(
        _ name: String, _ label: String, type: String = "text", isRequired: Bool = false,
        help: String? = nil, opens: Bool = false, autocomplete: String = "off",
        inputmode: String? = nil, list: [(value: String, label: String)] = []
    ) -> FormPart {
        let isSecret = type == "password" || autocomplete == "one-time-code"
        return FormPart(
            FormField(
                name, label,
                .line(type: type, autocomplete: autocomplete, inputmode: inputmode, list: list),
                value: isSecret ? "" : value(name), isRequired: isRequired, help: help,
                faults: sentences(name), isFirst: isFirst(name, opens: opens),
                near: NearChoice(faults, of: name, language)))
    }

    package func choice(
        _ name: String, _ label: String, options: [(value: String, label: String)],
        isRequired: Bool = false, help: String? = nil
    ) -> FormPart {
        part(name, label, .choice(options), isRequired: isRequired, help: help)
    }

    package func lines(
        _ name: String, _ label: String, rows: Int = 3, isRequired: Bool = false,
        help: String? = nil
    ) -> FormPart {
        part(name, label, .lines(rows: rows), isRequired: isRequired, help: help)
    }

    private func part(
        _ name: String, _ label: String, _ control: FormField.Control, isRequired: Bool,
        help: String?
    ) -> FormPart {
        FormPart(
            FormField(
                name, label, control, value: value(name), isRequired: isRequired, help: help,
                faults: sentences(name), isFirst: isFirst(name, opens: false)))
    }
}

extension Fault {
    /// The field of a form that the words belong beside.
    package var fieldName: String { field ?? place }
}
