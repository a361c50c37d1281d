/// What is wrong with one thing that was sent: where it stands, and how to mend it.
package struct Fault: Error, Sendable, Hashable {
    /// The field, heading or row the words belong beside.
    package let place: String
    package let words: Wording
    /// What the place is called in either language; nil where it has one name only.
    package let label: Wording?
    /// The name of the form's field that the words belong beside.
    package let field: String?
    /// What may have been meant instead, to be chosen beside the field.
    package private(set) var nearest: [Near] = []

    /// Something that a field may hold, and what it is called.
    package struct Near: Sendable, Hashable {
        package let value: String
        package let words: Wording

        package init(_ value: String, _ words: Wording) {
            self.value = value
            self.words = words
        }
    }

    package init(_ place: String, zh: String, en: String) {
        self.init(place, Wording(zh: zh, en: en))
    }

    package init(_ place: String, _ words: Wording) {
        self.place = place
        self.words = words
        label = nil
        field = nil
    }

    /// - Parameter place: what files and terminals call the place; its Chinese name unless given.
    package init(
        _ label: Wording, at field: String, place: String? = nil, zh: String, en: String
    ) {
        self.place = place ?? label.zh
        self.words = Wording(zh: zh, en: en)
        self.label = label
        self.field = field
    }

    /// The same, with what may have been meant instead.
    package func near(_ nearest: [Near]) -> Fault {
        var fault = self
        fault.nearest = nearest
        return fault
    }
}

/// An expected "no", in words its reader can act on.
package enum Refusal: Error, Sendable, Hashable {
    /// There is no such thing, or the actor may not know that there is.
    case notFound
    case notAllowed
    /// What was asked no longer fits what stands in the ledger.
    case conflict(Wording)
    case invalid([Fault])

    package static func conflict(zh: String, en: String) -> Refusal {
        .conflict(Wording(zh: zh, en: en))
    }

    package static func invalid(_ place: String, zh: String, en: String) -> Refusal {
        .invalid([Fault(place, zh: zh, en: en)])
    }

    /// One sentence per fault, for a terminal.
    package func text(_ language: Language) -> String {
        switch self {
        case .notFound:
            Wording(zh: "没有找到。", en: "There is no such thing.")[language]
        case .notAllowed:
            Wording(zh: "无权进行此操作。", en: "You may not do this.")[language]
        case .conflict(let words): words[language]
        case .invalid(let faults):
            faults.map { fault in
                let near = fault.nearest.map { "\n  \($0.words[language])" }.joined()
                return "\(fault.place): \(fault.words[language])\(near)"
            }.joined(separator: "\n")
        }
    }
}
