import Accounts
import Core
import HummingbirdTesting
import Ledger
import TestKit
import Testing
import Web

/// What somebody who is signed in was refused is in the log once, and nothing of what they sent.
@Suite struct RefusalLogTests {
    private static let secret = "不可外传"

    /// A good token for a form that goes to an address.
    private static func token(
        _ address: String, _ reader: SignedIn, _ district: TestDistrict
    ) -> String {
        let cookie = reader.cookie.dropFirst("session=".count)
        return FormSeed(
            key: district.district.key.derived("form"), seed: Session.digest(of: String(cookie))
        ).token(for: address, at: district.district.now())
    }

    private static func warnings(_ log: CapturedLog) -> [String] {
        log.lines.filter { $0.hasPrefix("warning") }
    }

    @Test(arguments: [
        ("community_clerk", "/entries/records/{id}/correct"),
        ("community_clerk", "/entries/drafts/{id}/removal"),
        ("community_clerk", "/confirmations/{id}/withdrawal"),
        ("community_clerk", "/admin/accounts/{account}/disable"),
        ("reader", "/entries/records/{id}/reverse"),
    ])
    func aFormForWhatIsNotHisLeavesOneLineWithoutItsContent(role: String, route: String)
        async throws
    {
        try await TestDistrict.with(.sqlite) { district in
            try await district.foundSmallDistrict()
            let li = try await district.account("li", role: role, unit: "410102001001")
            let foreign = ID<Record>.make().text
            let address = route.replacing(#/\{\w+\}/#, with: foreign)
            let log = CapturedLog()
            let fields = [
                ("_token", Self.token(address, li, district)), ("_key", ID<Form>.make().text),
                ("reason", Self.secret),
            ]
            try await district.withSite(log: log) { client in
                let answer = try await client.send(address, fields, as: li)
                #expect(answer.status == 404)
            }
            let lines = Self.warnings(log)
            #expect(lines.count == 1)
            let line = try #require(lines.first)
            for part in [li.id.text, route, "404", "POST"] { #expect(line.contains(part)) }
            #expect(log.lines.allSatisfy { !$0.contains(Self.secret) && !$0.contains(foreign) })
        }
    }

    @Test func anAddressThatIsNotHisLeavesALineAndWhatIsOpenToHimOrAVisitorLeavesNone()
        async throws
    {
        try await TestDistrict.with(.sqlite) { district in
            try await district.foundSmallDistrict()
            let li = try await district.account("li", role: "community_clerk")
            let log = CapturedLog()
            try await district.withSite(log: log) { client in
                let foreign = try await client.page("/admin/accounts", as: li).status
                #expect(foreign == 404)
                #expect(Self.warnings(log).count == 1)
                #expect(try await client.page("/my", as: li).status == 200)
                #expect(try await client.page("/nowhere", as: li).status == 404)
                #expect(try await client.page("/records/1").status == 404)
                #expect(Self.warnings(log).count == 1)
            }
        }
    }
}
