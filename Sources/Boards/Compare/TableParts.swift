import Catalogue
import Core
import Figures
import Organization
import Web

/// The parts of a figure in each of some units, as columns of a table: one for each value of its
/// field that any of the units has.
struct TableParts {
    let names: [String]
    /// By unit, then by part. What a unit has nothing of is a zero.
    let cells: [[FigureTable.Cell]]

    /// The most parts of one figure; the whole beside them says what they leave out.
    static let limit = 24

    /// - Parameter wholes: what each unit comes to; of one that is not told no part is told, and
    ///   where a page tells no parts of a unit the table does not either.
    init(
        _ question: Question, _ indicator: Indicator, _ units: [OrgUnit.ID],
        _ wholes: [FigureTable.Cell?], _ snapshot: Snapshot
    ) throws {
        let options =
            indicator.by.flatMap { by in
                indicator.kind.flatMap { snapshot.catalogue.kinds[$0]?.field(by) }
            }?.options ?? []
        let open = try zip(units, wholes).filter { unit, whole in
            try whole?.hasNumber == true
                && snapshot.disclosures.tellsParts(question.asking(unit: unit))
        }.map(\.0)
        let found = try snapshot.reading.parts(question, units: open)
        let values = Set(found.values.joined().map(\.value))
        let named = options.map(\.id).filter { values.contains($0) }
        let others = values.compactMap { $0 }.filter { !named.contains($0) }.sorted()
        let order = ((named + others) as [String?] + (values.contains(nil) ? [nil] : []))
            .prefix(Self.limit)
        names = order.map { value in
            guard let value else { return snapshot.words["parts_not_given"] }
            return options.first { $0.id == value }?.name[snapshot.language] ?? value
        }
        let told = Set(open)
        let nothing = Answer(denominator: indicator.scale?.factor ?? 1)
        cells = zip(units, wholes).map { unit, whole in
            order.map { value in
                if told.contains(unit) {
                    let part = found[unit]?.first { $0.value == value }?.answer
                    return FigureTable.Cell(answer: part ?? nothing, told: .open)
                }
                if let whole, !whole.hasNumber { return whole }
                return FigureTable.Cell(answer: .none(.noData), told: .withheld)
            }
        }
    }
}
