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
}
