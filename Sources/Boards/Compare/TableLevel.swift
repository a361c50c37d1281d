import Catalogue
import Core
import Organization

/// Units of one form that stand below a unit on a day: the streets of a district, its communities.
struct TableLevel: Sendable {
    let form: String
    let units: [UnitVersion]

    /// How many units are looked at below one.
    static let unitLimit = 20_000
    /// How many levels down.
    static let depthLimit = 8
    /// Fewer units than this are nothing to compare.
    static let fewest = 2

    /// The forms below a unit, those nearest to it first, then those of which there are fewest.
    static func all(
        below top: OrgUnit.ID, on day: Day, _ structure: Structure, fewest: Int = Self.fewest
    ) -> [TableLevel] {
        var seen: Set<OrgUnit.ID> = [top]
        var order: [String] = []
        var found: [String: [UnitVersion]] = [:]
        var heads = [top]
        for _ in 0..<depthLimit where !heads.isEmpty && seen.count < unitLimit {
            var next: [UnitVersion] = []
            for head in heads {
                for axis in Indicator.Axis.allCases {
                    next += structure.children(of: head, axis, on: day)
                        .filter { seen.insert($0.unit).inserted }
                }
            }
            let forms = Dictionary(grouping: next, by: \.form)
            order += forms.keys.filter { found[$0] == nil }.sorted {
                (forms[$0]?.count ?? 0, $0) < (forms[$1]?.count ?? 0, $1)
            }
            for (form, units) in forms { found[form, default: []] += units }
            heads = next.map(\.unit)
        }
        return order.compactMap { form in
            guard let units = found[form], units.count >= fewest else { return nil }
            return TableLevel(
                form: form, units: units.sorted { ($0.code, $0.name) < ($1.code, $1.name) })
        }
    }
}
