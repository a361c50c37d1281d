import Catalogue
import Core
import Figures
import Organization
import Web

/// The units directly below a unit: those of a form that has figures in a table with the first of
/// them, the others by name and folded.
struct UnitChildren: Sendable {
    let tables: [Table]
    let folded: [Folded]

    struct Table: Sendable {
        let childrenTitle: String
        let heads: [Head]
        let rows: [Row]
        let childrenNote: String
        let more: String?
    }

    struct Head: Sendable {
        let label: String
        let headWhen: String
    }

    struct Row: Sendable {
        let name: String
        let href: String
        let cells: [Cell]
    }

    struct Cell: Sendable {
        let phrase: String
        let data: String
        let href: String
    }

    struct Folded: Sendable {
        let foldedTitle: String
        let links: [Link]
        let more: String?
    }

    /// The most units of one table, columns of it, and units named in a fold.
    static let tableLimit = 60
    static let columnLimit = 4
    static let foldedLimit = 200

    init(
        of unit: UnitVersion, on day: Day, _ periods: UsualPeriods?, _ snapshot: Snapshot
    ) throws {
        let (structure, catalogue) = (snapshot.structure, snapshot.catalogue)
        let axis = catalogue.forms[unit.form]?.axis
        var seen: Set<OrgUnit.ID> = []
        var tables: [Table] = []
        var folded: [Folded] = []
        for one in Indicator.Axis.allCases {
            let all = structure.children(of: unit.unit, one, on: day)
                .filter { seen.insert($0.unit).inserted }
            for (form, units) in Dictionary(grouping: all, by: \.form).sorted(by: {
                (catalogue.forms[$0.key]?.level ?? 0, $0.key)
                    < (catalogue.forms[$1.key]?.level ?? 0, $1.key)
            }) {
                let title = Self.title(form, units.count, snapshot)
                let figures = (catalogue.forms[form]?.figures ?? [])
                    .compactMap { catalogue.indicators[$0] }.filter(\.isPublic)
                guard let periods, one == axis, units.count > 1, !figures.isEmpty else {
                    folded.append(Folded(title, units, on: day, snapshot))
                    continue
                }
                tables.append(
                    try Table(
                        title, units, Array(figures.prefix(Self.columnLimit)), on: day, periods,
                        snapshot))
            }
        }
        (self.tables, self.folded) = (tables, folded)
    }

    private static func title(_ form: String, _ count: Int, _ snapshot: Snapshot) -> String {
        snapshot.words[
            "unit_children_count",
            [
                "count": count.grouped,
                "form": snapshot.catalogue.forms[form]?.name[snapshot.language] ?? form,
            ]]
    }
}

extension UnitChildren.Folded {
    init(_ title: String, _ units: [UnitVersion], on day: Day, _ snapshot: Snapshot) {
        foldedTitle = title
        links = units.prefix(UnitChildren.foldedLimit).map { Link($0.name, .unit($0, on: day)) }
        more = snapshot.words.more(of: units.count, shown: UnitChildren.foldedLimit)
    }
}

extension UnitChildren.Table {
    init(
        _ title: String, _ units: [UnitVersion], _ figures: [Indicator], on day: Day,
        _ periods: UsualPeriods, _ snapshot: Snapshot
    ) throws {
        let words = snapshot.words
        let shown = units.prefix(UnitChildren.tableLimit)
        var cells = [[UnitChildren.Cell]](repeating: [], count: shown.count)
        var hasSeats = false
        for indicator in figures {
            let keepers = shown.map { snapshot.keeper(of: $0, indicator, on: day) }
            hasSeats =
                hasSeats || zip(shown, keepers).contains { $1 != nil && $0.unit != $1?.unit }
            let column = try Self.column(keepers, indicator, periods, snapshot)
            for (place, cell) in column.enumerated() { cells[place].append(cell) }
        }
        childrenTitle = title
        heads = figures.map { indicator in
            let period = periods.period(for: indicator)
            return UnitChildren.Head(
                label: indicator.name[words.language],
                headWhen: period == periods.half
                    ? "" : period.words(today: snapshot.today)[words.language])
        }
        rows = zip(shown, cells).map { unit, cells in
            UnitChildren.Row(
                name: unit.name, href: Address.unit(unit, on: day).text, cells: cells)
        }
        childrenNote =
            periods.half.words(today: snapshot.today)[words.language]
            + (hasSeats ? words["unit_children_seats"] : "")
        more = words.more(of: units.count, shown: UnitChildren.tableLimit)
    }

    /// One figure of each unit, asked where it is kept.
    private static func column(
        _ keepers: [UnitVersion?], _ indicator: Indicator, _ periods: UsualPeriods,
        _ snapshot: Snapshot
    ) throws -> [UnitChildren.Cell] {
        let period = periods.period(for: indicator)
        let asked = keepers.compactMap { $0 }
        let answers = try snapshot.reading.grid(
            [indicator.id], units: asked.map(\.unit), periods: [period])[0]
        var found: [OrgUnit.ID: Answer] = [:]
        for (unit, row) in zip(asked, answers) { found[unit.unit] = row.first }
        let isProtected = snapshot.catalogue.protects(indicator)
        return try keepers.map { keeper in
            guard let keeper, let answer = found[keeper.unit] else {
                return UnitChildren.Cell(phrase: "–", data: "", href: "")
            }
            let told =
                isProtected
                ? try snapshot.disclosures.disclosure(
                    snapshot.reading.question(indicator.id, unit: keeper.unit, period)) : .open
            let said = ComparedNumber(
                FigureTable.Cell(answer: answer, told: told), indicator, snapshot.words)
            return UnitChildren.Cell(
                phrase: said.phrase, data: said.data,
                href: snapshot.figure(indicator, keeper, period, .then).text)
        }
    }
}

extension Snapshot {
    /// Whether a unit ever stood on a tree.
    func stands(_ unit: UnitVersion, on axis: Indicator.Axis) -> Bool {
        structure.stands(unit.unit, on: axis, formAxis: district.formAxis)
    }

    /// The units that stand for one on a tree on which it does not stand itself.
    func standing(
        for unit: UnitVersion, on axis: Indicator.Axis, _ day: Day
    ) -> [UnitVersion] {
        guard !stands(unit, on: axis) else { return [] }
        return structure.stand(for: unit.unit, on: axis, day, formAxis: district.formAxis)
    }

    /// Where a figure of a unit is kept: at the unit itself, or, of a tree on which it does not
    /// stand, at the one unit that has its seat there; nil where there is none or several.
    func keeper(of unit: UnitVersion, _ indicator: Indicator, on day: Day) -> UnitVersion? {
        guard indicator.from != .rule, !stands(unit, on: indicator.axis) else { return unit }
        let seated = self.seated(in: unit, indicator.axis, on: day)
        return seated.count == 1 ? seated[0] : nil
    }

    /// The units on a tree on which a unit does not stand that have their seat in it.
    func seated(
        in unit: UnitVersion, _ axis: Indicator.Axis, on day: Day
    ) -> [UnitVersion] {
        standing(for: unit, on: axis, day)
            .filter { structure.lies($0.unit, below: [unit.unit], on: day) }
    }
}
