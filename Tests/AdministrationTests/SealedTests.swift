import Accounts
import Core
import HummingbirdTesting
import Storage
import TestKit
import Testing

@Suite struct SealedTests {
    private let path = "/sealed/aid_pair"
    private let reason = "核对结对帮扶回访情况"

    @Test(arguments: Engine.available)
    func withoutTheListTheReasonOrTheUnitNothingIsShown(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            #expect(try await desks.client.page(path, as: desks.clerk).status == 404)
            try await desks.list("li", on: "card_request")
            #expect(try await desks.client.page("/sealed", as: desks.clerk).status == 200)
            #expect(try await desks.client.page(path, as: desks.clerk).status == 404)
            try await desks.list("li", on: "aid_pair")
            let other = try await desks.text("SELECT id FROM record WHERE ref = 'D-2'")
            let wrong: [([String: String], String)] = [
                (["number": "D-1", "reason": "看一下"], "reason"),
                (["number": "D-1", "reason": ""], "reason"),
                (["number": "", "reason": reason], "number"),
                (["number": "D-2", "reason": reason], "number"),
                (["number": other, "reason": reason], "number"),
                (["number": "D-9", "reason": reason], "number"),
            ]
            for (fields, place) in wrong {
                let page = try await desks.client.submit(path, fields, as: desks.clerk)
                #expect(page.status == 422, "\(fields)")
                #expect(page.text.contains("id=\"field-\(place)-faults\""), "\(fields)")
                #expect(!page.text.contains("H-1") && !page.text.contains("H-2"))
            }
            #expect(try await desks.count("SELECT COUNT(*) FROM sealed_view") == 0)
            let refused = try await desks.count(
                """
                SELECT COUNT(*) FROM audit
                WHERE action = 'sealed.refused' AND actor = \(desks.clerk.id)
                """)
            #expect(refused == 3, "who asks for what is not his is in the audit")
        }
    }

    @Test(arguments: Engine.available)
    func aLookIsWrittenDownAndTheRecordShownInThatAnswerOnly(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            try await desks.list("li", on: "aid_pair")
            let form = try await desks.client.page(path, as: desks.clerk).hidden(for: path)
            let fields = form.merging(["number": "D-1", "reason": reason]) { $1 }
                .map { ($0.key, $0.value) }
            let shown = try await desks.client.send(path, fields, as: desks.clerk)
            #expect(shown.status == 200)
            #expect(shown.headers[.cacheControl] == "no-store")
            #expect(shown.text.contains("H-1") && shown.text.contains("王试甲"))
            #expect(shown.text.contains(reason) && shown.text.contains("li的名字"))
            let again = try await desks.client.send(path, fields, as: desks.clerk)
            #expect(again.location == path, "the same form is one look")
            let later = try await desks.client.page(path, as: desks.clerk)
            #expect(!later.text.contains("H-1") && later.text.contains(reason))
            #expect(try await desks.count("SELECT COUNT(*) FROM sealed_view") == 1)
            let rows = try await desks.count(
                """
                SELECT COUNT(*) FROM audit a JOIN sealed_view v ON v.record_id = a.subject
                WHERE a.action = 'sealed.viewed' AND a.actor = \(desks.clerk.id)
                """)
            #expect(rows == 1)
            // A look is no news: pages that everybody reads are kept.
            let shownAt = try await desks.count("SELECT shown FROM ledger_head")
            let viewedAt = try await desks.count(
                "SELECT seq FROM audit WHERE action = 'sealed.viewed'")
            #expect(shownAt < viewedAt)
            for page in ["/", "/search?q=H-1", "/kinds/aid_pair"] {
                let text = try await desks.client.page(page, as: desks.clerk).text
                #expect(!text.contains("D-1"), "\(page)")
            }
        }
    }

    @Test(arguments: Engine.available)
    func whoIsStruckOffSeesNothingAtTheNextRequest(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            try await desks.list("li", on: "aid_pair")
            let twice = try await desks.client.submit(
                "/admin/sealed/aid_pair", ["account": "li", "from": "2015-07-01"],
                as: desks.security)
            #expect(twice.status == 422)
            let form = try await desks.client.page(path, as: desks.clerk).hidden(for: path)
            let name = try await desks.text("SELECT id FROM sealed_name")
            let struck = try await desks.client.submit(
                "/admin/sealed/aid_pair", [:], to: "/admin/sealed/aid_pair/strike/\(name)",
                as: desks.security)
            #expect(struck.location == "/admin/sealed/aid_pair?done=name_struck")
            let fields = form.merging(["number": "D-1", "reason": reason]) { $1 }
            let late = try await desks.client.send(
                path, fields.map { ($0.key, $0.value) }, as: desks.clerk)
            #expect(late.status == 404)
            #expect(!late.text.contains("H-1"))
            #expect(try await desks.count("SELECT COUNT(*) FROM sealed_view") == 0)
            let page = try await desks.client.page("/admin/sealed/aid_pair", as: desks.security)
            #expect(page.text.contains("an的名字"), "who listed and struck stays to be seen")
        }
    }

    @Test(arguments: Engine.available)
    func aListBeginsAndEndsByItsDays(on engine: Engine) async throws {
        let clock = TestClock()
        try await Desks.with(engine, clock: clock) { desks in
            let later = try await desks.client.submit(
                "/admin/sealed/aid_pair",
                ["account": "li", "from": "2015-07-02", "until": "2015-07-03"],
                as: desks.security)
            #expect(later.status == 303)
            var open: [Bool] = []
            for _ in 0..<4 {
                let access = try await desks.district.access(of: desks.clerk.id)
                open.append(access.sealedKinds.contains("aid_pair"))
                clock.advance(86_400_000)
            }
            #expect(open == [false, true, true, false])
        }
    }
}
