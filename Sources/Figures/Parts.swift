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
        guard let field = fieldOfParts(indicator), whole.hasValue else { return [] }
        let members = try members(question, indicator)
        var found: [String?: Answer] = [:]
        for (keys, added) in try added(members, [members.key(field: field.id, as: "part")]) {
            found[keys[0]] = added.answer(indicator)
        }
        return Self.inOrder(found, of: field)
    }

    /// The parts of several units, told from one reading of their records.
    func parts(
        _ question: Question, units: [OrgUnit.ID]
    ) throws -> [OrgUnit.ID: [FigurePart]] {
        let indicator = try indicator(question.indicator)
        guard let field = fieldOfParts(indicator), let first = units.first else { return [:] }
        let members = try members(
            question.asking(unit: first), indicator, together: Array(units.dropFirst()))
        let asked = Members.Key(name: "asked_id", value: "k.ancestor_id", of: .asked)
        var found: [OrgUnit.ID: [String?: Answer]] = [:]
        for (keys, added) in try added(members, [asked, members.key(field: field.id, as: "part")]) {
            guard let unit = keys[0] else { continue }
            found[OrgUnit.ID(trusted: unit), default: [:]][keys[1]] = added.answer(indicator)
        }
        return found.mapValues { Self.inOrder($0, of: field) }
    }

    /// The field by which a figure has parts.
    private func fieldOfParts(_ indicator: Indicator) -> Kind.Field? {
        guard let by = indicator.by, indicator.isAddedUp, indicator.over == nil else { return nil }
        return indicator.kind.flatMap { catalogue.kinds[$0]?.field(by) }
    }

    private static func inOrder(
        _ found: [String?: Answer], of field: Kind.Field
    ) -> [FigurePart] {
        let options = field.options.map(\.id)
        let order = options + found.keys.compactMap { $0 }.filter { !options.contains($0) }.sorted()
        let parts = order.compactMap { value in
            found[value].map { FigurePart(value: value, answer: $0) }
        }
        return parts + (found[nil].map { [FigurePart(value: nil, answer: $0)] } ?? [])
    }
}

extension Figures.Reading {
    /// The parts of a figure in several units by the field its indicator names; a unit that has
    /// nothing, or of which nothing can be told, has none.
    package func parts(
        _ question: Question, units: [OrgUnit.ID]
    ) throws -> [OrgUnit.ID: [FigurePart]] {
        let told = try units.filter { try answer(question.asking(unit: $0)).hasValue }
        return try reckoner.parts(question, units: told)
    }
}
