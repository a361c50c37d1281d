import Accounts
import App
import Core
import Dues
import Foundation
import HTTPTypes
import HummingbirdTesting
import Rights
import Storage
import TestKit
import Testing

struct FeedTests {
    private static let new = ["name": "我的手机", "language": "zh"]

    /// Makes a calendar and answers its address.
    private static func make(
        _ client: any TestClientProtocol, as reader: SignedIn, _ fields: [String: String] = new
    ) async throws -> String {
        let page = try await client.submit("/dues/calendar", fields, as: reader)
        #expect(page.status == 200)
        let found = page.text.firstMatch(of: /\/dues\/feed\/[0-9a-f]{64}\.ics/)
        return String(try #require(found).0)
    }

    /// The content lines of a calendar.
    private static func lines(_ text: String) -> [String] {
        text.replacing("\r\n ", with: "").split(separator: "\r\n").map(String.init)
    }

    /// The form behind a page that revokes the first calendar on it.
    private static func revoke(
        _ client: any TestClientProtocol, _ id: String, as reader: SignedIn
    ) async throws -> PageAnswer {
        let page = try await client.page("/dues/calendar", as: reader)
        var fields = page.hidden(for: "/dues/calendar/end")
        fields["feed"] = id
        return try await client.send(
            "/dues/calendar/end", fields.map { ($0.key, $0.value) }, as: reader)
    }

    private static func ids(_ client: any TestClientProtocol, _ reader: SignedIn) async throws
        -> [String]
    {
        try await client.page("/dues/calendar", as: reader).text
            .matches(of: /name="feed" value="([0-9a-z]{26})"/).map { String($0.1) }
    }

    @Test(arguments: Engine.available)
    func aKeyThatIsNoneOpensNothing(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { _, client in
            let none = String(repeating: "a", count: 64)
            for path in [none + ".ics", none, "x.ics", String(repeating: "/", count: 3)] {
                let answer = try await client.page("/dues/feed/\(path)")
                #expect(answer.status == 404, "\(path)")
            }
        }
    }

    @Test(arguments: Engine.available)
    func theCalendarHoldsWhatTheUnitsOweAndNobodysName(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let officer = try await test.account("wang", role: "organization_officer")
            let address = try await Self.make(client, as: officer)
            let answer = try await client.page(address)
            #expect(answer.status == 200)
            #expect(answer.headers[.contentType] == "text/calendar; charset=utf-8")
            #expect(answer.headers[.cacheControl] == "private, no-store")
            let lines = Self.lines(answer.text)
            #expect(lines.first == "BEGIN:VCALENDAR" && lines.last == "END:VCALENDAR")
            // The third quarter: four branches, one of which has met.
            #expect(
                lines.contains { $0.hasPrefix("SUMMARY") && $0.hasSuffix(":党员大会：4个单位，3个未完成") })
            #expect(lines.contains("DTSTART;VALUE=DATE:20150930"))
            #expect(lines.contains("DTSTART;VALUE=DATE:20150703"))
            #expect(lines.contains { $0.contains("任职届满：甲街道") })
            #expect(!answer.text.contains("王试") && !answer.text.contains("李试"))
            let uids = lines.filter { $0.hasPrefix("UID:") }
            #expect(Set(uids).count == uids.count && uids.count > 6)
            for line in answer.text.split(separator: "\r\n") { #expect(line.utf8.count <= 75) }
            // Fetched again on the same day, it is the same to the octet.
            let again = try await client.page(address)
            #expect(again.text == answer.text)
            let tag = try #require(answer.headers[.eTag])
            let known = try await client.page(address, headers: [.ifNoneMatch: tag])
            #expect(known.status == 304 && known.text.isEmpty)
            let page = try await client.page("/dues/calendar", as: officer)
            #expect(page.text.contains("2015-07-01") && !page.text.contains("从未"))
        }
    }

    @Test(arguments: Engine.available)
    func theSecretIsShownOnceAndKeptNowhere(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let officer = try await test.account("wang", role: "organization_officer")
            let address = try await Self.make(client, as: officer)
            let secret = address.dropFirst("/dues/feed/".count).dropLast(4)
            let page = try await client.page("/dues/calendar", as: officer)
            #expect(page.text.contains("我的手机") && !page.text.contains(secret))
            let kept = try await test.database.read { db in
                try db.rows("SELECT secret_mark FROM due_feed").map {
                    try $0.at(0, as: String.self)
                }
            }
            #expect(kept.count == 1 && kept[0].utf8.count == 64 && kept[0] != secret)
        }
    }

    @Test(arguments: Engine.available)
    func aRevokedKeyIsDeadAndAForeignOneCannotBeRevoked(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let officer = try await test.account("wang", role: "organization_officer")
            let other = try await test.account("li", role: "community_clerk", unit: "410102001001")
            let address = try await Self.make(client, as: officer)
            _ = try await Self.make(client, as: other)
            let id = try #require(try await Self.ids(client, officer).first)
            #expect(try await !Self.ids(client, other).contains(id))
            #expect(try await Self.revoke(client, id, as: other).status == 404)
            #expect(try await Self.revoke(client, "nothing", as: officer).status == 404)
            #expect(try await client.page(address).status == 200)
            let gone = try await Self.revoke(client, id, as: officer)
            #expect(gone.status == 303)
            #expect(gone.location == "/dues/calendar?done=feed_ended")
            #expect(try await client.page(address).status == 404)
            #expect(try await Self.ids(client, officer).isEmpty)
            #expect(try await Self.revoke(client, id, as: other).status == 404)
        }
    }

    @Test(arguments: Engine.available)
    func whatAnAccountLosesItsCalendarLosesToo(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let officer = try await test.account("wang", role: "organization_officer")
            let li = try await test.account("li", role: "community_clerk", unit: "410102001001")
            let (first, second) = (
                try await Self.make(client, as: officer), try await Self.make(client, as: li)
            )
            let mine = try await client.page(second).text
            #expect(mine.contains("一社区小支部") && !mine.contains("教体局"))
            let moment = test.district.now()
            try await test.database.write { db in
                try AccountStore(db).disable(officer.id, at: moment)
                for grant in try GrantStore(db).history(of: li.id) {
                    _ = try GrantStore(db).end(grant.id, at: moment, by: TestDistrict.actor)
                }
            }
            #expect(try await client.page(first).status == 404)
            #expect(try await client.page(second).status == 404)
            try await test.database.write { db in try AccountStore(db).enable(officer.id) }
            #expect(try await client.page(first).status == 200)
        }
    }

    @Test(arguments: Engine.available)
    func theCalendarsOfADisabledAccountGoTheNextNight(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let officer = try await test.account("wang", role: "organization_officer")
            let li = try await test.account("li", role: "community_clerk", unit: "410102001001")
            let (first, second) = (
                try await Self.make(client, as: officer), try await Self.make(client, as: li)
            )
            let run = retention(test.district, test.folder)
            let before = try await run.run()
            #expect(!before.contains { $0.entry == "due_feed" })
            let moment = test.district.now()
            try await test.database.write { db in
                try AccountStore(db).disable(officer.id, at: moment)
            }
            #expect(try await client.page(first).status == 404, "at once")
            let after = try await run.run()
            #expect(after.contains(.init(entry: "due_feed", count: 1)), "\(after)")
            try await test.database.write { db in try AccountStore(db).enable(officer.id) }
            #expect(try await client.page(first).status == 404, "for good")
            #expect(try await client.page(second).status == 200)
        }
    }

    /// The account is disabled in a commit that stands open while the form comes in.
    @Test(arguments: Engine.available)
    func whoIsDisabledWhileHisFormIsUnderWayMakesNone(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let officer = try await test.account("wang", role: "organization_officer")
            let page = try await client.page("/dues/calendar", as: officer)
            let fields = page.hidden(for: "/dues/calendar").merging(Self.new) { $1 }
            let moment = test.district.now()
            let began = DispatchSemaphore(value: 0)
            async let disabled: Void = test.database.write { db in
                try AccountStore(db).disable(officer.id, at: moment)
                began.signal()
                Thread.sleep(forTimeInterval: 0.4)
            }
            try await test.database.read { _ in began.wait() }
            let answer = try await client.send(
                "/dues/calendar", fields.map { ($0.key, $0.value) }, as: officer)
            try await disabled
            #expect(answer.status >= 300 && !answer.text.contains("/dues/feed/"))
            let count = try await test.database.read { db in
                try db.value("SELECT COUNT(*) FROM due_feed", as: Int.self)
            }
            #expect(count == 0)
        }
    }

    @Test(arguments: Engine.available)
    func whoOwesNothingHasAnEmptyCalendar(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let grid = try await test.account(
                "sun", role: "community_clerk", unit: "410102001001001")
            let address = try await Self.make(
                client, as: grid, ["name": "phone", "language": "en"])
            let lines = Self.lines(try await client.page(address).text)
            #expect(lines.first == "BEGIN:VCALENDAR" && lines.last == "END:VCALENDAR")
            #expect(!lines.contains("BEGIN:VEVENT"))
            #expect(lines.contains("X-WR-CALNAME:Tasks due (phone)"))
        }
    }

    @Test(arguments: Engine.available)
    func thereAreFiveAtMostAndAFormSentTwiceMakesOne(on engine: Engine) async throws {
        try await OwingDistrict.with(engine) { test, client in
            let officer = try await test.account("wang", role: "organization_officer")
            let page = try await client.page("/dues/calendar", as: officer)
            var fields = page.hidden(for: "/dues/calendar")
            fields.merge(Self.new) { $1 }
            let pairs = fields.map { ($0.key, $0.value) }
            #expect(try await client.send("/dues/calendar", pairs, as: officer).status == 200)
            let twice = try await client.send("/dues/calendar", pairs, as: officer)
            #expect(twice.status == 303 && twice.location == "/dues/calendar")
            #expect(try await Self.ids(client, officer).count == 1)
            // The form of a page that stood open while the others were made.
            let late = try await client.page("/dues/calendar", as: officer)
            for _ in 2...5 { _ = try await Self.make(client, as: officer) }
            #expect(try await Self.ids(client, officer).count == 5)
            let full = try await client.page("/dues/calendar", as: officer)
            #expect(full.text.contains("最多可有 5 个日历订阅"))
            var sixth = late.hidden(for: "/dues/calendar")
            sixth.merge(Self.new) { $1 }
            let refused = try await client.send(
                "/dues/calendar", sixth.map { ($0.key, $0.value) }, as: officer)
            #expect(refused.status == 409 && refused.text.contains("最多可有 5 个日历订阅"))
            #expect(try await Self.ids(client, officer).count == 5)
        }
    }

    @Test(arguments: [
        (["name": "", "language": "zh"], "请填写这个日历的名称"),
        (["name": "手机", "language": "fr"], "请选择一种语言"),
        (["name": String(repeating: "长", count: 41), "language": "zh"], "最多 40 个字符"),
    ])
    func aFormThatIsWrongComesBackFilledIn(_ fields: [String: String], _ fault: String) async throws
    {
        try await OwingDistrict.with(.sqlite) { test, client in
            let officer = try await test.account("wang", role: "organization_officer")
            let page = try await client.submit("/dues/calendar", fields, as: officer)
            #expect(page.status == 422 && page.text.contains(fault))
            #expect(page.text.contains("value=\"\(fields["name"] ?? "")\""))
            #expect(page.text.contains("<title>需要修改"))
            #expect(try await Self.ids(client, officer).isEmpty)
            let forged = try await client.send(
                "/dues/calendar", Self.new.map { ($0.key, $0.value) }, as: officer)
            #expect(forged.status >= 400)
            #expect(try await Self.ids(client, officer).isEmpty)
        }
    }
}
