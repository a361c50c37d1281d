import Accounts
import Core
import HummingbirdTesting
import Organization
import Storage
import TestKit
import Testing

@Suite struct GrantPageTests {
    private func path(_ one: SignedIn) -> String { "/admin/grants/\(one.id)" }

    private let good = [
        "role": "community_clerk", "unit": "410102001002", "from": "2015-07-01", "until": "",
    ]

    @Test(arguments: Engine.available)
    func aRoleIsRefusedWithTheReasonBesideItsField(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let path = path(desks.secretary)
            let wrong: [([String: String], String)] = [
                (["role": ""], "role"), (["role": "king"], "role"), (["unit": "999"], "unit"),
                (["unit": "BUR-EDU"], "unit"), (["from": ""], "from"),
                (["from": "2015-06-30"], "from"), (["from": "30/6"], "from"),
                (["until": "2015-06-30"], "until"), (["unit": "' OR 1=1 --"], "unit"),
                (["until": "9999-12-31"], "until"),
            ]
            for (fields, place) in wrong {
                let page = try await desks.client.submit(
                    path, good.merging(fields) { $1 }, as: desks.security)
                #expect(page.status == 422, "\(fields)")
                #expect(page.text.contains("id=\"field-\(place)-faults\""), "\(fields)")
            }
            #expect(try await desks.count("SELECT COUNT(*) FROM role_grant") == 2)
        }
    }

    @Test(arguments: Engine.available)
    func anOfficerAndOneselfAreGivenNothing(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            for one in [desks.security, desks.system, desks.auditor] {
                let page = try await desks.client.page(path(one), as: desks.security)
                #expect(page.status == 200)
                #expect(page.hidden(for: path(one)).isEmpty, "no form is offered")
                #expect(page.text.contains("管理员账号不能有角色"))
                // Neither by passing on, nor by a list of names.
                let grant = try await desks.text(
                    "SELECT id FROM role_grant WHERE account_id = \(desks.clerk.id)")
                let name = try await desks.text("SELECT sign_in FROM account WHERE id = \(one.id)")
                let passed = try await desks.client.submit(
                    path(desks.clerk) + "/pass",
                    ["grant": grant, "to": name, "from": "2015-07-01"], as: desks.security)
                #expect(passed.status == 422)
                let listed = try await desks.client.submit(
                    "/admin/sealed/aid_pair", ["account": name, "from": "2015-07-01"],
                    as: desks.security)
                #expect(listed.status == 422)
            }
            #expect(try await desks.count("SELECT COUNT(*) FROM role_grant") == 2)
            #expect(try await desks.count("SELECT COUNT(*) FROM sealed_name") == 0)
        }
    }

    @Test(arguments: Engine.available)
    func aRoleIsGivenOnceHoldsAtTheNextRequestAndEndsAtOnce(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let path = path(desks.secretary)
            let form = try await desks.client.page(path, as: desks.security).hidden(for: path)
            let fields = form.merging(good) { $1 }.map { ($0.key, $0.value) }
            for _ in 0..<2 {
                let done = try await desks.client.send(path, fields, as: desks.security)
                #expect(done.location == path + "?done=role_given")
            }
            #expect(try await desks.count("SELECT COUNT(*) FROM role_grant") == 3)
            let mine = try await desks.client.page("/my", as: desks.secretary)
            #expect(mine.text.contains("社区工作人员") && mine.text.contains("二社区"))
            let again = try await desks.client.submit(path, good, as: desks.security)
            #expect(again.status == 422, "the same role there on the same days")
            let grant = try await desks.text(
                """
                SELECT id FROM role_grant
                WHERE account_id = \(desks.secretary.id) AND role = 'community_clerk'
                """)
            let foreign = try await desks.client.submit(
                path, [:], to: path + "/end/\(grant)", as: desks.security)
            #expect(foreign.location == path + "?done=role_ended")
            let after = try await desks.client.page("/my", as: desks.secretary)
            #expect(!after.text.contains("二社区"))
            let history = try await desks.client.page(path, as: desks.security)
            #expect(history.text.contains("an的名字"))
            let told = try await desks.client.page("/my/messages", as: desks.secretary)
            #expect(told.text.contains("您被授予了一个角色") && told.text.contains("已被收回"))
            #expect(try await desks.count("SELECT COUNT(*) FROM message") == 2, "once each")
        }
    }

    @Test(arguments: Engine.available)
    func whatComesByPostIsShownWithItsDays(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            try await desks.district.accept(
                "起始日期,单位,任职人,职务\n2015-03-02,410102001001,T-3,社区党委（总支）书记\n",
                what: "post")
            let third = try #require(Person.ID(try await desks.person("T-3")))
            let holder = try await desks.district.account("kong", person: third)
            let page = try await desks.client.page(path(holder), as: desks.security)
            #expect(page.text.contains("社区党组织书记"))
            #expect(page.text.contains("2015-03-02 起"))
            #expect(try await desks.district.access(of: holder.id).may(.confirm))
            let person = try await desks.client.page(
                "/admin/persons/\(try await desks.person("T-3"))", as: desks.system)
            #expect(person.text.contains("现任") && !person.text.contains("<b>李"))
        }
    }

    @Test(arguments: Engine.available)
    func aGrantOfAnotherAccountCannotBeEndedHere(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let grant = try await desks.text(
                "SELECT id FROM role_grant WHERE account_id = \(desks.clerk.id)")
            let page = try await desks.client.page(path(desks.clerk), as: desks.security)
            let fields = page.hidden(for: path(desks.clerk) + "/end/\(grant)")
            // A token is for its own address, so another one is refused before anything is read.
            let moved = try await desks.client.send(
                path(desks.secretary) + "/end/\(grant)", fields.map { ($0.key, $0.value) },
                as: desks.security)
            #expect(moved.status == 403)
            #expect(
                try await desks.count(
                    "SELECT COUNT(*) FROM role_grant WHERE ended_at IS NOT NULL") == 0)
        }
    }
}
