import Accounts
import Core
import TestKit
import Testing

/// Who comes in where: each page as nobody, as each office and as a clerk.
@Suite struct DoorTests {
    @Test(arguments: Engine.available)
    func eachPageOpensToItsOfficeAndIsNotThereForOthers(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let person = try await desks.person("T-1")
            let system = [
                "/admin/accounts", "/admin/accounts/new", "/admin/accounts/\(desks.clerk.id)",
                "/admin/accounts/\(desks.clerk.id)/leaving", "/admin/persons",
                "/admin/persons?q=T-1", "/admin/persons/\(person)",
            ]
            let security = [
                "/admin/grants", "/admin/grants/\(desks.clerk.id)",
                "/admin/grants/\(desks.clerk.id)/pass", "/admin/sealed", "/admin/sealed/aid_pair",
                "/admin/releases",
            ]
            let audit = ["/admin/audit", "/admin/audit/export"]
            let rows: [(paths: [String], open: [SignedIn])] = [
                (system, [desks.system]), (security, [desks.security]),
                (audit, [desks.auditor]),
                (["/admin/catalogue"], [desks.system, desks.security, desks.auditor]),
                (["/sealed", "/sealed/aid_pair"], []),
            ]
            let everybody = [desks.system, desks.security, desks.auditor, desks.clerk]
            for (paths, open) in rows {
                for path in paths {
                    let visitor = try await desks.client.page(path)
                    #expect(visitor.status == 303, "\(path)")
                    #expect(visitor.location?.hasPrefix("/sign-in?next=") == true, "\(path)")
                    for one in everybody {
                        let page = try await desks.client.page(path, as: one)
                        let mayOpen = open.contains { $0.id == one.id }
                        #expect(page.status == (mayOpen ? 200 : 404), "\(path) as \(one.id)")
                        let english = try await desks.client.page(path, as: one, language: .en)
                        #expect(!english.text.contains("["), "a word is missing at \(path)")
                    }
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func whatIsSentByOthersChangesNothing(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let person = try await desks.person("T-1")
            let paths = [
                "/admin/accounts/new", "/admin/accounts/\(desks.clerk.id)/disable",
                "/admin/accounts/\(desks.clerk.id)/invite",
                "/admin/accounts/\(desks.clerk.id)/leaving", "/admin/persons/\(person)",
                "/admin/grants/\(desks.clerk.id)", "/admin/sealed/aid_pair",
                "/admin/audit/export", "/sealed/aid_pair", "/admin/releases/x",
                "/admin/releases/x/refusal",
            ]
            let before = try await desks.count("SELECT COUNT(*) FROM audit")
            for path in paths {
                let visitor = try await desks.client.send(path, [])
                #expect(visitor.status >= 400, "\(path)")
                let clerk = try await desks.client.send(path, [], as: desks.clerk)
                #expect(clerk.status == 404, "\(path)")
            }
            // The own office opens the door, and the form is refused for want of a token.
            let forged = try await desks.client.send(
                "/admin/accounts/\(desks.clerk.id)/disable", [], as: desks.system)
            #expect(forged.status == 403)
            #expect(try await desks.count("SELECT COUNT(*) FROM audit") == before)
        }
    }

    @Test(arguments: Engine.available)
    func whatIsNotThereIsNotFound(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let nobody = ID<Account>.make().text
            for path in [
                "/admin/accounts/\(nobody)", "/admin/accounts/x", "/admin/persons/\(nobody)",
                "/admin/accounts/\(nobody)/leaving",
            ] {
                #expect(try await desks.client.page(path, as: desks.system).status == 404)
            }
            for path in [
                "/admin/grants/\(nobody)", "/admin/sealed/honor", "/admin/sealed/nothing",
            ] {
                #expect(try await desks.client.page(path, as: desks.security).status == 404)
            }
            let page = try await desks.client.page(
                "/admin/audit?after=zzz", as: desks.auditor)
            #expect(page.status == 404)
        }
    }
}
