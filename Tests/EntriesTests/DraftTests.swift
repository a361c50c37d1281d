import Core
import TestKit
import Testing

struct DraftTests {
    private static let half = ["field.title": "写到一半", "measure.0": "x", "then": "draft"]

    private func link(_ desk: WritingDesk) async throws -> String {
        let page = try await desk.client.page("/entries", as: desk.li)
        let parts = page.text.components(separatedBy: "?draft=")
        return String(try #require(parts.count > 1 ? parts[1].prefix(26) : nil))
    }

    @Test(arguments: Engine.available)
    func aDraftIsItsOwnersAlone(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            #expect(try await desk.write(Self.half).location == "/entries?done=draft_saved")
            let id = try await link(desk)
            let address = "/entries/new/material?draft=\(id)"
            #expect(try await desk.client.page(address, as: desk.wang).status == 404)
            // A hidden field that was changed: another's draft is not found when it is sent either.
            let answer = try await desk.write(
                WritingDesk.leaflet(["draft": id]), as: desk.wang)
            #expect(answer.status == 404)
            let removal = try await desk.client.submit(
                "/entries", [:], to: "/entries/drafts/\(id)/removal", as: desk.wang)
            #expect(removal.status == 403, "there is no such form on his page")
            #expect(try await desk.count("draft") == 1)
            #expect(try await desk.count("record") == 0)

            let page = try await desk.client.page(address, as: desk.li)
            #expect(page.text.contains("value=\"写到一半\"") && page.text.contains("value=\"x\""))
            let other = try await desk.client.page(
                "/entries/new/inspection?draft=\(id)", as: desk.li)
            #expect(other.status == 404, "a draft of another kind")
        }
    }

    @Test(arguments: Engine.available)
    func aDraftIsSavedOverSentAndGone(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            _ = try await desk.write(Self.half)
            let address = "/entries/new/material?draft=\(try await link(desk))"
            let again = try await desk.client.submit(
                address, ["field.title": "改过", "then": "draft"], as: desk.li)
            #expect(again.status == 303)
            #expect(try await desk.count("draft") == 1)
            let sent = try await desk.client.submit(address, WritingDesk.leaflet, as: desk.li)
            #expect(sent.location?.hasPrefix("/records/") == true)
            #expect(try await desk.count("draft") == 0)
            #expect(try await desk.count("record") == 1)
        }
    }

    @Test func thereAreAtMostFiftyAndTheyExpire() async throws {
        let clock = TestClock()
        try await WritingDesk.with(.sqlite, now: { clock.moment }) { desk in
            for number in 0..<50 {
                _ = try await desk.write(["field.title": "第\(number)份", "then": "draft"])
                clock.advance(1_000)
            }
            let full = try await desk.write(Self.half)
            #expect(full.status == 409 && full.text.contains("草稿最多50份"))
            #expect(full.text.contains("value=\"写到一半\""), "nothing is lost")
            #expect(try await desk.count("draft") == 50)
            // A month later the next who saves one finds the old ones gone.
            clock.advance(Int64(31) * 86_400_000)
            let later = try await desk.test.account(
                "zhou", role: "community_clerk", unit: WritingDesk.first)
            #expect(try await desk.write(Self.half, as: later).status == 303)
            #expect(try await desk.count("draft") == 1)
        }
    }

    @Test func aDraftKeepsNoMoreThanItMayHoweverTheLettersAreMade() async throws {
        try await WritingDesk.with(.sqlite) { desk in
            // One letter to Swift, 3,001 to whoever keeps it.
            let long = "长" + String(repeating: "\u{301}", count: 3_000)
            let saved = try await desk.write(["field.title": long, "then": "draft"])
            #expect(saved.location == "/entries?done=draft_saved")
            let page = try await desk.client.page(
                "/entries/new/material?draft=\(try await link(desk))", as: desk.li)
            #expect(page.text.unicodeScalars.filter { $0 == "\u{301}" }.count == 1_999)
        }
    }

    @Test(arguments: Engine.available)
    func aDraftCanBeRemoved(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            _ = try await desk.write(Self.half)
            let path = "/entries/drafts/\(try await link(desk))/removal"
            let gone = try await desk.client.submit("/entries", [:], to: path, as: desk.li)
            #expect(gone.location == "/entries?done=draft_removed")
            #expect(try await desk.count("draft") == 0)
        }
    }
}
