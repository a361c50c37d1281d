import Cases
import Core
import Foundation
import HummingbirdTesting
import Ledger
import Organization
import Storage
import TestKit
import Testing

/// A street calls departments to a request: each has its own clock and closes its part by itself.
@Suite struct JointCaseTests {
    @Test(arguments: Engine.available)
    func onlyTheLeadOfAStreetCallsAndOnlyUnitsThatCanAnswer(_ engine: Engine) async throws {
        try await JointDesk.with(engine) { desk in
            let called = ["field.called": "BUR-EDU；水务局"]
            #expect(try await desk.take("call", called, as: desk.handler).status != 303)
            #expect(try await desk.take("call", called, as: desk.edu).status != 303)
            let nobody = try await desk.take("call", ["field.called": "NO-1"], as: desk.lead)
            #expect(nobody.status == 422 && nobody.text.contains("NO-1"))
            let wrong = try await desk.take(
                "call", ["field.called": "410102001001"], as: desk.lead)
            #expect(wrong.status == 422)
            #expect(try await desk.owed("arrive").isEmpty)
            #expect(try await desk.take("call", called, as: desk.lead).status == 303)
            #expect(try await desk.owed("arrive") == ["BUR-EDU", "BUR-WAT"])
        }
    }

    @Test(arguments: Engine.available)
    func eachDepartmentAnswersForItselfAndVerifyingWaitsForAll(_ engine: Engine) async throws {
        try await JointDesk.with(engine) { desk in
            _ = try await desk.take("call", ["field.called": "BUR-EDU；BUR-WAT"], as: desk.lead)
            let list = try await desk.client.page("/cases", as: desk.edu)
            #expect(list.status == 200 && list.text.contains("href=\"\(desk.path)\""))
            let other = ["unit": "BUR-WAT"]
            #expect(try await desk.take("arrive", other, as: desk.edu).status != 303)
            let own = ["unit": "BUR-EDU"]
            #expect(try await desk.take("arrive", own, as: desk.edu).status == 303)
            #expect(try await desk.owed("arrive") == ["BUR-WAT"])
            #expect(try await desk.owed("result") == ["BUR-EDU"])
            let done = ["field.outcome": "done"]
            let result = own.merging(done) { $1 }
            #expect(try await desk.take("result", result, as: desk.edu).status == 303)
            #expect(try await desk.owed("result").isEmpty)
            #expect(try await desk.take("handle", done, as: desk.handler).status == 303)
            let verified = ["field.outcome": "confirmed"]
            #expect(try await desk.take("verify", verified, as: desk.above).status != 303)
            #expect(try await desk.take("arrive", other, as: desk.water).status == 303)
            #expect(
                try await desk.take("result", other.merging(done) { $1 }, as: desk.water).status
                    == 303)
            #expect(try await desk.take("verify", verified, as: desk.above).status == 303)
            let findings = try await desk.test.district.verifyCases().map(\.sentence)
            #expect(findings == [])
        }
    }
}

/// A street that has a request in hand, and two bureaus.
struct JointDesk: Sendable {
    let test: TestDistrict
    let client: any TestClientProtocol
    let id: Record.ID
    let lead: SignedIn
    let handler: SignedIn
    let above: SignedIn
    let edu: SignedIn
    let water: SignedIn

    var path: String { "/cases/\(id)" }

    private static let bureau = """
        编码,名称,形式,领土上级,党组织上级,条线上级,起始日期,截止日期
        BUR-WAT,水务局,bureau,410102,410102,410102,2014-01-01,
        """

    static func with(
        _ engine: Engine, _ body: @escaping @Sendable (JointDesk) async throws -> Void
    ) async throws {
        try await TestDistrict.with(engine, now: { FellingDistrict.noon }) { test in
            try await test.foundSmallDistrict()
            try await test.accept(bureau, what: "units")
            let lead = try await test.account("lead", role: "street_lead", unit: "410102001")
            let handler = try await test.account("hand", role: "handler", unit: "410102001")
            let above = try await test.account("above", role: "handler", unit: "410102")
            let edu = try await test.account("edu", role: "bureau_staff", unit: "BUR-EDU")
            let water = try await test.account("water", role: "bureau_staff", unit: "BUR-WAT")
            let id = try await dispatched(test)
            try await test.withSite { client in
                try await body(
                    JointDesk(
                        test: test, client: client, id: id, lead: lead, handler: handler,
                        above: above, edu: edu, water: water))
            }
        }
    }

    /// A request that the street has in hand.
    static func dispatched(_ test: TestDistrict) async throws -> Record.ID {
        let district = test.district
        return try await test.database.write { db in
            let structure = try district.structure(db)
            guard let grid = structure.unit(code: "410102001001001", on: district.now().day) else {
                throw Refusal.notFound
            }
            let actor = CaseActor.machine(TestDistrict.actor)
            let id = try district.openCase(
                "service_request", values: [:],
                opening: [
                    .minute: "09:00", .field("severity"): "ordinary", .field("category"): "repair",
                    .field("channel"): "phone",
                ], at: grid.unit, by: actor, db: db)
            let steps: [(String, [Heading: String])] = [
                ("accept", [.minute: "09:30", .field("outcome"): "accepted"]),
                ("dispatch", [.minute: "10:00", .field("tier"): "street", .place: "410102001"]),
            ]
            for (step, values) in steps {
                let shown = try CaseStore(db).find(id, in: .everything)?.seq ?? -1
                try district.takeStep(
                    step, in: id, shown: shown, values: values, by: actor, db: db)
            }
            return id
        }
    }

    func take(
        _ step: String, _ fields: [String: String], as writer: SignedIn
    ) async throws -> PageAnswer {
        let when = ["day": "2026-07-07", "minute": "12:00"]
        return try await client.submit(
            "\(path)?step=\(step)", fields.merging(when) { own, _ in own },
            to: "\(path)/steps/\(step)", as: writer)
    }

    /// The codes of the units that owe a step.
    func owed(_ step: String) async throws -> [String] {
        let (district, id) = (test.district, id)
        return try await test.database.read { db in
            let structure = try district.structure(db)
            return try CaseStore(db).obligations(of: [id])[id, default: []]
                .filter { $0.step == step }
                .compactMap { structure.nearestVersion($0.holder, on: district.now().day)?.code }
                .sorted()
        }
    }
}
