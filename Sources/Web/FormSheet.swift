/// A form with its fields, for the partial `form_sheet`.
///
/// Property names differ from those of the pages around it, since an empty one is looked for
/// further out.
package struct FormSheet: Sendable {
    let head: FormHead
    package let summary: FaultSummary?
    let sheetNote: String?
    /// What is sent along unseen; never anything that is trusted.
    package var hidden: [HiddenField] = []
    /// How the form is sent; nil for one without files.
    package var encoding: String?
    let parts: [FormPart]
    let submit: String

    package init(
        _ head: FormHead, _ state: FormState, _ parts: [FormPart], note: String? = nil,
        submit: String
    ) {
        self.head = head
        summary = state.summary(over: parts.compactMap(\.name))
        sheetNote = note
        self.parts = parts
        self.submit = submit
    }
}

/// A value that a form sends along unseen, for the partial `form_hidden`.
package struct HiddenField: Sendable {
    let hiddenName: String
    let hiddenValue: String

    package init(_ name: String, _ value: String) {
        hiddenName = name
        hiddenValue = value
    }
}

/// One field of a form, or boxes to tick, for the partial `form_part`.
package struct FormPart: Sendable {
    private(set) var partField: FormField?
    private(set) var partTicks: Ticks?
    private(set) var partPick: Picker?

    package init(_ field: FormField) { partField = field }
    package init(_ ticks: Ticks) { partTicks = ticks }
    package init(_ pick: Picker) { partPick = pick }

    var name: String? { partField?.name ?? partPick?.pickName }

    /// Boxes of which any can be ticked.
    package struct Ticks: Sendable {
        let ticksLabel: String
        let boxes: [Box]

        package init(_ label: String, _ boxes: [Box]) {
            ticksLabel = label
            self.boxes = boxes
        }

        package struct Box: Sendable {
            let boxName: String
            let boxValue: String
            let boxLabel: String
            let isTicked: Bool

            package init(_ name: String, _ value: String, _ label: String, isTicked: Bool) {
                boxName = name
                boxValue = value
                boxLabel = label
                self.isTicked = isTicked
            }
        }
    }
}

/// A page that is one form.
package struct FormPage: Page {
    package static let template = "form_page"

    package let title: String
    let lead: String?
    let sheet: FormSheet

    package init(_ title: String, lead: String? = nil, _ sheet: FormSheet) {
        self.title = title
        self.lead = lead
        self.sheet = sheet
    }

    package var summary: FaultSummary? { sheet.summary }
}
