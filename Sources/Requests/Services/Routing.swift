import Catalogue
import Core
import Organization

/// Where a request for a service in a place begins, and by which entry of the catalogue.
package struct Routed: Sendable, Hashable {
    package let tier: String
    package let unit: OrgUnit.ID
    package let route: ServiceRoute
}

/// Why there is no one answer where a request begins.
package enum RoutingFault: Sendable, Hashable {
    /// No route holds in the place.
    case gap
    /// A route holds, and the unit that it means is not there.
    case noUnit(ServiceRoute)
    /// Several routes hold that say different things.
    case overlap([ServiceRoute])
    /// There is nothing below the place in which a case is opened.
    case noHome
}

/// Finds where requests begin. Of the routes in force the one with the nearest place holds, and of
/// those of one place the one that began last.
package struct Routing: Sendable {
    package let services: ServiceCatalogue
    package let structure: Structure
    package let day: Day

    package init(_ services: ServiceCatalogue, _ structure: Structure, on day: Day) {
        (self.services, self.structure, self.day) = (services, structure, day)
    }

    /// Where a request for a service begins, or why there is no one answer.
    package func route(
        _ service: Service, in place: OrgUnit.ID
    ) -> Result<Routed, RoutingError> {
        let above = path(place)
        let codes = above.map { structure.version($0, on: day)?.code }
        let inForce = service.routes.filter { $0.inForce(on: day) }
        let held = inForce.compactMap { route -> (near: Int, route: ServiceRoute)? in
            guard !route.places.isEmpty else { return (codes.count, route) }
            return codes.firstIndex { code in code.map(route.places.contains) ?? false }
                .map { ($0, route) }
        }
        guard let near = held.map(\.near).min() else { return .failure(.init(.gap)) }
        let nearest = held.filter { $0.near == near }.map(\.route)
        let newest = nearest.map(\.from).max()
        let best = nearest.filter { $0.from == newest }
        guard let route = best.first else { return .failure(.init(.gap)) }
        if best.contains(where: { $0.tier != route.tier || $0.unit != route.unit }) {
            return .failure(.init(.overlap(best)))
        }
        guard let unit = unit(of: route, above) else { return .failure(.init(.noUnit(route))) }
        return .success(Routed(tier: route.tier, unit: unit, route: route))
    }

    private func unit(of route: ServiceRoute, _ above: [OrgUnit.ID]) -> OrgUnit.ID? {
        if let code = route.unit { return structure.unit(code: code, on: day)?.unit }
        guard let form = services.desk.tiers[route.tier] ?? nil else { return nil }
        return above.first { structure.version($0, on: day)?.form == form }
    }

    /// A place and everything above it on the territory, the nearest first.
    func path(_ place: OrgUnit.ID) -> [OrgUnit.ID] {
        var path = [place]
        while let above = path.last.flatMap({ structure.parent($0, .territory, on: day) }),
            !path.contains(above)
        {
            path.append(above)
        }
        return path
    }

    /// The unit of the form that people choose by in which a place lies; nil outside any.
    package func community(of place: OrgUnit.ID) -> OrgUnit.ID? {
        path(place).first { structure.version($0, on: day)?.form == services.desk.placeForm }
    }

    /// The places below a community in which cases are opened, by their codes.
    package func homes(in community: OrgUnit.ID) -> [UnitVersion] {
        structure.children(of: community, .territory, on: day)
            .filter { $0.form == services.desk.homeForm }
    }

    /// Every unit that people choose a place by, by its code.
    package var communities: [UnitVersion] {
        structure.versions.values.compactMap { versions in
            versions.first { $0.inForce(on: day) && $0.form == services.desk.placeForm }
        }.sorted { $0.code < $1.code }
    }

    /// Every place and service that has not exactly one answer.
    package var faults: [(place: UnitVersion, service: Service?, fault: RoutingFault)] {
        let offered = services.offered(on: day)
        return communities.flatMap { community in
            let none: [(place: UnitVersion, service: Service?, fault: RoutingFault)] =
                homes(in: community.unit).isEmpty ? [(community, nil, .noHome)] : []
            return none
                + offered.compactMap { service in
                    guard case .failure(let error) = route(service, in: community.unit) else {
                        return nil
                    }
                    return (community, service, error.fault)
                }
        }
    }
}

/// Carries why there is no one answer.
package struct RoutingError: Error, Sendable, Hashable {
    package let fault: RoutingFault

    init(_ fault: RoutingFault) { self.fault = fault }
}
