import Catalogue
import Core
import Organization

/// Says where requests begin, and why there is no one answer, at pages and terminals.
package struct RouteWords: Sendable {
    private let requests: Requests
    private let structure: Structure

    package init(_ requests: Requests, _ structure: Structure) {
        (self.requests, self.structure) = (requests, structure)
    }

    /// What a tier is called by the kind of the dispatch.
    func tier(_ id: String) -> Wording {
        let desk = requests.services.desk
        let catalogue = requests.district.catalogue
        let kind = catalogue.procedures[desk.procedure]?.last?.step(desk.dispatch.step)
            .flatMap { catalogue.kinds[$0.kind] }
        return kind?.field(desk.dispatch.tier)?.options.first { $0.id == id }?.name
            ?? Wording(zh: id, en: id)
    }

    func unit(_ id: OrgUnit.ID, on day: Day) -> String {
        structure.nearestVersion(id, on: day)?.name ?? "–"
    }

    package func fault(_ fault: RoutingFault) -> Wording {
        switch fault {
        case .gap: Wording(zh: "没有分派去向。", en: "No route holds here.")
        case .noHome:
            Wording(
                zh: "没有网格，网上不能受理。", en: "It has no grid, so nothing can be asked there.")
        case .noUnit(let route): noUnit(route)
        case .overlap(let routes):
            Wording(
                zh: "有\(routes.count)个去向同时适用："
                    + routes.map { "\($0.file)第\($0.line)行" }.joined(separator: "、") + "。",
                en: "\(routes.count) routes hold at once: "
                    + routes.map { "\($0.file), line \($0.line)" }.joined(separator: "; ") + ".")
        }
    }

    private func noUnit(_ route: ServiceRoute) -> Wording {
        let (name, code) = (tier(route.tier), route.unit ?? "")
        return Wording(
            zh: "去向“\(name.zh)\(code)”没有对应单位（\(route.file)第\(route.line)行）。",
            en: "There is no unit for “\(name.en) \(code)” (\(route.file), line \(route.line)).")
    }
}
