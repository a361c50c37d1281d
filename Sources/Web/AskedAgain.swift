import Core

/// What was asked of a page and could not be read, as a form that asks again: everything that was
/// written in it, what is wrong beside its field, and what may have been meant as ways on.
package struct AskedAgain: Sendable {
    let askedAction: String
    let hidden: [HiddenField]
    let askedFields: [FormField]
    /// The faults that stand beside its fields.
    let places: Set<String>

    /// What people write; all else was chosen, and is sent along unseen.
    private static let typed: Set<String> = [
        "unit", "period", "month", "on", "day", "from", "until",
    ]

    /// Nil where nothing that is wrong was asked for by name.
    package init?(_ refusal: Refusal, _ address: Address, _ words: Words) {
        guard case .invalid(let faults) = refusal else { return nil }
        let wrong = Set(faults.map(\.fieldName))
        var met: Set<String> = []
        var hidden: [HiddenField] = []
        var fields: [FormField] = []
        for name in address.pairs.map(\.name) where met.insert(name).inserted {
            let values = address.pairs.filter { $0.name == name }.map { pair in
                String(String.UnicodeScalarView(pair.value.unicodeScalars.filter(Query.isPlain)))
            }
            let seen = values.last { !$0.isEmpty } ?? ""
            let own = faults.filter { $0.fieldName == name }
            let isTyped = Self.typed.contains(name) || !own.isEmpty
            let label = own.compactMap(\.label).first ?? words.wording("field_\(name)")
            guard let label, isTyped else {
                // What was chosen may stand there several times.
                hidden += values.map { HiddenField(name, $0) }
                continue
            }
            fields.append(
                FormField(
                    name, label[words.language], .line(autocomplete: "off"), value: seen,
                    faults: own.map { $0.words[words.language] },
                    isFirst: faults.first?.fieldName == name,
                    near: NearChoice(faults, of: name, words.language, at: address)))
        }
        places = Set(fields.map(\.name)).intersection(wrong)
        guard !places.isEmpty else { return nil }
        askedAction = address.path
        self.hidden = hidden
        askedFields = fields
    }
}
