import Accounts
import Core
import HummingbirdTesting
import Ledger
import Organization
import Storage
import TestKit
import Testing

@Suite struct AccountPageTests {
    private func key(in page: PageAnswer) -> String? {
        let parts = page.text.components(separatedBy: "key=")
        return parts.count > 1 ? String(parts[1].prefix(64)) : nil
    }

    @Test(arguments: Engine.available)
    func aFormInErrorComesBackFilledWithTheFaultBesideItsField(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let path = "/admin/accounts/new"
            let wrong: [([String: String], String)] = [
                (["sign_in": "", "name": "赵"], "sign_in"),
                (["sign_in": "zhao", "name": ""], "name"),
                (["sign_in": "z<script>", "name": "赵"], "sign_in"),
                (["sign_in": "LI", "name": "赵"], "sign_in"),
                (["sign_in": "zhao", "name": "赵", "person": "T-99"], "person"),
            ]
            for (fields, place) in wrong {
                let page = try await desks.client.submit(path, fields, as: desks.system)
                #expect(page.status == 422, "\(fields)")
                let id = "field-" + place.replacing("_", with: "-")
                #expect(page.text.contains("id=\"\(id)-faults\""), "\(fields)")
                #expect(!page.text.contains("<script>"))
            }
            #expect(try await desks.count("SELECT COUNT(*) FROM account") == 5)
        }
    }

    @Test(arguments: Engine.available)
    func anAccountIsMadeOnceAndItsInvitationShownOnce(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let path = "/admin/accounts/new"
            let form = try await desks.client.page(path, as: desks.system).hidden(for: path)
            let fields = form.merging([
                "sign_in": "Zhao.6", "name": "<i>赵</i>", "person": "T-1", "office": "",
            ]) { $1 }.map { ($0.key, $0.value) }
            let made = try await desks.client.send(path, fields, as: desks.system)
            #expect(made.status == 200)
            let secret = try #require(key(in: made))
            let again = try await desks.client.send(path, fields, as: desks.system)
            #expect(again.status == 303)
            #expect(again.location?.hasPrefix("/admin/accounts/") == true)
            #expect(try await desks.count("SELECT COUNT(*) FROM account") == 6)
            let account = try await desks.client.page(again.location ?? "", as: desks.system)
            #expect(account.status == 200)
            #expect(!account.text.contains(secret) && !account.text.contains("<i>赵"))
            #expect(account.text.contains("zhao.6") && account.text.contains("新建账号"))
            #expect(account.text.contains("xi的名字"))
            let welcome = "/welcome?for=invitation&key=\(secret)"
            #expect(try await desks.release().status == 303)
            #expect(try await desks.client.page(welcome).status == 200)
            // A new invitation takes the earlier one out of force.
            let id = try await desks.text("SELECT id FROM account WHERE sign_in = 'zhao.6'")
            let anew = try await desks.client.submit(
                "/admin/accounts/\(id)", [:], to: "/admin/accounts/\(id)/invite",
                as: desks.system)
            #expect(anew.status == 200)
            #expect(try await desks.client.page(welcome).status == 404)
        }
    }

    @Test(arguments: Engine.available)
    func anOfficeAndWorkWithRecordsAreNeverOnePerson(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let first = try #require(Person.ID(try await desks.person("T-1")))
            _ = try await desks.district.account("one", office: .audit, person: first)
            func make(_ signIn: String, _ person: String) async throws -> PageAnswer {
                try await desks.client.submit(
                    "/admin/accounts/new",
                    ["sign_in": signIn, "name": "甲", "person": person, "office": "security"],
                    as: desks.system)
            }
            let second = try await make("two", "T-1")
            #expect(second.status == 422 && second.text.contains("“one”"))
            let fourth = try await desks.district.accounts.invite(
                "four", name: "丁", by: TestDistrict.actor)
            let path = "/admin/accounts/\(fourth.id)"
            let page = try await desks.client.submit(
                path, ["person": "T-1"], to: path + "/person", as: desks.system)
            #expect(page.status == 422 && page.text.contains("“one”"))
            let done = try await desks.client.submit(
                path, ["person": "T-2"], to: path + "/person", as: desks.system)
            #expect(done.location == path + "?done=account_person_set")
            // Two entries of one person would bring together what is kept apart.
            let joining = "/admin/persons/\(try await desks.person("T-2"))"
            let joined = try await desks.client.submit(
                joining, ["into": "T-1", "reason": "同一身份核对无误"], as: desks.system)
            #expect(joined.status == 422 && joined.text.contains("“one”"))
            #expect(try await desks.count("SELECT COUNT(*) FROM person_join") == 0)
            // A form that names an office makes an account without one.
            #expect(try await make("three", "T-3").status == 200)
            let office = try await desks.count(
                "SELECT COUNT(*) FROM account WHERE sign_in = 'three' AND office IS NOT NULL")
            #expect(office == 0)
        }
    }

    @Test(arguments: Engine.available)
    func nobodyIsGivenASecondOpenAccountOfAPerson(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let person = try #require(Person.ID(try await desks.person("T-1")))
            let first = try await desks.district.account("one", person: person)
            func make(_ signIn: String) async throws -> PageAnswer {
                try await desks.client.submit(
                    "/admin/accounts/new", ["sign_in": signIn, "name": "甲", "person": "T-1"],
                    as: desks.system)
            }
            let refused = try await make("two")
            #expect(refused.status == 422 && refused.text.contains("“one”"))
            let path = "/admin/accounts/\(first.id)"
            let disabled = try await desks.client.submit(
                path, [:], to: path + "/disable", as: desks.system)
            #expect(disabled.status == 303)
            #expect(try await make("two").status == 200)
            let enabled = try await desks.client.submit(
                path, [:], to: path + "/enable", as: desks.system)
            #expect(enabled.status == 422, "there is another one by now")
        }
    }

    @Test(arguments: Engine.available)
    func anEntryFoundToBeTheSamePersonCountsAsThePerson(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let first = try #require(Person.ID(try await desks.person("T-1")))
            let second = try #require(Person.ID(try await desks.person("T-2")))
            _ = try await desks.district.account("one", office: .audit, person: first)
            _ = try await desks.district.district.join(
                "T-2", into: "T-1", on: TestDistrict.moment.day, by: TestDistrict.actor)
            let page = try await desks.client.submit(
                "/admin/accounts/new", ["sign_in": "two", "name": "甲", "person": "T-2"],
                as: desks.system)
            #expect(page.status == 422 && page.text.contains("“one”"))
            await #expect(throws: Refusal.self) {
                try await desks.district.accounts.invite(
                    "two", name: "乙", person: second, office: .system, by: TestDistrict.actor)
            }
        }
    }

    @Test(arguments: Engine.available)
    func whatOpensAnAdministratorsAccountIsNotOnThePages(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let path = "/admin/accounts/\(desks.security.id)"
            let page = try await desks.client.page(path, as: desks.system)
            #expect(page.text.contains("只能在服务器上用命令变更"))
            for change in ["invite", "person"] {
                #expect(page.hidden(for: path + "/" + change).isEmpty, "\(change)")
            }
            let grants = "/admin/grants/\(desks.security.id)"
            let roles = try await desks.client.page(grants, as: desks.security)
            #expect(roles.hidden(for: grants + "/codes").isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func aNewPasswordIsTheSystemAdministratorsAndLostCodesTheSecurityAdministrators(
        on engine: Engine
    ) async throws {
        try await Desks.with(engine) { desks in
            let id = desks.clerk.id
            let grants = "/admin/grants/\(id)"
            let none = try await desks.client.page(grants, as: desks.security)
            #expect(none.hidden(for: grants + "/codes").isEmpty, "there is nothing to take away")
            try await desks.district.database.write { db in
                try AccountStore(db).setPassword("kept", of: id, at: TestDistrict.moment)
                try AccountStore(db).setOneTimeSecret("sealed", of: id)
                try AccountStore(db).setRecoveryCodes(["mark"], of: id)
            }
            let told = try await desks.client.page("/admin/accounts/\(id)", as: desks.system)
            #expect(told.text.contains("统一认证关联解除"))
            let offered = try await desks.client.page(grants, as: desks.security)
            #expect(offered.text.contains("统一认证关联解除"))
            let invited = try await desks.client.submit(
                "/admin/accounts/\(id)", [:], to: "/admin/accounts/\(id)/invite",
                as: desks.system)
            #expect(invited.status == 200 && invited.text.contains("for=reset"))
            let done = try await desks.client.submit(
                grants, [:], to: grants + "/codes", as: desks.security)
            #expect(done.location == grants + "?done=codes_reset")
            let account = try #require(
                try await desks.district.database.read { try AccountStore($0).find(id) })
            #expect(account.oneTimeSecret == nil && account.mustEnrol)
            #expect(try await desks.count("SELECT COUNT(*) FROM recovery_code") == 0)
            #expect(try await desks.client.page("/my", as: desks.clerk).status == 303)
            for (action, who) in [
                ("account.reset", desks.system), ("account.codes_reset", desks.security),
            ] {
                let rows = try await desks.count(
                    """
                    SELECT COUNT(*) FROM audit WHERE action = \(action)
                        AND subject = \(id) AND actor = \(who.id)
                    """)
                #expect(rows == 1, "\(action)")
            }
        }
    }

    @Test(arguments: Engine.available)
    func nobodyDisablesHimselfOrTheLastOfAnOffice(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            func disable(_ id: Account.ID) async throws -> PageAnswer {
                let page = try await desks.client.page("/my", as: desks.system)
                // The button is not offered to themselves, so its token is asked for elsewhere.
                let path = "/admin/accounts/\(id)"
                let form = try await desks.client.page(path, as: desks.system)
                    .hidden(for: path + "/disable")
                #expect(page.status == 200)
                return try await desks.client.send(
                    path + "/disable", form.map { ($0.key, $0.value) }, as: desks.system)
            }
            #expect(try await disable(desks.system.id).status == 403)
            #expect(try await disable(desks.auditor.id).status == 409)
            #expect(
                try await desks.count(
                    "SELECT COUNT(*) FROM account WHERE disabled_at IS NOT NULL") == 0)
            let other = try await desks.district.account("shen2", office: .audit)
            #expect(try await disable(desks.auditor.id).status == 409, "he was only invited")
            try await desks.district.database.write { db in
                try AccountStore(db).setPassword("kept", of: other.id, at: TestDistrict.moment)
            }
            #expect(try await disable(desks.auditor.id).status == 303)
            #expect(try await desks.client.page("/admin/audit", as: desks.auditor).status == 303)
        }
    }

    @Test(arguments: Engine.available)
    func aDisabledAccountIsSignedOutAtOnceAndComesBackWhenEnabled(
        on engine: Engine
    ) async throws {
        try await Desks.with(engine) { desks in
            let path = "/admin/accounts/\(desks.clerk.id)"
            #expect(try await desks.client.page("/my", as: desks.clerk).status == 200)
            for change in ["disable", "enable"] {
                let done = try await desks.client.submit(
                    path, [:], to: path + "/\(change)", as: desks.system)
                #expect(done.location == path + "?done=account_\(change)d")
                #expect(try await desks.client.page("/my", as: desks.clerk).status == 303)
            }
            let page = try await desks.client.page(path, as: desks.system)
            #expect(page.text.contains("停用账号") && page.text.contains("启用账号"))
        }
    }

    @Test(arguments: Engine.available)
    func allSessionsEndWithOneForm(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let path = "/admin/accounts/\(desks.clerk.id)"
            let done = try await desks.client.submit(
                path, [:], to: path + "/sessions", as: desks.system)
            #expect(done.location == path + "?done=sessions_ended")
            #expect(try await desks.client.page("/my", as: desks.clerk).status == 303)
            #expect(try await desks.client.page("/my", as: desks.secretary).status == 200)
        }
    }

    @Test(arguments: Engine.available)
    func theListIsFoundByNameAndTurnsPages(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            for number in 0..<110 {
                _ = try await desks.district.account("n_\(100 + number)")
            }
            let first = try await desks.client.page("/admin/accounts", as: desks.system)
            #expect(first.text.contains("after="))
            let some = try await desks.client.page("/admin/accounts?q=n_10", as: desks.system)
            #expect(some.text.contains("n_105") && !some.text.contains("n_115"))
            let none = try await desks.client.page("/admin/accounts?q=%25", as: desks.system)
            #expect(none.text.contains("没有符合条件的账号"))
        }
    }

    @Test(arguments: Engine.available)
    func whoLeavesKeepsNothing(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            try await desks.list("li", on: "aid_pair")
            let path = "/admin/accounts/\(desks.clerk.id)/leaving"
            let page = try await desks.client.page(path, as: desks.system)
            #expect(page.text.contains("社区工作人员") && page.text.contains("一社区"))
            let own = "/admin/accounts/\(desks.system.id)/leaving"
            #expect(try await desks.client.submit(own, [:], as: desks.system).status == 409)
            let done = try await desks.client.submit(path, [:], as: desks.system)
            #expect(
                done.location == "/admin/accounts/\(desks.clerk.id)?done=account_left")
            let access = try await desks.district.access(of: desks.clerk.id)
            #expect(access.holdings.isEmpty && access.sealedKinds.isEmpty)
            #expect(try await desks.client.page("/my", as: desks.clerk).status == 303)
            // The roles can be passed on afterwards.
            let pass = "/admin/grants/\(desks.clerk.id)/pass"
            let grant = try await desks.text(
                "SELECT id FROM role_grant WHERE account_id = \(desks.clerk.id)")
            let foreign = try await desks.text(
                "SELECT id FROM role_grant WHERE account_id = \(desks.secretary.id)")
            func send(_ grant: String, _ to: String) async throws -> PageAnswer {
                try await desks.client.submit(
                    pass, ["grant": grant, "to": to, "from": "2015-07-01", "until": "2015-12-31"],
                    as: desks.security)
            }
            #expect(try await send(foreign, "wang").status == 422)
            #expect(try await send(grant, "shen").status == 422)
            #expect(try await send(grant, "li").status == 422)
            let passed = try await send(grant, "wang")
            #expect(passed.location == "/admin/grants/\(desks.secretary.id)?done=roles_passed")
            #expect(try await desks.district.access(of: desks.secretary.id).may(.write))
            let until = try await desks.text(
                """
                SELECT until_on FROM role_grant
                WHERE role = 'community_clerk' AND ended_at IS NULL
                """)
            #expect(until == "2016-01-01")
        }
    }
}
