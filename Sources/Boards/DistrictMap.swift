import Catalogue
import Core
import Figures
import Ledger
import Organization
import Web

/// A figure drawn on a map: by the boundaries of the units where they were loaded, else by the
/// outlines that stand for them in the ledger.
struct DistrictMap: Sendable {
    let frame: ChartFrame
    /// That boundaries are drawn as they are, or that they only stand for them.
    let kindOfMap: String
    /// The same map as a page of its own, where it can be asked otherwise.
    let own: Link?

    /// The most areas of one map.
    static let limit = 200

    /// A unit on the map, what it comes to, and what of that may be told.
    typealias Part = (unit: UnitVersion, answer: Answer, told: Disclosure)

    /// Nil where fewer than three of the units have an outline on the day, where none of them has
    /// anything, and where they hold no more than half of a number that adds up: a map of the
    /// smaller part would be taken for the whole.
    init?(
        _ parts: [Part], _ question: Question, _ indicator: Indicator, _ snapshot: Snapshot,
        by way: MapClasses.Way = .equal, own: Link? = nil, layer: MapLayer? = nil
    ) throws {
        let title = indicator.name[snapshot.language]
        let parts = Array(parts.prefix(Self.limit))
        guard let drawn = try OutlinesDrawn(parts.map(\.unit), on: question.mapDay, snapshot)
        else { return nil }
        let shown = parts.filter {
            drawn.outlines[$0.unit.unit] != nil && $0.told == .open && $0.answer.hasValue
        }.reduce(0) { $0 + $1.answer.numerator }
        guard shown > 0 else { return nil }
        if indicator.addsUp {
            let whole = try snapshot.reading.answer(question)
            guard whole.hasValue, shown * 2 > whole.numerator else { return nil }
        }
        let words = snapshot.words
        let unit = CountingUnit.words(indicator.unit)[words.language]
        // An area has room for a number; its unit follows where it is one character.
        let suffix = unit.count == 1 ? unit : ""
        let written: @Sendable (Int) -> String = {
            $0.decimal(per: power(10, indicator.round), \.grouped) + suffix
        }
        let names = ShortNames(parts.map(\.unit.name), of: parts.map(\.unit), snapshot)
        let areas = zip(parts, names.texts).compactMap { part, name -> MapChart.Area? in
            guard let outline = drawn.outlines[part.unit.unit] else { return nil }
            let isTold = part.told == .open && part.answer.hasValue
            let value = isTold ? part.answer.rounded(indicator) : nil
            return MapChart.Area(
                name, value, text: value.map(written) ?? "–",
                href: snapshot.figure(
                    indicator, part.unit, question.period, question.structure
                ).text, outline: outline,
                mark: layer?.counts[part.unit.unit].map(\.grouped))
        }
        // What has no place on the map is not told of by it.
        let told = parts.filter {
            drawn.outlines[$0.unit.unit] != nil && $0.told == .open && $0.answer.hasValue
        }.map {
            RowsOfUnits.Unit(version: $0.unit, name: $0.unit.name, answer: $0.answer)
        }
        let chart = MapChart(
            title: title, areas: areas, by: way, missing: words["map_missing"],
            marked: layer?.name, written: written)
        frame = ChartFrame(
            "map",
            finding: RowsOfUnits(told, question, indicator, snapshot)?.finding ?? title,
            what: words[
                "map_what_\(way.rawValue)",
                [
                    "figure": indicator.name[words.language], "counted": unit,
                    "period": question.period.words(today: snapshot.today)[words.language],
                ]],
            chart.drawings,
            data: try Self.data(parts, indicator, layer, snapshot), snapshot.takeAway, words)
        kindOfMap = words[drawn.areReal ? "map_real" : "map_schematic"]
        self.own = own
    }

    /// The numbers of the map, for whoever takes them away.
    private static func data(
        _ parts: [Part], _ indicator: Indicator, _ layer: MapLayer?, _ snapshot: Snapshot
    ) throws -> TableFile {
        let words = snapshot.words
        var table = TableFile(
            indicator.name[words.language],
            [
                .text(words["unit_name"]), .text(words["units_code"]),
                .number(indicator.name[words.language]),
            ] + (layer.map { [.number($0.name)] } ?? []))
        for part in parts {
            let cell = FigureTable.Cell(answer: part.answer, told: part.told)
            let said = ComparedNumber(cell, indicator, words)
            let marks = layer.map { [TableCell.exact(String($0.counts[part.unit.unit] ?? 0))] }
            try table.add(
                [
                    .text(part.unit.name), .text(part.unit.code),
                    cell.hasNumber ? .exact(said.data) : .withheld(said.text),
                ] + (marks ?? []))
        }
        return table
    }
}

/// The outlines by which units are drawn on a day.
struct OutlinesDrawn {
    let outlines: [OrgUnit.ID: MapChart.Outline]
    /// Whether they are boundaries that were loaded, rather than what stands for them.
    let areReal: Bool

    /// Fewer areas than this are no map.
    static let fewest = 3

    /// Boundaries where at least half of the units have one; nil where there are too few of either.
    init?(_ units: [UnitVersion], on day: Day, _ snapshot: Snapshot) throws {
        let ids = units.map(\.unit)
        let loaded = try OutlineStore(db: snapshot.db).outlines(of: ids, on: day)
        if loaded.count >= Self.fewest, loaded.count * 2 >= units.count,
            let projection = MapProjection(loaded.values)
        {
            outlines = loaded.compactMapValues(projection.outline)
            areReal = true
            return
        }
        let kinds = snapshot.catalogue.kinds.values.filter { $0.map != nil }
        guard let kind = kinds.min(by: { $0.id < $1.id }), let field = kind.map else { return nil }
        let store = StandingStore(db: snapshot.db, position: snapshot.reading.position)
        var found: [OrgUnit.ID: MapChart.Outline] = [:]
        for line in try store.list([kind.id], in: ids, on: day, limit: DistrictMap.limit) {
            found[line.unit] = line.fields[field].flatMap { MapChart.Outline($0) }
        }
        guard found.count >= Self.fewest else { return nil }
        outlines = found
        areReal = false
    }
}
