import Accounts
import Core
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import Storage
import TestKit
import Testing

/// A small district where Li and Wang write in the first community, Wu confirms there, Zhao writes
/// in the second, and somebody may only read.
struct WritingDesk: Sendable {
    let test: TestDistrict
    let client: any TestClientProtocol
    let li: SignedIn
    let wang: SignedIn
    let wu: SignedIn
    let zhao: SignedIn
    let reader: SignedIn

    static let first = "410102001001"
    static let second = "410102001002"

    static func with(
        _ engine: Engine, catalogue folders: [String] = [],
        now: @escaping @Sendable () -> Moment = { TestDistrict.moment },
        _ body: @escaping @Sendable (WritingDesk) async throws -> Void
    ) async throws {
        try await TestDistrict.with(engine, catalogue: folders, now: now) { test in
            try await test.foundSmallDistrict()
            let li = try await test.account("li", role: "community_clerk", unit: first)
            let wang = try await test.account("wang", role: "community_clerk", unit: first)
            let wu = try await test.account("wu", role: "community_secretary", unit: first)
            let zhao = try await test.account("zhao", role: "community_clerk", unit: second)
            let reader = try await test.account("du", role: "reader", unit: first)
            try await test.withSite { client in
                try await body(
                    WritingDesk(
                        test: test, client: client, li: li, wang: wang, wu: wu, zhao: zhao,
                        reader: reader))
            }
        }
    }

    /// A leaflet that is in order.
    static let leaflet = [
        "unit": first, "day": "2015-06-30", "field.title": "防火", "measure.0": "40",
        "then": "post",
    ]

    static func leaflet(_ changes: [String: String]) -> [String: String] {
        leaflet.merging(changes) { $1 }
    }

    func write(
        _ fields: [String: String] = leaflet, kind: String = "material", as writer: SignedIn? = nil,
        language: Language = .zh
    ) async throws -> PageAnswer {
        try await client.submit(
            "/entries/new/\(kind)", fields, as: writer ?? li, language: language)
    }

    /// Writes a leaflet that must be accepted, and answers the identity of its record.
    func written(
        _ changes: [String: String] = [:], as writer: SignedIn? = nil
    ) async throws -> String {
        let answer = try await write(Self.leaflet(changes), as: writer)
        try #require(answer.status == 303, "\(answer.text)")
        return String(try #require(answer.location).dropFirst("/records/".count).prefix(26))
    }

    func count(_ table: String) async throws -> Int {
        try await test.database.read { db in
            switch table {
            case "record": try db.value("SELECT COUNT(*) FROM record", as: Int.self) ?? 0
            case "draft": try db.value("SELECT COUNT(*) FROM entry_draft", as: Int.self) ?? 0
            case "waiting": try db.value("SELECT COUNT(*) FROM entry_waiting", as: Int.self) ?? 0
            case "pattern": try db.value("SELECT COUNT(*) FROM entry_pattern", as: Int.self) ?? 0
            default: try db.value("SELECT COUNT(*) FROM evidence", as: Int.self) ?? 0
            }
        }
    }

    func counts(_ id: String) async throws -> Bool {
        try await test.database.read { db in
            try RecordStore(db: db).counts(Record.ID(trusted: id))
        }
    }

    /// Everything that the ledger promises still holds.
    func verified() async throws -> [Finding] {
        try await test.database.read { try test.district.verify($0) }
    }

    /// Sends fields and files as browsers do.
    func send(
        _ address: String, _ fields: [String: String], files: [(name: String, bytes: [UInt8])],
        as writer: SignedIn
    ) async throws -> Sent {
        let page = try await client.page(address, as: writer)
        var body: [UInt8] = []
        let boundary = "----groundwork"
        for (name, value) in page.hidden(for: address).merging(fields, uniquingKeysWith: { $1 }) {
            let head = "Content-Disposition: form-data; name=\"\(name)\""
            body += Array("--\(boundary)\r\n\(head)\r\n\r\n\(value)\r\n".utf8)
        }
        for file in files {
            body += Array(
                ("--\(boundary)\r\nContent-Disposition: form-data; name=\"evidence\"; "
                    + "filename=\"\(file.name)\"\r\nContent-Type: image/jpeg\r\n\r\n").utf8)
            body += file.bytes + Array("\r\n".utf8)
        }
        body += Array("--\(boundary)--\r\n".utf8)
        let headers: HTTPFields = [
            .contentType: "multipart/form-data; boundary=\(boundary)", .cookie: writer.cookie,
            .acceptLanguage: "zh",
        ]
        return try await client.execute(
            uri: address, method: .post, headers: headers, body: ByteBuffer(bytes: body)
        ) {
            Sent(
                status: Int($0.status.code), text: String(buffer: $0.body),
                location: $0.headers[.location])
        }
    }

    /// What came back for a form with files.
    struct Sent: Sendable {
        let status: Int
        let text: String
        let location: String?
    }
}
