import Rights
import TestKit
import Testing

struct RightsTests {
    @Test func theFeatureHasItsName() async throws {
        try await TestDistrict.with(.sqlite) { district in
            #expect(rights(district.district).name == "rights")
        }
    }
}
