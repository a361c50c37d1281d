import Catalogue
import Core
import Figures
import Hummingbird
import Web

/// GET /mechanisms. For everybody: what a district does, row by row, and what serves each row.
struct ListMechanisms: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await board.show(context) { snapshot in
            BoardSheet(
                page: MechanismsPage(snapshot),
                trail: [Link(snapshot.words["nav_kinds"], .kinds)])
        }
    }
}

/// The mechanisms of the district.
struct MechanismsPage: Page {
    static let template = "boards/mechanisms"

    let title: String
    let summary: String
    let mechanisms: [Row]
    let isEmpty: Bool

    struct Row: Sendable {
        let anchor: String
        let name: String
        let kinds: [Link]
        let figures: [Link]
        /// The part of the program it waits for.
        let waits: String?
    }

    init(_ snapshot: Snapshot) {
        let (words, language) = (snapshot.words, snapshot.language)
        let catalogue = snapshot.catalogue
        let services = catalogue.services
        let open = Dictionary(snapshot.publicIndicators.map { ($0.id, $0) }) { first, _ in first }
        title = words["mechanisms_title"]
        let served = services.filter(\.isServed).count
        summary =
            words[
                "mechanisms_summary",
                [
                    "all": services.count.grouped, "served": served.grouped,
                    "waiting": (services.count - served).grouped,
                ]]
        mechanisms = services.map { service in
            Row(
                anchor: service.mechanism.id, name: service.mechanism.name[language],
                kinds: service.kinds.compactMap { catalogue.kinds[$0] }.map {
                    Link($0.name[language], .kind($0.id))
                },
                figures: service.indicators.compactMap { open[$0] }.map {
                    Link($0.name[language], snapshot.figure($0))
                }, waits: service.mechanism.waits.map { words["feature_\($0.rawValue)"] })
        }
        isEmpty = mechanisms.isEmpty
    }
}

extension Snapshot {
    /// A figure of the whole district for its usual period.
    func figure(_ indicator: Indicator) -> Address {
        let period = periods?.period(for: indicator) ?? .day(today)
        return root.map { .figure(indicator.id, unit: $0.code, period: period) }
            ?? Address("figures", indicator.id)
    }

    /// Where the mechanisms stand that a kind or indicator serves.
    func mechanisms(_ ids: [String]) -> [Link] {
        catalogue.mechanisms.filter { ids.contains($0.id) }.map {
            Link("\($0.id) \($0.name[language])", .mechanisms, at: $0.id)
        }
    }
}
