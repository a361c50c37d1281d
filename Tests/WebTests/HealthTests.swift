import HummingbirdTesting
import Testing
import Web

/// What watches the server learns whether it lives, and nothing else.
@Suite struct HealthTests {
    @Test func theServerLivesAndSaysThatItCannotReadADatabaseWithoutTables() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let live = try await fixture.get("/health/live")
        #expect(live.status == 200)
        #expect(live.text == "ok\n")
        let ready = try await fixture.get("/health/ready")
        #expect(ready.status == 503)
        #expect(ready.text == "unavailable\n", "not why")
        #expect(fixture.log.lines.contains { $0.hasPrefix("warning not ready") })
        #expect(fixture.log.lines.allSatisfy { !$0.contains("/health/") })
    }

    @Test func whoWatchesIsNotCounted() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        try await fixture.visit { client in
            for _ in 0..<Limits.workSeconds / 10 {
                #expect(try await client.ask("/dear").status == 204)
            }
            let refused = try await client.ask("/dear")
            #expect(refused.status == 429)
            #expect(try await client.ask("/health/live").status == 200)
        }
    }
}
