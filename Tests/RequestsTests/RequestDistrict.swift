import Accounts
import Cases
import Core
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Organization
import Requests
import Storage
import TestKit
import Testing

/// A small district whose residents ask: An is the clerk of the first community and Ning its
/// handler, Shen staff and Gao handler of the street above.
struct RequestDistrict: Sendable {
    let test: TestDistrict
    let clock: TestClock
    let requests: Requests
    let an: SignedIn
    let ning: SignedIn
    let shen: SignedIn
    let gao: SignedIn

    static let community = "410102001001"
    static let street = "410102001"
    static let grid = "410102001001002"

    /// Tuesday 7 July 2026, ten in the morning.
    static let morning = Moment(milliseconds: 1_783_389_600_000)

    static func with(
        _ engine: Engine, own files: [String: String] = [:],
        _ body: (RequestDistrict) async throws -> Void
    ) async throws {
        let clock = TestClock(morning)
        try await OwnFolder.with(files) { folder in
            let folders = files.isEmpty ? [] : [folder]
            try await TestDistrict.with(
                engine, catalogue: folders, now: { clock.moment }
            ) { test in
                try await test.foundSmallDistrict()
                let an = try await test.account("an", role: "community_clerk", unit: community)
                let ning = try await test.account("ning", role: "handler", unit: community)
                let shen = try await test.account("shen", role: "street_staff", unit: street)
                let gao = try await test.account("gao", role: "handler", unit: street)
                try await body(
                    RequestDistrict(
                        test: test, clock: clock, requests: try Requests(test.district), an: an,
                        ning: ning, shen: shen, gao: gao))
            }
        }
    }

    func unit(_ code: String) async throws -> OrgUnit.ID {
        let structure = try await test.district.structure()
        return try #require(structure.unit(code: code, on: clock.moment.day)?.unit)
    }

    /// A filing about a lamp in the first community.
    func filing(_ service: String = "lighting", at code: String = grid) async throws -> Filing {
        var filing = Filing(service: service, place: try await unit(code), words: "楼道灯不亮。")
        filing.answers = ["danger": "no"]
        return filing
    }

    func filed(_ form: String = "form") async throws -> Filed {
        try await requests.file(try await filing(), by: .requester, form: form)
    }

    /// Takes a step as the machine, which nobody asks for posts.
    func take(
        _ step: String, in id: Record.ID, _ values: [Heading: String] = [:]
    ) async throws {
        let district = test.district
        clock.advance(60_000)
        var values = values
        values[.minute] = String(clock.moment.text.suffix(5))
        let said = values
        try await test.database.write { db in
            let reading = try #require(try district.caseReading(id, nil, db))
            try district.takeStep(
                step, in: id, shown: reading.row.seq, values: said,
                by: .machine(TestDistrict.actor), db: db)
        }
    }

    /// Brings a request to where the word of whoever asked is waited for.
    func handled(_ id: Record.ID) async throws {
        try await take("accept", in: id, [.field("outcome"): "accepted"])
        try await take(
            "dispatch", in: id, [.field("tier"): "community", .place: Self.community])
        try await take("handle", in: id, [.field("outcome"): "done"])
        try await take("verify", in: id, [.field("outcome"): "confirmed"])
    }

    func reading(_ id: Record.ID) async throws -> CaseReading {
        let district = test.district
        return try await test.database.read { db in
            try #require(try district.caseReading(id, nil, db))
        }
    }

    func count(_ table: String) async throws -> Int {
        try await test.database.read { db in
            try db.value("SELECT COUNT(*) FROM \(name: table)", as: Int.self) ?? 0
        }
    }

    /// Every text of a table, one behind the other.
    func texts(_ table: String) async throws -> String {
        try await test.database.read { db in
            try db.rows("SELECT * FROM \(name: table)").map { "\($0)" }.joined()
        }
    }
}

extension TestClientProtocol {
    /// A browser of a visitor, which keeps the cookies of the pages it is shown.
    func visitor(_ address: String) async throws -> Visitor {
        let page = try await page(address)
        return Visitor(page: page, cookie: Visitor.cookies(page))
    }

    /// Sends a form with photographs, as a browser does.
    func send(
        _ path: String, _ fields: [String: String], photographs: [[UInt8]], cookie: String
    ) async throws -> PageAnswer {
        let mark = "boundary-of-the-test"
        var body = ByteBuffer()
        for (name, value) in fields {
            body.writeString(
                "--\(mark)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n")
        }
        for bytes in photographs {
            body.writeString(
                "--\(mark)\r\nContent-Disposition: form-data; name=\"pictures\"; "
                    + "filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n")
            body.writeBytes(bytes)
            body.writeString("\r\n")
        }
        body.writeString("--\(mark)--\r\n")
        let headers: HTTPFields = [
            .contentType: "multipart/form-data; boundary=\(mark)", .cookie: cookie,
            .acceptLanguage: "zh",
        ]
        return try await execute(uri: path, method: .post, headers: headers, body: body) {
            PageAnswer(
                status: Int($0.status.code), text: String(buffer: $0.body), headers: $0.headers)
        }
    }
}

/// A page that a visitor was shown, and the cookies that came with it.
struct Visitor: Sendable {
    let page: PageAnswer
    let cookie: String

    static func cookies(_ page: PageAnswer) -> String {
        page.headers[values: .setCookie].map { String($0.prefix { $0 != ";" }) }
            .joined(separator: "; ")
    }

    /// The hidden fields of the form that is sent to a path, with some written in.
    func form(_ path: String, _ fields: [String: String]) -> [String: String] {
        page.hidden(for: path).merging(fields) { $1 }
    }
}

/// What a visitor writes into the form of a lamp.
let lamp = ["place": "一社区", "words": "楼道灯不亮。", "answer.danger": "no"]
