import Administration
import TestKit
import Testing

struct AdministrationTests {
    @Test func theFeatureHasItsName() async throws {
        try await TestDistrict.with(.sqlite) { district in
            #expect(administration(district.district).name == "administration")
        }
    }
}
