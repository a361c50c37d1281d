import Core

/// A field of one line in a form, for the partial `form_field`.
package struct FormField: Sendable {
    package let name: String
    package let id: String
    package let label: String
    package let value: String
    /// What a browser makes of it: text, date, number, password, email, search.
    package let type: String
    package let isRequired: Bool
    package let help: String?
    package let helpID: String
    package let faults: [String]
    package let hasFaults: Bool
    package let faultsID: String
    package let described: String?
    /// Whether the page opens with the cursor here: the first field with a fault.
    package let isFirst: Bool
    package let autocomplete: String?
    package let inputmode: String?
    package let listID: String?
    package let list: [Select.Option]

    package init(
        _ name: String, _ label: String, value: String = "", type: String = "text",
        isRequired: Bool = false, help: String? = nil, faults: [String] = [],
        isFirst: Bool = false, autocomplete: String? = nil, inputmode: String? = nil,
        list: [(value: String, label: String)] = []
    ) {
        let mark = FieldMark(name, help, faults)
        self.name = name
        self.label = label
        self.value = value
        self.type = type
        self.isRequired = isRequired
        self.help = help
        self.faults = faults
        self.isFirst = isFirst
        self.autocomplete = autocomplete
        self.inputmode = inputmode
        id = mark.id
        helpID = mark.helpID
        faultsID = mark.faultsID
        described = mark.described
        hasFaults = !faults.isEmpty
        listID = list.isEmpty ? nil : mark.id + "-list"
        self.list = list.map { Select.Option(value: $0.value, label: $0.label, isChosen: false) }
    }
}

/// A field of several lines, for the partial `form_text`.
package struct FormText: Sendable {
    package let name: String
    package let id: String
    package let label: String
    package let value: String
    package let rows: Int
    package let isRequired: Bool
    package let help: String?
    package let helpID: String
    package let faults: [String]
    package let hasFaults: Bool
    package let faultsID: String
    package let described: String?
    package let isFirst: Bool

    package init(
        _ name: String, _ label: String, value: String = "", rows: Int = 3,
        isRequired: Bool = false, help: String? = nil, faults: [String] = [],
        isFirst: Bool = false
    ) {
        let mark = FieldMark(name, help, faults)
        self.name = name
        self.label = label
        self.value = value
        self.rows = rows
        self.isRequired = isRequired
        self.help = help
        self.faults = faults
        self.isFirst = isFirst
        id = mark.id
        helpID = mark.helpID
        faultsID = mark.faultsID
        described = mark.described
        hasFaults = !faults.isEmpty
    }
}

/// A choice among a few, for the partial `form_choice`.
package struct FormChoice: Sendable {
    package let name: String
    package let id: String
    package let label: String
    package let options: [Select.Option]
    package let isRequired: Bool
    /// Whether it can be left without a choice: a list that begins with a value always has one.
    package let mayBeBlank: Bool
    package let help: String?
    package let helpID: String
    package let faults: [String]
    package let hasFaults: Bool
    package let faultsID: String
    package let described: String?
    package let isFirst: Bool

    package init(
        _ name: String, _ label: String, chosen: String,
        options: [(value: String, label: String)], isRequired: Bool = false, help: String? = nil,
        faults: [String] = [], isFirst: Bool = false
    ) {
        let mark = FieldMark(name, help, faults)
        self.name = name
        self.label = label
        self.options = options.map {
            Select.Option(value: $0.value, label: $0.label, isChosen: $0.value == chosen)
        }
        self.isRequired = isRequired
        mayBeBlank = options.first?.value.isEmpty ?? false
        self.help = help
        self.faults = faults
        self.isFirst = isFirst
        id = mark.id
        helpID = mark.helpID
        faultsID = mark.faultsID
        described = mark.described
        hasFaults = !faults.isEmpty
    }
}

/// The identities that tie a field to its help and its faults.
private struct FieldMark {
    let id: String
    let helpID: String
    let faultsID: String
    let described: String?

    init(_ name: String, _ help: String?, _ faults: [String]) {
        id = FaultSummary.fieldID(name)
        helpID = id + "-help"
        faultsID = id + "-faults"
        let ids = (faults.isEmpty ? [] : [faultsID]) + (help == nil ? [] : [helpID])
        described = ids.isEmpty ? nil : ids.joined(separator: " ")
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
