import Core
import Foundation
import HummingbirdTesting
import Ledger
import Requests
import Storage
import TestKit
import Testing

/// Asking at the page for everybody, and what is tried against it.
@Suite struct AskPageTests {
    private func ask(
        _ client: any TestClientProtocol, _ fields: [String: String] = [:],
        at path: String = "/ask/lighting"
    ) async throws -> PageAnswer {
        let visitor = try await client.visitor(path)
        let form = visitor.form(path, lamp.merging(fields) { $1 })
        return try await client.send(path, form.map { ($0, $1) }, cookie: visitor.cookie)
    }

    @Test(arguments: Engine.available)
    func aResidentAsksWithoutAnAccountAndIsToldHowToFollowIt(_ engine: Engine) async throws {
        try await RequestDistrict.with(engine) { town in
            try await town.test.withSite { client in
                let all = try await client.page("/ask")
                #expect(all.text.contains("href=\"/ask/lighting\""))
                #expect(all.text.contains("12388"))
                let found = try await client.page("/ask?q=%E7%9D%80%E7%81%AB")
                #expect(found.text.contains("119"))
                let wrong = try await ask(client, ["words": "", "place": "没有的社区"])
                #expect(wrong.status == 422)
                #expect(wrong.text.contains("请从所列社区中选择"))
                #expect(try await town.count("request") == 0)
                let done = try await ask(client)
                #expect(done.status == 200)
                #expect(done.text.contains("SR-410102001001"))
                #expect(done.headers[.cacheControl] == "no-store")
                let english = try await client.page("/ask/lighting", language: .en)
                #expect(english.text.contains("Who will see this"))
            }
            #expect(try await town.count("request") == 1)
        }
    }

    @Test func aSignAtADoorKnowsItsGrid() async throws {
        try await RequestDistrict.with(.sqlite) { town in
            let grid = try await town.unit(RequestDistrict.grid)
            try await town.test.withSite { client in
                let path = "/ask/lighting?at=\(RequestDistrict.grid)"
                let visitor = try await client.visitor(path)
                #expect(visitor.page.text.contains("value=\"一社区\""))
                #expect(visitor.page.text.contains("value=\"\(RequestDistrict.grid)\" selected"))
                let form = visitor.form(
                    "/ask/lighting", lamp.merging(["home": RequestDistrict.grid]) { $1 })
                let done = try await client.send(
                    "/ask/lighting", form.map { ($0, $1) }, cookie: visitor.cookie)
                #expect(done.status == 200)
            }
            let home = try await town.test.database.read { db in
                try db.value("SELECT home_id FROM request", as: String.self)
            }
            #expect(home == grid.text)
        }
    }

    @Test func oneFormPostedAThousandTimesFilesOnce() async throws {
        try await RequestDistrict.with(.sqlite) { town in
            try await town.test.withSite { client in
                let visitor = try await client.visitor("/ask/lighting")
                let form = visitor.form("/ask/lighting", lamp).map { ($0, $1) }
                var answers: Set<String> = []
                for number in 0..<1_000 {
                    if number % 100 == 0 { town.clock.advance(60_000) }
                    let answer = try await client.send(
                        "/ask/lighting", form, cookie: visitor.cookie)
                    let main = answer.text.components(separatedBy: "data-draft-done")
                    answers.insert(
                        "\(answer.status) \(main.last?.components(separatedBy: "</dl>")[0] ?? "")")
                }
                #expect(answers.count == 1, "\(answers.map { $0.prefix(60) })")
                #expect(answers.first?.hasPrefix("200") == true)
            }
            #expect(try await town.count("request") == 1)
            #expect(try await town.count("case_state") == 1)
        }
    }

    @Test func aFloodKeepsNoNeighborFromAsking() async throws {
        try await RequestDistrict.with(.sqlite) { town in
            try await town.test.withSite { client in
                var refused = 0
                let flood = try await client.visitor("/ask/lighting")
                for _ in 0..<200 {
                    var form = flood.form("/ask/lighting", lamp)
                    form["_key"] = ID<Filing>.make().text
                    let answer = try await client.send(
                        "/ask/lighting", form.map { ($0, $1) }, cookie: flood.cookie)
                    if answer.status != 200 { refused += 1 }
                }
                #expect(refused >= 200 - FilingLimits.perAddress - FilingLimits.perBrowser)
                let neighbor = try await ask(client)
                #expect(neighbor.status == 200, "\(neighbor.status)")
            }
            let count = try await town.count("request")
            #expect(count <= FilingLimits.perAddress + FilingLimits.perBrowser + 1)
        }
    }

    @Test func whatIsTooLongOrTurnsTheWritingIsRefusedInWords() async throws {
        try await RequestDistrict.with(.sqlite) { town in
            try await town.test.withSite { client in
                let long = try await ask(
                    client, ["words": String(repeating: "灯", count: 1_000_000)])
                #expect(long.status == 422)
                #expect(long.text.contains("最多\(FilingLimits.words)个字符"))
                let turned = try await ask(client, ["words": "楼道\u{202E}灯"])
                #expect(turned.status == 422)
                #expect(turned.text.contains("U+202E"))
                let unknown = try await ask(client, ["answer.danger": "volcano"])
                #expect(unknown.status == 422)
                let stopped = try await ask(client, ["answer.danger": "hurt"])
                #expect(stopped.status == 422)
                #expect(stopped.text.contains("急救120"))
            }
            #expect(try await town.count("request") == 0)
        }
    }

    @Test func aPhotographIsKeptWithoutThePlaceWhereItWasTaken() async throws {
        try await RequestDistrict.with(.sqlite) { town in
            try await town.test.withSite { client in
                let path = "/ask/lighting"
                func send(_ photographs: [[UInt8]]) async throws -> PageAnswer {
                    let visitor = try await client.visitor(path)
                    return try await client.send(
                        path, visitor.form(path, lamp), photographs: photographs,
                        cookie: visitor.cookie)
                }
                let none = try await send([Array("%PDF-1.4".utf8)])
                #expect(none.status == 422)
                #expect(none.text.contains("照片须是JPEG或PNG"))
                let many = try await send(
                    Array(repeating: SamplePictures.jpeg, count: FilingLimits.pictures + 1))
                #expect(many.status == 422)
                #expect(try await town.count("evidence") == 0)
                let done = try await send([SamplePictures.jpeg])
                #expect(done.status == 200)
            }
            let district = town.test.district
            let file = try await town.test.database.read { db in
                let record = try #require(
                    try db.value("SELECT record_id FROM evidence", as: Record.ID.self))
                return try #require(try EvidenceStore(db: db).list(record).first)
            }
            let folder = town.test.folder.evidenceFolder(district)
            let bytes = try #require(try folder.read(file.id, digest: file.digest))
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(!text.contains("Exif"))
            #expect(!text.contains("CAMERA-MARK"))
        }
    }
}
