import Catalogue
import Core
import Figures
import Hummingbird
import Ledger
import Organization
import Reports
import Web

/// GET /. For everybody: what this is, a few figures of the whole district, and where to go on.
struct ShowHome: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await board.show(context) { snapshot in
            BoardSheet(
                page: try HomePage(snapshot), trail: [],
                // What is newest is looked for among all kinds that may be told of.
                alsoReads: snapshot.catalogue.kindsToldByDay)
        }
    }
}

/// The home page: headline figures with their trend, the newest report, a map, what is new.
struct HomePage: Page {
    static let template = "boards/home"

    let title: String
    let tiles: Listed<Tile>?
    let district: String?
    let report: ReportDoor?
    let map: HomeMap?
    let records: Listed<EntryLine>?
    let newestTitle: String
    let newestHref: String
    let doors: [Door]
    /// What to do next in a district that has no units, or no records.
    let empty: String?

    /// A headline figure, with how it differs from the period before it, or from a year before.
    struct Tile: Sendable {
        let line: ThemeLine
        let change: FigureChange?
        let target: TargetPart?
    }

    /// The newest report that was issued.
    struct ReportDoor: Sendable {
        let reportTitle: String
        let reportHref: String
        let reportFacts: String
    }

    /// A headline figure by the units below, and where to read more of it.
    struct HomeMap: Sendable {
        let figureName: String
        let figureHref: String
        let map: DistrictMap
    }

    /// A way into the ledger.
    struct Door: Sendable {
        let label: String
        let sentence: String
        let href: String
    }

    init(_ snapshot: Snapshot) throws {
        let words = snapshot.words
        let reader = HomeReader(snapshot: snapshot)
        title = words["home_title"]
        tiles = Listed(try reader.tiles())
        district = snapshot.root.flatMap { root in
            snapshot.periods.map {
                words[
                    "home_district",
                    [
                        "unit": root.name,
                        "period": $0.half.words(today: snapshot.today)[words.language],
                    ]]
            }
        }
        report = try reader.report()
        map = try reader.map()
        let newest = try reader.newest()
        records = Listed(newest?.lines ?? [])
        newestTitle = words["home_newest", ["day": newest?.day.description ?? ""]]
        newestHref = newest.map { Address.calendar(day: $0.day).text } ?? ""
        doors = [
            ("reports", Address.reports), ("themes", .themes), ("figures", .figures),
            ("units", .units), ("calendar", .calendar), ("kinds", .kinds),
            ("mechanisms", .mechanisms), ("rules", .rules), ("register", .register),
        ].map { name, address in
            Door(
                label: words["door_\(name)"], sentence: words["door_\(name)_text"],
                href: address.text)
        }
        empty =
            snapshot.root == nil
            ? words["home_no_units"] : snapshot.periods == nil ? words["home_no_records"] : nil
    }
}

/// Gathers what the home page shows.
struct HomeReader {
    let snapshot: Snapshot

    static let headlineLimit = 6
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
        guard let root = snapshot.root, let periods = snapshot.periods else { return nil }
        return snapshot.reading.question(
            indicator.id, unit: root.unit, periods.period(for: indicator))
    }

    func tiles() throws -> [HomePage.Tile] {
        let reader = ThemeReader(snapshot: snapshot)
        var tiles: [HomePage.Tile] = []
        for indicator in headlines {
            guard let question = question(indicator) else { continue }
            let answer = try snapshot.reading.answer(question)
            guard answer.hasValue, answer.numerator > 0,
                try snapshot.disclosures.disclosure(question) != .withheld
            else { continue }
            let line = try reader.line(question, indicator, among: [], beside: snapshot.periods)
            let isTold = try snapshot.disclosures.disclosure(question) == .open
            tiles.append(
                HomePage.Tile(
                    line: line, change: isTold ? try change(question, answer, indicator) : nil,
                    target: isTold ? target(question, answer, indicator) : nil))
            if tiles.count == Self.headlineLimit { break }
        }
        return tiles
    }

    /// The first of the two comparisons that can be made.
    private func change(
        _ question: Question, _ answer: Answer, _ indicator: Indicator
    ) throws -> FigureChange? {
        guard let root = snapshot.root else { return nil }
        return try FigureChange.first(question, answer, root, indicator, snapshot)
    }

    private func target(
        _ question: Question, _ answer: Answer, _ indicator: Indicator
    ) -> TargetPart? {
        guard let root = snapshot.root else { return nil }
        return TargetPart(question, answer, root, indicator, snapshot)
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

    /// The headline that is found in most of the units below, where these have outlines and hold
    /// most of it; one that adds up and hides nobody.
    func map() throws -> HomePage.HomeMap? {
        let found = try headlines.filter { $0.addsUp && !snapshot.catalogue.protects($0) }
            .compactMap { indicator in
                try question(indicator).map { question in
                    let parts = try snapshot.disclosures.breakdown(question)
                    return (
                        indicator: indicator, question: question, parts: parts,
                        reach: parts.units.filter { $0.answer.numerator > 0 }.count
                    )
                }
            }.enumerated().sorted {
                ($1.element.reach, $0.offset) < ($0.element.reach, $1.offset)
            }.map(\.element)
        for (indicator, question, parts, _) in found {
            let areas = zip(parts.units, parts.told).map { part, told in
                (unit: part.unit, answer: part.answer, told: told)
            }
            let name = indicator.name[snapshot.language]
            guard let map = try DistrictMap(name, areas, question, indicator, snapshot) else {
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
