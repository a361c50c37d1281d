import Accounts
import Core
import HummingbirdTesting
import Organization
import Storage
import TestKit
import Testing

/// An address for a password that the system administrator makes opens nothing before the security
/// administrator has released it.
@Suite struct ReleaseTests {
    private static let password = "一句好记的话不难呀真的"

    /// The address that a page shows, this once.
    private func address(in page: PageAnswer) throws -> String {
        let parts = page.text.components(separatedBy: "/welcome?for=")
        try #require(parts.count > 1)
        let shown = String(parts[1].prefix { $0 != "<" })
        return "/welcome?for=" + shown.replacing("&amp;", with: "&")
    }

    /// An account that the system administrator made, and its address.
    private func made(
        _ signIn: String, person: String = "", by desks: Desks
    ) async throws -> (id: Account.ID, welcome: String) {
        let page = try await desks.client.submit(
            "/admin/accounts/new", ["sign_in": signIn, "name": "赵", "person": person],
            as: desks.system)
        #expect(page.status == 200)
        let id = try await desks.text("SELECT id FROM account WHERE sign_in = \(signIn)")
        return (try #require(Account.ID(id)), try address(in: page))
    }

    private func choosePassword(_ welcome: String, _ desks: Desks) async throws -> PageAnswer {
        try await desks.client.submit(
            welcome, ["password": Self.password], to: "/welcome", as: nil)
    }

    private func audited(_ action: String, of id: Account.ID, _ desks: Desks) async throws -> Int {
        try await desks.count(
            """
            SELECT COUNT(*) FROM audit
            WHERE action = \(action) AND subject = \(id) AND actor = \(desks.security.id)
            """)
    }

    @Test(arguments: Engine.available)
    func anAddressOfAPageChoosesNoPasswordBeforeItIsReleased(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let (id, welcome) = try await made("zhao", person: "T-1", by: desks)
            let early = try await desks.client.page(welcome)
            #expect(early.status == 409 && early.text.contains("尚未审核"))
            #expect(early.hidden(for: "/welcome").isEmpty)
            #expect(!early.text.contains("zhao") && !early.text.contains("赵"))
            // A form that was opened for another address is good here, and changes nothing.
            let other = try await desks.district.accounts.invite(
                "qian", name: "钱", by: TestDistrict.actor)
            let form = try await desks.client.page("/welcome?for=invitation&key=\(other.secret)")
            let visit = form.headers[values: .setCookie].first { $0.hasPrefix("visit=") }
            let secret = try #require(welcome.components(separatedBy: "key=").last)
            let fields = form.hidden(for: "/welcome")
                .merging(["secret": secret, "password": Self.password]) { $1 }
            let forced = try await desks.client.send(
                "/welcome", fields.map { ($0.key, $0.value) },
                cookie: visit.map { String($0.prefix { $0 != ";" }) })
            #expect(forced.status == 409)
            let without = try await desks.count(
                "SELECT COUNT(*) FROM account WHERE id = \(id) AND password IS NULL")
            #expect(without == 1)
            // Nobody learns of an address that they made up.
            let guess = String(repeating: "a", count: 64)
            let unknown = try await desks.client.page("/welcome?for=invitation&key=\(guess)")
            #expect(unknown.status == 404)

            #expect(try await desks.release().location == "/admin/releases?done=address_released")
            #expect(try await choosePassword(welcome, desks).status == 303)
            #expect(try await desks.client.page(welcome).status == 404)
        }
    }

    @Test(arguments: Engine.available)
    func nobodyButTheSecurityAdministratorReleases(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let (id, welcome) = try await made("zhao", by: desks)
            let path = "/admin/releases/\(try await desks.waiting())"
            for one in [desks.system, desks.auditor, desks.clerk] {
                #expect(try await desks.client.page("/admin/releases", as: one).status == 404)
                for address in [path, path + "/refusal"] {
                    #expect(try await desks.client.send(address, [], as: one).status == 404)
                }
            }
            #expect(try await desks.client.page(welcome).status == 409)
            #expect(try await audited("account.released", of: id, desks) == 0)
        }
    }

    @Test(arguments: Engine.available)
    func whoMadeAnAddressDoesNotReleaseIt(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let (id, _) = try await made("zhao", by: desks)
            let (digest, accounts) = (try await desks.waiting(), desks.district.accounts)
            let (maker, other) = (desks.system.actor, desks.security.actor)
            await #expect(throws: Refusal.self) {
                try await desks.district.database.write { db in
                    try accounts.release(digest, by: maker, db)
                }
            }
            try await desks.district.database.write { db in
                try accounts.release(digest, by: other, db)
            }
            #expect(try await audited("account.released", of: id, desks) == 1)
        }
    }

    @Test(arguments: Engine.available)
    func anAddressIsReleasedOnceByWhoeverIsFirst(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let (id, welcome) = try await made("zhao", person: "T-1", by: desks)
            let page = try await desks.client.page("/admin/releases", as: desks.security)
            for text in ["zhao", "T-1", "首次设置密码", "xi的名字"] {
                #expect(page.text.contains(text), "\(text)")
            }
            let path = "/admin/releases/\(try await desks.waiting())"
            let fields = page.hidden(for: path).map { ($0.key, $0.value) }
            let sent = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await desks.client.send(path, fields, as: desks.security).status
                    }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(sent == [303, 303, 303, 303])
            // A page that stood open sends another form, which finds the address released.
            let stale = page.hidden(for: path).merging(["_key": ID<Account>.make().text]) { $1 }
            let again = try await desks.client.send(
                path, stale.map { ($0.key, $0.value) }, as: desks.security)
            #expect(again.status == 303)
            #expect(try await audited("account.released", of: id, desks) == 1)
            let after = try await desks.client.page("/admin/releases", as: desks.security)
            #expect(after.text.contains("没有待审核的链接"))
            // Used, it is gone, and says so to whoever still has the page.
            #expect(try await choosePassword(welcome, desks).status == 303)
            let late = page.hidden(for: path).merging(["_key": ID<Account>.make().text]) { $1 }
            let gone = try await desks.client.send(
                path, late.map { ($0.key, $0.value) }, as: desks.security)
            #expect(gone.status == 409)
        }
    }

    @Test(arguments: Engine.available)
    func aRefusedAddressIsDeadAndIsNotReleasedAfterwards(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let (id, welcome) = try await made("zhao", by: desks)
            let path = "/admin/releases/\(try await desks.waiting())"
            let page = try await desks.client.page("/admin/releases", as: desks.security)
            let fields = page.hidden(for: path).map { ($0.key, $0.value) }
            let refused = try await desks.release(refusing: true)
            #expect(refused.location == "/admin/releases?done=address_refused")
            #expect(try await desks.client.page(welcome).status == 404)
            let released = try await desks.client.send(path, fields, as: desks.security)
            #expect(released.status == 409 && released.text.contains("已被拒绝"))
            #expect(try await audited("account.refused", of: id, desks) == 1)
            #expect(try await audited("account.released", of: id, desks) == 0)
        }
    }

    @Test(arguments: Engine.available)
    func aNewPasswordForAnAccountInUseIsReleasedToo(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let id = desks.clerk.id
            try await desks.district.database.write { db in
                try AccountStore(db).setPassword("kept", of: id, at: TestDistrict.moment)
            }
            let path = "/admin/accounts/\(id)"
            let page = try await desks.client.submit(
                path, [:], to: path + "/invite", as: desks.system)
            let welcome = try address(in: page)
            #expect(page.text.contains("安全管理员审核通过后"))
            #expect(welcome.contains("for=reset"))
            #expect(try await desks.client.page(welcome).status == 409)
            let listed = try await desks.client.page("/admin/releases", as: desks.security)
            #expect(listed.text.contains("重设密码") && listed.text.contains("社区工作人员"))
            #expect(try await desks.release().status == 303)
            #expect(try await choosePassword(welcome, desks).status == 303)
        }
    }

    @Test(arguments: Engine.available)
    func anAccountInUseIsLinkedToNobodyOnAPage(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let path = "/admin/accounts/\(desks.clerk.id)"
            let shown = try await desks.client.page(path, as: desks.system)
            #expect(shown.hidden(for: path + "/person").isEmpty)
            #expect(shown.text.contains("不能改为关联其他人员"))
            // A form that stood open since before the account was used.
            let (id, welcome) = try await made("zhao", by: desks)
            let own = "/admin/accounts/\(id)"
            let form = try await desks.client.page(own, as: desks.system)
                .hidden(for: own + "/person").merging(["person": "T-1"]) { $1 }
            #expect(try await desks.release().status == 303)
            #expect(try await choosePassword(welcome, desks).status == 303)
            let late = try await desks.client.send(
                own + "/person", form.map { ($0.key, $0.value) }, as: desks.system)
            #expect(late.status == 422 && late.text.contains("id=\"field-person-faults\""))
            let linked = try await desks.count(
                "SELECT COUNT(*) FROM account WHERE person_id IS NOT NULL")
            #expect(linked == 0)
        }
    }

    @Test(arguments: Engine.available)
    func anAccountInUseIsPartedFromItsPerson(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let first = try #require(Person.ID(try await desks.person("T-1")))
            let holder = try await desks.district.account("kong", person: first)
            let path = "/admin/accounts/\(holder.id)"
            let other = try await desks.client.submit(
                path, ["person": "T-3"], to: path + "/person", as: desks.system)
            #expect(other.status == 422)
            for number in ["T-1", ""] {
                let done = try await desks.client.submit(
                    path, ["person": number], to: path + "/person", as: desks.system)
                #expect(done.location == path + "?done=account_person_set", "\(number)")
            }
            #expect(try await desks.client.page("/my", as: holder).status == 200)
        }
    }

    @Test(arguments: Engine.available)
    func linkingAPersonEndsTheAddressThatWasReleasedBefore(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let (id, welcome) = try await made("zhao", by: desks)
            #expect(try await desks.release().status == 303)
            #expect(try await desks.client.page(welcome).status == 200)
            let path = "/admin/accounts/\(id)"
            let done = try await desks.client.submit(
                path, ["person": "T-1"], to: path + "/person", as: desks.system)
            #expect(done.location == path + "?done=account_person_set")
            #expect(try await desks.client.page(welcome).status == 404)
            // A new one waits like every other.
            let page = try await desks.client.submit(
                path, [:], to: path + "/invite", as: desks.system)
            #expect(try await desks.client.page(address(in: page)).status == 409)
        }
    }

    @Test(arguments: Engine.available)
    func thePageShowsTheAddressesThatEndFirstAndNoMore(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let maker = desks.system.actor
            try await desks.district.database.write { db in
                for number in 0..<22 {
                    let id = Account.ID.make()
                    try AccountStore(db).insert(
                        id, signIn: "n-\(100 + number)", name: "甲", person: nil, office: nil,
                        isDemonstration: false, at: TestDistrict.moment, by: maker)
                    let moment = Moment(
                        milliseconds: TestDistrict.moment.milliseconds + Int64(number))
                    _ = try AccessKeyStore(db).make(
                        .invitation, for: id, at: moment, by: maker)
                }
            }
            let page = try await desks.client.page("/admin/releases", as: desks.security)
            #expect(page.text.contains("n-119") && !page.text.contains("n-120"))
            #expect(page.text.contains("先列出最早到期的 20 个"))
        }
    }
}
