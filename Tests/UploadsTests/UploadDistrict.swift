import Accounts
import App
import Core
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import Logging
import Storage
import TestKit
import Testing
import Uploads

/// A small district with people who bring files, its site, and the queue, which works when a test
/// tells it to.
struct UploadDistrict: Sendable {
    let test: TestDistrict
    let client: any TestClientProtocol
    /// The secretary of the first community, and of the second.
    let secretary: SignedIn
    let other: SignedIn
    /// A leader of the street above both.
    let leader: SignedIn
    /// Writes for the first community, and may bring no files.
    let clerk: SignedIn
    let uploads: Uploads

    static func with(
        _ engine: Engine, catalogue: [String] = [],
        now: @escaping @Sendable () -> Moment = { TestDistrict.moment },
        _ body: @escaping @Sendable (UploadDistrict) async throws -> Void
    ) async throws {
        try await TestDistrict.with(engine, catalogue: catalogue, now: now) { test in
            try await test.foundSmallDistrict()
            let first = "410102001001"
            let secretary = try await test.account(
                "shuji", role: "community_secretary", unit: first)
            let other = try await test.account(
                "linshe", role: "community_secretary", unit: "410102001002")
            let leader = try await test.account("jiedao", role: "street_lead", unit: "410102001")
            let clerk = try await test.account("wangge", role: "community_clerk", unit: first)
            try await test.withSite { client in
                try await body(
                    UploadDistrict(
                        test: test, client: client, secretary: secretary, other: other,
                        leader: leader, clerk: clerk, uploads: Self.queue(test)))
            }
        }
    }

    /// Another program over the same district, as after a restart.
    static func queue(_ test: TestDistrict) -> Uploads {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return Uploads(test.district, test.accounts, folder: test.folder.uploads, logger: logger)
    }

    /// The runner of another program, which knows the work on uploads alone.
    static func runner(_ test: TestDistrict) -> JobRunner {
        JobRunner(test.database, queue(test).jobs, now: test.district.now, log: { _, _ in })
    }

    /// Does everything that waits.
    func work() async throws {
        while try await Self.runner(test).runOnce() {}
    }

    /// Leaflets of the first community, the plainest records there are.
    static func leaflets(_ count: Int, unit: String = "410102001001", title: String = "宣传页")
        -> String
    {
        "日期,单位,份数,名称\n"
            + (0..<count).map { "2015-03-01,\(unit),8,\(title)\($0)\n" }.joined()
    }

    /// Sends a file with the form that a page shows.
    func send(
        _ bytes: [UInt8], named name: String = "leaflets.csv", from page: String,
        to action: String? = nil, as reader: SignedIn, language: Language = .zh,
        hidden fields: [String: String]? = nil
    ) async throws -> PageAnswer {
        let action = action ?? page
        var hidden = fields ?? [:]
        if fields == nil {
            hidden = try await client.page(page, as: reader).hidden(for: action)
        }
        let boundary = "----edge"
        var body = ByteBuffer()
        for (name, value) in hidden {
            body.writeString(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n"
                    + "\(value)\r\n")
        }
        body.writeString(
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; "
                + "filename=\"\(name)\"\r\nContent-Type: application/octet-stream\r\n\r\n")
        body.writeBytes(bytes)
        body.writeString("\r\n--\(boundary)--\r\n")
        return try await client.execute(
            uri: action, method: .post,
            headers: [
                .contentType: "multipart/form-data; boundary=\(boundary)",
                .cookie: reader.cookie, .acceptLanguage: language.rawValue,
            ], body: body
        ) {
            PageAnswer(
                status: Int($0.status.code), text: String(buffer: $0.body), headers: $0.headers)
        }
    }

    /// Uploads a file that is taken in, and answers its id.
    func upload(
        _ text: String, kind: String = "material", as reader: SignedIn? = nil
    ) async throws -> Upload.ID {
        try await upload(Array(text.utf8), named: "leaflets.csv", kind: kind, as: reader)
    }

    func upload(
        _ bytes: [UInt8], named name: String, kind: String = "material",
        as reader: SignedIn? = nil
    ) async throws -> Upload.ID {
        let answer = try await send(
            bytes, named: name, from: "/uploads/kinds/\(kind)", as: reader ?? secretary)
        #expect(answer.status == 303, "\(answer.text)")
        let id = try #require(answer.location?.split(separator: "/").last.map(String.init))
        return try #require(Upload.ID(id))
    }

    /// Presses a button of an upload's page.
    @discardableResult
    func press(_ button: String, _ id: Upload.ID, as reader: SignedIn? = nil) async throws
        -> PageAnswer
    {
        try await client.submit(
            "/uploads/\(id)", [:], to: "/uploads/\(id)/\(button)", as: reader ?? secretary)
    }

    func page(
        _ id: Upload.ID, _ query: String = "", as reader: SignedIn? = nil,
        language: Language = .zh
    ) async throws -> PageAnswer {
        try await client.page(
            "/uploads/\(id)\(query)", as: reader ?? secretary, language: language)
    }

    func state(_ id: Upload.ID) async throws -> Upload.State? {
        try await test.database.read { try UploadStore(db: $0).find(id)?.state }
    }

    func count(of table: String) async throws -> Int {
        try await test.database.read { db in
            try db.value("SELECT COUNT(*) FROM \(name: table)", as: Int.self) ?? 0
        }
    }

    /// How many records of a kind count.
    func facts(_ kind: String = "material") async throws -> Int {
        try await test.database.read { db in
            try db.value("SELECT COUNT(*) FROM fact WHERE kind = \(kind)", as: Int.self) ?? 0
        }
    }

    /// Every file of uploads on the disk, whole.
    func files() throws -> [Data] {
        let folder = test.folder.uploads
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return names.compactMap { name in
            var isFolder: ObjCBool = false
            let path = folder + "/" + name
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
                !isFolder.boolValue
            else { return nil }
            return FileManager.default.contents(atPath: path)
        }
    }
}
