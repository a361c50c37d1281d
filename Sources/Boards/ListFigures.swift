import Catalogue
import Core
import Figures
import Hummingbird
import Web

/// GET /figures?indicator=ID&unit=U&period=P. For everybody: every figure that may be asked, by
/// area, with its definition; where one is chosen, the way to it.
struct ListFigures: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        if let form = try TableFile.Form(query) {
            return try await board.download(context, as: form, plainly: "figures") { snapshot in
                try FiguresPage(snapshot).table(snapshot.words)
            }
        }
        if let text = try query.written("indicator") {
            let all = board.figures.district.catalogue.publicIndicators
            let indicator = try MeantIndicator(all: all).read(text)
            return board.site.redirect(
                to: Address("figures", indicator.id)
                    .with("unit", try query.written("unit"))
                    .with("period", try query.written("period"))
                    .with("structure", try query.text("structure")))
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
    let action: String
    let indicatorPick: Picker
    let unitPick: Picker
    let periodPick: PeriodPicker

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

    init(_ snapshot: Snapshot) {
        let (words, language) = (snapshot.words, snapshot.language)
        let all = snapshot.publicIndicators.prefix(Self.limit)
        title = words["nav_figures"]
        summary = words["figures_summary", ["count": all.count.grouped]]
        isEmpty = all.isEmpty
        takeAway = snapshot.takeAway
        action = Address.figures.text
        indicatorPick = .indicator(snapshot, chosen: nil)
        unitPick = .unit(
            snapshot.structure, on: snapshot.today, chosen: snapshot.root, words)
        periodPick = PeriodPicker(snapshot.periods?.half, snapshot)
        areas = Self.areas(of: Array(all), words).map { area in
            let rows = area.indicators.map { indicator in
                Row(
                    name: indicator.name[language], href: snapshot.figure(indicator).text,
                    definition: indicator.definition[language],
                    unit: CountingUnit.words(indicator.unit)[language])
            }
            return Area(areaName: area.name, rows: rows)
        }
    }

    /// Figures by area, in the order of the areas.
    static func areas(
        of all: [Indicator], _ words: Words
    ) -> [(name: String, indicators: [Indicator])] {
        let names = Theme.order + Set(all.map(\.area)).subtracting(Theme.order).sorted()
        return names.compactMap { area in
            let own = all.filter { $0.area == area }
            guard !own.isEmpty else { return nil }
            return (Theme(area: area, indicators: own).name(words), own)
        }
    }
}
