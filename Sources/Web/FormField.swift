/// One field of a form, for the partial `form_field`: a line, several lines, or a choice of a few.
package struct FormField: Sendable {
    package let name: String
    let id: String
    let label: String
    let value: String
    let isRequired: Bool
    /// Whether a browser lets no form go without it: a list that begins with a value always has
    /// one.
    let isDemanded: Bool
    let help: String?
    let helpID: String
    let faults: [String]
    let hasFaults: Bool
    let faultsID: String
    /// What is read out with it: its faults and its help.
    let described: String?
    /// Whether the page opens with the cursor here: the first field with a fault.
    let isFirst: Bool
    /// What may have been meant instead of what was entered.
    let near: NearChoice?
    private(set) var lineControl: LineControl?
    private(set) var linesControl: LinesControl?
    private(set) var choiceControl: ChoiceControl?

    /// How its value is entered.
    package enum Control {
        /// - Parameter type: what a browser makes of it: text, date, number, password, email,
        ///   search.
        case line(
            type: String = "text", autocomplete: String? = nil, inputmode: String? = nil,
            list: [(value: String, label: String)] = [], finds: [String: String] = [:])
        case lines(rows: Int = 3)
        case choice([(value: String, label: String)])
    }

    struct LineControl: Sendable {
        let type: String
        let autocomplete: String?
        let inputmode: String?
        let listID: String?
        let list: [Proposal]

        /// Something that is proposed while one writes.
        struct Proposal: Sendable {
            let value: String
            let label: String
            /// What it is found by beside its value and its label, such as pinyin.
            let finds: String?
        }
    }

    struct LinesControl: Sendable {
        let rows: Int
    }

    struct ChoiceControl: Sendable {
        let options: [Select.Option]
    }

    package init(
        _ name: String, _ label: String, _ control: Control = .line(), value: String = "",
        isRequired: Bool = false, help: String? = nil, faults: [String] = [],
        isFirst: Bool = false, near: NearChoice? = nil
    ) {
        self.name = name
        id = FaultSummary.fieldID(name)
        self.label = label
        self.value = value
        self.isRequired = isRequired
        self.help = help
        helpID = id + "-help"
        self.faults = faults
        hasFaults = !faults.isEmpty
        faultsID = id + "-faults"
        let ids = (faults.isEmpty ? [] : [faultsID]) + (help == nil ? [] : [helpID])
        described = ids.isEmpty ? nil : ids.joined(separator: " ")
        self.isFirst = isFirst
        self.near = near
        switch control {
        case .line(let type, let autocomplete, let inputmode, let list, let finds):
            isDemanded = isRequired
            lineControl = LineControl(
                type: type, autocomplete: autocomplete, inputmode: inputmode,
                listID: list.isEmpty ? nil : id + "-list",
                list: list.map {
                    LineControl.Proposal(value: $0.value, label: $0.label, finds: finds[$0.value])
                })
        case .lines(let rows):
            isDemanded = isRequired
            linesControl = LinesControl(rows: rows)
        case .choice(let options):
            isDemanded = isRequired && options.first?.value.isEmpty == true
            choiceControl = ChoiceControl(options: Select.options(options, chosen: value))
        }
    }
}

/// What is wrong with a form that came in, above it, each with the way to its field.
package struct FaultSummary: Sendable {
    package let lines: [Line]

    package struct Line: Sendable {
        package let sentence: String
        /// Nil where the fault belongs to the form as a whole.
        package let href: String?
    }

    /// - Parameter faults: a field's name, or nil, and the sentence.
    package init?(_ faults: [(name: String?, sentence: String)]) {
        guard !faults.isEmpty else { return nil }
        lines = faults.map { fault in
            Line(sentence: fault.sentence, href: fault.name.map { "#" + Self.fieldID($0) })
        }
    }

    static func fieldID(_ name: String) -> String {
        "field-"
            + String(
                name.unicodeScalars.map {
                    $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
                        ? Character($0) : "-"
                })
    }
}
