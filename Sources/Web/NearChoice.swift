import Core

/// What may have been meant by a text that could not be read, to be chosen beside its field: as the
/// way to the page asked for, or as a choice that goes before the text when the form is sent again.
///
/// Property names differ from those of the field around it, since an empty one is looked for
/// further out.
package struct NearChoice: Sendable {
    let each: [Line]

    struct Line: Sendable {
        let nearName: String
        let nearValue: String
        let nearLabel: String
        /// Nil for a choice of a form.
        let nearHref: String?
    }

    /// - Parameter address: the page that was asked for; nil for a form that is sent.
    package init?(
        _ faults: [Fault], of field: String, _ language: Language, at address: Address? = nil
    ) {
        let near = faults.filter { $0.fieldName == field }.flatMap(\.nearest)
        guard !near.isEmpty else { return nil }
        each = near.map { near in
            Line(
                nearName: field, nearValue: near.value, nearLabel: near.words[language],
                nearHref: address?.with(field, near.value).text)
        }
    }
}
