/// What a verb shows: stored, display-ready text that a template places in the layout.
///
/// Templates read stored properties by reflection, so a computed property prints nothing.
package protocol Page: Sendable {
    /// The template that places it: `feature/name`.
    static var template: String { get }
    /// What the page is about, in the reader's language: the heading of its window.
    var title: String { get }
    /// What is wrong with a form that came in; the title says that something is.
    var summary: FaultSummary? { get }
}

extension Page {
    package var summary: FaultSummary? { nil }
}

/// Words that lead somewhere.
package struct Link: Sendable, Equatable {
    package let label: String
    package let href: String

    /// - Parameter anchor: a place within the page.
    package init(_ label: String, _ address: Address, at anchor: String? = nil) {
        self.label = label
        self.href = address.text + (anchor.map { "#" + $0 } ?? "")
    }
}

/// A labelled choice in a form that works without script, for the `select` partial.
package struct Select: Sendable {
    package let name: String
    package let label: String
    package let options: [Option]

    package struct Option: Sendable {
        package let value: String
        package let label: String
        package let isChosen: Bool
    }

    package init(
        name: String, label: String, chosen: String, options: [(value: String, label: String)]
    ) {
        self.name = name
        self.label = label
        self.options = Self.options(options, chosen: chosen)
    }

    static func options(
        _ options: [(value: String, label: String)], chosen: String?
    ) -> [Option] {
        options.map { Option(value: $0.value, label: $0.label, isChosen: $0.value == chosen) }
    }
}
