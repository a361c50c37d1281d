import Accounts
import Core
import Foundation
import HummingbirdTesting
import TestKit
import Testing

/// Signing in with a provider that others wrote, in a process of its own, by the clock on the wall.
@Suite(.enabled(if: RealProvider.isInstalled, "`make test` installs the provider into .venv"))
struct RealProviderTests {
    /// Signs in there as somebody and comes back with what the provider sends along.
    private func visit(
        _ provider: RealProvider, _ client: any TestClientProtocol, _ body: String
    ) async throws -> (outing: Outing, query: String) {
        let start = try await client.page("/sign-in/openid/start")
        let outing = try Outing(start, start.location)
        let back = try await provider.press(outing.address, body)
        let parts = back.components(separatedBy: "?")
        #expect(parts[0] == "https://groundwork.example/sign-in/openid", "\(back)")
        return (outing, parts.count > 1 ? parts[1] : "")
    }

    @Test(arguments: Engine.available)
    func onlyWhoIsLinkedIsSignedInAndOnlyOnce(on engine: Engine) async throws {
        try await RealProvider.run { provider in
            try await TestDistrict.with(engine, now: { Moment.now() }) { district in
                try district.useProvider(provider.issuer)
                let li = try await district.account("li")
                try await district.withSite { client in
                    let denied = try await visit(provider, client, "action=deny")
                    let refused = try await client.comeBack(denied.query, denied.outing.cookie)
                    #expect(refused.status == 400 || refused.status == 403)
                    let early = try await visit(provider, client, "sub=li-there")
                    let unknown = try await client.comeBack(early.query, early.outing.cookie)
                    #expect(unknown.status == 403)
                    #expect(unknown.text.contains("您在认证方的标识：li-there"))
                    #expect(try await district.sessions(li.id) == 1)

                    try await district.link(li.id, "li-there", provider.issuer)
                    let good = try await visit(provider, client, "sub=li-there")
                    let answer = try await client.comeBack(good.query, good.outing.cookie)
                    #expect(answer.location == "/desk", "\(answer.text)")
                    let session = try #require(answer.cookie("session"))
                    let mine = try await client.page(
                        "/my", headers: [.cookie: "session=\(session)"])
                    #expect(mine.text.contains("li的名字"))
                    let again = try await client.comeBack(good.query, good.outing.cookie)
                    #expect(again.status == 400, "a replay")
                }
            }
        }
    }

    @Test func aSecondFactorThereStandsForOursOnlyWhereItIsTrusted() async throws {
        try await RealProvider.run { provider in
            for trusts in [false, true] {
                try await TestDistrict.with(.sqlite, now: { Moment.now() }) { district in
                    try district.useProvider(provider.issuer, trustsSecondFactor: trusts)
                    let wei = try await district.account("wei", office: .system)
                    try await district.link(wei.id, "li-there", provider.issuer)
                    try await district.withSite { client in
                        let way = try await visit(provider, client, "sub=li-there")
                        let answer = try await client.comeBack(way.query, way.outing.cookie)
                        #expect(answer.location == (trusts ? "/desk" : "/sign-in/enrol"))
                    }
                }
            }
        }
    }
}
