import Core
import HTTPTypes
import Open311
import Requests
import Storage
import TestKit
import Testing
import Web

/// What a program with a key may file.
struct FileRequestsTests {
    @Test(arguments: Engine.available)
    func aKeyIsNeededAndFilesByTheOneDoor(_ engine: Engine) async throws {
        try await Open311District.with(engine) { town in
            let key = try await town.key(days: 2)
            let wrong = String(key.reversed())
            for bad in ["", "short", wrong] {
                let answer = try await town.post(Open311District.filing(bad))
                #expect(answer.status == 403, "\(answer.text)")
                #expect(answer.text.contains("api_key_invalid"))
            }
            #expect(try await count(town) == 0)
            let made = try await town.post(Open311District.filing(key))
            #expect(made.status == 200, "\(made.text)")
            let id = try #require(
                try JSON(parsing: made.text).parts.first?["service_request_id"].string)
            let shown = try JSON(parsing: try await town.get("requests/\(id).json").text)
            #expect(shown.parts.first?["service_code"].string == "garbage")
            let channel = try await town.test.database.read { db in
                try db.value("SELECT channel FROM request", as: String.self)
            }
            #expect(channel == "program")
            town.clock.advance(3 * 86_400_000)
            #expect(try await town.post(Open311District.filing(key)).status == 403)
            #expect(try await count(town) == 1)
            #expect(try await town.test.district.verify().map(\.sentence) == [])
        }
    }

    @Test func aKeyThatWasEndedOrWrittenByHandIsNone() async throws {
        try await Open311District.with(.sqlite) { town in
            let made = try await town.test.district.makeWritingKey(
                named: "客户端", days: 30, by: TestDistrict.actor)
            try await town.test.database.write { db in
                try db.execute("UPDATE writing_key SET ends_on = '2099-01-01'")
            }
            #expect(try await town.post(Open311District.filing(made.secret)).status == 403)
            let other = try await town.test.district.makeWritingKey(
                named: "客户端", days: 30, by: TestDistrict.actor)
            try await town.test.district.endWritingKey(other.id, by: TestDistrict.actor)
            #expect(try await town.post(Open311District.filing(other.secret)).status == 403)
            #expect(try await town.test.district.writingKeys().count == 1)
        }
    }

    @Test func whatIsMissingOrNotAskedIsSaid() async throws {
        try await Open311District.with(.sqlite) { town in
            let key = try await town.key()
            let refused: [([(String, String)], Int, String)] = [
                ([("service_code", "")], 400, "service_code_required"),
                ([("service_code", "nothing")], 404, "service_code_not_found"),
                ([("address_id", "")], 400, "address_required"),
                ([("address_id", "nowhere")], 404, "address_not_found"),
                ([("address_id", ""), ("lat", "1.0"), ("long", "2.0")], 404, "address_not_found"),
                ([("attribute[colour]", "red")], 400, "attribute_invalid"),
                ([("service_code", "lighting")], 400, "argument_invalid"),
                ([("description", "")], 400, "argument_invalid"),
                ([("description", "x\u{202E}y")], 400, "argument_invalid"),
            ]
            for (changes, status, code) in refused {
                let answer = try await town.post(Open311District.filing(key, changes))
                #expect(answer.status == status, "\(changes): \(answer.text)")
                #expect(answer.text.contains(code), "\(changes): \(answer.text)")
            }
            #expect(try await count(town) == 0)
            let asked = [
                ("service_code", "lighting"), ("attribute[danger]", "no"),
                ("attribute[count]", "2"), ("media_url", "http://127.0.0.1/picture.jpg"),
            ]
            let made = try await town.post(
                Open311District.filing(key, asked), to: "requests.xml")
            #expect(made.status == 200, "\(made.text)")
            let read = try #require(ReadXML.read(made.text))
            let notice = read.first { $0.path == "service_requests/request/service_notice" }
            #expect(notice?.text.contains("not read") == true)
        }
    }

    @Test func aKeyFilesSoOftenAMinuteAndNoMore() async throws {
        try await Open311District.with(.sqlite) { town in
            let key = try await town.key()
            let empty = Open311District.filing(key, [("service_code", "")])
            for _ in 0..<60 { #expect(try await town.post(empty).status == 400) }
            let over = try await town.post(empty)
            #expect(over.status == 429 && over.headers[.retryAfter] != nil)
            #expect(over.text.contains("too_many_requests"))
            let other = try await town.key()
            #expect(
                try await town.post(Open311District.filing(other, [("service_code", "")])).status
                    == 400)
        }
    }

    private func count(_ town: Open311District) async throws -> Int {
        try await town.test.database.read { db in
            try db.value("SELECT COUNT(*) FROM request", as: Int.self) ?? 0
        }
    }
}
