import Accounts
import Cases
import Core
import Ledger
import Organization
import Rights
import Storage
import TestKit
import Testing

/// Whom a case is about is a person of every step.
struct CaseRightsTests {
    @Test(arguments: Engine.available)
    func anErasureReachesEveryStepAndMovesNoState(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            try await town.survey(id)
            try await town.decide(id, "allowed", reasons: ["not_before": "大风将至"])
            let before = try await town.row(id)
            let held: SQL = """
                SELECT COUNT(*) FROM record_private k JOIN record r ON r.id = k.record_id
                WHERE r.case_id = \(id)
                """
            #expect(try await town.count(held) == 2)
            let person = try await town.test.database.read { db in
                try db.value("SELECT id FROM person WHERE number = 'P-1'", as: String.self)
            }
            let eraser = Eraser(town.district, folder: town.test.folder.rights)
            let outcome = try await eraser.erase(
                DataSubject(persons: [try #require(person)]), entries: ["record_reason"],
                request: nil, by: TestDistrict.actor)
            #expect(outcome.names == 0)
            #expect(outcome.records == 2)
            #expect(try await town.count(held) == 0)
            #expect(try await town.row(id) == before)
            #expect(try await town.findings() == [])
        }
    }

    @Test(arguments: Engine.available)
    func whatIsWrittenInAnOpenCaseIsKeptUntilItHasEnded(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            let retention = Retention(town.district, folder: town.test.folder.rights)
            func due() async throws -> Int {
                try await retention.dryRun().first { $0.entry == "record_reason" }?.count ?? 0
            }
            town.clock.pass(days: 1_500)
            #expect(try await due() == 0)
            try await town.take("withdraw", in: id)
            town.clock.pass(days: 1_000)
            #expect(try await due() == 0)
            town.clock.pass(days: 200)
            #expect(try await due() == 1)
        }
    }

    @Test(arguments: Engine.available)
    func whomACaseIsAboutIsToldThatSomethingWaitsForThem(_ engine: Engine) async throws {
        let told = FellingDistrict.catalogue["procedures/felling.yaml"]?.replacing(
            "      not_by: [survey]", with: "      not_by: [survey]\n      tells: about")
        try await FellingDistrict.with(engine, ["procedures/felling.yaml": told ?? ""]) { town in
            let asker = try await town.test.account("asker", role: "felling_clerk", unit: "C2")
            let id = try await town.open()
            try await town.test.database.write { db in
                let person = try db.value(
                    "SELECT id FROM person WHERE number = 'P-1'", as: Person.ID.self)
                try AccountStore(db).setPerson(person, of: asker.id)
            }
            let messages: SQL = """
                SELECT COUNT(*) FROM message
                WHERE account_id = \(asker.id) AND event = 'case_told' AND address = '/my/cases'
                """
            try await town.survey(id)
            #expect(try await town.count(messages) == 0)
            try await town.decide(id, "allowed", reasons: ["not_before": "大风将至"])
            #expect(try await town.count(messages) == 1)
        }
    }
}
