import App
import Core
import Foundation
import Ledger
import Storage
import TestKit
import Testing

/// The ledger is verified a little at a time, whole or from a head up to which it was found whole.
struct VerifyFromTests {
    private func head(_ test: TestDistrict) async throws -> HeadLog.Head {
        try await test.database.read { try HeadLog.Head($0) }
    }

    private func post(_ test: TestDistrict, _ ref: String) async throws -> Record.ID {
        let kind = try #require(test.district.catalogue.kinds["material"])
        return try await test.district.post(
            [
                .ref: ref, .day: "2015-03-08", .unit: "410102001001", .measure(0): "5",
                .field("title"): ref,
            ], kind: kind, by: TestDistrict.actor)
    }

    private static func leaflets(_ count: Int) -> String {
        "日期,单位,份数,名称\n"
            + (1...count).map { "2015-03-01,410102001001,8,宣传页\($0)\n" }.joined()
    }

    private func change(_ test: TestDistrict, _ condition: SQL) async throws {
        try await test.database.write { db in
            switch db.dialect {
            case .sqlite: try db.script("DROP TRIGGER IF EXISTS record_refuses_update")
            case .postgres: try db.script("DROP TRIGGER IF EXISTS record_refuses_change ON record")
            }
            try db.execute("UPDATE record SET m1 = 77 WHERE \(condition)")
        }
    }

    @Test(arguments: Engine.available)
    func fromAHeadWhatCameSinceIsChecked(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let old = try await post(test, "OLD")
            try await test.accept(
                Self.leaflets(District.stageSize + 5), what: "material")
            let start = try await head(test)
            #expect(try await test.district.verify(from: start) == [], "nothing came since")
            let new = try await post(test, "NEW")
            try await test.accept(
                "编号,日期,单位,份数,名称\nF-1,2015-03-02,410102001001,20,乙\n", what: "material")
            let undone = try await test.accept(
                "编号,日期,单位,份数,名称\nF-2,2015-03-02,410102001001,20,丙\n", what: "material")
            try await test.district.reverseImport(undone, by: TestDistrict.actor)
            #expect(try await test.district.verify(from: start) == [])
            let short = HeadLog.Head(seq: start.seq, hash: String(start.hash.prefix(16)))
            #expect(try await test.district.verify(from: short) == [], "as it is printed")

            try await change(test, "id = \(old)")
            let whole = try await test.district.verify()
            #expect(whole.contains { $0.sentence.contains("the record \(old) was changed") })
            #expect(try await test.district.verify(from: start) == [], "it trusts what came before")
            for (condition, text) in [
                ("id = \(new)" as SQL, "the record \(new) was changed"),
                ("ref = 'F-1'", "was changed"),
            ] {
                try await change(test, condition)
                let findings = try await test.district.verify(from: start)
                #expect(findings.contains { $0.sentence.contains(text) }, "\(findings)")
            }
            try await test.database.write { db in
                if db.dialect == .postgres {
                    try db.script("DROP TRIGGER audit_refuses_change ON audit")
                } else {
                    try db.script("DROP TRIGGER audit_refuses_update")
                }
                try db.execute("UPDATE audit SET actor = 'x' WHERE seq = \(start.seq + 1)")
            }
            let broken = try await test.district.verify(from: start)
            #expect(broken.contains { $0.sentence.contains("breaks the chain") }, "\(broken)")
        }
    }

    @Test(arguments: Engine.available)
    func aHeadThatTheChainDoesNotHaveIsNoPlaceToGoOnFrom(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let head = try await head(test)
            for (wrong, text) in [
                (HeadLog.Head(seq: head.seq, hash: String(repeating: "0", count: 64)), "is not"),
                (HeadLog.Head(seq: head.seq + 9, hash: head.hash), "had come to"),
            ] {
                let findings = try await test.district.verify(from: wrong)
                #expect(findings.count == 1 && findings[0].sentence.contains(text), "\(findings)")
            }
        }
    }

    /// What stands past the end is found from any head.
    @Test(arguments: Engine.available)
    func whatWasSlippedInPastTheEndIsFoundFromTheNewestHead(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let id = try await post(test, "NEW")
            let start = try await head(test)
            try await test.database.write { db in
                try db.execute(
                    """
                    INSERT INTO record (id, ordinal, kind, unit_id, happened_on, m1, fields,
                        content, recorded_at, recorded_by, digest)
                    SELECT 'x', 5000, kind, unit_id, happened_on, m1, fields, content, recorded_at,
                        recorded_by, digest FROM record WHERE id = \(id)
                    """)
                try db.execute(
                    """
                    INSERT INTO audit (seq, at, actor, action, subject, hash)
                    SELECT max(seq) + 1, max(at), 'x', 'data.erased', 'x', max(hash) FROM audit
                    """)
            }
            let findings = try await test.district.verify(from: start).map(\.sentence)
            #expect(findings.contains { $0.contains("past the ledger's head") }, "\(findings)")
            #expect(findings.contains { $0.contains("breaks the chain") }, "\(findings)")
        }
    }

    @Test(arguments: Engine.available)
    func aLedgerOfManyBatchesIsReadToItsEnd(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let start = try await head(test)
            try await test.accept(Self.leaflets(2_300), what: "material")
            let last = try await post(test, "LAST")
            #expect(try await test.district.verify() == [])
            #expect(try await test.district.verify(from: start) == [])
            try await change(test, "id = \(last) OR ordinal = 1234")
            for findings in [
                try await test.district.verify(), try await test.district.verify(from: start),
                try await test.database.read { try test.district.verify($0) },
            ] {
                let changed = findings.filter { $0.sentence.contains("was changed") }
                #expect(changed.count == 2, "\(findings)")
            }
        }
    }

    @Test(arguments: Engine.available)
    func whatIsPostedMeanwhileIsNoFault(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            try await test.accept(Self.leaflets(1_200), what: "material")
            try await withThrowingTaskGroup(of: [Finding].self) { group in
                group.addTask {
                    for number in 0..<20 { _ = try await post(test, "N-\(number)") }
                    let text = "编号,日期,单位,份数,名称\nF-1,2015-03-02,410102001001,20,乙\n"
                    let undone = try await test.accept(text, what: "material")
                    try await test.district.reverseImport(undone, by: TestDistrict.actor)
                    return []
                }
                for _ in 0..<4 {
                    group.addTask { try await test.district.verify() }
                }
                for try await findings in group { #expect(findings == []) }
            }
            #expect(try await test.district.verify() == [])
        }
    }

    @Test func theNewestHeadFoundWholeIsRememberedUntilTheLedgerIsAcceptedAnew() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "groundwork_\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let data = DataFolder(folder)
        try data.create()
        let heads = try data.heads()
        #expect(heads.verified() == nil)
        func head(_ seq: Int) -> HeadLog.Head {
            HeadLog.Head(seq: seq, hash: String(repeating: "a", count: 64))
        }
        try heads.note(head(1))
        try heads.note(head(1), as: .verified)
        try heads.note(head(2), as: .verified)
        try heads.note(head(3))
        #expect(heads.verified() == head(2))
        #expect(heads.goesOn(from: nil))
        #expect(heads.goesOn(from: head(1)), "no newer than what was found whole")
        #expect(!heads.goesOn(from: head(3)), "what lies between was never looked at")
        try heads.note(head(4), as: .accepted)
        #expect(heads.verified() == nil)
    }
}
