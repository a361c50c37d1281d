import Core
import TestKit
import Testing

struct PatternTests {
    private func link(_ desk: WritingDesk, as writer: SignedIn) async throws -> [String] {
        try await desk.client.page("/entries", as: writer).text
            .components(separatedBy: "href=\"").dropFirst()
            .map { String($0.prefix { $0 != "\"" }).replacing("&amp;", with: "&") }
            .filter { $0.contains("pattern=") }
    }

    @Test(arguments: Engine.available)
    func aPatternPostsNothingByItself(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            _ = try await desk.written(["rhythm": "weekly", "day": "2015-07-01"])
            #expect(try await link(desk, as: desk.li) == [], "its first day is filled in")
            let forged = try await desk.write(
                WritingDesk.leaflet(["rhythm": "yearly", "day": "2015-06-03"]))
            #expect(forged.status == 422 && forged.text.contains("没有这种重复周期"))
            #expect(forged.text.contains("href=\"#field-rhythm\""))
            #expect(try await desk.count("pattern") == 1)
            #expect(try await desk.count("record") == 1)
            _ = try await desk.written(["rhythm": "quarterly", "day": "2015-03-01"])
            #expect(try await link(desk, as: desk.li).count == 1, "the 1st of June")
            #expect(try await desk.count("record") == 2)
        }
    }

    @Test(arguments: Engine.available)
    func aDayIsFilledInOnceAndBySomebodyElseNever(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            _ = try await desk.written(["rhythm": "weekly", "day": "2015-06-17"])
            let due = try await link(desk, as: desk.li)
            #expect(due.count == 2, "the 24th and the 1st: \(due)")
            #expect(try await desk.client.page(due[0], as: desk.wang).status == 404)
            let other = due[0].replacing("2015-07-01", with: "2015-06-30")
            #expect(try await desk.client.page(other, as: desk.li).status == 404)
            let page = try await desk.client.page(due[0], as: desk.li)
            #expect(page.text.contains("value=\"2015-07-01\""))
            #expect(page.text.contains("value=\"防火\""))
            let sent = try await desk.client.submit(
                due[0], WritingDesk.leaflet(["day": "2015-07-01"]), as: desk.li)
            #expect(sent.status == 303)
            #expect(try await link(desk, as: desk.li).count == 1)
            #expect(try await desk.count("record") == 2)
        }
    }

    @Test(arguments: Engine.available)
    func aPatternIsStopped(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            _ = try await desk.written(["rhythm": "monthly", "day": "2015-05-31"])
            let page = try await desk.client.page("/entries", as: desk.li)
            let parts = page.text.components(separatedBy: "/entries/patterns/")
            let path = "/entries/patterns/\(try #require(parts.last?.prefix(26)))/end"
            #expect(page.text.contains("填报 2015-06-30"), "the 31st comes on the 30th")
            let stopped = try await desk.client.submit("/entries", [:], to: path, as: desk.li)
            #expect(stopped.location == "/entries?done=pattern_stopped")
            #expect(try await desk.count("pattern") == 0)
            #expect(try await desk.count("record") == 1)
        }
    }
}
