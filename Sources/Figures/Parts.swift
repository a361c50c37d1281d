import Catalogue
import Core
import Ledger
import Organization
import Storage

/// A figure by what one field of its records says: `by` of an indicator.
package struct FigurePart: Sendable {
    /// The value of the field; nil for the records that do not give it.
    package let value: String?
    package let answer: Answer
}

extension Reckoner {
    /// The parts of a figure by the field its indicator names, in the order of the field's
    /// options; none where the indicator names none, or is a ratio, a streak or a pick.
    ///
    /// Parts of a count or a sum add up to the whole; a person or place may stand in several.
    ///
    /// - Parameter whole: what the figure itself comes to.
    package func parts(_ question: Question, of whole: Answer) throws -> [FigurePart] {
        let indicator = try indicator(question.indicator)
        guard let by = indicator.by, indicator.isAddedUp, indicator.over == nil,
            let kind = indicator.kind.flatMap({ catalogue.kinds[$0] }),
            let field = kind.field(by), whole.hasValue
        else { return [] }
        let members = try members(question, indicator)
        var found: [String?: Answer] = [:]
        for (keys, added) in try added(members, [members.key(field: by, as: "part")]) {
            found[keys[0]] = added.answer(indicator)
        }
        let options = field.options.map(\.id)
        let order = options + found.keys.compactMap { $0 }.filter { !options.contains($0) }.sorted()
        let parts = order.compactMap { value in
            found[value].map { FigurePart(value: value, answer: $0) }
        }
        return parts + (found[nil].map { [FigurePart(value: nil, answer: $0)] } ?? [])
    }
}
