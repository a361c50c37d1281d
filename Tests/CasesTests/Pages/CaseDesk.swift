import Accounts
import Core
import Foundation
import HummingbirdTesting
import Organization
import Storage
import TestKit
import Testing

/// A small district in which Zhou applies for membership in the first branch: Mu is its secretary,
/// Chen the organization officer of the street above, and Lu the secretary of another branch.
struct CaseDesk: Sendable {
    let test: TestDistrict
    let client: any TestClientProtocol
    let clock: TestClock
    let mu: SignedIn
    let chen: SignedIn
    let lu: SignedIn
    let zhou: SignedIn

    static let branch = "DW-1"
    static let street = "410102001"

    private static let persons = """
        人员编号,姓名,单位
        P-1,周文清,DW-1
        P-2,何静,DW-1
        P-3,孙建国,DW-1
        """
    private static let members = """
        起始日期,单位,党员类别,党员
        2014-06-01,DW-1,正式党员,P-2
        2014-06-01,DW-1,正式党员,P-3
        """

    static func with(
        _ engine: Engine, _ body: @escaping @Sendable (CaseDesk) async throws -> Void
    ) async throws {
        let clock = TestClock()
        try await TestDistrict.with(engine, now: { clock.moment }) { test in
            try await test.foundSmallDistrict()
            try await test.accept(persons, what: "persons")
            try await test.accept(members, what: "membership")
            let applicant = try #require(
                try await test.database.read { db in
                    try PersonStore(db: db).find(number: "P-1").first?.id
                })
            let mu = try await test.account("mu", role: "branch_secretary", unit: branch)
            let chen = try await test.account("chen", role: "committee_officer", unit: street)
            let lu = try await test.account("lu", role: "branch_secretary", unit: "DW-2")
            let zhou = try await test.account("zhou", person: applicant)
            try await test.withSite { client in
                try await body(
                    CaseDesk(
                        test: test, client: client, clock: clock, mu: mu, chen: chen, lu: lu,
                        zhou: zhou))
            }
        }
    }

    static let application = [
        "unit": branch, "day": "2015-05-04", "person.applicant": "P-1", "field.of_age": "true",
    ]

    func apply(_ changes: [String: String] = [:], language: Language = .zh) async throws
        -> PageAnswer
    {
        try await client.submit(
            "/cases/new/admission", Self.application.merging(changes) { $1 }, as: mu,
            language: language)
    }

    /// Opens the case, and answers its address.
    func opened() async throws -> String {
        let answer = try await apply()
        try #require(answer.status == 303, "\(answer.text)")
        return String(try #require(answer.location).prefix { $0 != "?" })
    }

    func take(
        _ step: String, of path: String, _ fields: [String: String], as writer: SignedIn? = nil,
        language: Language = .zh
    ) async throws -> PageAnswer {
        try await client.submit(
            "\(path)?step=\(step)", fields, to: "\(path)/steps/\(step)", as: writer ?? mu,
            language: language)
    }

    /// Takes a step that must be accepted.
    func taken(_ step: String, of path: String, _ fields: [String: String]) async throws {
        let answer = try await take(step, of: path, fields)
        try #require(answer.status == 303, "\(step): \(answer.text)")
    }

    /// The case of Zhou as far as the day on which mentors are named.
    func mentored() async throws -> String {
        let path = try await opened()
        try await taken("talk", of: path, ["day": "2015-05-06", "person.talker": "P-2"])
        try await taken(
            "activist", of: path, ["day": "2015-05-10", "field.recommended_by": "members"])
        try await taken("mentors", of: path, ["day": "2015-05-10", "person.mentor": "P-2；P-3"])
        return path
    }

    func count(_ table: String) async throws -> Int {
        try await test.database.read { db in
            try db.value("SELECT COUNT(*) FROM \(name: table)", as: Int.self) ?? 0
        }
    }
}
