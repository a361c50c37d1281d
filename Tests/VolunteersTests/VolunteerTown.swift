import Core
import Foundation
import Hummingbird
import HummingbirdTesting
import Organization
import Storage
import TestKit
import Testing
import Web

/// A small district with people who organize and people who help.
struct VolunteerTown: Sendable {
    let test: TestDistrict
    let client: any TestClientProtocol
    /// Organizes for the first community, and for the second.
    let first: SignedIn
    let second: SignedIn
    /// Those who help, by their numbers: P-1, P-2, …
    let helpers: [SignedIn]
    let persons: [Person.ID]

    static func with(
        _ engine: Engine, helpers count: Int = 2,
        _ body: @escaping @Sendable (VolunteerTown) async throws -> Void
    ) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let rows = (1...count).map { "P-\($0),志愿者\($0),410102001001\n" }.joined()
            try await test.accept("人员编号,姓名,单位\n" + rows, what: "persons")
            let persons = try await test.database.read { db in
                try (1...count).map { number in
                    try #require(try PersonStore(db: db).find(number: "P-\(number)").first).id
                }
            }
            let first = try await test.account(
                "yi", role: "community_clerk", unit: "410102001001")
            let second = try await test.account(
                "er", role: "community_clerk", unit: "410102001002")
            var helpers: [SignedIn] = []
            for (index, person) in persons.enumerated() {
                helpers.append(try await test.account("v\(index + 1)", person: person))
            }
            let made = helpers
            try await test.withSite { client in
                try await body(
                    VolunteerTown(
                        test: test, client: client, first: first, second: second, helpers: made,
                        persons: persons))
            }
        }
    }

    static let need = [
        "need_title": "清扫楼道", "need_place": "一社区广场", "need_skill": "cleaning",
        "need_day": "2015-07-01", "need_from": "09:00", "need_minutes": "120", "need_hands": "2",
    ]

    /// States a need of today; answers its address.
    func state(_ fields: [String: String] = [:]) async throws -> String {
        let answer = try await client.submit(
            "/volunteers/new", Self.need.merging(fields) { $1 }, as: first)
        #expect(answer.status == 303, "\(answer.text)")
        return String(try #require(answer.location).prefix { $0 != "?" })
    }

    @discardableResult
    func join(_ need: String, _ helper: SignedIn) async throws -> PageAnswer {
        try await client.submit(need, [:], to: need + "/join", as: helper)
    }

    /// The organizer says how long somebody served.
    func enter(
        _ minutes: String, _ need: String, _ person: Person.ID
    ) async throws -> PageAnswer {
        try await client.submit(
            need, ["person": person.text, "service_minutes": minutes], to: need + "/hours",
            as: first)
    }

    /// Whoever served says how long.
    func confirm(
        _ minutes: String, _ need: String, _ helper: SignedIn
    ) async throws -> PageAnswer {
        let id = String(try #require(need.split(separator: "/").last))
        return try await client.submit(
            "/my/service", ["need": id, "service_minutes": minutes], to: "/my/service/hours",
            as: helper)
    }

    /// Has hours of the first helper confirmed by both; answers the need.
    func serve(_ title: String = "清扫楼道") async throws -> String {
        let need = try await state(["need_title": title])
        try await join(need, helpers[0])
        _ = try await enter("90", need, persons[0])
        let done = try await confirm("90", need, helpers[0])
        #expect(done.location?.contains("volunteer_confirmed") == true, "\(done.text)")
        return need
    }

    /// How the sign-ups of the only need stand, in their turn.
    func states() async throws -> [String] {
        try await test.database.read { db in
            try db.rows("SELECT state FROM volunteer_sign_up ORDER BY turn, person_id").map {
                try $0.at(0, as: String.self)
            }
        }
    }

    /// What the figure of confirmed service says of the first community.
    func counted(_ indicator: String) async throws -> String {
        try await test.phrase(indicator, "410102001001", "2015")
    }
}
