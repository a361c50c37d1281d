import Catalogue
import Core
import Requests
import TestKit
import Testing

/// What may be asked for is read from files, and each fault is named where it stands.
@Suite struct ServiceCatalogueTests {
    private static let catalogue = Result {
        try Catalogue(folders: [TestDistrict.home.catalogue])
    }

    private func read(_ files: [String: String]) async throws -> ServiceCatalogue {
        let catalogue = try Self.catalogue.get()
        var read: ServiceCatalogue?
        try await OwnFolder.with(files) { folder in
            read = try ServiceCatalogue(
                folders: [TestDistrict.home.catalogue, folder], catalogue)
        }
        return try #require(read)
    }

    @Test func theProgramOffersServicesInEveryGroup() async throws {
        let services = try await read([:])
        #expect(services.services.count >= 12)
        for group in services.groups {
            #expect(services.services.contains { $0.group == group.id }, "\(group.id)")
        }
        #expect(services.stoppers.count >= 4)
    }

    @Test(arguments: [
        ("路灯不亮", "lighting"), ("家里漏水了", "water"), ("elevator", "lift"), ("广场舞", "noise"),
    ])
    func aServiceIsFoundByTheWordsThatPeopleUse(_ words: String, _ id: String) async throws {
        let services = try await read([:])
        #expect(services.services.filter { $0.isMeant(by: words) }.map(\.id).contains(id))
    }

    @Test func anEmergencyIsToldItsOwnWay() async throws {
        let services = try await read([:])
        #expect(services.stoppers.filter { $0.isMeant(by: "着火了") }.map(\.id) == ["emergency"])
        #expect(services.stoppers.allSatisfy { !$0.isMeant(by: "路灯不亮") })
    }

    @Test(arguments: [
        ("group: gone", "the group “gone” is not known"),
        ("category: gone", "the category “gone” is not known"),
        ("severity: gone", "the urgency “gone” is not known"),
        ("routes: [{from: 2023-01-01, tier: gone}]", "the tier “gone” is not known"),
        ("routes: [{from: 2023-01-01, tier: department}]", "needs a “unit”"),
        ("routes: [{from: 2023-01-01, tier: street, unit: X}]", "without “unit”"),
        ("routes: []", "“routes” says where it begins"),
        ("until: 2020-01-01", "“until” must come after “from”"),
        ("questions: {q: {ask: {zh: 问, en: Q}, type: choice}}", "“options” are given for a choice"),
        ("colour: red", "“colour” is not known here"),
    ])
    func aFaultIsNamedWithItsFile(_ change: String, _ sentence: String) async throws {
        var lines = [
            "group": "group: repair", "category": "category: repair",
            "severity": "severity: ordinary", "from": "from: 2023-01-01",
            "name": "name: {zh: 试, en: Trial}",
            "routes": "routes: [{from: 2023-01-01, tier: community}]",
        ]
        lines[String(change.prefix { $0 != ":" })] = change
        let text =
            "services:\n  trial:\n"
            + lines.values.sorted().map { "    \($0)\n" }.joined()
        await #expect {
            _ = try await read(["services/trial.yaml": text])
        } throws: { error in
            let fault = (error as? BrokenCatalogue)?.faults.first {
                $0.sentence.contains(sentence)
            }
            return fault?.file == "services/trial.yaml"
        }
    }

    @Test func aDistrictLaysItsOwnOverTheProgramsServices() async throws {
        let services = try await read([
            "services/own.yaml": """
            services:
              lighting:
                group: other
                category: other
                name: {zh: 灯, en: Lamps}
                severity: ordinary
                routes: [{from: 2023-01-01, tier: street}]
            routes:
              water: {at: [{from: 2015-07-01, tier: department, unit: BUR-EDU}]}
            without: [noise]
            """
        ])
        #expect(services["lighting"]?.name.en == "Lamps")
        #expect(services["water"]?.routes.count == 2)
        #expect(services["noise"] == nil)
    }
}
