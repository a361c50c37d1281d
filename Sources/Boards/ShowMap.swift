import Catalogue
import Core
import Figures
import Hummingbird
import Organization
import Web

/// GET /map?indicator=ID&of=CODE&level=FORM&period=P&structure=then&classes=equal&points=KIND. For
/// everybody: one figure of the units of one level in one period, on a map, and where it is asked
/// for, what stands in them.
struct ShowMap: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let asked = AskedMap(
            indicator: try query.written("indicator"), table: try AskedTable(query),
            classes: try query.choice("classes", default: .equal),
            points: try query.text(MapLayer.parameter))
        return try await board.show(context) { snapshot in
            BoardSheet(
                page: try MapPage(asked, snapshot),
                trail: [Link(snapshot.words["nav_figures"], .figures)], alsoReads: nil)
        }
    }
}

/// What a map is asked for: a table of one figure, and how its values fall into shades.
struct AskedMap: Sendable {
    let indicator: String?
    let table: AskedTable
    let classes: MapClasses.Way
    /// The kind of what is marked on it; nothing unless given.
    let points: String?
}

/// A figure on the map, with the form that asks for another one.
struct MapPage: Page, Pictured {
    static let template = "boards/map_page"

    let title: String
    let subtitle: String
    /// Why there is nothing to see, and what to do.
    let empty: String?
    let form: MapForm?
    let map: DistrictMap?
    let compare: Link?
    let layer: MapLayer?

    var frames: [ChartFrame] { [map?.frame].compactMap { $0 } }

    init(_ asked: AskedMap, _ snapshot: Snapshot) throws {
        let words = snapshot.words
        let all = snapshot.publicIndicators
        let indicator = try asked.indicator.map { try MeantIndicator(all: all).read($0) }
        let table = asked.table.with {
            if let indicator { $0.figures = [indicator.id] }
            $0.figures = Array($0.figures.prefix(1))
            if $0.figures.isEmpty, let first = Self.usual(all, snapshot) {
                $0.figures = [first.id]
            }
            ($0.cut, $0.part, $0.units, $0.sort) = (.whole, nil, [], nil)
        }
        guard let chosen = try ChosenTable(table, snapshot), let figure = chosen.indicators.first
        else {
            title = words["map_page_title"]
            (subtitle, form, map, compare, layer) = ("", nil, nil, nil, nil)
            empty = words[snapshot.root == nil ? "home_no_units" : "home_no_records"]
            return
        }
        title = words["map_of", ["figure": figure.name[words.language]]]
        subtitle =
            words[
                "compare_subtitle",
                [
                    "unit": chosen.whole.name,
                    "period": chosen.period.words(today: snapshot.today)[words.language],
                    "structure": words["structure_\(table.structure.rawValue)"],
                ]]
        let kind = try asked.points.map { id throws(Refusal) in
            try MapLayer.kind(id, snapshot.catalogue)
        }
        layer = try kind.map {
            try MapLayer($0, Array(chosen.shown), on: chosen.day(snapshot), snapshot)
        }
        form = MapForm(chosen, figure, asked.classes, points: kind, snapshot)
        map = try DistrictMap(chosen, figure, asked.classes, snapshot, layer: layer)
        empty = map == nil ? words["map_none"] : nil
        compare = Link(words["map_as_table"], table.address)
    }

    /// The first headline that is a share, for it says most beside its neighbors; else any.
    private static func usual(_ all: [Indicator], _ snapshot: Snapshot) -> Indicator? {
        let open = all.filter { !snapshot.catalogue.protects($0) }
        return open.first { $0.headline && $0.wholeShare != nil && !$0.isOfDay }
            ?? open.first { $0.headline && $0.wholeShare != nil } ?? open.first
    }
}

extension DistrictMap {
    /// The map of a table of one figure in one period.
    init?(
        _ chosen: ChosenTable, _ indicator: Indicator, _ way: MapClasses.Way,
        _ snapshot: Snapshot, layer: MapLayer? = nil
    ) throws {
        guard chosen.periods.count == 1, let period = chosen.periods.first else { return nil }
        let found = try FigureTable(chosen, snapshot)
        let question = snapshot.reading.question(
            indicator.id, unit: chosen.whole.unit,
            indicator.asked(in: period, today: snapshot.today), chosen.asked.structure)
        // A map is drawn where it shows most of the whole, which must be told for that.
        guard found.whole.cells.first?.told == .open else { return nil }
        try self.init(
            found.rows.compactMap { row in
                row.cells.first.map { (unit: row.unit, answer: $0.answer, told: $0.told) }
            }, question, indicator, snapshot, by: way, layer: layer)
    }
}

/// The form that asks the map for another figure, level or period.
struct MapForm: Sendable {
    let action: String
    let indicatorPick: Picker
    let periodPick: PeriodPicker
    let selects: [Select]

    init(
        _ chosen: ChosenTable, _ indicator: Indicator, _ way: MapClasses.Way, points: Kind?,
        _ snapshot: Snapshot
    ) {
        let words = snapshot.words
        action = Address.map.text
        indicatorPick = .indicator(snapshot, chosen: indicator)
        periodPick = PeriodPicker(chosen.period, snapshot)
        selects = [
            CompareForm.wholes(chosen, snapshot), CompareForm.levels(chosen, snapshot),
            Select(
                name: "classes", label: words["map_classes"], chosen: way.rawValue,
                options: words.options(MapClasses.Way.allCases, "map_classes")),
            Select(
                name: MapLayer.parameter, label: words["map_layer"], chosen: points?.id ?? "",
                options: [(value: "", label: words["map_layer_none"])]
                    + MapLayer.kinds(snapshot.catalogue).map {
                        (value: $0.id, label: $0.name[words.language])
                    }),
            Select(
                name: "structure", label: words["figure_structure"],
                chosen: chosen.asked.structure.rawValue,
                options: words.options(Question.Standpoint.allCases, "structure")),
        ]
    }
}
