import Accounts
import Core
import Hummingbird
import HummingbirdTesting
import Storage
import TestKit
import Testing
import Web

/// A form counts when it was opened here, by who sends it, for where it goes, and not long ago.
@Suite struct FormTests {
    private func sessions(_ district: TestDistrict, _ account: Account.ID) async throws -> Int {
        try await district.database.read { try SessionStore($0).list(of: account).count }
    }

    @Test(arguments: Engine.available)
    func aFormWithoutAGoodTokenDoesNothing(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            let li = try await district.account("li")
            let wu = try await district.account("wu")
            try await district.withSite { client in
                let fields = try await client.page("/my", as: li).hidden(for: "/my/sessions/end")
                let foreign = try await client.page("/my", as: wu).hidden(for: "/my/sessions/end")
                let elsewhere = try await client.page("/my", as: li).hidden(for: "/sign-out")
                let token = try #require(fields["_token"])
                let key = try #require(fields["_key"])
                let wanted = ("session", "others")
                let last = token.hasSuffix("0") ? "1" : "0"
                let forged: [[(String, String)]] = [
                    [wanted],
                    [wanted, ("_token", ""), ("_key", key)],
                    [wanted, ("_token", String(token.dropLast()) + last), ("_key", key)],
                    [
                        wanted, ("_token", "zzzzzz." + token.split(separator: ".")[1]),
                        ("_key", key),
                    ],
                    [wanted, ("_token", try #require(foreign["_token"])), ("_key", key)],
                    [wanted, ("_token", try #require(elsewhere["_token"])), ("_key", key)],
                    [wanted, ("_token", token), ("_key", "x")],
                ]
                for fields in forged {
                    let answer = try await client.send("/my/sessions/end", fields, as: li)
                    #expect(answer.status == 403, "\(fields)")
                    #expect(answer.text.contains("表单已失效"))
                }
                let good = [wanted, ("_token", token), ("_key", key)]
                #expect(
                    try await client.send("/my/sessions/end", good, as: li).location
                        == "/my?done=session_ended")
            }
            #expect(try await sessions(district, li.id) == 1)
        }
    }

    @Test func aFormThatStoodOpenTooLongIsRefused() async throws {
        let clock = TestClock()
        try await TestDistrict.with(.sqlite, now: { clock.moment }) { district in
            try await district.withSite { client in
                let page = try await client.page("/sign-in")
                let visit = page.headers[values: .setCookie].first { $0.hasPrefix("visit=") }
                    .map { String($0.prefix { $0 != ";" }) }
                let fields = page.hidden(for: "/sign-in").map { ($0.key, $0.value) }
                clock.advance(Limits.formSeconds * 1000)
                let late = try await client.send("/sign-in", fields, cookie: visit)
                #expect(late.status == 422, "the last moment still counts")
                clock.advance(1_000)
                #expect(try await client.send("/sign-in", fields, cookie: visit).status == 403)
            }
        }
    }

    @Test func aFormFromAnotherSiteIsRefused() async throws {
        try await TestDistrict.with(.sqlite) { district in
            let li = try await district.account("li")
            try await district.withSite { client in
                let fields = try await client.page("/my", as: li).hidden(for: "/sign-out")
                let body = fields.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
                let name = try #require(HTTPFields.Element.Name("Sec-Fetch-Site"))
                for (site, status) in [
                    ("cross-site", 403), ("same-site", 403), ("same-origin", 303),
                ] {
                    var headers: HTTPFields = [
                        .contentType: "application/x-www-form-urlencoded", .cookie: li.cookie,
                    ]
                    headers[name] = site
                    let answer = try await client.execute(
                        uri: "/sign-out", method: .post, headers: headers,
                        body: ByteBuffer(string: body)
                    ) { Int($0.status.code) }
                    #expect(answer == status)
                }
            }
        }
    }

    @Test(
        arguments: [
            "--b\r\n--b--", "--b\r\n\r\n--b--", "--b\r\n\r\n\r\n--b--", "--b", "--b\r\n",
            "--b\r\nx",
            "--b\r\nx\r\n\r\ny\r\n--b--", "x", "",
        ])
    func aBodyOfPartsThatKeepsToNoFormatIsRefused(body: String) async throws {
        try await TestDistrict.with(.sqlite) { district in
            try await district.withSite { client in
                let answer = try await client.execute(
                    uri: "/sign-in", method: .post,
                    headers: [.contentType: "multipart/form-data; boundary=b"],
                    body: ByteBuffer(string: body)
                ) { Int($0.status.code) }
                #expect(answer == 400)
                #expect(try await client.page("/sign-in").status == 200)
            }
        }
    }

    @Test func moreFormsThanAnybodySendsByHandAreRefused() async throws {
        try await TestDistrict.with(.sqlite) { district in
            try await district.withSite { client in
                for _ in 0..<Limits.formsPerMinute {
                    #expect(try await client.send("/sign-in", []).status == 403)
                }
                let answer = try await client.send("/sign-in", [])
                #expect(answer.status == 429)
                #expect(answer.headers[.retryAfter] != nil)
                #expect(try await client.page("/sign-in").status == 200)
            }
        }
    }

    @Test func whoIsSignedOutIsToldThatNothingWasSaved() async throws {
        try await TestDistrict.with(.sqlite) { district in
            try await district.withSite { client in
                let answer = try await client.send("/my/password", [("old", "x")])
                #expect(answer.status == 403)
                #expect(answer.text.contains("填写的内容尚未保存"))
            }
        }
    }
}
