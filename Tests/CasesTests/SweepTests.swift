import Accounts
import Cases
import Core
import Ledger
import Organization
import Storage
import TestKit
import Testing

struct SweepTests {
    @Test(arguments: Engine.available)
    func whatIsLateIsToldOnceForEachThreshold(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            #expect(try await town.district.sweepCases() == 0)
            town.clock.pass(days: 9)
            async let one = town.district.sweepCases()
            async let other = town.district.sweepCases()
            let told = try await one + other
            #expect(told == 1)
            #expect(try await town.district.sweepCases() == 0)
            #expect(try await town.count("SELECT COUNT(*) FROM escalation") == 1)
            let messages = try await town.count(
                "SELECT COUNT(*) FROM message WHERE event = 'case_late'")
            #expect(messages == 2)
            // After a stop only the highest threshold is told.
            town.clock.pass(days: 30)
            #expect(try await town.district.sweepCases() == 1)
            #expect(try await town.count("SELECT MAX(threshold) FROM escalation") == 3)
            #expect(try await town.count("SELECT COUNT(*) FROM escalation") == 2)
            // Nothing else moved: no position, no record.
            #expect(try await town.row(id).seq == 1)
            #expect(try await town.findings() == [])
        }
    }

    @Test(arguments: Engine.available)
    func aReminderIsARecordAndIsBounded(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            func remind() async -> String? {
                await refused {
                    try await town.test.database.write { db in
                        try town.district.remind(
                            "survey", in: id, because: "请尽快", by: .machine(TestDistrict.actor),
                            db: db)
                    }
                }
            }
            for _ in 0..<CaseLimits.remindersPerDay { #expect(await remind() == nil) }
            #expect(await remind() != nil)
            #expect(
                try await town.count("SELECT COUNT(*) FROM message WHERE event = 'case_reminder'")
                    == CaseLimits.remindersPerDay)
            #expect(try await town.findings() == [])
        }
    }

    @Test(arguments: Engine.available)
    func aUnitThatWasTakenOverIsFollowed(_ engine: Engine) async throws {
        try await FellingDistrict.with(engine) { town in
            let id = try await town.open()
            town.clock.pass(days: 3)
            try await town.test.accept(
                """
                批次,名称,文号,生效日期,类型,前身编码,后继编码,后继名称,后继形式,领土上级
                Z1,合并,试1,2026-07-09,merge,C1,C9,新社区,community,S1
                Z1,合并,试1,2026-07-09,merge,C2,C9,,,
                """, what: "reorganizations")
            _ = try await town.district.refoldCases(always: false)
            let holder = try await town.test.database.read { db in
                try CaseStore(db).obligations(of: [id])[id]?.first?.holder
            }
            #expect(holder == (try await town.unit("C9")))
            #expect(try await town.findings() == [])
        }
    }
}
