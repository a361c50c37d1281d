import Entries
import TestKit
import Testing

struct EntriesTests {
    @Test func theFeatureHasItsName() async throws {
        try await TestDistrict.with(.sqlite) { district in
            #expect(entries(district.district).name == "entries")
        }
    }
}
