import Accounts
import Core
import Figures
import Foundation
import Hummingbird
import HummingbirdTesting
import Storage
import TestKit
import Testing
import Web

/// The keys with which programs read, through the real router.
struct ReadingKeyTests {
    private static let persons = "人员编号,姓名,单位\nT-1,王试甲,410102001\n"
    private static let posts = """
        编号,起始日期,单位,职务,任职人
        P-1,2014-06-02,410102001,街道班子成员,T-1
        P-2,2015-02-02,410102001001,社区主任,T-1
        P-3,2015-02-03,410102001002,社区主任,T-1
        """
    private static let list = "/api/v1/kinds/post/records?period=all"

    private static func with(
        _ engine: Engine, now: @escaping @Sendable () -> Moment = { TestDistrict.moment },
        log: CapturedLog? = nil,
        _ body: @escaping @Sendable (TestDistrict, ApiClient) async throws -> Void
    ) async throws {
        try await TestDistrict.with(engine, example: true, now: now) { test in
            try await test.foundSmallDistrict()
            try await test.accept(persons, what: "persons")
            try await test.accept(posts, what: "post")
            try await test.withSite(log: log) { client in
                try await body(test, try await ApiClient(client))
            }
        }
    }

    /// Makes a key and answers it, as the page shows it this once.
    private static func make(
        _ api: ApiClient, as reader: SignedIn, reach: String = "records", days: String = "90"
    ) async throws -> String {
        let page = try await api.client.submit(
            "/my/keys",
            ["name": "大屏", "reach": reach, "days": days, "purpose": "街道大屏展示"], as: reader)
        #expect(page.status == 200, "\(page.text)")
        #expect(page.headers[.cacheControl] == "no-store")
        return String(try #require(page.text.firstMatch(of: /<code>([0-9a-f]{64})<\/code>/)).1)
    }

    private static func officer(_ test: TestDistrict) async throws -> SignedIn {
        try await test.account("officer", role: "organization_officer")
    }

    // MARK: Refusals

    @Test(arguments: Engine.available)
    func whatIsNoKeyOpensNotEvenWhatIsPublic(on engine: Engine) async throws {
        try await Self.with(engine) { _, api in
            let none = String(repeating: "a", count: 64)
            for header in ["Bearer " + none, "Bearer x", "Bearer", "Basic eDp5", none, ""] {
                let answer = try await api.answer(
                    "/api/v1/units", headers: [.authorization: header])
                #expect(answer.status == 401, "\(header)")
                #expect(answer.headers[.contentType] == "application/problem+json")
                #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Bearer realm=") == true)
            }
            #expect(try await api.answer("/api/v1/units").status == 200)
        }
    }

    @Test(arguments: Engine.available)
    func wrongKeysAreSlowedDownAndNobodyIsLockedOut(on engine: Engine) async throws {
        let clock = TestClock()
        try await Self.with(engine, now: { clock.moment }) { test, api in
            let key = try await Self.make(api, as: try await Self.officer(test))
            let none = String(repeating: "a", count: 64)
            var answers: [Int] = []
            for _ in 0..<12 {
                answers.append(try await api.answer("/api/v1/units", key: none).status)
            }
            #expect(answers == [Int](repeating: 401, count: 10) + [429, 429])
            #expect(try await api.answer("/api/v1/units", key: key).status == 200)
            clock.advance(3_600_000)
            #expect(try await api.answer("/api/v1/units", key: none).status == 401)
        }
    }

    @Test(
        arguments: [
            (["name": "", "reach": "everybody", "days": "30"], "请写明给哪个程序使用"),
            (["name": "甲", "reach": "all", "days": "30"], "请选择可以读取什么"),
            (["name": "甲", "reach": "figures", "days": "366"], "请选择有效期"),
            (["name": "甲", "reach": "records", "days": "30", "purpose": ""], "请写明用途"),
        ])
    func aKeySaysWhatItIsForWhatItReadsAndHowLong(
        _ fields: [String: String], _ sentence: String
    ) async throws {
        try await Self.with(.sqlite) { test, api in
            let page = try await api.client.submit(
                "/my/keys", fields, as: try await Self.officer(test))
            #expect(page.status == 422 && page.text.contains(sentence), "\(page.text)")
            let count = try await test.database.read { db in
                try db.value("SELECT COUNT(*) FROM reading_key", as: Int.self)
            }
            #expect(count == 0)
        }
    }

    @Test func thereAreOnlySoManyKeys() async throws {
        try await Self.with(.sqlite) { test, api in
            let officer = try await Self.officer(test)
            for _ in 0..<ReadingKey.limit { _ = try await Self.make(api, as: officer) }
            let page = try await api.client.page("/my/keys", as: officer)
            #expect(page.text.contains("最多可有 5 个密钥") && !page.text.contains("name=\"reach\""))
        }
    }

    // MARK: What a key reads

    @Test(arguments: Engine.available)
    func aKeyReadsWhatItWasMadeForAndItsAccountMay(on engine: Engine) async throws {
        try await Self.with(engine) { test, api in
            let officer = try await Self.officer(test)
            let clerk = try await test.account(
                "clerk", role: "community_clerk", unit: "410102001001")
            let records = try await Self.make(api, as: officer)
            #expect(try await api.all(Self.list, key: records).count == 3)
            let own = try await Self.make(api, as: clerk)
            let found = try await api.all(Self.list, key: own)
            #expect(found.map { $0["unit"]["code"] } == ["410102001001"])
            // Persons are counted and never named.
            #expect(found.first?["values"]["holder"] == 1)
            #expect(try await !api.answer(Self.list, key: records).text.contains("王试甲"))
            #expect(
                try await api.answer(Self.list, key: records).headers[.cacheControl] == "no-store")
            for reach in ["everybody", "figures"] {
                let key = try await Self.make(api, as: officer, reach: reach)
                #expect(try await api.answer(Self.list, key: key).status == 404, "\(reach)")
                #expect(try await api.answer("/api/v1/units", key: key).status == 200)
            }
            #expect(try await api.answer(Self.list).status == 404)
            // Nothing sealed, and nothing anywhere else.
            let sealed = "/api/v1/kinds/aid_pair/records"
            #expect(try await api.answer(sealed, key: records).status == 404)
            let page = try await api.answer("/kinds/post/records", key: records)
            #expect(page.status == 404)
            let desk = try await api.answer("/desk", key: records)
            #expect(desk.status == 303)
        }
    }

    @Test(arguments: Engine.available)
    func aSmallNumberOfPersonsIsToldToAKeyThatMayKnowIt(on engine: Engine) async throws {
        try await Self.with(engine) { test, api in
            let catalogue = test.district.catalogue
            let id = try #require(
                catalogue.indicators.values.filter { indicator in
                    (indicator.visibility ?? .public) == .public && catalogue.protects(indicator)
                        && catalogue.kinds(behind: indicator).allSatisfy {
                            $0.visibility != .sealed
                        }
                }.map(\.id).min())
            let address = "/api/v1/figures/\(id)?period=2015-05&unit=410102001001"
            let visitor = try await api.get(address)
            #expect(visitor["figure"]["state"] == "withheld")
            let officer = try await Self.officer(test)
            for (reach, isTold) in [("everybody", false), ("figures", true), ("records", true)] {
                let key = try await Self.make(api, as: officer, reach: reach)
                let found = try await api.get(address, key: key)
                #expect((found["figure"]["state"] != "withheld") == isTold, "\(reach)")
            }
        }
    }

    // MARK: Its life

    @Test(arguments: Engine.available)
    func aKeyIsShownOnceAndKeptNowhere(on engine: Engine) async throws {
        let log = CapturedLog()
        try await Self.with(engine, log: log) { test, api in
            let officer = try await Self.officer(test)
            let key = try await Self.make(api, as: officer)
            let page = try await api.client.page("/my/keys", as: officer)
            #expect(page.text.contains("大屏") && page.text.contains("从未"))
            #expect(!page.text.contains(key))
            _ = try await api.get(Self.list, key: key)
            let used = try await api.client.page("/my/keys", as: officer)
            #expect(used.text.contains("2015-07-01") && !used.text.contains("从未"))
            let (kept, actions, purposes) = try await test.database.read { db in
                (
                    try db.rows("SELECT secret_mark FROM reading_key").map {
                        try $0.at(0, as: String.self)
                    },
                    try db.rows("SELECT action FROM audit WHERE action LIKE 'reading_key%'").map {
                        try $0.at(0, as: String.self)
                    },
                    try db.rows("SELECT purpose FROM disclosure WHERE what = 'reading_key'").map {
                        try $0.at(0, as: String.self)
                    }
                )
            }
            #expect(kept.count == 1 && kept[0] != key)
            #expect(actions == ["reading_key.made"] && purposes == ["街道大屏展示"])
            #expect(!log.lines.contains { $0.contains(key) })
        }
    }

    @Test(arguments: Engine.available)
    func aKeyThatIsEndedOrExpiredIsDead(on engine: Engine) async throws {
        let clock = TestClock()
        try await Self.with(engine, now: { clock.moment }) { test, api in
            let officer = try await Self.officer(test)
            let other = try await test.account("other")
            let key = try await Self.make(api, as: officer)
            let brief = try await Self.make(api, as: officer, days: "30")
            let page = try await api.client.page("/my/keys", as: officer)
            let id = String(
                try #require(page.text.firstMatch(of: /name="key" value="([0-9a-z]{26})"/)).1)
            func end(_ reader: SignedIn) async throws -> PageAnswer {
                let page = try await api.client.page("/my/keys", as: reader)
                var fields = page.hidden(for: "/my/keys/end")
                if fields.isEmpty { fields = page.hidden(for: "/my/keys") }
                fields["key"] = id
                return try await api.client.send(
                    "/my/keys/end", fields.map { ($0.key, $0.value) }, as: reader)
            }
            #expect(try await end(other).status >= 400)
            #expect(try await api.answer(Self.list, key: key).status == 200)
            #expect(try await end(officer).location == "/my/keys?done=key_ended")
            #expect(try await api.answer(Self.list, key: key).status == 401)
            #expect(try await api.answer(Self.list, key: brief).status == 200)
            clock.advance(30 * 86_400_000)
            #expect(try await api.answer(Self.list, key: brief).status == 401)
            let swept = try await test.database.write { db in
                try ReadingKeyStore(db).sweep(on: clock.moment.day)
            }
            #expect(swept == 1)
        }
    }

    @Test(arguments: Engine.available)
    func whatAnAccountLosesItsKeysLoseToo(on engine: Engine) async throws {
        try await Self.with(engine) { test, api in
            let officer = try await Self.officer(test)
            let clerk = try await test.account(
                "clerk", role: "community_clerk", unit: "410102001001")
            let (first, second) = (
                try await Self.make(api, as: officer), try await Self.make(api, as: clerk)
            )
            #expect(try await api.answer(Self.list, key: second).status == 200)
            let moment = test.district.now()
            try await test.database.write { db in
                let audit = Audit(db, key: test.district.key)
                try AccountStore(db).disable(officer.id, at: moment)
                for grant in try GrantStore(db).history(of: clerk.id) {
                    _ = try GrantStore(db).end(grant.id, at: moment, by: TestDistrict.actor)
                }
                try audit.record(
                    "role.ended", clerk.id.text, by: TestDistrict.actor, at: moment, quietly: true)
            }
            #expect(try await api.answer("/api/v1/units", key: first).status == 401)
            #expect(try await api.answer(Self.list, key: second).status == 404)
            #expect(try await api.answer("/api/v1/units", key: second).status == 200)
        }
    }

    /// A row that somebody wrote or changed by hand opens nothing.
    @Test(arguments: Engine.available)
    func aKeyThatWasMovedToAnotherAccountOpensNothing(on engine: Engine) async throws {
        try await Self.with(engine) { test, api in
            let officer = try await Self.officer(test)
            let nobody = try await test.account("nobody")
            let key = try await Self.make(api, as: nobody)
            #expect(try await api.answer("/api/v1/units", key: key).status == 200)
            try await test.database.write { db in
                try db.execute("UPDATE reading_key SET account_id = \(officer.id)")
            }
            #expect(try await api.answer("/api/v1/units", key: key).status == 401)
        }
    }
}
