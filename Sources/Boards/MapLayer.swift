import Catalogue
import Core
import Ledger
import Organization
import Web

/// Things that stand in the units of a map, such as points of service: how many lie in each, on
/// the map and as a list. Only kinds whose records everybody may read one by one, so that nothing
/// is told here that is not told there.
struct MapLayer: Sendable {
    let layerTitle: String
    let layerNote: String
    let rows: [Row]
    let more: String?
    let name: String
    let counts: [OrgUnit.ID: Int]

    /// The most units listed, and the most records looked at.
    static let limit = 100
    static let recordLimit = 20_000

    struct Row: Sendable {
        let name: String
        let href: String
        let count: String
        let parts: String
    }

    /// What an address names the layer by.
    static let parameter = "points"

    /// The kinds that can be a layer.
    static func kinds(_ catalogue: Catalogue) -> [Kind] {
        catalogue.kinds.values.filter {
            $0.isListed && $0.shape == .standing && $0.showsOnUnit && $0.map == nil
        }.inOrder
    }

    /// - Throws: `Refusal.invalid` for what is no such kind.
    static func kind(_ id: String, _ catalogue: Catalogue) throws(Refusal) -> Kind {
        guard let kind = kinds(catalogue).first(where: { $0.id == id }) else {
            throw .invalid(
                parameter, zh: "地图上没有“\(id)”这个图层。", en: "There is no layer “\(id)” on the map.")
        }
        return kind
    }

    init(_ kind: Kind, _ units: [UnitVersion], on day: Day, _ snapshot: Snapshot) throws {
        let (words, language) = (snapshot.words, snapshot.language)
        let field = kind.fields.first { $0.form == .choice }
        let axis =
            units.first.flatMap { snapshot.catalogue.forms[$0.form]?.axis } ?? .territory
        let found = try StandingStore(db: snapshot.db, position: snapshot.reading.position).counts(
            kind.id, by: field?.id, below: units.map(\.unit), axis, on: day,
            limit: Self.recordLimit)
        let counts = found.mapValues { $0.values.reduce(0, +) }
        self.counts = Dictionary(
            uniqueKeysWithValues: units.map { ($0.unit, counts[$0.unit] ?? 0) })
        name = kind.name[language]
        layerTitle =
            words[
                "map_layer_title",
                ["kind": name, "count": counts.values.reduce(0, +).grouped]]
        layerNote = words["map_layer_note", ["day": day.description]]
        rows = units.prefix(Self.limit).map { unit in
            let own = found[unit.unit] ?? [:]
            return Row(
                name: unit.name, href: Address.unit(unit, on: max(day, unit.from)).text,
                count: (counts[unit.unit] ?? 0).grouped,
                parts: (field?.options ?? []).compactMap { option in
                    own[option.id].map { "\(option.name[language]) \($0.grouped)" }
                }.joined(separator: words.comma))
        }
        more = words.more(of: units.count, shown: Self.limit)
    }
}
