import Catalogue
import Core
import Figures
import Organization
import Web

/// A table of figures by units and periods, with the form that asks for another one.
struct ComparePage: Page, Pictured {
    static let template = "boards/compare"

    let title: String
    let subtitle: String
    /// Why there is nothing to see, and what to do.
    let empty: String?
    let form: CompareForm?
    let table: ComparedTable?
    let course: ComparedCourse?
    /// The same on a map, for one figure in one period, and the way to it.
    let map: DistrictMap?
    let toMap: Link?
    let takeAway: TakeAway

    var frames: [ChartFrame] { [map?.frame, course?.frame].compactMap { $0 } }

    /// The most cells of one table.
    static let cellLimit = 1_600
    /// The most units of one table.
    static let rowLimit = 100
    /// The most periods of one figure.
    static let periodLimit = 24
    /// How many figures are shown where none was chosen.
    static let usualFigures = 4

    init(_ asked: AskedTable, _ snapshot: Snapshot) throws {
        let words = snapshot.words
        takeAway = snapshot.takeAway
        guard let chosen = try ChosenTable(asked, snapshot) else {
            title = words["nav_compare"]
            subtitle = ""
            empty = words[snapshot.root == nil ? "home_no_units" : "home_no_records"]
            (form, table, course, map, toMap) = (nil, nil, nil, nil, nil)
            return
        }
        let found = try FigureTable(chosen, snapshot)
        title = ComparePage.title(chosen, snapshot)
        subtitle =
            words[
                "compare_subtitle",
                [
                    "unit": chosen.whole.name,
                    "period": chosen.period.words(today: snapshot.today)[words.language],
                    "structure": words["structure_\(asked.structure.rawValue)"],
                ]]
        empty = found.rows.isEmpty ? words["compare_no_units"] : nil
        form = CompareForm(chosen, snapshot)
        table =
            found.rows.isEmpty
            ? nil
            : ComparedTable(
                found, chosen,
                more: words.more(of: chosen.rows.count, shown: found.rows.count), snapshot)
        let canMap =
            chosen.indicators.count == 1 && chosen.periods.count == 1 && chosen.part == nil
        map =
            canMap && asked.show == .map
            ? try chosen.indicators.first.flatMap {
                try DistrictMap(chosen, $0, .equal, snapshot)
            } : nil
        toMap =
            canMap && map == nil
            ? Link(
                words["compare_map"],
                asked.with {
                    $0.figures = chosen.indicators.map(\.id)
                    $0.show = .map
                }.address) : nil
        course = ComparedCourse(found, chosen, snapshot)
    }

    /// What is compared: the figure itself where it is one.
    static func title(_ chosen: ChosenTable, _ snapshot: Snapshot) -> String {
        let words = snapshot.words
        let form = snapshot.catalogue.forms[chosen.level?.form ?? ""]?.name[words.language]
        let values = [
            "count": chosen.shown.count.grouped, "form": form ?? words["unit_name"],
            "figure": chosen.indicators.first?.name[words.language] ?? "",
            "figures": chosen.indicators.count.grouped,
        ]
        return words[chosen.indicators.count == 1 ? "compare_title_one" : "compare_title", values]
    }
}
