import Accounts
import App
import Core
import Hummingbird
import HummingbirdTesting
import Storage
import TestKit
import Testing

@Suite struct AccessKeyTests {
    private func welcome(
        _ client: any TestClientProtocol, _ address: String, _ password: String
    ) async throws -> PageAnswer {
        let page = try await client.page(address)
        let visit = page.cookie("visit").map { "visit=\($0)" }
        let fields = page.hidden(for: "/welcome").merging(["password": password]) { $1 }
        return try await client.send(
            "/welcome", fields.map { ($0.key, $0.value) }, cookie: visit)
    }

    @Test(arguments: Engine.available)
    func anInvitationIsGoodOnceForItsPurposeAndNotForLong(on engine: Engine) async throws {
        let clock = TestClock()
        try await TestDistrict.with(engine, now: { clock.moment }) { district in
            let made = try await district.accounts.invite(
                "new.one", name: "新人", by: TestDistrict.actor)
            let link = "/welcome?for=invitation&key=\(made.secret)"
            try await district.withSite { client in
                #expect(
                    try await client.page("/welcome?for=reset&key=\(made.secret)").status == 404)
                #expect(
                    try await client.page("/welcome?for=second_step&key=\(made.secret)").status
                        == 404)
                #expect(try await client.page("/welcome").status == 404)
                let short = try await welcome(client, link, "短")
                #expect(short.status == 422)
                #expect(short.text.contains("aria-invalid=\"true\""))
                for guess in ["1234567890", "new.one-new.one", "passwordpassword", "aaaaaaaaaaaa"] {
                    #expect(try await welcome(client, link, guess).status == 422, "\(guess)")
                }
                let done = try await welcome(client, link, "一句好记的话不难呀真的")
                #expect(done.location == "/sign-in?done=password_set")
                #expect(try await client.page(link).status == 404)
                #expect(try await client.signIn("new.one", "一句好记的话不难呀真的").status == 303)
            }
            let late = try await district.accounts.invite(
                "late", name: "迟到", by: TestDistrict.actor)
            clock.advance(AccessKey.Purpose.invitation.milliseconds)
            try await district.withSite { client in
                let page = try await client.page("/welcome?for=invitation&key=\(late.secret)")
                #expect(page.status == 404)
            }
        }
    }

    @Test(arguments: Engine.available)
    func aNewPasswordEndsEveryOtherKeyOfTheAccount(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            let id = try await district.member("li", password: "一句好记的话不难")
            let moment = district.district.now()
            let (reset, step) = try await district.database.write { db in
                let keys = AccessKeyStore(db)
                return (
                    try keys.make(.reset, for: id, at: moment, by: TestDistrict.actor),
                    try keys.make(.enrolment, for: id, at: moment, by: TestDistrict.actor)
                )
            }
            func holder() async throws -> Account.ID? {
                try await district.database.read { db in
                    try AccessKeyStore(db).account(of: step, for: .enrolment, at: moment)
                }
            }
            #expect(try await holder() == id)
            try await district.withSite { client in
                let done = try await welcome(
                    client, "/welcome?for=reset&key=\(reset)", "另一句好记的话也不难")
                #expect(done.location == "/sign-in?done=password_set")
            }
            #expect(try await holder() == nil, "begun with the password that is gone")
        }
    }

    /// A link that somebody else made would open the account beside the new password.
    @Test(arguments: Engine.available)
    func aPasswordChosenAtAnAddressEndsTheLinksOfTheAccount(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            let li = try await district.member("li", password: "一句好记的话不难")
            let wu = try await district.accounts.invite("wu", name: "吴", by: TestDistrict.actor)
            let moment = district.district.now()
            let reset = try await district.database.write { db in
                try AccessKeyStore(db).make(.reset, for: li, at: moment, by: TestDistrict.actor)
            }
            let addresses = [
                (li, "/welcome?for=reset&key=\(reset)"),
                (wu.id, "/welcome?for=invitation&key=\(wu.secret)"),
            ]
            try await district.withSite { client in
                for (id, address) in addresses {
                    try await district.link(id, "there \(id)", "https://there.example")
                    let short = try await welcome(client, address, "短")
                    #expect(short.status == 422)
                    let before = try await district.links(id, endedBy: id.text)
                    #expect(before == [1, 0])
                    let done = try await welcome(client, address, "另一句好记的话也不难")
                    #expect(done.status == 303)
                    let after = try await district.links(id, endedBy: id.text)
                    #expect(after == [0, 1])
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func aKeyIsUsedByOneOfManyAtOnce(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            let made = try await district.accounts.invite(
                "one", name: "一", by: TestDistrict.actor)
            let moment = district.district.now()
            let database = district.database
            let used = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await database.write { db in
                            try AccessKeyStore(db).use(made.secret, for: .invitation, at: moment)
                        }
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(used == 1)
        }
    }

    @Test(arguments: Engine.available)
    func anAddressThatAnAccountMakesWaitsAndAStepOfSigningInDoesNot(
        on engine: Engine
    ) async throws {
        try await TestDistrict.with(engine) { district in
            let id = try await district.member("li", password: "一句好记的话不难")
            let maker = try await district.account("xi", office: .system).actor
            let moment = district.district.now()
            func make(_ purpose: AccessKey.Purpose, by actor: Actor) async throws -> String {
                try await district.database.write { db in
                    try AccessKeyStore(db).make(purpose, for: id, at: moment, by: actor)
                }
            }
            func isUsed(_ secret: String, for purpose: AccessKey.Purpose) async throws -> [Bool] {
                try await district.database.write { db in
                    let keys = AccessKeyStore(db)
                    return [
                        try keys.account(of: secret, for: purpose, at: moment) == id,
                        try keys.use(secret, for: purpose, at: moment),
                    ]
                }
            }
            for purpose in AccessKey.Purpose.allCases {
                let secret = try await make(purpose, by: maker)
                let used = try await isUsed(secret, for: purpose)
                #expect(used == (purpose.isForPassword ? [false, false] : [true, true]))
                // Who makes it by a command holds the machine anyway.
                let given = try await make(purpose, by: TestDistrict.actor)
                #expect(try await isUsed(given, for: purpose) == [true, true])
            }
        }
    }

    @Test(arguments: Engine.available)
    func anAddressOfAnOlderDatabaseStaysGood(on engine: Engine) async throws {
        let before = migrations.filter { $0.id != "2026-11-23-released-keys" }
        try #require(before.count == migrations.count - 1)
        try await engine.withDatabase(migrations: before) { database in
            let id = Account.ID.make()
            let moment = TestDistrict.moment
            let secret = freshSecret()
            let digest = Fingerprint(["access_key", "invitation", secret]).text
            let ends = Moment(milliseconds: moment.milliseconds + 1_000)
            try await database.write { db in
                try AccountStore(db).insert(
                    id, signIn: "li", name: "李", person: nil, office: nil,
                    isDemonstration: false, at: moment, by: TestDistrict.actor)
                try db.execute(
                    """
                    INSERT INTO access_key
                        (key_digest, purpose, account_id, made_at, made_by, ends_at)
                    VALUES (\(digest), 'invitation', \(id), \(moment), 'xi', \(ends))
                    """)
            }
            try await database.migrate(migrations)
            let isUsed = try await database.write { db in
                // As `groundwork migrate` does, once.
                try db.seal(AccessKeyStore.marked, where: "mark IS NULL")
                return try AccessKeyStore(db).use(secret, for: .invitation, at: moment)
            }
            #expect(isUsed)
            let by = try await database.read { db in
                try db.value("SELECT released_by FROM access_key", as: String.self)
            }
            #expect(by == "xi")
        }
    }

    @Test(arguments: Engine.available)
    func aTakenOrUnreadableNameIsRefused(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { district in
            _ = try await district.accounts.invite("li", name: "李", by: TestDistrict.actor)
            for name in [
                "Li", "Ｌｉ", " l i ", "x", "a b<script>", String(repeating: "a", count: 41),
            ] {
                await #expect(throws: Refusal.self) {
                    try await district.accounts.invite(name, name: "李", by: TestDistrict.actor)
                }
            }
        }
    }
}
