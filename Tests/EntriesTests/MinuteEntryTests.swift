import Core
import Ledger
import Storage
import TestKit
import Testing

/// A kind that asks for the time of day and seals its reasons, through its pages.
struct MinuteEntryTests {
    private static func request(_ changes: [String: String] = [:]) -> [String: String] {
        [
            "unit": WritingDesk.first, "day": "2015-06-30", "field.matter": "consultation",
            "subject.request": "Q-1", "ref": "Q-1", "then": "post",
        ].merging(changes) { $1 }
    }

    private func id(of answer: PageAnswer) throws -> String {
        try #require(answer.status == 303, "\(answer.text)")
        return String(try #require(answer.location).dropFirst("/records/".count).prefix(26))
    }

    @Test(arguments: Engine.available)
    func theTimeStandsBesideTheDayAndIsKept(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let form = try await desk.client.page("/entries/new/request", as: desk.li)
            #expect(
                form.text.contains("name=\"minute\" type=\"time\"")
                    || form.text.contains("type=\"time\""))
            let leaflets = try await desk.client.page("/entries/new/material", as: desk.li)
            #expect(!leaflets.text.contains("name=\"minute\""), "a leaflet has a day alone")

            let wrong = try await desk.write(Self.request(["minute": "9.30"]), kind: "request")
            #expect(wrong.status == 422 && wrong.text.contains("不是时间，请写成 09:30"))
            #expect(wrong.text.contains("value=\"9.30\""), "it stays as it was written")

            let posted = try id(
                of: try await desk.write(Self.request(["minute": "上午9：30"]), kind: "request"))
            let page = try await desk.client.page("/records/\(posted)", as: desk.li)
            #expect(page.text.contains("2015-06-30 09:30"))
            let again = try await desk.client.page(
                "/entries/records/\(posted)/correct", as: desk.li)
            #expect(again.text.contains("value=\"09:30\""))
            #expect(try await desk.verified() == [])
        }
    }

    @Test(arguments: Engine.available)
    func aSealedReasonIsReadByWhoMayCorrectAndByNobodyElse(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let old = try id(of: try await desk.write(Self.request(), kind: "request"))
            let why = "把王某听成了黄某"
            let answer = try await desk.client.submit(
                "/entries/records/\(old)/correct",
                Self.request(["minute": "10:15", "reason": why]), as: desk.li)
            let new = try id(of: answer)
            for record in [old, new] {
                let mine = try await desk.client.page("/records/\(record)", as: desk.wang)
                #expect(mine.text.contains(why), "who may write there reads it")
                let theirs = try await desk.client.page("/records/\(record)", as: desk.reader)
                #expect(theirs.status == 200 && !theirs.text.contains(why))
                #expect(theirs.text.contains("理由已加密保存"))
            }
            let clear = try await desk.test.database.read { db in
                try db.value("SELECT COUNT(*) FROM record WHERE reason IS NOT NULL", as: Int.self)
            }
            #expect(clear == 0)
            #expect(try await desk.verified() == [])
        }
    }

    private static func kind(_ id: String, _ minute: String, isConfirmed: Bool) -> String {
        """
        \(id):
          name: {zh: 值守, en: Watch}
          shape: standing
          visibility: public
          minute: \(minute)
          confirm: \(isConfirmed)
          at: [community]
          fields:
            title: {type: text, label: {zh: 名称, en: Title}, required: true}

        """
    }

    @Test(
        arguments: Engine.available,
        [("optional", false), ("required", false), ("optional", true), ("required", true)])
    func anEndIsAskedForItsMinuteWhereItsKindHasOne(
        on engine: Engine, _ asked: (minute: String, isConfirmed: Bool)
    ) async throws {
        let own = Self.kind("watch", asked.minute, isConfirmed: asked.isConfirmed)
        try await OwnFolder.with(["kinds/watch.yaml": own]) { folder in
            try await WritingDesk.with(engine, catalogue: [folder]) { desk in
                func confirmed(_ answer: PageAnswer) async throws -> String {
                    let location = try #require(answer.location, "\(answer.text)")
                    guard asked.isConfirmed else { return location }
                    let place = String(location.prefix { $0 != "?" })
                    let page = try await desk.client.page(place, as: desk.wu)
                    #expect(page.text.contains("18:05") || page.text.contains("08:00"))
                    let done = try await desk.client.submit(
                        place, [:], to: "\(place)/posting", as: desk.wu)
                    return try #require(done.location, "\(done.text)")
                }
                let place = try await confirmed(
                    desk.write(
                        [
                            "unit": WritingDesk.first, "day": "2015-06-10", "minute": "08:00",
                            "field.title": "东门", "then": "post",
                        ], kind: "watch"))
                let id = String(place.dropFirst("/records/".count).prefix(26))
                let form = "/entries/records/\(id)/end"
                let page = try await desk.client.page(form, as: desk.li)
                #expect(page.text.contains("type=\"time\""))
                #expect(page.text.contains("几点几分发生"))
                let wrong = try await desk.client.submit(
                    form, ["day": "2015-06-20", "minute": "6.05"], as: desk.li)
                #expect(wrong.status == 422 && wrong.text.contains("不是时间，请写成 09:30"))
                #expect(wrong.text.contains("value=\"6.05\""), "it stays as it was written")
                let early = try await desk.client.submit(
                    form, ["day": "2015-07-01", "minute": "23:59"], as: desk.li)
                #expect(early.status == 422 && early.text.contains("还没有到"))
                _ = try await confirmed(
                    desk.client.submit(
                        form, ["day": "2015-06-20", "minute": "下午6点05分"], as: desk.li))
                let minute = try await desk.test.database.read { db in
                    try db.value(
                        "SELECT minute FROM record WHERE ends = \(id)", as: Minute.self)
                }
                #expect(minute == Minute(hour: 18, minute: 5))
                #expect(try await desk.verified() == [])
            }
        }
    }

    /// As in a file, which may leave it out.
    @Test(arguments: Engine.available)
    func anEndWithoutItsMinuteIsTakenAndAKindOfDaysAsksForNone(on engine: Engine) async throws {
        let own =
            Self.kind("watch", "required", isConfirmed: false)
            + Self.kind("vigil", "none", isConfirmed: false)
        try await OwnFolder.with(["kinds/watch.yaml": own]) { folder in
            try await WritingDesk.with(engine, catalogue: [folder]) { desk in
                func ended(_ kind: String, _ fields: [String: String]) async throws -> Bool {
                    let entry = [
                        "unit": WritingDesk.first, "day": "2015-06-10", "field.title": "东门",
                        "then": "post",
                    ].merging(fields) { $1 }
                    let record = try id(of: try await desk.write(entry, kind: kind))
                    let form = "/entries/records/\(record)/end"
                    let page = try await desk.client.page(form, as: desk.li)
                    let sent = try await desk.client.submit(
                        form, ["day": "2015-06-20"], as: desk.li)
                    #expect(sent.status == 303, "\(sent.text)")
                    return page.text.contains("name=\"minute\"")
                }
                let watch = try await ended("watch", ["minute": "08:00"])
                let vigil = try await ended("vigil", [:])
                #expect(watch && !vigil)
            }
        }
    }
}
