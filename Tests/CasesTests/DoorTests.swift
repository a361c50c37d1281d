import Accounts
import Cases
import Core
import HummingbirdTesting
import Ledger
import Storage
import TestKit
import Testing

/// What stands in a case is touched by the verbs of cases alone.
struct DoorTests {
    private let sentence = "case"

    @Test(arguments: Engine.available)
    func theLedgersOwnVerbsRefuseWhatStandsInACase(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            try await town.survey(id)
            let district = town.district
            let before = try await town.count("SELECT COUNT(*) FROM record")
            let kind = try #require(district.catalogue.kinds["felling_survey"])
            let case_ = try #require(district.catalogue.kinds["felling"])
            let values: [Heading: String] = [.day: "2026-07-07", .unit: "C1", .measure(0): "9"]
            let posted = await refused {
                _ = try await district.post(values, kind: kind, by: TestDistrict.actor)
            }
            #expect(posted?.contains("written in a case alone") == true, "\(posted ?? "")")
            let opened = await refused {
                _ = try await district.post(
                    [.day: "2026-07-07", .unit: "C1", .person("asker"): "P-2"], kind: case_,
                    by: TestDistrict.actor)
            }
            #expect(opened?.contains("written in a case alone") == true)
            let survey = try #require(try await town.reading(id).records.last)
            for record in [survey.id, id] {
                let reversed = await refused {
                    _ = try await district.reverse(
                        record, because: "误录", by: TestDistrict.actor)
                }
                #expect(reversed?.contains("belongs to a case") == true, "\(reversed ?? "")")
            }
            let corrected = await refused {
                try await town.test.database.write { db in
                    let entry = Entry(
                        kind: "felling_survey", unit: survey.record.unit,
                        happenedOn: survey.record.happenedOn)
                    try district.correct(
                        survey.id, with: entry, because: "误录", by: TestDistrict.actor, db: db)
                }
            }
            #expect(corrected?.contains("belongs to a case") == true, "\(corrected ?? "")")
            let ended = await refused {
                _ = try await district.post(
                    [.day: "2026-07-07", .unit: "C1", .ends: id.text], kind: case_,
                    by: TestDistrict.actor)
            }
            #expect(ended?.contains("case") == true, "\(ended ?? "")")
            // An entry that was made before its kind became a step's is refused when it is posted.
            let waiting = await refused {
                try await town.test.database.write { db in
                    var entry = Entry(
                        kind: "felling_survey", unit: survey.record.unit,
                        happenedOn: survey.record.happenedOn)
                    entry.measures = [9]
                    try district.post(
                        entry, by: TestDistrict.actor, confirmer: TestDistrict.actor, db: db)
                }
            }
            #expect(waiting?.contains("written in a case alone") == true, "\(waiting ?? "")")
            let imported = await refused {
                let outcome = try await town.test.importText(
                    "日期,单位,胸径\n2026-07-07,C1,9\n", what: "felling_survey")
                if case .refused(let faults) = outcome {
                    throw Refusal.invalid(faults.map(\.fault))
                }
            }
            #expect(imported?.contains("written in a case alone") == true, "\(imported ?? "")")
            #expect(try await town.count("SELECT COUNT(*) FROM record") == before)
            #expect(try await town.findings() == [])
        }
    }

    @Test func formsAndFilesDoNotOfferTheKinds() async throws {
        try await FellingDistrict.with(.sqlite) { town in
            let clerk = try await town.test.account("writer", role: "felling_clerk", unit: "C1")
            try await town.test.withSite { client in
                let menu = try await client.page("/entries/new", as: clerk)
                #expect(!menu.text.contains("felling_survey"))
                let form = try await client.page("/entries/new/felling_survey", as: clerk)
                #expect(form.status != 200)
            }
        }
    }

    @Test(arguments: Engine.available)
    func whatAStepDidOutsideCanBeEndedAndThenHoldsItsStep(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            try await town.survey(id)
            town.clock.pass(days: 2)
            try await town.decide(id, "allowed")
            let kind = try #require(town.district.catalogue.kinds["felling_permit"])
            let permit = try await town.test.database.read { db in
                try db.value(
                    "SELECT id FROM fact WHERE kind = 'felling_permit'", as: Record.ID.self)
            }
            town.clock.pass(days: 2)
            _ = try await town.district.post(
                [.day: "2026-07-11", .unit: "C1", .ends: try #require(permit).text], kind: kind,
                by: TestDistrict.actor)
            let back = await refused {
                try await town.district.takeBack(
                    in: id, shown: try await town.newest(id), because: "误录",
                    by: .machine(TestDistrict.actor))
            }
            #expect(back?.contains("was changed since") == true, "\(back ?? "")")
            #expect(try await town.findings() == [])
        }
    }
}
