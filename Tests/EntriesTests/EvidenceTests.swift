import Core
import Foundation
import Ledger
import Storage
import TestKit
import Testing

struct EvidenceTests {
    private func links(_ id: String, _ desk: WritingDesk, as reader: SignedIn) async throws
        -> [String]
    {
        try await desk.client.page("/records/\(id)", as: reader).text
            .components(separatedBy: "href=\"").map { String($0.prefix { $0 != "\"" }) }
            .filter { $0.contains("/evidence/") }
    }

    /// What lies in the folder of evidence, byte by byte.
    private func kept(_ desk: WritingDesk) throws -> [[UInt8]] {
        let folder = desk.test.folder.evidence
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().compactMap {
            FileManager.default.contents(atPath: folder + "/" + $0).map(Array.init)
        }
    }

    /// The files as they read with the key.
    private func opened(_ desk: WritingDesk) async throws -> [[UInt8]] {
        let folder = desk.test.folder.evidenceFolder(desk.test.district)
        let rows = try await desk.test.database.read { db in
            try db.rows("SELECT id, file_digest FROM evidence ORDER BY id").map {
                (try $0.at(0, as: Evidence.ID.self), try $0.at(1, as: String.self))
            }
        }
        return try rows.compactMap { try folder.read($0.0, digest: $0.1) }
    }

    @Test(arguments: Engine.available)
    func aFileOfNoKnownTypeIsRefusedAndNothingStays(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let broken = Array(SamplePictures.jpeg.prefix(60))
            for bytes in [[0, 1, 2, 3], broken, Array("GIF89a\0".utf8)] {
                let answer = try await desk.send(
                    "/entries/new/material", WritingDesk.leaflet,
                    files: [("照片.jpg", bytes)], as: desk.li)
                #expect(answer.status == 422)
                #expect(answer.text.contains("field-evidence-faults"))
                #expect(answer.text.contains("请重新选择"))
                #expect(answer.text.contains("value=\"防火\""))
            }
            let many = Array(repeating: ("a.txt", Array("x".utf8)), count: 11)
            let answer = try await desk.send(
                "/entries/new/material", WritingDesk.leaflet, files: many, as: desk.li)
            #expect(answer.status == 422 && answer.text.contains("附件最多10个"))
            #expect(try await desk.count("record") == 0)
            #expect(try kept(desk) == [])
        }
    }

    @Test(arguments: Engine.available)
    func picturesLoseThePlaceWhereTheyWereTaken(on engine: Engine) async throws {
        try #require(SamplePictures.jpeg.count > 300 && SamplePictures.png.count > 60)
        try await WritingDesk.with(engine) { desk in
            let sent = try await desk.send(
                "/entries/new/material", WritingDesk.leaflet,
                files: [
                    ("../../家门口\"><script>.jpg", SamplePictures.jpeg),
                    ("b.png", SamplePictures.png), ("签到.pdf", Array("%PDF-1.4 签到".utf8)),
                ], as: desk.li)
            let place = try #require(sent.location, "\(sent.text)")
            let files = try await opened(desk)
            let lying = try kept(desk)
            #expect(files.count == 3 && lying.count == 3)
            #expect(!lying.contains { files.contains($0) || $0.starts(with: [0xFF, 0xD8]) })
            for mark in ["Exif", "CAMERA-MARK", "COMMENT-MARK", "PLACE-MARK", "GPS"] {
                let bytes = Array(mark.utf8)
                for file in files {
                    let isThere = file.indices.contains {
                        file[$0...].starts(with: bytes)
                    }
                    #expect(!isThere, "\(mark)")
                }
            }
            #expect(files.contains { $0.starts(with: [0xFF, 0xD8, 0xFF]) })
            #expect(files.contains { $0.starts(with: [0x89, 0x50, 0x4E, 0x47]) })
            #expect(files.contains(Array("%PDF-1.4 签到".utf8)), "what is no picture stays as it is")
            let page = try await desk.client.page(place, as: desk.li)
            #expect(!page.text.contains("<script>") && !page.text.contains("../"))
        }
    }

    @Test(arguments: Engine.available)
    func filesComeOnlyToWhoMayReadInTheUnit(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let text = Array("<script>alert(1)</script>".utf8)
            let sent = try await desk.send(
                "/entries/new/material", WritingDesk.leaflet, files: [("名单.html", text)],
                as: desk.li)
            let id = String(try #require(sent.location).dropFirst(9).prefix(26))
            let link = try #require(try await links(id, desk, as: desk.li).first)
            #expect(try await desk.client.page(link).location?.hasPrefix("/sign-in") == true)
            #expect(try await desk.client.page(link, as: desk.zhao).status == 404)
            #expect(try await links(id, desk, as: desk.zhao) == [])
            let other = try await desk.written(["field.title": "防盗"])
            let nested = link.replacing(id, with: other)
            #expect(try await desk.client.page(nested, as: desk.li).status == 404)

            let file = try await desk.client.page(link, as: desk.reader)
            #expect(file.status == 200)
            #expect(file.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(file.headers[.contentDisposition]?.hasPrefix("attachment; ") == true)
            #expect(file.headers[.cacheControl] == "no-store")
            #expect(file.headers[.xContentTypeOptions] == "nosniff")
            #expect(file.text.contains("<script>"), "as it is, and never as a page")
            try await desk.test.database.write { db in
                try db.execute(
                    """
                    UPDATE role_grant SET ended_at = 1, ended_by = 'x'
                    WHERE account_id = \(desk.reader.id)
                    """)
            }
            #expect(try await desk.client.page(link, as: desk.reader).status == 404)
        }
    }

    @Test(arguments: Engine.available)
    func filesStayWithACorrection(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let sent = try await desk.send(
                "/entries/new/material", WritingDesk.leaflet,
                files: [("a.txt", Array("甲".utf8))], as: desk.li)
            let id = String(try #require(sent.location).dropFirst(9).prefix(26))
            let link = try #require(try await links(id, desk, as: desk.li).first)
            let address = "/entries/records/\(id)/correct"
            let change = WritingDesk.leaflet(["reason": "误", "measure.0": "50"])
            let foreign = try await desk.client.submit(
                address, change.merging(["kept": Evidence.ID.make().text]) { $1 }, as: desk.li)
            #expect(foreign.status == 404)
            let done = try await desk.client.submit(
                address, change.merging(["kept": String(link.suffix(26))]) { $1 }, as: desk.li)
            let new = String(try #require(done.location).dropFirst(9).prefix(26))
            let carried = try #require(try await links(new, desk, as: desk.li).first)
            #expect(carried != link)
            #expect(try await desk.client.page(carried, as: desk.li).text == "甲")
            #expect(try await desk.verified() == [])
        }
    }
}
