import Catalogue
import Core
import Hummingbird
import Web

/// GET /themes. For everybody: the areas of the district's work, each with its own board.
struct ListThemes: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await board.show(context) { snapshot in
            BoardSheet(page: ThemesPage(snapshot), trail: [])
        }
    }
}

/// The areas in which results are reported, in the order of the report.
struct Theme: Sendable {
    let area: String
    let indicators: [Indicator]

    static let order = [
        "education", "premises", "cadres", "talent", "department", "service", "highlight",
    ]

    /// The figures everybody may ask for by area; an area of a district's own comes last.
    static func all(_ snapshot: Snapshot) -> [Theme] {
        let areas = Dictionary(grouping: snapshot.publicIndicators, by: \.area)
        let others = Set(areas.keys).subtracting(order).sorted()
        return (order + others).map { Theme(area: $0, indicators: areas[$0] ?? []) }
    }

    /// - Throws: `Refusal.notFound` where there is no such area.
    static func named(_ area: String, _ snapshot: Snapshot) throws(Refusal) -> Theme {
        guard let theme = all(snapshot).first(where: { $0.area == area }) else {
            throw .notFound
        }
        return theme
    }

    func name(_ words: Words) -> String {
        Self.order.contains(area) ? words["area_\(area)"] : area
    }
}

/// The list of areas.
struct ThemesPage: Page {
    static let template = "boards/themes"

    let title: String
    let areas: [Area]

    struct Area: Sendable {
        let areaName: String
        let href: String
        let areaCount: String
        let firsts: String
    }

    /// How many figures of an area are named.
    static let named = 4

    init(_ snapshot: Snapshot) {
        let words = snapshot.words
        title = words["nav_themes"]
        areas = Theme.all(snapshot).map { theme in
            let names = theme.indicators.prefix(Self.named).map { $0.name[words.language] }
            return Area(
                areaName: theme.name(words), href: Address.theme(theme.area).text,
                areaCount: words["themes_count", ["count": theme.indicators.count.grouped]],
                firsts: names.joined(separator: words.comma))
        }
    }
}
