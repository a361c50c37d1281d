import Catalogue
import Core
import Figures
import Hummingbird
import Web

/// GET /. For everybody: what this is, a few figures of the whole district, and where to go on.
struct ShowHome: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await board.show(context) { snapshot in
            BoardSheet(page: try HomePage(snapshot), trail: nil)
        }
    }
}

/// The home page.
struct HomePage: Page {
    static let template = "boards/home"

    let title: String
    let tiles: [Tile]
    let hasTiles: Bool
    let district: String?
    let doors: [Door]
    /// What to do next in a district that has no units, or no records.
    let empty: String?

    /// One figure to be read from afar.
    struct Tile: Sendable {
        let name: String
        let phrase: String
        let data: String
        let period: String
        let href: String
    }

    /// A way into the ledger.
    struct Door: Sendable {
        let label: String
        let sentence: String
        let href: String
    }

    init(_ snapshot: Snapshot) throws {
        let words = snapshot.words
        title = words["home_title"]
        tiles = try HomePage.tiles(snapshot)
        hasTiles = !tiles.isEmpty
        district = snapshot.root.flatMap { root in
            snapshot.periods.map {
                words[
                    "home_district",
                    [
                        "unit": root.name, "period": $0.half.words[words.language],
                    ]]
            }
        }
        doors = [
            ("reports", Address.reports), ("figures", .figures), ("units", .units),
            ("kinds", .kinds), ("mechanisms", .mechanisms), ("rules", .rules),
            ("register", .register),
        ].map { name, address in
            Door(
                label: words["door_\(name)"], sentence: words["door_\(name)_text"],
                href: address.text)
        }
        empty =
            snapshot.root == nil
            ? words["home_no_units"] : snapshot.periods == nil ? words["home_no_records"] : nil
    }

    private static func tiles(_ snapshot: Snapshot) throws -> [Tile] {
        guard let root = snapshot.root, let periods = snapshot.periods else { return [] }
        var tiles: [Tile] = []
        for indicator in snapshot.headlines {
            let period = periods.period(for: indicator)
            let question = Question(
                indicator.id, unit: root.unit, period: period,
                position: snapshot.reading.position)
            let answer = try snapshot.reading.answer(question)
            guard answer.hasValue, answer.numerator > 0 else { continue }
            let said = Said(
                answer, try snapshot.disclosures.disclosure(question), indicator, snapshot.words)
            tiles.append(
                Tile(
                    name: indicator.name[snapshot.language], phrase: said.phrase,
                    data: said.data, period: period.words[snapshot.language],
                    href: Address.figure(indicator.id, unit: root.code, period: period).text))
            if tiles.count == headlineLimit { break }
        }
        return tiles
    }

    static let headlineLimit = 6
}

extension Snapshot {
    /// Figures worth a first look, in this order, where the catalogue has them; then the first of
    /// each area, for a district whose catalogue has others.
    var headlines: [Indicator] {
        let chosen = [
            "premises.share_1000", "unit.communities", "lecture.count", "forum.person_times",
            "talent_event.count", "grid.branch_coverage",
        ]
        let all = publicIndicators
        var areas: Set<String> = []
        let firsts = all.filter { areas.insert($0.area).inserted }
        let found = chosen.compactMap { id in all.first { $0.id == id } }
        return found + firsts.filter { first in !found.contains { $0.id == first.id } }
    }
}
