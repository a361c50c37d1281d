import Core
import Ledger
import Storage
import TestKit
import Testing

struct CorrectEntryTests {
    private func correct(
        _ id: String, _ changes: [String: String], _ desk: WritingDesk, as writer: SignedIn
    ) async throws -> PageAnswer {
        try await desk.client.submit(
            "/entries/records/\(id)/correct",
            WritingDesk.leaflet(["reason": "写错了"]).merging(changes) { $1 }, as: writer)
    }

    @Test(arguments: Engine.available)
    func aCorrectionNeedsRightReasonAndChange(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let id = try await desk.written()
            for verb in ["correct", "reverse"] {
                let address = "/entries/records/\(id)/\(verb)"
                #expect(try await desk.client.page(address, as: desk.zhao).status == 404)
                #expect(try await desk.client.page(address, as: desk.reader).status == 404)
            }
            let event = try await desk.client.page("/entries/records/\(id)/end", as: desk.li)
            #expect(event.status == 404, "an event has no end")
            let form = try await desk.client.page("/entries/records/\(id)/correct", as: desk.li)
            #expect(form.text.contains("value=\"防火\"") && form.text.contains("value=\"40\""))
            let without = try await correct(
                id, ["reason": "", "measure.0": "50"], desk, as: desk.li)
            #expect(without.status == 422 && without.text.contains("field-reason-faults"))
            #expect(without.text.contains("value=\"50\""))
            let accents = String(repeating: "\u{301}", count: 200)
            let long = try await correct(
                id, ["reason": "错" + accents, "measure.0": "50"], desk, as: desk.li)
            #expect(long.status == 422 && long.text.contains("附加符号超过"), "one letter to Swift")
            let same = try await correct(id, [:], desk, as: desk.li)
            #expect(same.status == 422 && same.text.contains("没有任何改动"))
            let away = try await correct(id, ["unit": WritingDesk.second], desk, as: desk.li)
            #expect(away.status == 422 && away.text.contains("field-unit-faults"))
            #expect(try await desk.counts(id))
            #expect(try await desk.count("record") == 1)
        }
    }

    @Test(arguments: Engine.available)
    func aCorrectionIsOneCommitAndItsHistoryIsSeen(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let id = try await desk.written(["ref": "F-1"])
            let done = try await correct(
                id, ["measure.0": "50", "ref": "F-1"], desk, as: desk.wang)
            let place = try #require(done.location)
            #expect(try await desk.counts(id) == false)
            let new = try await desk.client.page(place)
            #expect(new.text.contains("50") && new.text.contains("/records/\(id)\""))
            let old = try await desk.client.page("/records/\(id)")
            #expect(old.text.contains(String(place.prefix { $0 != "?" })))
            // The old page says why beside its reversal and beside what took its place.
            #expect(old.text.components(separatedBy: "写错了").count == 3)
            #expect(new.text.components(separatedBy: "写错了").count == 2)
            let row = try await desk.test.database.read { db in
                try db.first("SELECT * FROM audit WHERE action = 'record.corrected'")
            }
            #expect(try row?.get("subject") == id)
            #expect(try row?.get("actor") == desk.wang.id.text)
            let (first, last) = (
                try row?.get("first_position", as: Int.self),
                try row?.get("last_position", as: Int.self)
            )
            #expect(first.map { $0 + 1 } == last)
            #expect(try await desk.verified() == [])
        }
    }

    @Test(arguments: Engine.available)
    func whoComesSecondSeesWhatTheFirstWroteAndKeepsHisOwn(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let id = try await desk.written()
            let address = "/entries/records/\(id)/correct"
            let open = try await desk.client.page(address, as: desk.li)
            _ = try await correct(id, ["measure.0": "50"], desk, as: desk.wang)
            let mine = WritingDesk.leaflet(["measure.0": "60", "reason": "少数了"])
            let second = try await desk.client.send(
                address,
                open.hidden(for: address).merging(mine) { $1 }
                    .map { ($0.key, $0.value) }, as: desk.li)
            #expect(second.status == 409)
            for words in ["wang的名字", "写错了", "50份", "value=\"60\"", "value=\"少数了\""] {
                #expect(second.text.contains(words), "\(words)")
            }
            #expect(try await desk.count("record") == 3)
            // What they send now corrects the record that stands.
            let parts = second.text.components(separatedBy: "action=\"/entries/records/")
            let next = "/entries/records/\(parts[1].prefix(26))/correct"
            #expect(next != address)
            let last = try await desk.client.send(
                next, second.hidden(for: next).merging(mine) { $1 }.map { ($0.key, $0.value) },
                as: desk.li)
            #expect(last.location?.hasSuffix("done=entry_corrected") == true)
            #expect(try await desk.client.page(address, as: desk.wang).status == 409)
            #expect(try await desk.verified() == [])
        }
    }

    @Test(arguments: Engine.available)
    func ofTwoAtOnceOneCorrects(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let id = try await desk.written()
            let address = "/entries/records/\(id)/correct"
            var forms: [(SignedIn, [(String, String)])] = []
            for (writer, copies) in [(desk.li, "50"), (desk.wang, "60"), (desk.wu, "70")] {
                let page = try await desk.client.page(address, as: writer)
                let said = WritingDesk.leaflet(["measure.0": copies, "reason": "写错了"])
                let fields = page.hidden(for: address).merging(said) { $1 }
                forms.append((writer, fields.map { ($0.key, $0.value) }))
            }
            let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                for (writer, fields) in forms {
                    group.addTask {
                        try await desk.client.send(address, fields, as: writer).status
                    }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(answers.sorted() == [303, 409, 409])
            #expect(try await desk.count("record") == 3)
            #expect(try await desk.verified() == [])
        }
    }

    @Test(arguments: Engine.available)
    func aRecordIsTakenBackOnceAndSaysWhy(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let id = try await desk.written()
            let address = "/entries/records/\(id)/reverse"
            let without = try await desk.client.submit(address, ["reason": " "], as: desk.li)
            #expect(without.status == 422 && without.text.contains("须写明理由"))
            let page = try await desk.client.page(address, as: desk.wang)
            let done = try await desk.client.submit(address, ["reason": "重复"], as: desk.li)
            #expect(done.location == "/records/\(id)?done=entry_reversed")
            let late = try await desk.client.send(
                address,
                page.hidden(for: address).merging(["reason": "也重复"]) { $1 }
                    .map { ($0.key, $0.value) }, as: desk.wang)
            #expect(late.status == 409 && late.text.contains("li的名字"))
            #expect(try await desk.count("record") == 2)
        }
    }

    @Test(arguments: Engine.available)
    func aStandingThingEndsAndItsCorrectionKeepsTheDay(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let feature = [
                "unit": WritingDesk.first, "day": "2015-02-01", "field.title": "邻里",
                "field.need": "第一行\r\n第二行", "then": "post",
            ]
            let sent = try await desk.write(feature, kind: "feature")
            let id = String(try #require(sent.location).dropFirst(9).prefix(26))
            let address = "/entries/records/\(id)/end"
            let early = try await desk.client.submit(address, ["day": "2015-01-31"], as: desk.li)
            #expect(early.status == 422 && early.text.contains("field-day-faults"))
            let done = try await desk.client.submit(address, ["day": "2015-05-01"], as: desk.li)
            #expect(done.location == "/records/\(id)?done=entry_ended")
            let twice = try await desk.client.submit(address, ["day": "2015-06-01"], as: desk.li)
            #expect(twice.status == 422)
            let form = try await desk.client.page("/entries/records/\(id)/correct", as: desk.li)
            #expect(form.text.contains("value=\"2015-04-30\""))
            #expect(form.text.contains("第一行\n第二行</textarea>"))
        }
    }
}
