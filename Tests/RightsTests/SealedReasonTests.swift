import App
import Core
import Ledger
import Rights
import Storage
import TestKit
import Testing

/// Why a record was corrected or taken back, where that speaks of persons: sealed, shown to whom it
/// concerns, and gone with what it is about, while the ledger still verifies.
struct SealedReasonTests {
    private static let why = "听错了号码"

    /// Request Q-1 corrected, its reason being private.
    private func corrected(_ town: RightsTown) async throws -> DataSubject {
        try await town.correct("Q-1", contact: "6810-2222", because: Self.why)
        let records = try await town.test.database.read { db in
            try db.rows("SELECT id FROM record WHERE ref = 'Q-1' ORDER BY id").map {
                try $0.at(0, as: String.self)
            }
        }
        return DataSubject(records: records)
    }

    private func held(_ town: RightsTown, _ subject: DataSubject) async throws -> [[String]] {
        let district = town.test.district
        return try await town.test.database.read { db in
            try HeldReader(db, district, .zh, limit: 100).read(subject).parts.flatMap(\.rows)
        }
    }

    @Test(arguments: Engine.available)
    func aReasonIsSealedAndShownToWhomItConcerns(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let subject = try await corrected(town)
            #expect(try await town.residue(of: [Self.why]) == ["record_private.body: \(Self.why)"])
            #expect(
                try await town.count("SELECT COUNT(*) FROM record WHERE reason IS NOT NULL") == 0)
            let rows = try await held(town, subject)
            #expect(rows.contains { $0.contains("理由") && $0.contains(Self.why) }, "\(rows)")
            #expect(try await town.findings() == [])
            try await town.test.database.write { db in
                try db.execute(
                    """
                    DELETE FROM record_private WHERE record_id IN
                        (SELECT id FROM record WHERE reverses IS NOT NULL)
                    """)
            }
            let findings = try await town.findings()
            #expect(findings.contains { $0.contains("are gone, and nobody erased them") })
        }
    }

    @Test(arguments: Engine.available)
    func anErasureTakesTheReasonWithIt(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let subject = try await corrected(town)
            let outcome = try await town.eraser.erase(
                subject, entries: ["request_contact", "household_matter"], request: nil,
                by: TestDistrict.actor)
            #expect(outcome.records == 3, "as it was, why not, and as it is")
            #expect(try await town.residue(of: [Self.why, "6810-2222", "6810-0000"]) == [])
            #expect(try await town.findings() == [])
        }
    }

    /// It is kept as long as what is beside it, counted from the last word about the request.
    @Test(arguments: Engine.available, [("2015-08-27", 1), ("2015-08-28", 0)])
    func theRetentionTakesTheReason(
        on engine: Engine, expected: (day: String, left: Int)
    ) async throws {
        try await RightsTown.with(engine) { town in
            _ = try await corrected(town)
            town.clock.set(expected.day)
            _ = try await town.confirmedRun()
            #expect(try await town.residue(of: [Self.why]).count == expected.left)
            #expect(try await town.findings() == [])
        }
    }

    @Test(arguments: Engine.available)
    func whatBelongsToAMatterIsShownWithIt(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            try await town.post(
                "supervision_talk",
                [
                    .ref: "T-1", .day: "2015-03-01", .unit: "410102", .field("form"): "提醒谈话",
                    .person("cadre"): "P-1", .subject("talk"): "T-1",
                    .privateValue("clause"): "第一条",
                ])
            try await town.post(
                "supervision_talk_closed",
                [
                    .ref: "T-2", .day: "2015-04-01", .unit: "410102",
                    .field("outcome"): "已经改正", .subject("talk"): "T-1",
                ])
            let person = try await town.person("P-1")
            let rows = try await held(town, DataSubject(persons: [person.text]))
            #expect(rows.contains { $0.contains("提醒函询") && $0.contains("2015-03-01") })
            #expect(rows.contains { $0.contains("提醒函询办结") && $0.contains("2015-04-01") }, "\(rows)")
            let other = try await town.person("P-4")
            let theirs = try await held(town, DataSubject(persons: [other.text]))
            #expect(!theirs.contains { $0.contains("提醒函询办结") })
        }
    }

    /// What happened while somebody was away is kept from their return, not from its own day.
    @Test(arguments: Engine.available, [("2016-05-30", 1), ("2016-05-31", 0)])
    func anEventOfAStandingThingIsKeptFromItsEnd(
        on engine: Engine, expected: (day: String, left: Int)
    ) async throws {
        try await RightsTown.with(engine) { town in
            try await town.post(
                "mobile_member",
                [
                    .ref: "A-1", .day: "2014-02-01", .lastDay: "2015-05-31", .unit: "EDU-2",
                    .field("reason"): "外出务工", .field("reach"): "省外", .person("member"): "P-4",
                ])
            try await town.post(
                "mobile_contact",
                [
                    .ref: "A-2", .day: "2014-03-01", .unit: "EDU-2", .field("purpose"): "沟通思想",
                    .field("means"): "电话", .person("member"): "P-4",
                ], file: "谈话.txt")
            town.clock.set(expected.day)
            _ = try await town.confirmedRun()
            #expect(try await town.residue(of: ["谈话.txt"]).count == expected.left)
            #expect(
                try await town.count("SELECT COUNT(*) FROM person WHERE name = '丁四'")
                    == expected.left)
            #expect(try await town.findings() == [])
        }
    }
}
