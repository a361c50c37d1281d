import Catalogue
import Core
import Figures
import Ledger
import Organization
import Reports
import Web

/// Gathers what the home page shows.
struct HomeReader {
    let snapshot: Snapshot
    /// The day asked for, or today.
    let day: Day
    /// What is usual on that day; nil while nothing was recorded.
    let periods: UsualPeriods?

    static let headlineLimit = 6
    /// The most half-years offered, and the most places.
    static let halfLimit = 4
    static let placeLimit = 40
    static let recordLimit = 8

    /// The indicators the catalogue marks as headlines; where it marks none, the first of each
    /// area.
    private var headlines: [Indicator] {
        let all = snapshot.publicIndicators
        let marked = all.filter(\.headline)
        var areas: Set<String> = []
        return marked.isEmpty ? all.filter { areas.insert($0.area).inserted } : marked
    }

    private func question(_ indicator: Indicator) -> Question? {
        guard let root = snapshot.root, let periods else { return nil }
        return snapshot.reading.question(
            indicator.id, unit: root.unit, periods.period(for: indicator))
    }

    /// The headlines that have a number, and the course of the first of them that has one.
    func tiles() throws -> (tiles: [HomePage.Tile], course: ChartFrame?) {
        let reader = ThemeReader(snapshot: snapshot)
        var tiles: [HomePage.Tile] = []
        var course: ChartFrame?
        for indicator in headlines {
            guard let question = question(indicator), let root = snapshot.root else { continue }
            let answer = try snapshot.reading.answer(question)
            let told = try snapshot.disclosures.disclosure(question)
            guard answer.hasValue, answer.numerator > 0, told != .withheld else { continue }
            let line = try reader.line(question, indicator, among: [], beside: periods)
            let isTold = told == .open
            tiles.append(
                HomePage.Tile(
                    line: line, behind: behind(answer, told, indicator),
                    change: isTold
                        ? try FigureChange.first(question, answer, root, indicator, snapshot) : nil,
                    target: isTold
                        ? TargetPart(question, answer, root, indicator, snapshot) : nil,
                    opens: opens(indicator)))
            if course == nil, isTold, indicator.unit == "%" {
                course = try FigureCourse(question, root, indicator, snapshot)?.frame
                    .leading(to: line.href)
            }
            if tiles.count == Self.headlineLimit { break }
        }
        return (tiles, course)
    }

    /// 96节 under 90余节, 57 ÷ 91 under 63%.
    private func behind(
        _ answer: Answer, _ told: Disclosure, _ indicator: Indicator
    ) -> String? {
        FigureNumber.exact(answer, told, indicator, snapshot.words)
            .map { snapshot.words["home_exact", ["number": $0]] } ?? answer.fraction(told)
    }

    /// Records where everybody may read them, else sums alone.
    private func opens(_ indicator: Indicator) -> String {
        if snapshot.catalogue.protects(indicator) { return snapshot.words["opens_sums"] }
        guard let kind = indicator.kind.flatMap({ snapshot.catalogue.kinds[$0] }) else {
            return snapshot.words["opens_units"]
        }
        return snapshot.words[kind.isListed ? "opens_records" : "opens_sums"]
    }

    /// The half-year shown, and those around it that were kept.
    func halves() -> Listed<HomePage.Half>? {
        guard let shown = periods?.half, let newest = snapshot.periods?.half else { return nil }
        var halves: [Period] = []
        var next: Period? = newest
        while let half = next, halves.count < Self.halfLimit {
            guard snapshot.recorded.isKept(half) || half == newest else { break }
            halves.append(half)
            next = Period.half(of: half.from).previous
        }
        guard halves.count > 1 else { return nil }
        return Listed(
            halves.map { half in
                HomePage.Half(
                    label: half.words(today: snapshot.today)[snapshot.language],
                    href: half == newest
                        ? Address().text
                        : Address().with("on", half.lastDay.description).text,
                    isShown: half == shown)
            })
    }

    /// The places right below the district, of the form that most of them have: no offices.
    func places() -> [Link] {
        guard let root = snapshot.root else { return [] }
        let below = snapshot.structure.children(of: root.unit, .territory, on: day).filter {
            snapshot.catalogue.forms[$0.form]?.axis == .territory
        }
        return below.ofMostCommonForm.prefix(Self.placeLimit).map {
            Link($0.name, .unit($0, on: day))
        }
    }

    func report() throws -> HomePage.ReportDoor? {
        guard let newest = try ReportStore(db: snapshot.db).list().first else { return nil }
        return HomePage.ReportDoor(
            reportTitle: newest.title[snapshot.language],
            reportHref: Address("reports", newest.id).text,
            reportFacts: snapshot.words[
                "report_issued_facts",
                ["time": newest.issuedAt.text, "position": newest.position.grouped]])
    }

    /// The first headline that differs among the units below, where these have outlines: a share of
    /// something each of them has before a number that is only larger where the unit is. How many
    /// units there are is no news of any of them. None that is of persons.
    func map() throws -> HomePage.HomeMap? {
        let candidates = headlines.filter { indicator in
            !snapshot.catalogue.protects(indicator) && indicator.from != .rule
                && (indicator.unit == "%" || indicator.kind != nil && indicator.addsUp)
        }
        let shares = candidates.filter { $0.unit == "%" }
        for indicator in shares + candidates.filter({ $0.unit != "%" }) {
            guard let question = question(indicator) else { continue }
            let parts = try snapshot.disclosures.breakdown(question)
            let values = parts.units.map(\.answer).filter(\.hasValue)
                .map { $0.rounded(indicator) }
            guard Set(values).count > 1 else { continue }
            let areas = zip(parts.units, parts.told).map { part, told in
                (unit: part.unit, answer: part.answer, told: told)
            }
            let name = indicator.name[snapshot.language]
            guard let map = try DistrictMap(areas, question, indicator, snapshot) else {
                continue
            }
            return HomePage.HomeMap(
                figureName: name, figureHref: snapshot.figure(indicator).text, map: map)
        }
        return nil
    }

    /// The public entries of the newest day on which anything happened.
    func newest() throws -> (day: Day, lines: [EntryLine])? {
        guard let root = snapshot.root, let day = snapshot.newestDay else { return nil }
        let records = try RecordDays(
            db: snapshot.db, unit: root.unit, snapshot.structure,
            scope: snapshot.district.publicScope, asOf: snapshot.reading.position
        ).records(on: day, after: nil, limit: Self.recordLimit)
        return (day, records.map { EntryLine($0, snapshot) })
    }
}
