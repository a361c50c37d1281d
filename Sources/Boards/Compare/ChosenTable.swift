import Catalogue
import Core
import Figures
import Organization
import Web

/// What a table is asked for, found in the catalogue and on the map: what was left out has what is
/// usual in its place.
struct ChosenTable {
    let asked: AskedTable
    let indicators: [Indicator]
    let period: Period
    /// The columns of each figure, in order of time.
    let periods: [Period]
    /// The field by which those of the figures are taken apart that have parts by it.
    let part: String?
    let whole: UnitVersion
    let levels: [TableLevel]
    let level: TableLevel?
    /// The units that have a row.
    let rows: [UnitVersion]

    /// How many more columns the parts of figures may take.
    private let partCount: Int

    /// Those of them that fit into a table: fewer where there are many columns.
    var shown: ArraySlice<UnitVersion> {
        let columns = max(1, indicators.count * periods.count + partCount)
        return rows.prefix(min(ComparePage.rowLimit, max(1, ComparePage.cellLimit / columns)))
    }

    /// Nil in a district of which nothing can be asked yet.
    init?(_ asked: AskedTable, _ snapshot: Snapshot) throws {
        guard snapshot.root != nil, let usual = snapshot.periods,
            !snapshot.publicIndicators.isEmpty
        else { return nil }
        self.asked = asked
        indicators = try ChosenTable.indicators(asked, snapshot)
        part = try ChosenTable.part(asked, indicators, snapshot)
        let parted = indicators.filter { $0.by == asked.part && asked.part != nil }
        partCount = parted.reduce(0) { count, indicator in
            let field = indicator.kind.flatMap { kind in
                indicator.by.flatMap { snapshot.catalogue.kinds[kind]?.field($0) }
            }
            return count + min(TableParts.limit, field?.options.count ?? TableParts.limit)
        }
        period = try ChosenTable.period(asked, usual, snapshot)
        periods = ChosenTable.periods(of: period, asked.cut, today: snapshot.today)
        let structure = snapshot.structure
        let day = asked.structure == .now ? snapshot.today : period.lastDay
        let root = structure.root(nearest: day) ?? snapshot.root
        guard
            let whole = try asked.whole.map({
                try ChosenTable.unit($0, "of", on: day, structure)
            }) ?? root
        else { throw Refusal.notFound }
        self.whole = whole
        levels = TableLevel.all(below: whole.unit, on: day, structure)
        level = ChosenTable.level(asked, levels, of: whole, indicators, day, snapshot)
        rows =
            asked.units.isEmpty
            ? level?.units ?? []
            : try asked.units.map { try ChosenTable.unit($0, "unit", on: day, structure) }
    }

    private static func indicators(
        _ asked: AskedTable, _ snapshot: Snapshot
    ) throws -> [Indicator] {
        let all = snapshot.publicIndicators
        guard !asked.figures.isEmpty else {
            let marked = all.filter(\.headline)
            return Array((marked.isEmpty ? all : marked).prefix(ComparePage.usualFigures))
        }
        return try asked.figures.map { id in
            guard let found = all.first(where: { $0.id == id }) else {
                throw Refusal.invalid(
                    "figure", zh: "没有名为“\(id)”的指标。", en: "There is no figure “\(id)”.")
            }
            return found
        }
    }

    /// Nil where none of the figures has parts by the field, though others do.
    ///
    /// - Throws: `Refusal.invalid` for what is no field by which any figure has parts.
    private static func part(
        _ asked: AskedTable, _ indicators: [Indicator], _ snapshot: Snapshot
    ) throws -> String? {
        guard let part = asked.part else { return nil }
        if indicators.contains(where: { $0.by == part }) { return part }
        guard snapshot.publicIndicators.contains(where: { $0.by == part }) else {
            throw AskedTable.Cut.refusal(zh: "，或者指标的分类字段", en: " or a field of a figure")
        }
        return nil
    }

    private static func period(
        _ asked: AskedTable, _ usual: UsualPeriods, _ snapshot: Snapshot
    ) throws -> Period {
        try asked.period.map { try snapshot.reading.period($0) } ?? usual.half
    }

    private static func unit(
        _ text: String, _ field: String, on day: Day, _ structure: Structure
    ) throws -> UnitVersion {
        var units = UnitReading(structure, on: day)
        units.reachesBack = true
        return try units.unit(text, at: field)
    }

    /// The form asked for; else the one that most units have which stand directly below the whole
    /// on the tree of the first figure.
    private static func level(
        _ asked: AskedTable, _ levels: [TableLevel], of whole: UnitVersion,
        _ indicators: [Indicator], _ day: Day, _ snapshot: Snapshot
    ) -> TableLevel? {
        if let form = asked.level, let found = levels.first(where: { $0.form == form }) {
            return found
        }
        let axes = [indicators.first?.axis].compactMap { $0 } + Indicator.Axis.allCases
        for axis in axes {
            let below = snapshot.structure.children(of: whole.unit, axis, on: day)
            let forms = Dictionary(grouping: below, by: \.form).mapValues(\.count)
            let most = forms.filter { $0.value >= TableLevel.fewest }
                .max { ($0.value, $1.key) < ($1.value, $0.key) }
            if let most, let found = levels.first(where: { $0.form == most.key }) { return found }
        }
        let own = axes.lazy.compactMap { axis in
            levels.first { snapshot.catalogue.forms[$0.form]?.axis == axis }
        }
        return own.first
    }

    /// The whole months or quarters of a period that have begun; of too many, the latest.
    static func periods(
        of period: Period, _ cut: AskedTable.Cut, today: Day
    ) -> [Period] {
        let months = period.months.filter { $0 <= today }
        var parts: [Period] = []
        switch cut {
        case .whole: break
        case .month: parts = months.compactMap { Period(String($0.description.prefix(7))) }
        case .quarter:
            parts = months.filter { [1, 4, 7, 10].contains($0.month) }.compactMap {
                Period("\($0.year)-Q\(($0.month + 2) / 3)")
            }.filter { $0.to <= period.to }
        }
        return parts.isEmpty ? [period] : parts.suffix(ComparePage.periodLimit)
    }
}

extension AskedTable.Cut {
    /// That something is none of these words.
    static func refusal(zh: String = "", en: String = "") -> Refusal {
        let words = allCases.map(\.rawValue)
        return .invalid(
            "by", zh: "只能是：\(words.joined(separator: "、"))\(zh)。",
            en: "This can only be: \(words.joined(separator: ", "))\(en).")
    }
}
