import Accounts
import Cases
import Catalogue
import Core
import Ledger
import Storage
import TestKit
import Testing

/// Cases that are one matter, and are told apart again.
struct MergeTests {
    @Test(arguments: Engine.available)
    func onlyWhatFitsIsMerged(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let (first, second, third) = (
                try await town.open("P-1"), try await town.open("P-2"), try await town.open("P-3")
            )
            let nowhere = await refused { try await town.merge(first, into: "NO-1") }
            #expect(nowhere?.contains("NO-1") == true)
            let own = try await town.row(first).number
            #expect(await refused { try await town.merge(first, into: own) } != nil)
            let stranger = try await town.test.account(
                "stranger", role: "felling_clerk", unit: "C2")
            let lead = try await town.row(second).number
            #expect(
                await refused { try await town.merge(first, into: lead, by: stranger.id) }
                    == Refusal.notFound.text(.en))
            try await town.merge(first, into: lead)
            let again = await refused { try await town.merge(first, into: lead) }
            #expect(again?.contains("merged already") == true)
            let chain = try await town.row(first).number
            let chained = await refused { try await town.merge(third, into: chain) }
            #expect(chained?.contains("case that leads") == true)
            let apart = await refused { try await town.unmerge(third) }
            #expect(apart?.contains("merged into no other") == true)
            #expect(try await town.findings() == [])
        }
    }

    @Test(arguments: Engine.available)
    func mergingAndTellingApartLeavesBothAsTheyWouldBe(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            var dice = Dice(seed: 7)
            for turn in 0..<6 {
                let (one, lead) = (
                    try await town.open("P-1"), try await town.open("P-2")
                )
                if dice.flip() { try await town.survey(one) }
                if dice.flip() { try await town.survey(lead) }
                let before = (try await town.standing(one), try await town.standing(lead))
                let number = try await town.row(lead).number
                try await town.merge(one, into: number)
                let merged = (try await town.standing(one), try await town.standing(lead))
                #expect(merged == before, "turn \(turn): merging moved a state")
                try await town.unmerge(one)
                let after = (try await town.standing(one), try await town.standing(lead))
                #expect(after == before, "turn \(turn): telling apart moved a state")
                #expect(try await town.row(one).number != number)
                for id in [one, lead] { try await town.take("withdraw", in: id) }
            }
            #expect(try await town.findings() == [])
        }
    }

    @Test(arguments: Engine.available)
    func theDaysOfAMergeCountWhenItIsUndone(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let (one, lead) = (try await town.open("P-1"), try await town.open("P-2"))
            try await town.merge(one, into: try await town.row(lead).number)
            town.clock.pass(days: 9)
            try await town.unmerge(one)
            let late = try await town.reading(one).obligations.map { $0.isLate(at: town.clock.now) }
            #expect(late == [true])
        }
    }

    @Test(arguments: Engine.available)
    func oneAnswerIsGivenToAllThatOweIt(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let lead = try await town.open("P-1")
            let number = try await town.row(lead).number
            let (one, other) = (try await town.open("P-2"), try await town.open("P-3"))
            try await town.survey(other)
            try await town.merge(one, into: number)
            try await town.merge(other, into: number)
            try await town.survey(lead)
            // Who had been surveyed already is not surveyed again.
            #expect(try await town.reading(other).records.count { $0.place.step == "survey" } == 1)
            #expect(try await town.owed(one) == ["decide"])
            town.clock.pass(days: 2)
            try await town.decide(lead, "refused")
            for id in [lead, one, other] {
                #expect(try await town.row(id).end == "refused")
            }
            #expect(try await town.row(one).number != number)
            #expect(try await town.findings() == [])
        }
    }
}

extension Town {
    /// What a case owes and where it stands: everything but how many records it has.
    fileprivate struct Standing: Equatable {
        let stage: String
        let owed: [CaseObligation]
        let end: String?
    }

    fileprivate func standing(_ id: Record.ID) async throws -> Standing {
        let (row, reading) = (try await row(id), try await reading(id))
        return Standing(stage: row.stage, owed: reading.obligations, end: row.end)
    }

    fileprivate func merge(
        _ id: Record.ID, into number: String, by account: Account.ID? = nil
    ) async throws {
        try await test.database.write { db in
            try district.merge(
                id, into: number, shown: try newest(id, db), because: "同一棵树",
                by: try acting(account ?? clerk, db), db: db)
        }
    }

    fileprivate func unmerge(_ id: Record.ID) async throws {
        try await test.database.write { db in
            try district.unmerge(
                id, shown: try newest(id, db), because: "不是同一棵", by: try acting(clerk, db),
                db: db)
        }
    }
}
