import Accounts
import Core
import Hummingbird
import HummingbirdTesting
import Storage
import TestKit
import Testing

@Suite struct SignInTests {
    @Test(arguments: Engine.available)
    func aWrongPasswordAndAnUnknownNameAreAnsweredAlike(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            try await district.member("li", password: "一句好记的话不难")
            try await district.withSite { client in
                let wrong = try await client.submit(
                    "/sign-in", ["name": "li", "password": "错"], as: nil)
                let unknown = try await client.submit(
                    "/sign-in", ["name": "wu", "password": "错"], as: nil)
                #expect(wrong.status == 422 && unknown.status == 422)
                #expect(wrong.text.contains("登录名或密码不对"))
                func body(_ answer: PageAnswer) -> String {
                    answer.text.replacing(/name="_(token|key)" value="[^"]*"/, with: "")
                        .replacing(/value="(li|wu)"/, with: "")
                }
                #expect(body(wrong) == body(unknown))
                #expect(wrong.headers[values: .setCookie].allSatisfy { !$0.hasPrefix("session=") })
            }
        }
    }

    @Test(arguments: Engine.available)
    func aPasswordOfAnotherCostIsKeptAnewWhenItIsTypedRight(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            let id = try await district.member("li", password: "一句好记的话不难")
            let old = try await Passwords(cost: 5).keep("一句好记的话不难")
            @Sendable func kept() async throws -> String? {
                try await district.database.read { try AccountStore($0).find(id)?.password }
            }
            try await district.database.write { db in
                try AccountStore(db).setPassword(old, of: id, at: TestDistrict.moment)
            }
            try await district.withSite { client in
                let wrong = try await client.signIn("li", "错")
                #expect(wrong.status == 422)
                #expect(try await kept() == old)
                #expect(try await client.signIn("li", "一句好记的话不难").status == 303)
                #expect(try await kept()?.hasPrefix("scrypt$4$") == true)
                #expect(try await client.signIn("li", "一句好记的话不难").status == 303)
            }
        }
    }

    @Test(arguments: Engine.available)
    func theRightPasswordOpensASessionThatLeadsToOnesOwnPage(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            try await district.member("li", password: "一句好记的话不难")
            try await district.withSite { client in
                #expect(try await client.page("/my").location == "/sign-in?next=%2Fmy")
                let answer = try await client.signIn("Ｌi", "一句好记的话不难", next: "/calendar?x=1")
                #expect(answer.status == 303)
                #expect(answer.location == "/calendar?x=1")
                let cookie = try #require(answer.cookie("session"))
                #expect(answer.headers[values: .setCookie].contains { $0.contains("HttpOnly") })
                let mine = try await client.page(
                    "/my", headers: [.cookie: "session=\(cookie)"])
                #expect(mine.status == 200)
                #expect(mine.text.contains("li的名字"))
                #expect(mine.headers[.cacheControl] == "no-store")
            }
        }
    }

    @Test(arguments: ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere", "x"])
    func signingInLeadsNowhereElse(next: String) async throws {
        try await TestDistrict.with(.sqlite) { district in
            try await district.member("li", password: "一句好记的话不难")
            try await district.withSite { client in
                let answer = try await client.signIn("li", "一句好记的话不难", next: next)
                #expect(answer.location == "/desk")
            }
        }
    }

    @Test(arguments: Engine.available)
    func guessingClosesTheWayOfWhoGuessesAndNoOther(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            try await district.member("li", password: "一句好记的话不难")
            try await district.withSite { client in
                let home = try await client.signIn("li", "一句好记的话不难")
                let device = try #require(home.cookie("device"))
                for _ in 0..<5 { _ = try await client.signIn("li", "错") }
                let shut = try await client.signIn("li", "一句好记的话不难")
                #expect(shut.status == 429)
                #expect(shut.text.contains("在平时用的设备上可照常登录"))
                let known = try await client.signIn(
                    "li", "一句好记的话不难", cookie: "device=\(device)")
                #expect(known.status == 303)
                let forged = try await client.signIn(
                    "li", "一句好记的话不难",
                    cookie: "device=\(String(repeating: "a", count: 64)).00")
                #expect(forged.status == 429)
            }
        }
    }

    /// One password for each of many names is guessing as well.
    @Test(arguments: Engine.available)
    func anAddressThatFailsWithManyNamesIsSlowedAndAKnownDeviceIsNot(
        on engine: Engine
    ) async throws {
        try await TestDistrict.with(engine) { district in
            try await district.member("li", password: "一句好记的话不难")
            try await district.withSite { client in
                let home = try await client.signIn("li", "一句好记的话不难")
                let device = try #require(home.cookie("device"))
                // Who mistypes and then comes in is no guesser, however many they are.
                for _ in 0..<SignInGate.freeNames {
                    _ = try await client.signIn("li", "错")
                    #expect(try await client.signIn("li", "一句好记的话不难").status == 303)
                }
                for number in 1...SignInGate.freeNames {
                    #expect(try await client.signIn("name\(number)", "春天来了").status == 422)
                }
                let shut = try await client.signIn("another", "春天来了")
                #expect(shut.status == 429)
                #expect(try await client.signIn("li", "一句好记的话不难").status == 429)
                let known = try await client.signIn(
                    "li", "一句好记的话不难", cookie: "device=\(device)")
                #expect(known.status == 303)
            }
        }
    }

    @Test(arguments: Engine.available)
    func everySignInHasANewSessionAndSigningOutEndsIt(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            try await district.member("li", password: "一句好记的话不难")
            try await district.withSite { client in
                let first = try #require(
                    try await client.signIn("li", "一句好记的话不难").cookie("session"))
                // A number that somebody planted beforehand never becomes the session's.
                let planted = String(repeating: "a", count: 64)
                let answer = try await client.signIn(
                    "li", "一句好记的话不难", cookie: "session=\(planted)")
                let second = try #require(answer.cookie("session"))
                #expect(Set([first, second, planted]).count == 3)
                let open = "session=\(second)"
                let page = try await client.page("/my", headers: [.cookie: open])
                let fields = page.hidden(for: "/sign-out")
                let out = try await client.send(
                    "/sign-out", fields.map { ($0.key, $0.value) }, cookie: open)
                #expect(out.location == "/?done=signed_out")
                #expect(try await client.page("/my", headers: [.cookie: open]).status == 303)
            }
        }
    }

    @Test(arguments: Engine.available)
    func aDisabledAccountIsOutAtItsNextRequest(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            try await district.foundSmallDistrict()
            let li = try await district.account("li", role: "community_clerk", unit: "410102001001")
            try await district.withSite { client in
                let before = try await client.page("/my", as: li)
                try await district.database.write { db in
                    try AccountStore(db).disable(li.id, at: district.district.now())
                }
                let after = try await client.page("/my", as: li)
                #expect(before.status == 200 && after.status == 303)
            }
        }
    }

    @Test func anAccountOfTheDemonstrationIsWorthNothingOutsideIt() async throws {
        try await TestDistrict.with(.sqlite) { district in
            try await district.member("demo", password: "demo-demo-2015", isDemonstration: true)
            try await district.withSite(isDemonstration: false) { client in
                let answer = try await client.signIn("demo", "demo-demo-2015")
                #expect(answer.status == 422)
            }
            try await district.withSite { client in
                let answer = try await client.signIn("demo", "demo-demo-2015")
                #expect(answer.status == 303)
            }
        }
    }

    @Test(arguments: Engine.available)
    func anIdleSessionEnds(on engine: Engine) async throws {
        let clock = TestClock()
        try await TestDistrict.with(engine, now: { clock.moment }) { district in
            let li = try await district.account("li")
            try await district.withSite { client in
                let early = try await client.page("/my", as: li)
                clock.advance(Session.idleMilliseconds)
                let late = try await client.page("/my", as: li)
                #expect(early.status == 200 && late.status == 303)
            }
        }
    }
}
