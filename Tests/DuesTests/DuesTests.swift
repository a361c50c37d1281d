import Dues
import TestKit
import Testing

struct DuesTests {
    @Test func theFeatureHasItsName() async throws {
        try await TestDistrict.with(.sqlite) { district in
            #expect(dues(district.district).name == "dues")
        }
    }
}
