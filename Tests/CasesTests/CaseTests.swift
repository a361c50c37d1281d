import Accounts
import Cases
import Core
import Ledger
import Storage
import TestKit
import Testing

struct CaseTests {
    @Test(arguments: Engine.available)
    func stepsOutOfOrderOrByOthersAreRefused(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            let order = await refused { try await town.decide(id, "allowed") }
            #expect(order?.contains("turn") == true, "\(order ?? "")")
            let others = await refused {
                try await town.take("survey", in: id, [.measure(0): "30"], by: town.officer)
            }
            #expect(others?.contains("This step is taken by") == true, "\(others ?? "")")
            let empty = await refused { try await town.take("survey", in: id) }
            #expect(empty?.isEmpty == false)
            let unknown = await refused { try await town.take("fell", in: id) }
            #expect(unknown == Refusal.notFound.text(.en))
            #expect(try await town.row(id).seq == 1)
            #expect(try await town.findings() == [])
        }
    }

    @Test(arguments: Engine.available)
    func aCaseGoesItsWayAndEndsWithARecordOfItsOwn(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            var row = try await town.row(id)
            #expect(row.number == "TF-C1-2026-1" && row.stage == "asked" && row.seq == 1)
            #expect(try await town.owed(id) == ["survey"])
            try await town.survey(id)
            town.clock.pass(days: 2)
            try await town.decide(id, "allowed")
            #expect(try await town.owed(id) == ["report"])
            #expect(
                try await town.count("SELECT COUNT(*) FROM fact WHERE kind = 'felling_permit'") == 1
            )
            town.clock.pass(days: 40)
            try await town.take("report", in: id)
            row = try await town.row(id)
            #expect(row.end == "felled" && row.closedAt != nil)
            #expect(try await town.owed(id) == [])
            let reading = try await town.reading(id)
            #expect(
                reading.records.map(\.place.step) == [
                    nil, "ask", "survey", "decide", "report", nil,
                ])
            let report = try #require(reading.records[4].place.judged)
            #expect(report.late > 0 && report.due != nil)
            #expect(reading.records[2].place.judged?.late == 0)
            #expect(reading.records[5].record.ends == id)
            #expect(
                try await town.count(
                    "SELECT COUNT(*) FROM fact WHERE kind = 'felling' AND last_on IS NULL") == 0)
            #expect(try await town.findings() == [])
        }
    }

    @Test(arguments: Engine.available)
    func aCaseMayEndOnItsFirstDay(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            try await town.take("withdraw", in: id)
            #expect(try await town.row(id).end == "withdrawn")
            let again = try await town.open()
            #expect(try await town.row(again).number == "TF-C1-2026-2")
            #expect(try await town.findings() == [])
        }
    }

    @Test(arguments: Engine.available)
    func thereIsOneOpenCaseAboutTheSame(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            try await town.open()
            let second = await refused { try await town.open() }
            #expect(second?.contains("TF-C1-2026-1") == true, "\(second ?? "")")
            try await town.open("P-3")
            #expect(try await town.count("SELECT COUNT(*) FROM case_state") == 2)
            #expect(
                try await town.count("SELECT COUNT(*) FROM record WHERE case_id IS NOT NULL") == 4)
        }
    }

    @Test(arguments: Engine.available)
    func whatIsGenerallyNotDoneAsksForAReason(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            try await town.survey(id)
            let early = await refused { try await town.decide(id, "allowed") }
            #expect(early?.contains("generally") == true, "\(early ?? "")")
            try await town.decide(id, "allowed", reasons: ["not_before": "大风将至"])
            let step = try #require(try await town.reading(id).records.last)
            #expect(step.record.fields[".accepted"] == "not_before")
            #expect(step.record.reason == nil)
            let said = try await town.test.database.read { db in
                try RecordStore(db: db).privates(of: step.id, town.district.sealedKey)
            }
            #expect(said[".reason.not_before"] == "大风将至")
            #expect(try await town.findings() == [])
        }
    }

    @Test(arguments: Engine.available)
    func aFormThatWasShownBeforeAnotherStepIsShownAgain(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            try await town.survey(id)
            town.clock.pass(days: 2)
            let shown = try await town.newest(id)
            async let one = refused {
                try await town.take("decide", in: id, [.field("outcome"): "allowed"], shown: shown)
            }
            async let other = refused {
                try await town.take("decide", in: id, [.field("outcome"): "refused"], shown: shown)
            }
            let answers = await [one, other]
            #expect(answers.filter { $0 == nil }.count == 1, "\(answers)")
            #expect(
                try await town.count(
                    "SELECT COUNT(*) FROM record WHERE kind = 'felling_decision'") == 1)
            #expect(try await town.findings() == [])
        }
    }

    @Test(arguments: Engine.available)
    func aStepIsTakenBackWithWhatItDid(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            try await town.survey(id)
            town.clock.pass(days: 2)
            let before = try await town.row(id)
            let owed = try await town.owed(id)
            try await town.decide(id, "refused")
            let foreign = await refused { try await back(town, id, by: town.clerk) }
            #expect(foreign?.contains("one's own") == true, "\(foreign ?? "")")
            let silent = await refused { try await back(town, id, by: town.officer, because: " ") }
            #expect(silent?.contains("reason") == true)
            try await back(town, id, by: town.officer)
            let after = try await town.row(id)
            #expect(after.stage == before.stage && after.closedAt == nil)
            #expect(try await town.owed(id) == owed)
            try await town.decide(id, "allowed")
            try await back(town, id, by: town.officer)
            #expect(
                try await town.count("SELECT COUNT(*) FROM fact WHERE kind = 'felling_permit'") == 0
            )
            let middle = await refused {
                try await town.test.database.write { db in
                    try town.district.takeBack(
                        in: id, shown: try town.newest(id, db), at: 1, because: "误录",
                        by: try town.acting(town.clerk, db), db: db)
                }
            }
            #expect(middle?.contains("opening") == true, "\(middle ?? "")")
            #expect(try await town.findings() == [])
        }
    }

    @Test(arguments: Engine.available)
    func aStepInTheMiddleNamesWhatWouldFall(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            try await town.survey(id)
            town.clock.pass(days: 2)
            try await town.decide(id, "allowed")
            let middle = await refused {
                try await town.test.database.write { db in
                    try town.district.takeBack(
                        in: id, shown: try town.newest(id, db), at: 2, because: "误录",
                        by: try town.acting(town.clerk, db), db: db)
                }
            }
            #expect(middle?.contains("Decision") == true, "\(middle ?? "")")
            #expect(try await town.row(id).stage == "decided")
        }
    }

    @Test(arguments: Engine.available)
    func aWayBackBeginsANewRoundAndIsBounded(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            for _ in 0..<2 {
                try await town.survey(id)
                town.clock.pass(days: 2)
                try await town.decide(id, "again")
            }
            try await town.survey(id)
            town.clock.pass(days: 2)
            let third = await refused { try await town.decide(id, "again") }
            #expect(third?.contains("as often") == true, "\(third ?? "")")
            #expect(try await town.row(id).rounds == 3)
            #expect(try await town.findings() == [])
        }
    }

    @Test(arguments: Engine.available)
    func anEndThatMayBeReopenedIsReversedByTheStepThatFollows(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            try await town.survey(id)
            town.clock.pass(days: 2)
            try await town.decide(id, "refused")
            #expect(try await town.row(id).end == "refused")
            try await town.take("object", in: id)
            let row = try await town.row(id)
            #expect(row.closedAt == nil && row.end == nil)
            #expect(try await town.owed(id) == ["survey"])
            #expect(try await town.findings() == [])
        }
    }

    @Test(arguments: Engine.available)
    func aStepIsDatedBackWhereWhatFollowsStaysLawful(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open(on: "2026-07-01")
            let before = await refused {
                try await town.take("survey", in: id, [.measure(0): "30", .day: "2026-06-30"])
            }
            #expect(before?.isEmpty == false)
            try await town.take("survey", in: id, [.measure(0): "30", .day: "2026-07-02"])
            try await town.take(
                "decide", in: id, [.field("outcome"): "allowed", .day: "2026-07-05"])
            #expect(try await town.findings() == [])
        }
    }

    private func back(
        _ town: Town, _ id: Record.ID, by account: Account.ID, because reason: String = "误录"
    ) async throws {
        try await town.test.database.write { db in
            try town.district.takeBack(
                in: id, shown: try town.newest(id, db), because: reason,
                by: try town.acting(account, db), db: db)
        }
    }
}
