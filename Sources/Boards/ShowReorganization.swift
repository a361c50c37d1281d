import Catalogue
import Core
import Hummingbird
import Organization
import Web

/// GET /reorganizations/:reform?form=FORM&of=CODE. For everybody: what a document made of which
/// units, in all and as a flow below one of them.
struct ShowReorganization: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let code = try context.word("reform")
        let query = Query(request)
        let (of, form) = (try query.text("of"), try query.text("form"))
        return try await board.show(context) { snapshot in
            guard let reform = snapshot.structure.reorganizations.first(where: { $0.code == code })
            else { throw Refusal.notFound }
            return BoardSheet(
                page: try ReorganizationPage(reform, of: of, form: form, snapshot),
                trail: [Link(snapshot.words["nav_units"], .units)], alsoReads: [])
        }
    }
}

/// What a document that changed the structure made of which units.
struct ReorganizationPage: Page, Pictured {
    static let template = "boards/reorganization"

    let title: String
    let subtitle: String
    let counts: ChartFrame?
    let flow: ChartFrame?
    /// The other forms of unit that it changed.
    let forms: Listed<Link>?
    /// The units below which the flow can be seen.
    let places: Listed<Link>?
    let heading: String
    let rows: [Row]
    let more: String?

    /// One that was before, and what came after it.
    struct Row: Sendable {
        let before: Link
        let after: [Link]
        let basis: String
    }

    /// The most lines of the table, and of one flow.
    static let (limit, flowLimit) = (200, 60)

    var frames: [ChartFrame] { [counts, flow].compactMap { $0 } }

    init(
        _ reform: Reorganization, of asked: String?, form: String?, _ snapshot: Snapshot
    ) throws {
        let words = snapshot.words
        let all = ReformFlow(reform, snapshot.structure)
        let names = all.forms.sorted { one, other in
            // Where people live comes first.
            let (left, right) = (
                snapshot.district.formAxis(one) == .territory,
                snapshot.district.formAxis(other) == .territory
            )
            return left == right ? one < other : left
        }
        let chosen = names.first { $0 == form } ?? names.first
        let change = all.within(all.lines.filter { $0.before.form == chosen })
        forms = Listed(
            names.filter { $0 != chosen }.map { form in
                Link(
                    snapshot.catalogue.forms[form]?.name[words.language] ?? form,
                    Address.reorganization(reform.code).with("form", form))
            })
        title = reform.title
        subtitle =
            words[
                "reform_subtitle",
                ["day": reform.effectiveOn.description, "document": reform.document]]
        let above = change.above(snapshot.structure)
        let place = above.first { $0.unit.code == asked } ?? above.first
        counts =
            above.count > 1
            ? try ReorganizationPage.counts(change, above, snapshot) : nil
        let own = place.map { change.within($0.lines) } ?? change
        flow =
            own.lines.isEmpty || own.lines.count > Self.flowLimit
            ? nil : try ReorganizationPage.flow(own, place?.unit, snapshot)
        places = Listed(
            above.count > 1
                ? above.filter { $0.unit.unit != place?.unit.unit }.map {
                    Link(
                        $0.unit.name,
                        Address.reorganization(reform.code).with("form", chosen)
                            .with("of", $0.unit.code))
                } : [])
        heading =
            words[
                "reform_counts",
                ["before": own.before.count.grouped, "after": own.after.count.grouped]]
        rows = own.before.prefix(Self.limit).map { one in
            let lines = own.lines.filter { $0.before.unit == one.unit }
            return Row(
                before: Link(one.name, .unit(one, on: reform.effectiveOn - 1)),
                after: lines.map { Link($0.after.name, .unit($0.after, on: reform.effectiveOn)) },
                basis: Set(lines.map { words["basis_\($0.basis.rawValue)"] }).sorted()
                    .joined(separator: " · "))
        }
        more = words.more(of: own.before.count, shown: Self.limit)
    }

    /// How many there were and are below each unit.
    private static func counts(
        _ change: ReformFlow, _ above: [ReformFlow.Above], _ snapshot: Snapshot
    ) throws -> ChartFrame {
        let words = snapshot.words
        let names = ShortNames(above.map(\.unit.name), of: above.map(\.unit), snapshot)
        let numbers = above.map { change.counts(below: $0.unit, snapshot.structure) }
        let most = numbers.flatMap { [$0.before, $0.after] }.max() ?? 0
        let (before, after) = (words["reform_before"], words["reform_after"])
        let chart = RowChart(
            title: words["reform_by_unit"],
            rows: zip(names.texts, numbers).map { name, own in
                RowChart.Row(
                    name, own.after, text: own.after.grouped, before: own.before,
                    beforeText: own.before.grouped)
            },
            axis: ColumnChart.ticks(to: most) { $0.grouped }, names: (now: after, before: before))
        var table = TableFile(
            words["reform_by_unit"], [.text(words["unit_name"]), .number(before), .number(after)])
        for (place, own) in zip(above, numbers) {
            try table.add([
                .text(place.unit.name), .exact(String(own.before)), .exact(String(own.after)),
            ])
        }
        return ChartFrame(
            "counts",
            finding: words[
                "reform_finding",
                [
                    "before": numbers.reduce(0) { $0 + $1.before }.grouped,
                    "after": numbers.reduce(0) { $0 + $1.after }.grouped,
                    "split": change.split.count.grouped,
                ]], what: words["reform_by_unit"], chart.drawings,
            data: table, snapshot.takeAway, words)
    }

    /// The flow below one unit.
    private static func flow(
        _ own: ReformFlow, _ place: UnitVersion?, _ snapshot: Snapshot
    ) throws -> ChartFrame {
        let words = snapshot.words
        let before = ShortNames(own.before.map(\.name), of: own.before, snapshot)
        let after = ShortNames(own.after.map(\.name), of: own.after, snapshot)
        let chart = FlowChart(
            title: words["reform_flow"], before: before.texts, after: after.texts,
            bands: own.lines.compactMap { line in
                guard let from = own.before.firstIndex(where: { $0.unit == line.before.unit }),
                    let to = own.after.firstIndex(where: { $0.unit == line.after.unit })
                else { return nil }
                return FlowChart.Band(
                    from: from, to: to, isPart: own.split.contains(line.before.unit))
            })
        var table = TableFile(
            words["reform_flow"],
            [
                .text(words["reform_before"]), .text(words["reform_after"]),
                .text(words["reform_basis"]),
            ])
        for line in own.lines {
            try table.add([
                .text(line.before.name), .text(line.after.name),
                .text(words["basis_\(line.basis.rawValue)"]),
            ])
        }
        return ChartFrame(
            "flow",
            finding: words[
                "reform_finding_of",
                [
                    "unit": place?.name ?? "", "before": own.before.count.grouped,
                    "after": own.after.count.grouped,
                ]], what: words["reform_flow_what"], chart.drawings,
            data: table, snapshot.takeAway, words)
    }
}

/// What went over into what by one document.
struct ReformFlow {
    let lines: [Line]
    /// Each once, in the order of codes.
    let before: [UnitVersion]
    let after: [UnitVersion]
    /// Those before that went to several.
    let split: Set<OrgUnit.ID>
    private let reform: Reorganization

    struct Line {
        let before: UnitVersion
        let after: UnitVersion
        let basis: Lineage.Basis
    }

    /// A unit that stands above some of those after, with what went over to them.
    struct Above {
        let unit: UnitVersion
        let lines: [Line]
    }

    init(_ reform: Reorganization, _ structure: Structure) {
        let all = structure.successors.values.joined()
            .filter { $0.reorganization == reform.id }
        self.init(
            reform,
            all.compactMap { line in
                guard
                    let before = structure.nearestVersion(
                        line.predecessor, on: reform.effectiveOn - 1),
                    let after = structure.nearestVersion(line.successor, on: reform.effectiveOn)
                else { return nil }
                return Line(before: before, after: after, basis: line.basis)
            })
    }

    private init(_ reform: Reorganization, _ lines: [Line]) {
        self.reform = reform
        self.lines = lines.sorted {
            ($0.before.code, $0.after.code) < ($1.before.code, $1.after.code)
        }
        func once(_ units: [UnitVersion]) -> [UnitVersion] {
            var seen: Set<OrgUnit.ID> = []
            return units.filter { seen.insert($0.unit).inserted }
                .sorted { ($0.code, $0.name) < ($1.code, $1.name) }
        }
        before = once(lines.map(\.before))
        after = once(lines.map(\.after))
        split = Set(
            Dictionary(grouping: lines, by: \.before.unit).filter { $1.count > 1 }.keys)
    }

    func within(_ lines: [Line]) -> ReformFlow { ReformFlow(reform, lines) }

    /// The forms of unit that were changed.
    var forms: Set<String> { Set(lines.map(\.before.form)) }

    /// How many units of these forms there were and are directly below one.
    func counts(below unit: UnitVersion, _ structure: Structure) -> (before: Int, after: Int) {
        func count(_ forms: Set<String>, on day: Day) -> Int {
            Set(
                Indicator.Axis.allCases.flatMap { axis in
                    structure.children(of: unit.unit, axis, on: day)
                        .filter { forms.contains($0.form) }.map(\.unit)
                }
            ).count
        }
        return (
            count(Set(lines.map(\.before.form)), on: reform.effectiveOn - 1),
            count(Set(lines.map(\.after.form)), on: reform.effectiveOn)
        )
    }

    /// The units directly above those after, in the order of codes.
    func above(_ structure: Structure) -> [Above] {
        let day = reform.effectiveOn
        let parents = Dictionary(grouping: lines) { line in
            Indicator.Axis.allCases.lazy.compactMap {
                structure.parent(line.after.unit, $0, on: day)
            }.first
        }
        return parents.compactMap { parent, lines in
            parent.flatMap { structure.version($0, on: day) }.map {
                Above(unit: $0, lines: lines)
            }
        }.sorted { ($0.unit.code, $0.unit.name) < ($1.unit.code, $1.unit.name) }
    }
}
