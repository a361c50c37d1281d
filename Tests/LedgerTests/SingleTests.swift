import Core
import Foundation
import Ledger
import Storage
import TestKit
import Testing

/// A kind may say that somebody, or something, stands in one record of it at a time.
struct SingleTests {
    private static let kind = """
        care_of_street:
          name: {zh: 分包街道, en: Care of a street}
          shape: standing
          single: [cadre, file]
          persons:
            cadre: {label: {zh: 责任人, en: Cadre}, required: true, register: party_member}
          subjects:
            file: {label: {zh: 档案, en: File}}
        """

    private func with(
        _ engine: Engine, _ body: (TestDistrict) async throws -> Void
    ) async throws {
        try await OwnFolder.with(["kinds/own.yaml": Self.kind]) { folder in
            try await TestDistrict.with(engine, catalogue: [folder]) { test in
                try await test.foundSmallDistrict()
                try await test.accept(
                    "人员编号,姓名,单位\nP-1,甲,BUR-EDU\nP-2,乙,BUR-EDU\n", what: "persons")
                try await body(test)
            }
        }
    }

    private static let head = "编号,日期,截止日期,单位,责任人,档案,结束,冲销,理由\n"

    @Test(
        arguments: Engine.available,
        [
            "1,2015-01-05,,410102001,P-1,,,,\n2,2015-03-02,,BUR-EDU,P-1,,,,\n",
            "1,2015-03-02,,410102001,P-1,,,,\n2,2015-01-05,2015-03-02,BUR-EDU,P-1,,,,\n",
            "1,2015-01-05,,410102001,P-1,D-1,,,\n2,2015-03-02,,BUR-EDU,P-2,D-1,,,\n",
        ])
    func aSecondAtTheSameTimeIsRefusedWithItsRow(on engine: Engine, rows: String) async throws {
        try await with(engine) { test in
            let faults = try await test.faults(Self.head + rows, what: "care_of_street")
            #expect(faults.count == 1, "\(faults)")
            #expect(faults.first?.contains("This holder has had “Care of a street” since") == true)
        }
    }

    @Test(
        arguments: Engine.available,
        [
            "1,2015-01-05,2015-03-01,410102001,P-1,,,,\n2,2015-03-02,,BUR-EDU,P-1,,,,\n",
            "1,2015-01-05,,410102001,P-1,,,,\n,2015-03-02,,410102001,,,1,,\n"
                + "2,2015-03-02,,BUR-EDU,P-1,,,,\n",
            "1,2015-01-05,,410102001,P-1,,,,\n,2015-01-05,,410102001,,,,1,误记\n"
                + "2,2015-01-06,,BUR-EDU,P-1,,,,\n",
            "1,2015-01-05,,410102001,P-1,,,,\n2,2015-01-05,,BUR-EDU,P-2,,,,\n",
        ])
    func oneAfterAnotherIsAccepted(on engine: Engine, rows: String) async throws {
        try await with(engine) { test in
            try await test.accept(Self.head + rows, what: "care_of_street")
        }
    }

    @Test(arguments: Engine.available)
    func aRecordByCommandKnowsTheLedgerToo(on engine: Engine) async throws {
        try await with(engine) { test in
            try await test.accept(
                Self.head + "1,2015-01-05,,410102001,P-1,,,,\n", what: "care_of_street")
            let later: [Heading: String] = [
                .day: "2015-04-01", .unit: "BUR-EDU", .person("cadre"): "P-1",
            ]
            let said = try await test.refused { try await test.post("care_of_street", later) }
            #expect(said.contains("since 2015-01-05: end that one before another begins"))
            try await test.post(
                "care_of_street", [.day: "2015-04-01", .unit: "410102001", .ends: "1"])
            try await test.post("care_of_street", later)
        }
    }

    @Test(arguments: Engine.available)
    func anEndComesOnceAndAfterTheBeginning(on engine: Engine) async throws {
        try await with(engine) { test in
            let early = try await test.faults(
                Self.head + "1,2015-01-05,,410102001,P-1,,,,\n,2015-01-05,,410102001,,,1,,\n",
                what: "care_of_street")
            #expect(early.count == 1, "\(early)")
            #expect(early[0].contains("began on 2015-01-05: it can only end after that"))
            let twice = try await test.faults(
                Self.head + "1,2015-01-05,,410102001,P-1,,,,\n,2015-02-05,,410102001,,,1,,\n"
                    + ",2015-02-06,,410102001,,,1,,\n",
                what: "care_of_street")
            #expect(twice.count == 1, "\(twice)")
            #expect(twice[0].contains("ended on 2015-02-05 already"))
        }
    }

    @Test(arguments: Engine.available)
    func aRecordIsReversedOnceInAFile(on engine: Engine) async throws {
        try await with(engine) { test in
            let faults = try await test.faults(
                Self.head + "1,2015-01-05,,410102001,P-1,,,,\n,2015-01-05,,410102001,,,,1,误\n"
                    + ",2015-01-06,,410102001,,,,1,误\n",
                what: "care_of_street")
            #expect(faults.count == 1, "\(faults)")
            #expect(faults.first?.contains("There is no record with the number “1”") == true)
        }
    }

    @Test(arguments: Engine.available, [true, false])
    func anEndDoesNotEndAgainAndItsNumberIsTaken(on engine: Engine, inOneFile: Bool) async throws {
        try await with(engine) { test in
            let first = "1,2015-01-05,,410102001,P-1,,,,\nE,2015-02-05,,410102001,,,1,,\n"
            let again = ",2015-03-05,,410102001,,,E,,\n"
            if !inOneFile { try await test.accept(Self.head + first, what: "care_of_street") }
            let faults = try await test.faults(
                Self.head + (inOneFile ? first : "") + again, what: "care_of_street")
            #expect(faults.count == 1, "\(faults)")
            #expect(faults.first?.contains("is an end and does not end again") == true)
            let taken = try await test.faults(
                Self.head + (inOneFile ? first : "") + "E,2015-03-06,,410102001,P-2,,,,\n",
                what: "care_of_street")
            #expect(taken.count == 1, "\(taken)")
            #expect(taken.first?.contains("“E” is") == true, "\(taken)")
        }
    }

    /// An end that is taken back would leave the first record standing beside the second.
    @Test(arguments: Engine.available)
    func anEndIsNotTakenBackBehindWhatFollowedIt(on engine: Engine) async throws {
        try await with(engine) { test in
            try await test.accept(
                Self.head + "1,2015-01-05,,410102001,P-1,,,,\n", what: "care_of_street")
            let ends = try await test.accept(
                Self.head + "E,2015-03-02,,410102001,,,1,,\n", what: "care_of_street")
            try await test.accept(
                Self.head + "2,2015-03-02,,BUR-EDU,P-1,,,,\n", what: "care_of_street")
            let row = try await test.faults(
                Self.head + ",2015-03-02,,410102001,,,,E,误记\n", what: "care_of_street")
            #expect(row.count == 1, "\(row)")
            #expect(row.first?.contains("Without this end the holder would have") == true)
            let end = try await test.database.read { db in
                try #require(try RecordStore(db: db).target(kind: "care_of_street", ref: "E")).id
            }
            let alone = try await test.refused {
                _ = try await test.district.reverse(
                    end, because: "误记", by: TestDistrict.actor)
            }
            #expect(alone.contains("since 2015-01-05 and since 2015-03-02"), "\(alone)")
            let undone = try await test.refused {
                try await test.district.reverseImport(ends, by: TestDistrict.actor)
            }
            #expect(undone.contains("in two of “Care of a street” at once"))
        }
    }

    /// The code of a team is the team: it does not stand twice, in the same unit or another.
    @Test(arguments: Engine.available, ["410102001001", "410102001002"])
    func theSameTeamDoesNotStandTwice(on engine: Engine, unit: String) async throws {
        try await with(engine) { test in
            let head = "编号,起始日期,截止日期,单位,队伍编号,队伍类别,队伍名称\n"
            try await test.accept(
                head + "M-1,2014-02-01,2014-06-30,410102001001,TM-1,合唱队,甲队\n"
                    + "M-2,2014-02-28,2015-02-28,410102001001,TM-2,合唱队,乙队\n"
                    + "M-4,2015-03-01,,410102001001,TM-1,合唱队,甲队\n", what: "resident_team")
            let faults = try await test.faults(
                head + "M-5,2015-06-01,,\(unit),TM-1,合唱队,甲队\n", what: "resident_team")
            #expect(faults.count == 1, "\(faults)")
            #expect(faults.first?.contains("since 2015-03-01: end that one") == true)
        }
    }
}
