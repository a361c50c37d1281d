import Catalogue
import Core
import Figures
import Organization
import Web

/// The form that asks a comparison for other figures, units or periods. Everything in it is
/// chosen; what is chosen already stands as a chip that takes it out.
struct CompareForm: Sendable {
    let action: String
    /// Whether what can be chosen is unfolded: where nothing was asked for yet, or nothing found.
    let isOpen: Bool
    let chips: [Chip]
    /// The figures that may be added; nil where there is room for none.
    let added: Picker?
    let periodPick: PeriodPicker
    let selects: [Select]
    /// The units of the level, to be ticked; nil where they are too many for one page.
    let ticks: Listed<Tick>?
    let ticksLabel: String
    let chosenUnits: [String]
    let shortcuts: [Link]

    /// A figure that was chosen.
    struct Chip: Sendable {
        let value: String
        let label: String
        /// The same table without it; nil for the only one.
        let removal: String?
        let removalLabel: String
    }

    struct Tick: Sendable {
        let id: String
        let value: String
        let label: String
        let isTicked: Bool
    }

    init(_ chosen: ChosenTable, _ snapshot: Snapshot) {
        let (words, language) = (snapshot.words, snapshot.language)
        action = Address.compare.text
        isOpen = chosen.asked.figures.isEmpty || chosen.rows.isEmpty
        let ids = chosen.indicators.map(\.id)
        let base = chosen.asked.with {
            $0.figures = ids
            $0.sort = nil
        }
        chips = chosen.indicators.map { indicator in
            let name = indicator.name[language]
            let others = ids.filter { $0 != indicator.id }
            return Chip(
                value: indicator.id, label: name,
                removal: others.isEmpty ? nil : base.with { $0.figures = others }.address.text,
                removalLabel: words["compare_remove", ["figure": name]])
        }
        added =
            ids.count >= AskedTable.figureLimit
            ? nil
            : .indicator(
                toAdd: chosen.indicators,
                words[
                    "compare_add",
                    ["count": ids.count.grouped, "most": AskedTable.figureLimit.grouped]],
                snapshot)
        periodPick = PeriodPicker(chosen.period, snapshot)
        selects = [
            CompareForm.wholes(chosen, snapshot), CompareForm.levels(chosen, snapshot),
            CompareForm.cuts(chosen, snapshot),
            Select(
                name: "structure", label: words["figure_structure"],
                chosen: chosen.asked.structure.rawValue,
                options: words.options(Question.Standpoint.allCases, "structure")),
        ]
        let ticked = Set(chosen.asked.units.isEmpty ? [] : chosen.rows.map(\.unit))
        let offered = chosen.level?.units ?? []
        let isFew = offered.count <= AskedTable.unitLimit
        ticks =
            isFew
            ? Listed(
                offered.enumerated().map { place, unit in
                    Tick(
                        id: "unit-\(place)", value: unit.code, label: unit.name,
                        isTicked: ticked.contains(unit.unit))
                }) : nil
        ticksLabel =
            ticked.isEmpty
            ? words["compare_units_all"]
            : words["compare_units_some", ["count": ticked.count.grouped]]
        chosenUnits =
            chosen.rows.filter { row in
                ticked.contains(row.unit)
                    && !(isFew && offered.contains { $0.unit == row.unit })
            }.map(\.code)
        shortcuts = CompareForm.shortcuts(base, chosen, snapshot)
    }

    /// By time, or by a field of the figures.
    private static func cuts(_ chosen: ChosenTable, _ snapshot: Snapshot) -> Select {
        Select(
            name: "by", label: snapshot.words["compare_by"],
            chosen: chosen.part ?? chosen.asked.cut.rawValue,
            options: snapshot.words.options(AskedTable.Cut.allCases, "compare_by")
                + parts(chosen, snapshot))
    }

    /// The district and the units directly below it.
    static func wholes(_ chosen: ChosenTable, _ snapshot: Snapshot) -> Select {
        let day = chosen.day(snapshot)
        let structure = snapshot.structure
        var wholes = [structure.root(nearest: day) ?? chosen.whole]
        // Where the district is the whole, its levels were looked for already.
        let levels =
            wholes[0].unit == chosen.whole.unit
            ? chosen.levels : TableLevel.all(below: wholes[0].unit, on: day, structure)
        wholes += levels.first?.units.prefix(ComparePage.rowLimit) ?? []
        if !wholes.contains(where: { $0.unit == chosen.whole.unit }) { wholes.append(chosen.whole) }
        return Select(
            name: "of", label: snapshot.words["compare_of"], chosen: chosen.whole.code,
            options: wholes.map { (value: $0.code, label: $0.name) })
    }

    static func levels(_ chosen: ChosenTable, _ snapshot: Snapshot) -> Select {
        let words = snapshot.words
        return Select(
            name: "level", label: words["compare_level"], chosen: chosen.level?.form ?? "",
            options: chosen.levels.map { level in
                let name = snapshot.catalogue.forms[level.form]?.name[words.language]
                return (
                    value: level.form,
                    label: words[
                        "compare_level_count",
                        ["form": name ?? level.form, "count": level.units.count.grouped]]
                )
            })
    }

    /// The same table cut otherwise.
    private static func shortcuts(
        _ base: AskedTable, _ chosen: ChosenTable, _ snapshot: Snapshot
    ) -> [Link] {
        let words = snapshot.words
        var links: [Link] = []
        for cut in AskedTable.Cut.allCases where cut != chosen.asked.cut || chosen.part != nil {
            let count = ChosenTable.periods(of: chosen.period, cut, today: snapshot.today).count
            guard cut == .whole || count > 1 else { continue }
            links.append(
                Link(
                    words["compare_by_\(cut.rawValue)"],
                    base.with { ($0.cut, $0.part) = (cut, nil) }.address))
        }
        links += parts(chosen, snapshot).filter { $0.value != chosen.part }.map { part in
            Link(part.label, base.with { ($0.cut, $0.part) = (.whole, part.value) }.address)
        }
        return links
    }

    /// The fields by which the figures have parts.
    private static func parts(
        _ chosen: ChosenTable, _ snapshot: Snapshot
    ) -> [(value: String, label: String)] {
        var found: [(value: String, label: String)] = []
        for indicator in chosen.indicators {
            guard let by = indicator.by, !found.contains(where: { $0.value == by }),
                let field = indicator.kind.flatMap({ snapshot.catalogue.kinds[$0]?.field(by) })
            else { continue }
            let label = snapshot.words[
                "compare_by_part", ["field": field.label[snapshot.language]]]
            found.append((value: by, label: label))
        }
        return found
    }
}
