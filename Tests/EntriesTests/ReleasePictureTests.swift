import Core
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import Storage
import TestKit
import Testing

/// Pictures for everybody: shown only after somebody released them one by one, and gone at once
/// when they are taken back.
struct ReleasePictureTests {
    /// A leaflet of Li's with one picture, and the address of its release.
    private func entered(_ desk: WritingDesk) async throws -> (record: String, release: String) {
        let sent = try await desk.send(
            "/entries/new/material", WritingDesk.leaflet,
            files: [("现场.jpg", SamplePictures.jpeg)], as: desk.li)
        let id = String(try #require(sent.location, "\(sent.text)").dropFirst(9).prefix(26))
        let file = try await desk.test.database.read { db in
            try db.value("SELECT id FROM evidence", as: String.self)
        }
        return (id, "/records/\(id)/evidence/\(try #require(file))/release")
    }

    /// The addresses of pictures that a page shows a visitor.
    private func pictures(_ path: String, _ desk: WritingDesk) async throws -> [String] {
        try await desk.client.page(path).text.components(separatedBy: "\"")
            .filter { $0.hasPrefix("/photos/") }
    }

    private func get(
        _ path: String, _ desk: WritingDesk, having mark: String? = nil
    ) async throws -> (status: Int, bytes: [UInt8], headers: HTTPFields) {
        var headers = HTTPFields()
        headers[.ifNoneMatch] = mark
        return try await desk.client.execute(uri: path, method: .get, headers: headers) {
            ($0.status.code, Array(buffer: $0.body), $0.headers)
        }
    }

    private func places(_ record: String) -> [String] {
        [
            "/records/\(record)", "/photos?period=2015-H1",
            "/units/\(WritingDesk.first)?on=2015-07-01",
        ]
    }

    @Test(arguments: Engine.available)
    func noPictureIsShownUntilSomebodyWhoMayHasConfirmedTheRule(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let (record, release) = try await entered(desk)
            for place in places(record) {
                #expect(try await pictures(place, desk) == [], "\(place)")
            }
            #expect(try await desk.client.page(release).location?.hasPrefix("/sign-in") == true)
            for reader in [desk.li, desk.zhao, desk.reader] {
                #expect(try await desk.client.page(release, as: reader).status == 404)
                let sent = try await desk.client.submit(release, ["agreed": "yes"], as: reader)
                #expect(sent.status == 404)
            }
            let form = try await desk.client.page(release, as: desk.wu)
            #expect(form.status == 200 && form.text.contains("未成年人"))
            let hasty = try await desk.client.submit(release, [:], as: desk.wu)
            #expect(hasty.status == 422 && hasty.text.contains("请确认以上各项"))
            let released = try await desk.test.database.read { db in
                try db.value("SELECT COUNT(*) FROM released_picture", as: Int.self)
            }
            #expect(released == 0)
        }
    }

    @Test(arguments: Engine.available)
    func aReleasedPictureIsBareAndIsGoneAtOnceWhenTakenBack(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let (record, release) = try await entered(desk)
            let sent = try await desk.client.submit(release, ["agreed": "yes"], as: desk.wu)
            #expect(sent.location?.hasPrefix("/records/\(record)") == true, "\(sent.text)")
            for place in places(record) {
                #expect(try await pictures(place, desk).count == 2, "\(place)")
            }
            let shown = try await pictures("/records/\(record)", desk)
            var marks: [String: String] = [:]
            for address in shown {
                let answer = try await get(address, desk)
                #expect(answer.status == 200 && answer.bytes.starts(with: [0xFF, 0xD8, 0xFF]))
                #expect(answer.headers[.cacheControl] == "private, no-cache")
                for mark in ["Exif", "CAMERA-MARK", "COMMENT-MARK", "GPS"] {
                    let bytes = Array(mark.utf8)
                    #expect(
                        !answer.bytes.indices.contains {
                            answer.bytes[$0...].starts(with: bytes)
                        }, "\(mark)")
                }
                let mark: String = try #require(answer.headers[.eTag])
                marks[address] = mark
                #expect(try await get(address, desk, having: marks[address]).status == 304)
            }
            let again = try await desk.client.page(release, as: desk.wu)
            #expect(again.text.contains("这张图片已经公开"))

            let back = release.replacing("/release", with: "/withdrawal")
            #expect(try await desk.client.submit(release, [:], to: back, as: desk.li).status == 404)
            let done = try await desk.client.submit(release, [:], to: back, as: desk.wu)
            #expect(done.location?.hasPrefix("/records/\(record)") == true, "\(done.text)")
            for address in shown {
                #expect(try await get(address, desk).status == 404)
                #expect(try await get(address, desk, having: marks[address]).status == 404)
            }
            for place in places(record) {
                #expect(try await pictures(place, desk) == [], "\(place)")
            }
            let kept = try await desk.test.database.read { db in
                try db.rows(
                    "SELECT action FROM audit WHERE action LIKE 'picture.%' ORDER BY seq"
                ).map { try $0.at(0, as: String.self) }
            }
            #expect(kept == ["picture.released", "picture.withdrawn"])
            let small = try await desk.test.database.read { db in
                try db.value("SELECT thumbnail FROM released_picture", as: String.self)
            }
            #expect(small == "")
        }
    }

    private static let kind = """
        walk:
          name: {zh: 走访, en: Walk}
          visibility: public
          at: [community]
          keeps_pictures: true
          measures:
            homes: {label: {zh: 户数, en: Homes}, unit: household, required: true}

        """

    @Test(arguments: Engine.available)
    func ofAKindThatKeepsItsPicturesNoneIsReleased(on engine: Engine) async throws {
        try await OwnFolder.with(["kinds/walk.yaml": Self.kind]) { folder in
            try await WritingDesk.with(engine, catalogue: [folder]) { desk in
                let sent = try await desk.send(
                    "/entries/new/walk",
                    [
                        "unit": WritingDesk.first, "day": "2015-06-30", "measure.0": "4",
                        "then": "post",
                    ], files: [("现场.jpg", SamplePictures.jpeg)], as: desk.li)
                let record = String(
                    try #require(sent.location, "\(sent.text)").dropFirst(9).prefix(26))
                let file = try await desk.test.database.read { db in
                    try db.value("SELECT id FROM evidence", as: String.self)
                }
                let release = "/records/\(record)/evidence/\(try #require(file))/release"
                #expect(try await desk.client.page(release, as: desk.wu).status == 404)
                let page = try await desk.client.page("/records/\(record)", as: desk.wu)
                #expect(page.status == 200 && !page.text.contains("/release"))
            }
        }
    }

    @Test(arguments: Engine.available)
    func aPictureGoesWithTheRecordThatItShows(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let (record, release) = try await entered(desk)
            _ = try await desk.client.submit(release, ["agreed": "yes"], as: desk.wu)
            let shown = try await pictures("/records/\(record)", desk)
            #expect(shown.count == 2)
            let gone = try await desk.client.submit(
                "/entries/records/\(record)/reverse", ["reason": "误"], as: desk.li)
            #expect(gone.location != nil, "\(gone.text)")
            for address in shown { #expect(try await get(address, desk).status == 404) }
        }
    }
}
