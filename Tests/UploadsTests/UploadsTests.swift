import TestKit
import Testing
import Uploads

struct UploadsTests {
    @Test func theFeatureHasItsName() async throws {
        try await TestDistrict.with(.sqlite) { district in
            #expect(uploads(district.district).name == "uploads")
        }
    }
}
