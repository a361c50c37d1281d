import Catalogue
import Core
import Figures
import Ledger
import Organization
import Web

/// A figure drawn on a map: the outlines that units have in the ledger, shaded by their numbers.
struct DistrictMap: Sendable {
    let mapHTML: String

    /// The most areas of one map.
    static let limit = 200

    /// Nil where fewer than three of the units have an outline on the day, where none of them has
    /// anything, and where they hold no more than half of a number that adds up: a map of the
    /// smaller part would be taken for the whole.
    init?(
        _ title: String, _ parts: [(unit: UnitVersion, answer: Answer, told: Disclosure)],
        _ question: Question, _ indicator: Indicator, _ snapshot: Snapshot
    ) throws {
        let kinds = snapshot.catalogue.kinds.values.filter { $0.map != nil }
        guard let kind = kinds.min(by: { $0.id < $1.id }), let field = kind.map else { return nil }
        let day = question.period.lastDay
        let store = StandingStore(db: snapshot.db, position: snapshot.reading.position)
        var outlines: [OrgUnit.ID: MapChart.Outline] = [:]
        for line in try store.list(
            [kind.id], in: parts.map(\.unit.unit), on: day, limit: Self.limit)
        {
            outlines[line.unit] = line.fields[field].flatMap(MapChart.Outline.init)
        }
        guard outlines.count > 2 else { return nil }
        let shown = parts.filter {
            outlines[$0.unit.unit] != nil && $0.told == .open && $0.answer.hasValue
        }.reduce(0) { $0 + $1.answer.numerator }
        guard shown > 0 else { return nil }
        if indicator.addsUp {
            let whole = try snapshot.reading.answer(question)
            guard whole.hasValue, shown * 2 > whole.numerator else { return nil }
        }
        let unit = CountingUnit.words(indicator.unit)[snapshot.language]
        // An area has room for a number; its unit follows where it is one character.
        let suffix = unit.count == 1 ? unit : ""
        let written: @Sendable (Int) -> String = { $0.grouped + suffix }
        let areas = parts.compactMap { part -> MapChart.Area? in
            guard let outline = outlines[part.unit.unit] else { return nil }
            let isTold = part.told == .open && part.answer.hasValue
            let value = isTold ? part.answer.rounded(indicator) : nil
            return MapChart.Area(
                part.unit.name, value, text: value.map(written) ?? "–",
                href: snapshot.figure(
                    indicator, part.unit, question.period, question.structure
                ).text, outline: outline)
        }
        mapHTML = MapChart(title: title, areas: areas, written: written).svg()
    }
}
