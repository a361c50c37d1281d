import Accounts
import Catalogue
import Core
import Foundation
import HummingbirdTesting
import JWTKit
import Storage
import TestKit
import Testing

/// Signing in with a provider, against one of the test's own that can say anything.
@Suite struct OpenIDTests {
    @Test func withoutTheFileThereIsNoSuchThing() async throws {
        try await TestDistrict.with(.sqlite) { district in
            let li = try await district.account("li")
            try await district.withSite { client in
                for address in ["/sign-in/openid/start", "/sign-in/openid?code=a&state=b"] {
                    let answer = try await client.page(address)
                    #expect(answer.status == 404)
                }
                let mine = try await client.page("/my/openid", as: li)
                #expect(mine.status == 404)
                let page = try await client.page("/sign-in")
                #expect(!page.text.contains("/openid"))
            }
        }
    }

    @Test func aFileThatOthersCanReadOrThatCannotBeMeantIsRefused() async throws {
        try await TestDistrict.with(.sqlite) { district in
            try district.useProvider("https://there.example", permissions: 0o640)
            #expect(throws: Refusal.self) { try district.folder.openID() }
            for issuer in ["http://there.example", "there.example", "https://a@b", "https://a/?b"] {
                try district.useProvider(issuer)
                #expect(throws: BrokenCatalogue.self, "\(issuer)") {
                    try district.folder.openID()
                }
            }
            try district.useProvider("https://there.example")
            #expect(try district.folder.openID()?.issuer == "https://there.example")
        }
    }

    @Test(arguments: Engine.available)
    func whoDidNotSetOutHereOrCameBackBeforeIsRefused(on engine: Engine) async throws {
        try await ProviderStand.with(engine) { stand in
            let li = try await stand.district.account("li")
            try await stand.link(li.id)
            let (outing, other) = (try await stand.setOut(), try await stand.setOut())
            let state = outing.told["state"] ?? ""
            let strange: [(String, String?)] = [
                ("code=a&state=\(state)", nil),
                ("code=a&state=\(state)", other.cookie),
                ("code=a&state=\(other.told["state"] ?? "")", outing.cookie),
                ("code=a", outing.cookie), ("code=a&state=", outing.cookie),
            ]
            for (query, cookie) in strange {
                let answer = try await stand.client.comeBack(query, cookie)
                #expect(answer.status == 400)
                #expect(answer.text.contains("请重新开始"))
            }
            #expect(try await stand.comeBack(outing).location == "/desk")
            #expect(try await stand.comeBack(outing).status == 400, "a replay")
            stand.clock.advance(600_000)
            #expect(try await stand.comeBack(other).status == 400, "too late")
            #expect(try await stand.district.sessions(li.id) == 2)
        }
    }

    @Test(arguments: Engine.available)
    func aTokenThatLiesSignsNobodyIn(on engine: Engine) async throws {
        try await ProviderStand.with(engine) { stand in
            let li = try await stand.district.account("li")
            try await stand.link(li.id)
            let now = stand.clock.moment.milliseconds / 1000
            func lie(
                _ change: (Outing) -> IDToken, key: ES256PrivateKey? = nil
            ) async throws {
                let outing = try await stand.setOut()
                let own = stand.provider.key
                let text = try await Signing.text(change(outing), key ?? own.key, own.name)
                let answer = try await stand.comeBack(outing, text: text)
                #expect(answer.status == 403)
                #expect(answer.text.contains("无法核实"))
                #expect(answer.cookie("session") == nil)
            }
            let issuer = stand.issuer
            func made(
                iss: String? = nil, aud: String = "groundwork", exp: Int64 = 300,
                nonce: String?
            ) -> IDToken {
                IDToken(
                    iss: iss ?? issuer, sub: "li-there", aud: [aud], exp: now + exp, iat: now,
                    nonce: nonce)
            }
            try await lie { _ in made(nonce: nil) }
            let earlier = try await stand.setOut()
            try await lie { _ in made(nonce: earlier.told["nonce"]) }
            try await lie { made(aud: "another", nonce: $0.told["nonce"]) }
            try await lie { made(iss: "https://a.example", nonce: $0.told["nonce"]) }
            try await lie { made(exp: -61, nonce: $0.told["nonce"]) }
            try await lie({ made(nonce: $0.told["nonce"]) }, key: ES256PrivateKey())
            let outing = try await stand.setOut()
            let mixed = try await stand.client.comeBack(
                "code=a&state=\(outing.told["state"] ?? "")&iss=https%3A%2F%2Fa.example",
                outing.cookie)
            #expect(mixed.status == 403, "another provider answered")
            #expect(try await stand.district.sessions(li.id) == 1)
            #expect(try await stand.comeBack(stand.setOut()).location == "/desk")
        }
    }

    @Test(arguments: Engine.available)
    func whoIsLinkedToNoAccountHearsTheSameWhateverThereIs(on engine: Engine) async throws {
        try await ProviderStand.with(engine) { stand in
            let li = try await stand.district.account("li")
            try await stand.link(li.id)
            try await stand.district.database.write { db in
                try AccountStore(db).disable(li.id, at: stand.clock.moment)
            }
            let known = try await stand.comeBack(stand.setOut())
            let unknown = try await stand.comeBack(stand.setOut(), sub: "wu-there")
            #expect(known.status == 403 && unknown.status == 403)
            func words(_ answer: PageAnswer) -> String {
                answer.text.replacing(/href="[^"]*"/, with: "")
                    .replacing(/(li|wu)-there/, with: "")
            }
            #expect(words(known) == words(unknown))
            #expect(unknown.text.contains("您在认证方的标识：wu-there"))
            #expect(unknown.cookie("session") == nil)
        }
    }

    @Test(arguments: Engine.available)
    func anAccountIsLinkedWithItsPasswordAndUnlinkedAgain(on engine: Engine) async throws {
        try await ProviderStand.with(engine) { stand in
            let (district, client) = (stand.district, stand.client)
            let li = try await district.account("li")
            let wu = try await district.account("wu")
            for account in [li.id, wu.id] {
                try await district.setPassword("一句好记的话不难", of: account)
            }
            func begin(_ reader: SignedIn, _ password: String) async throws -> PageAnswer {
                try await client.submit("/my/openid", ["old": password], as: reader)
            }
            func outing(_ answer: PageAnswer) throws -> Outing {
                let link = answer.text.components(separatedBy: "href=\"\(stand.issuer)")
                let rest = link.count > 1 ? link[1].components(separatedBy: "\"")[0] : ""
                return try Outing(answer, stand.issuer + rest.replacing("&amp;", with: "&"))
            }
            let wrong = try await begin(li, "错")
            #expect(wrong.status == 422 && wrong.cookie("openid") == nil)
            let stolen = try outing(try await begin(li, "一句好记的话不难"))
            let foreign = try await stand.comeBack(stolen, session: wu.cookie)
            #expect(foreign.status == 400, "somebody else's link")
            let back = try await stand.comeBack(
                outing(try await begin(li, "一句好记的话不难")), session: li.cookie)
            #expect(back.location == "/my/openid?done=openid_linked")
            let taken = try await stand.comeBack(
                outing(try await begin(wu, "一句好记的话不难")), session: wu.cookie)
            #expect(taken.status == 409)
            #expect(try await begin(li, "一句好记的话不难").status == 403, "no such form any more")

            let answer = try await stand.comeBack(stand.setOut(next: "%2Fcalendar%3Fx%3D1"))
            #expect(answer.location == "/calendar?x=1")
            let session = try #require(answer.cookie("session"))
            let mine = try await client.page("/my", headers: [.cookie: "session=\(session)"])
            #expect(mine.text.contains("li的名字"))
            let astray = try await stand.setOut(next: "https%3A%2F%2Felsewhere.example")
            #expect(try await stand.comeBack(astray).location == "/desk")

            let ended = try await client.submit(
                "/my/openid", [:], to: "/my/openid/end", as: li)
            #expect(ended.location == "/my/openid?done=openid_unlinked")
            #expect(try await stand.comeBack(stand.setOut()).status == 403)
            #expect(try await district.sessions(li.id) == 1, "only the one that ended it")
            let actions = try await district.database.read { db in
                try db.rows(
                    "SELECT action FROM audit WHERE action LIKE 'account.identity%' ORDER BY seq"
                ).map { try $0.at(0, as: String.self) }
            }
            #expect(actions == ["account.identity_linked", "account.identity_unlinked"])
        }
    }

    @Test func whoHasCodesGivesOneToLinkHisAccount() async throws {
        try await ProviderStand.with(.sqlite) { stand in
            let (district, client) = (stand.district, stand.client)
            let li = try await district.account("li")
            try await district.setPassword("一句好记的话不难", of: li.id)
            let codes = OneTimeCode.fresh()
            let key = district.district.key.derived("accounts")
            let sealed = try codes.sealed(key, for: li.id)
            try await district.database.write { db in
                try AccountStore(db).setOneTimeSecret(sealed, of: li.id)
            }
            let good = codes.code(at: OneTimeCode.step(at: district.district.now()))
            func begin(_ code: String) async throws -> PageAnswer {
                try await client.submit(
                    "/my/openid", ["old": "一句好记的话不难", "code": code], as: li)
            }
            for code in ["", good == "000000" ? "111111" : "000000"] {
                let refused = try await begin(code)
                #expect(refused.status == 422 && refused.cookie("openid") == nil)
                #expect(refused.text.contains("id=\"field-code-faults\""))
            }
            let begun = try await begin(good)
            #expect(begun.status == 200 && begun.cookie("openid") != nil)
            #expect(try await begin(good).status == 422, "a code is good once")
        }
    }

    @Test func aLongCodeOfAProviderIsTakenIn() async throws {
        try await ProviderStand.with(.sqlite) { stand in
            let outing = try await stand.setOut()
            let state = outing.told["state"] ?? ""
            func answer(_ length: Int) async throws -> Int {
                let code = String(repeating: "a", count: length)
                return try await stand.client.comeBack("state=\(state)x&code=\(code)", nil).status
            }
            #expect(try await answer(9_000) == 414)
            #expect(try await answer(7_000) == 400, "read, and not known")
            let elsewhere = try await stand.client.page(
                "/sign-in?next=\(String(repeating: "a", count: 3_000))")
            #expect(elsewhere.status == 414)
        }
    }

    @Test func whoHasNoPasswordIsNotLockedOutByEndingHisLink() async throws {
        try await ProviderStand.with(.sqlite) { stand in
            let li = try await stand.district.account("li")
            try await stand.link(li.id)
            let answer = try await stand.client.submit(
                "/my/openid", [:], to: "/my/openid/end", as: li)
            #expect(answer.status == 409)
            #expect(try await stand.comeBack(stand.setOut()).location == "/desk")
        }
    }

    @Test(arguments: [false, true])
    func anAdministratorStillGivesHisCodeUnlessTheProviderAskedForOne(trusts: Bool) async throws {
        try await ProviderStand.with(.sqlite, trustsSecondFactor: trusts) { stand in
            let wei = try await stand.district.account("wei", office: .system)
            try await stand.link(wei.id)
            let plain = try await stand.comeBack(stand.setOut(), amr: ["pwd"])
            #expect(plain.location == "/sign-in/enrol")
            #expect(plain.cookie("session") == nil)
            let step = try #require(plain.cookie("step"))
            let next = try await stand.client.page(
                "/sign-in/enrol", headers: [.cookie: "step=\(step)"])
            #expect(next.status == 200)
            let sure = try await stand.comeBack(stand.setOut(), amr: ["pwd", "otp"])
            #expect(sure.location == (trusts ? "/desk" : "/sign-in/enrol"))
        }
    }

    @Test func aProviderThatIsDownOrTalksNonsenseIsToldSoAndLeftInPeaceAWhile() async throws {
        try await ProviderStand.with(.sqlite) { stand in
            for mood in OwnProvider.Mood.allCases {
                stand.provider.mood = mood
                let answer = try await stand.client.page("/sign-in/openid/start")
                #expect(answer.status == 502, "\(mood)")
                #expect(answer.text.contains("统一认证暂时无法使用"))
                #expect(answer.cookie("openid") == nil)
                stand.clock.advance(10_000)
            }
            stand.provider.mood = .down
            _ = try await stand.client.page("/sign-in/openid/start")
            stand.provider.mood = nil
            let answer = try await stand.client.page("/sign-in/openid/start")
            #expect(answer.status == 502)
            stand.clock.advance(10_000)
            #expect(try await stand.client.page("/sign-in/openid/start").status == 303)
        }
    }

    @Test func aProviderThatTakesTooLongIsGivenUp() async throws {
        try await ProviderStand.with(.sqlite) { stand in
            stand.provider.slowDown()
            let start = ContinuousClock.now
            let answer = try await stand.client.page("/sign-in/openid/start")
            #expect(answer.status == 502)
            #expect(ContinuousClock.now - start < .seconds(60))
        }
    }

    @Test func newKeysAreAskedForButNotAtEveryWord() async throws {
        try await ProviderStand.with(.sqlite) { stand in
            let li = try await stand.district.account("li")
            try await stand.link(li.id)
            #expect(try await stand.comeBack(stand.setOut()).location == "/desk")
            stand.provider.changeKeys()
            #expect(try await stand.comeBack(stand.setOut()).status == 403)
            stand.clock.advance(60_000)
            #expect(try await stand.comeBack(stand.setOut()).location == "/desk")
        }
    }

    @Test func whoIsDeniedOrChangesHisMindIsToldSo() async throws {
        try await ProviderStand.with(.sqlite) { stand in
            let outing = try await stand.setOut()
            let answer = try await stand.client.comeBack(
                "error=access_denied&state=\(outing.told["state"] ?? "")", outing.cookie)
            #expect(answer.status == 403)
            #expect(answer.text.contains("没有确认您的身份"))
        }
    }

    @Test func moreTriesThanAnybodyMakesByHandAreRefused() async throws {
        try await ProviderStand.with(.sqlite) { stand in
            for _ in 0..<20 { _ = try await stand.setOut() }
            #expect(try await stand.client.page("/sign-in/openid/start").status == 429)
        }
    }
}
