import Catalogue
import Core
import Figures
import Hummingbird
import Web

/// GET /figures. For everybody: every figure that may be asked, by area, with its definition.
struct ListFigures: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        if let form = try TableFile.Form(Query(request)) {
            return try await board.download(context, as: form, plainly: "figures") { snapshot in
                try FiguresPage(snapshot).table(snapshot.words)
            }
        }
        return try await board.show(context) { snapshot in
            BoardSheet(page: FiguresPage(snapshot), trail: [])
        }
    }
}

/// The list of figures.
struct FiguresPage: Page {
    static let template = "boards/figures"

    let title: String
    let summary: String
    let areas: [Area]
    let isEmpty: Bool
    let takeAway: TakeAway

    struct Area: Sendable {
        let areaName: String
        let rows: [Row]
    }

    struct Row: Sendable {
        let name: String
        let href: String
        let definition: String
        let unit: String
    }

    /// The most figures the page lists; a catalogue with more is asked by address.
    static let limit = 500
    private static let order = [
        "education", "premises", "cadres", "talent", "highlight", "department",
    ]

    init(_ snapshot: Snapshot) {
        let (words, language) = (snapshot.words, snapshot.language)
        let all = snapshot.publicIndicators.prefix(Self.limit)
        title = words["nav_figures"]
        summary = words["figures_summary", ["count": all.count.grouped]]
        isEmpty = all.isEmpty
        takeAway = snapshot.takeAway
        let names = Self.order + Set(all.map(\.area)).subtracting(Self.order).sorted()
        areas = names.compactMap { area in
            let rows = all.filter { $0.area == area }.map { indicator in
                Row(
                    name: indicator.name[language], href: snapshot.figure(indicator).text,
                    definition: indicator.definition[language],
                    unit: CountingUnit.words(indicator.unit)[language])
            }
            guard !rows.isEmpty else { return nil }
            let name = Self.order.contains(area) ? words["area_\(area)"] : area
            return Area(areaName: name, rows: rows)
        }
    }
}
