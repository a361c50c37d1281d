import Accounts
import Core
import Hummingbird
import HummingbirdTesting
import Storage
import TestKit
import Testing

@Suite struct CodeTests {
    /// The test values of RFC 6238, appendix B, cut to six digits.
    @Test(
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"),
            (1_234_567_890, "005924"), (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ])
    func aCodeIsTheOneOfTheStandard(second: Int64, digits: String) {
        let codes = OneTimeCode(secret: Array("12345678901234567890".utf8))
        let moment = Moment(milliseconds: second * 1000)
        #expect(codes.code(at: OneTimeCode.step(at: moment)) == digits)
        #expect(codes.step(of: digits, at: moment) != nil)
        let late = Moment(milliseconds: (second + 90) * 1000)
        #expect(codes.step(of: digits, at: late) == nil)
    }

    @Test func theSecretIsTypedInBase32() {
        #expect(
            OneTimeCode(secret: Array("12345678901234567890".utf8)).typed
                == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    }

    @Test(arguments: Engine.available)
    func anAdministratorGetsNoSessionBeforeHeHasCodes(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            try await district.member("root1", password: "一句好记的话不难", office: .system)
            try await district.withSite { client in
                let first = try await client.signIn("root1", "一句好记的话不难")
                #expect(first.location == "/sign-in/enrol")
                #expect(first.cookie("session") == nil)
                let step = "step=\(try #require(first.cookie("step")))"
                let page = try await client.page("/sign-in/enrol", headers: [.cookie: step])
                let visit = "visit=\(try #require(page.cookie("visit")))"
                let secret = try #require(
                    page.text.firstMatch(of: /<code>([A-Z2-7 ]+)<\/code>/)?.1)
                let codes = OneTimeCode(secret: try #require(bytes(base32: String(secret))))
                let fields = page.hidden(for: "/sign-in/enrol")
                func send(_ code: String) async throws -> PageAnswer {
                    try await client.send(
                        "/sign-in/enrol",
                        fields.merging(["code": code]) { $1 }.map { ($0.key, $0.value) },
                        cookie: step + "; " + visit)
                }
                let good = codes.code(at: OneTimeCode.step(at: TestDistrict.moment))
                #expect(try await send(good == "000000" ? "111111" : "000000").status == 422)
                let done = try await send(good)
                #expect(done.status == 200)
                let recovery = done.text.matches(of: /<code>([0-9a-f-]{19})<\/code>/).map { $0.1 }
                #expect(recovery.count == RecoveryCode.count)
                #expect(done.cookie("session") != nil)
                // The same code is good once; a recovery code signs in, once as well.
                let again = try await client.signIn("root1", "一句好记的话不难")
                #expect(again.location == "/sign-in/code")
                func enter(_ code: String) async throws -> PageAnswer {
                    let next = try await client.signIn("root1", "一句好记的话不难")
                    let step = "step=\(try #require(next.cookie("step")))"
                    let page = try await client.page("/sign-in/code", headers: [.cookie: step])
                    let visit = "visit=\(try #require(page.cookie("visit")))"
                    let fields = page.hidden(for: "/sign-in/code").merging(["code": code]) { $1 }
                    return try await client.send(
                        "/sign-in/code", fields.map { ($0.key, $0.value) },
                        cookie: step + "; " + visit)
                }
                #expect(try await enter(good).status == 422)
                let one = String(try #require(recovery.first))
                #expect(try await enter(one).status == 303)
                #expect(try await enter(one).status == 422)
            }
        }
    }

    /// Somebody who overheard the password can spoil nothing for its holder.
    @Test(arguments: Engine.available)
    func wrongCodesCloseTheWayOfWhoSendsThemAndNotTheHolders(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            let id = try await district.member("li", password: "一句好记的话不难")
            let codes = OneTimeCode.fresh()
            let sealed = try codes.sealed(district.district.key.derived("accounts"), for: id)
            try await district.withSite { client in
                // A device of the holder's, from before there were codes.
                let home = try await client.signIn("li", "一句好记的话不难")
                let device = "device=\(try #require(home.cookie("device")))"
                try await district.database.write { db in
                    try AccountStore(db).setOneTimeSecret(sealed, of: id)
                }
                func enter(_ code: String, cookie: String? = nil) async throws -> PageAnswer {
                    let half = try await client.signIn("li", "一句好记的话不难", cookie: cookie)
                    let step = "step=\(try #require(half.cookie("step")))"
                    let page = try await client.page("/sign-in/code", headers: [.cookie: step])
                    let visit = "visit=\(try #require(page.cookie("visit")))"
                    let fields = page.hidden(for: "/sign-in/code").merging(["code": code]) { $1 }
                    return try await client.send(
                        "/sign-in/code", fields.map { ($0.key, $0.value) },
                        cookie: [step, visit, cookie].compactMap { $0 }.joined(separator: "; "))
                }
                let good = codes.code(at: OneTimeCode.step(at: TestDistrict.moment))
                for time in 0..<SignInGate.freeFailures + 2 {
                    let wrong = try await enter(good == "000000" ? "111111" : "000000")
                    #expect(wrong.status == (time < SignInGate.freeFailures ? 422 : 429))
                }
                // It says so as the first step does, and not that the code was wrong.
                let closed = try await enter(good)
                #expect(closed.status == 429 && closed.text.contains("多次输入有误"))
                #expect(!closed.text.contains("验证码不对"))
                #expect(try await enter(good, cookie: device).status == 303)
            }
        }
    }

    @Test(arguments: Engine.available)
    func whoLostHisCodesSetsThemUpAnewBeforeHeComesIn(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            let id = try await district.member("li", password: "一句好记的话不难")
            let accounts = district.accounts
            @Sendable func reset() async throws {
                try await district.database.write { db in
                    let account = try #require(try AccountStore(db).find(id))
                    try accounts.resetCodes(of: account, by: TestDistrict.actor, db)
                }
            }
            await #expect(throws: Refusal.self) { try await reset() }
            try await district.database.write { db in
                try AccountStore(db).setOneTimeSecret("sealed", of: id)
                try AccountStore(db).setRecoveryCodes(["mark"], of: id)
            }
            try await district.withSite { client in
                let half = try await client.signIn("li", "一句好记的话不难")
                #expect(half.location == "/sign-in/code")
                let step = "step=\(try #require(half.cookie("step")))"
                try await reset()
                let stale = try await client.page("/sign-in/code", headers: [.cookie: step])
                #expect(stale.location == "/sign-in", "a half-made sign-in is over")
                let anew = try await client.signIn("li", "一句好记的话不难")
                #expect(anew.location == "/sign-in/enrol")
                #expect(anew.cookie("session") == nil)
            }
        }
    }

    /// Whoever had the account in hand may have linked themselves.
    @Test(arguments: Engine.available)
    func theLinksOfAnAccountEndWithItsCodes(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            let li = try await district.member("li", password: "一句好记的话不难")
            let wu = try await district.member("wu", password: "一句好记的话不难")
            try await district.link(li, "li-there", "https://there.example")
            try await district.link(li, "li-elsewhere", "https://elsewhere.example")
            try await district.link(wu, "wu-there", "https://there.example")
            let accounts = district.accounts
            @Sendable func reset() async throws {
                try await district.database.write { db in
                    let account = try #require(try AccountStore(db).find(li))
                    try accounts.resetCodes(of: account, by: TestDistrict.actor, db)
                }
            }
            let actor = TestDistrict.actor.name
            await #expect(throws: Refusal.self, "no codes") { try await reset() }
            let before = try await district.links(li, endedBy: actor)
            #expect(before == [2, 0])
            for _ in 0..<2 {
                try await district.database.write { db in
                    try AccountStore(db).setOneTimeSecret("sealed", of: li)
                }
                try await reset()
                let after = try await district.links(li, endedBy: actor)
                #expect(after == [0, 1], "told once: the second time there was none")
            }
            let other = try await district.links(wu, endedBy: actor)
            #expect(other == [1, 0])
        }
    }

    @Test(arguments: Engine.available)
    func codesAreReplacedOrEndedByWhoHasOneOfThem(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            let li = try await district.account("li")
            let kept = try await Passwords(cost: 4).keep("一句好记的话不难")
            let codes = OneTimeCode.fresh()
            let sealed = try codes.sealed(district.district.key.derived("accounts"), for: li.id)
            let step = OneTimeCode.step(at: TestDistrict.moment)
            try await district.database.write { db in
                try AccountStore(db).setPassword(kept, of: li.id, at: TestDistrict.moment)
                try AccountStore(db).setOneTimeSecret(sealed, of: li.id)
            }
            @Sendable func secret() async throws -> String? {
                try await district.database.read { try AccountStore($0).find(li.id)?.oneTimeSecret }
            }
            try await district.withSite { client in
                let page = try await client.page("/my/codes", as: li)
                let shown = try #require(
                    page.text.firstMatch(of: /<code>([A-Z2-7 ]+)<\/code>/)?.1)
                let fresh = OneTimeCode(secret: try #require(bytes(base32: String(shown))))
                func replace(_ present: String) async throws -> PageAnswer {
                    let fields = page.hidden(for: "/my/codes").merging([
                        "old": "一句好记的话不难", "code": fresh.code(at: step), "present": present,
                    ]) { $1 }
                    return try await client.send(
                        "/my/codes", fields.map { ($0.key, $0.value) }, as: li)
                }
                let refused = try await replace("")
                #expect(refused.status == 422)
                #expect(refused.text.contains("id=\"field-present-faults\""))
                let ended = try await client.submit(
                    "/my/codes", ["password": "一句好记的话不难", "ending_code": ""], to: "/my/codes/end",
                    as: li)
                #expect(ended.status == 422)
                #expect(try await secret() == sealed)
                #expect(try await replace(codes.code(at: step)).status == 200)
                #expect(try await secret() != sealed)
            }
        }
    }

    @Test(arguments: Engine.available)
    func whoSignsInEndsTheSessionThatTheBrowserHeld(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            let li = try await district.account("li")
            let root = try await district.member("root1", password: "一句好记的话不难", office: .system)
            try await district.withSite { client in
                let first = try await client.signIn("root1", "一句好记的话不难")
                let step = "step=\(try #require(first.cookie("step")))"
                let held = step + "; " + li.cookie
                let page = try await client.page("/sign-in/enrol", headers: [.cookie: held])
                let secret = try #require(
                    page.text.firstMatch(of: /<code>([A-Z2-7 ]+)<\/code>/)?.1)
                let codes = OneTimeCode(secret: try #require(bytes(base32: String(secret))))
                let code = codes.code(at: OneTimeCode.step(at: TestDistrict.moment))
                let fields = page.hidden(for: "/sign-in/enrol").merging(["code": code]) { $1 }
                let done = try await client.send(
                    "/sign-in/enrol", fields.map { ($0.key, $0.value) }, cookie: held)
                #expect(done.status == 200)
                #expect(try await client.page("/my", as: li).status == 303)
            }
            let rows = try await district.database.read { db in
                try db.value(
                    """
                    SELECT COUNT(*) FROM audit WHERE action = 'session.ended'
                        AND subject = \(li.id) AND actor = \(root)
                    """, as: Int.self)
            }
            #expect(rows == 1)
        }
    }

    private func bytes(base32 text: String) -> [UInt8]? {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (bits, count) = (0, 0)
        var bytes: [UInt8] = []
        for letter in text where letter != " " {
            guard let value = letters.firstIndex(of: letter) else { return nil }
            bits = (bits << 5 | value) & 0xFFFF
            count += 5
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(bits >> count & 0xFF))
            }
        }
        return bytes
    }
}
