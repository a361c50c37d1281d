import Core
import Hummingbird
import HummingbirdTesting
import TestKit
import Testing
import Web

/// A form is taken from our own pages only, whatever cookie a stranger planted.
@Suite struct FormOriginTests {
    private static let visit = String(repeating: "7", count: 64)

    /// The status of a form with a good token that was sent with these headers.
    private static func status(
        _ said: [(String, String)], isBehindProxy: Bool = false
    ) async throws -> Int {
        let fixture = try Fixture(isBehindProxy: isBehindProxy)
        defer { fixture.close() }
        let token = FormSeed(key: fixture.site.formKey, seed: visit)
            .token(for: "/sent", at: fixture.site.now())
        var headers: HTTPFields = [
            .contentType: "application/x-www-form-urlencoded",
            .cookie: "\(fixture.site.cookie("visit"))=\(visit)",
        ]
        for (name, value) in said {
            headers[try #require(HTTPFields.Element.Name(name))] = value
        }
        let body = "_token=\(token)&_key=\(ID<Form>.make().text)"
        return try await fixture.visit { [headers] client in
            try await client.execute(
                uri: "/sent", method: .post, headers: headers, body: ByteBuffer(string: body)
            ) { Int($0.status.code) }
        }
    }

    @Test(arguments: [
        [("Origin", "https://elsewhere.example")], [("Origin", "http://localhost.example")],
        [("Origin", "http://localhost:81")], [("Origin", "null")], [("Origin", "localhost")],
        [("Sec-Fetch-Site", "cross-site")], [("Sec-Fetch-Site", "same-site")],
        [("Origin", "https://elsewhere.example"), ("Sec-Fetch-Site", "same-origin")],
        [("Origin", "https://elsewhere.example"), ("X-Forwarded-Host", "elsewhere.example")],
        [("Origin", "http://localhost"), ("Sec-Fetch-Site", "cross-site")],
    ])
    func aFormOfAnotherSiteIsRefused(said: [(String, String)]) async throws {
        #expect(try await Self.status(said) == 403)
    }

    @Test(arguments: [
        [], [("Origin", "http://localhost")], [("Origin", "http://LOCALHOST:80")],
        [("Origin", "https://localhost:443")], [("Sec-Fetch-Site", "same-origin")],
        [("Sec-Fetch-Site", "none"), ("Origin", "null")],
        [("Origin", "http://localhost"), ("Sec-Fetch-Site", "same-origin")],
    ])
    func aFormOfOursIsTaken(said: [(String, String)]) async throws {
        #expect(try await Self.status(said) == 204)
    }

    @Test(arguments: [
        ([("Origin", "https://office.example")], 403),
        ([("Origin", "https://office.example"), ("X-Forwarded-Host", "office.example")], 204),
        ([("Origin", "https://office.example"), ("Sec-Fetch-Site", "same-origin")], 204),
        ([("Origin", "https://office.example"), ("Sec-Fetch-Site", "cross-site")], 403),
        ([("Origin", "https://localhost")], 204),
    ])
    func behindAProxyTheHostIsTheOneTheBrowserAskedFor(
        said: [(String, String)], status: Int
    ) async throws {
        #expect(try await Self.status(said, isBehindProxy: true) == status)
    }

    @Test func behindHTTPSTheVisitorsCookieIsKeptToThisVeryHost() async throws {
        let fixture = try Fixture(isBehindProxy: true)
        defer { fixture.close() }
        // Planted by a neighbour under the plain name, it is nobody's.
        let token = FormSeed(key: fixture.site.formKey, seed: Self.visit)
            .token(for: "/sent", at: fixture.site.now())
        let headers: HTTPFields = [
            .contentType: "application/x-www-form-urlencoded", .cookie: "visit=\(Self.visit)",
        ]
        let body = "_token=\(token)&_key=\(ID<Form>.make().text)"
        let status = try await fixture.visit { client in
            try await client.execute(
                uri: "/sent", method: .post, headers: headers, body: ByteBuffer(string: body)
            ) { Int($0.status.code) }
        }
        #expect(status == 403)
    }
}
