import Core
import Organization
import Requests
import Storage
import TestKit
import Testing

/// Every service in every place begins at exactly one unit, or it is said why not.
@Suite struct RoutingTests {
    private static let own = """
        services:
          trial:
            group: other
            category: other
            name: {zh: 试, en: Trial}
            severity: ordinary
            routes:
              - {from: 2014-01-01, tier: community}
              - {from: 2025-01-01, tier: street, places: ["410102001002"]}
              - {from: 2026-08-01, tier: department, unit: BUR-EDU, places: ["410102001002"]}
          twice:
            group: other
            category: other
            name: {zh: 重, en: Twice}
            severity: ordinary
            routes:
              - {from: 2014-01-01, tier: community}
              - {from: 2014-01-01, tier: street}
          later:
            group: other
            category: other
            name: {zh: 晚, en: Later}
            severity: ordinary
            routes: [{from: 2026-08-01, tier: community}]
          nowhere:
            group: other
            category: other
            name: {zh: 无, en: Nowhere}
            severity: ordinary
            routes: [{from: 2014-01-01, tier: department, unit: BUR-GONE}]

        """

    @Test func theNearestPlaceAndTheLatestDayDecide() async throws {
        try await RequestDistrict.with(.sqlite, own: ["services/own.yaml": Self.own]) { town in
            let structure = try await town.test.district.structure()
            let services = town.requests.services
            let service = try #require(services["trial"])
            func begins(_ code: String, on day: String) throws -> String? {
                let routing = Routing(services, structure, on: try #require(Day(day)))
                let place = try #require(structure.unit(code: code, on: routing.day)?.unit)
                let routed = try routing.route(service, in: place).get()
                return structure.version(routed.unit, on: routing.day)?.code
            }
            #expect(try begins("410102001001002", on: "2026-07-07") == "410102001001")
            #expect(try begins("410102001002001", on: "2024-07-07") == "410102001002")
            #expect(try begins("410102001002001", on: "2026-07-07") == "410102001")
            #expect(try begins("410102001002001", on: "2026-08-01") == "BUR-EDU")
        }
    }

    @Test func gapsAndOverlapsAreListed() async throws {
        try await RequestDistrict.with(.sqlite, own: ["services/own.yaml": Self.own]) { town in
            let structure = try await town.test.district.structure()
            let routing = Routing(
                town.requests.services, structure, on: RequestDistrict.morning.day)
            let faults = Dictionary(grouping: routing.faults) { $0.service?.id ?? "" }
            #expect(Set(faults.keys) == ["twice", "later", "nowhere"])
            #expect(faults["twice"]?.count == 2)
            #expect(faults["later"]?.allSatisfy { $0.fault == .gap } == true)
            guard case .noUnit = try #require(faults["nowhere"]?.first).fault else {
                Issue.record("a unit that is not there is told")
                return
            }
        }
    }

    @Test func theProgramsOwnCatalogueHasOneAnswerEverywhere() async throws {
        try await RequestDistrict.with(.sqlite) { town in
            let structure = try await town.test.district.structure()
            let routing = Routing(
                town.requests.services, structure, on: RequestDistrict.morning.day)
            #expect(routing.communities.count == 2)
            #expect(routing.faults.isEmpty)
        }
    }
}
