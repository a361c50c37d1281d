import Hummingbird
import HummingbirdTesting
import TestKit
import Testing
import Web

/// What one sender may ask of the server, whatever they ask for.
@Suite struct WorkRatesTests {
    private static func from(_ address: String) throws -> HTTPFields {
        let name = try #require(HTTPFields.Element.Name("X-Forwarded-For"))
        return [name: address]
    }

    @Test func whoAskedForTooMuchWorkWaitsAndNobodyElseDoes() async throws {
        let clock = TestClock()
        let fixture = try Fixture(isBehindProxy: true, now: { clock.moment })
        defer { fixture.close() }
        let busy = try Self.from("192.0.2.7")
        let other = try Self.from("192.0.2.8")
        try await fixture.visit { client in
            for _ in 0..<Limits.workSeconds / 10 {
                #expect(try await client.ask("/dear", busy).status == 204)
            }
            let refused = try await client.ask("/style?lang=en", busy)
            #expect(refused.status == 429)
            #expect(refused["retry-after"] == "60")
            #expect(refused.text.contains("Please wait a little"))
            #expect(refused.text.contains("Try again in a minute"))
            #expect(try await client.ask("/style", method: .head, busy).status == 429)
            #expect(try await client.ask("/assets/groundwork.css", busy).status == 200)
            #expect(try await client.ask("/style", other).status == 200)
            clock.advance(60_000)
            #expect(try await client.ask("/style", busy).status == 200)
        }
    }

    @Test func pagesThatCostLittleAreReadByTheHundred() async throws {
        let clock = TestClock()
        let fixture = try Fixture(now: { clock.moment })
        defer { fixture.close() }
        let answered = try await fixture.visit { client in
            var answered = 0
            for _ in 0..<300 {
                if try await client.ask("/throws/hidden").status == 404 { answered += 1 }
            }
            return answered
        }
        #expect(answered == 300)
    }
}
