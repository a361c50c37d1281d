import App
import Core
import Foundation
import Ledger
import Reports
import Storage
import TestKit
import Testing

struct VerifyTests {
    @Test(arguments: Engine.available)
    func aDistrictNobodyTouchedVerifies(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            #expect(try await VerifiedDistrict(test).findings() == [], "an empty one as well")
            let district = try await VerifiedDistrict.busy(test)
            #expect(try await district.findings() == [])
        }
    }

    /// Somebody who may write to the database, and took away what protects its rows, still has
    /// not the key of the chain.
    @Test(arguments: Engine.available, Tampering.all)
    func whatWasChangedByHandIsNamed(on engine: Engine, tampering: Tampering) async throws {
        try await TestDistrict.with(engine) { test in
            let district = try await VerifiedDistrict.busy(test)
            try await district.tamper(tampering)
            let findings = try await district.findings()
            #expect(
                findings.contains { $0.contains(tampering.finding) },
                "\(tampering.name): \(findings)")
        }
    }

    @Test(arguments: Engine.available)
    func theRecordThatWasChangedIsNamedAndNoOther(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            let district = try await VerifiedDistrict.busy(test)
            let id = try #require(
                try await test.database.read { db in
                    try db.value("SELECT id FROM record WHERE ref = 'L-1'", as: String.self)
                })
            try await district.tamper(
                Tampering(
                    "a measure", ["record"], "UPDATE record SET m1 = 11 WHERE ref = 'L-1'", ""))
            #expect(
                try await district.findings()
                    == ["the record \(id) was changed: it is not what its digest says"])
        }
    }

    /// The document came in June and takes effect in March; records of April are not at fault.
    @Test(arguments: Engine.available)
    func aReorganizationMayBeEnteredLate(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            let district = try VerifiedDistrict(test)
            try await test.foundSmallDistrict()
            let head = "日期,单位,队伍编号\n"
            try await test.accept(head + "2015-04-01,410102001002001,T-1\n", what: "inspection")
            try await test.accept(
                VerifiedDistrict.merger(of: "410102001002001", on: "2015-03-01"),
                what: "reorganizations")
            #expect(try await district.findings() == [])
            try await test.accept(head + "2015-01-01,410102001002001,T-1\n", what: "inspection")
            try await district.tamper(
                Tampering(
                    "an early day", ["record"],
                    "UPDATE record SET happened_on = '2013-01-01' WHERE happened_on = '2015-01-01'",
                    ""))
            let findings = try await district.findings()
            #expect(findings.contains { $0.contains("did not exist on its day") })
        }
    }

    @Test(arguments: Engine.available)
    func aFileOfEvidenceThatWasChangedOrTakenAwayIsNamed(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            let district = try await VerifiedDistrict.busy(test)
            let name = try #require(
                try FileManager.default.contentsOfDirectory(atPath: test.folder.evidence).first)
            let path = test.folder.evidence + "/" + name
            try Data("另一张签到表".utf8).write(to: URL(fileURLWithPath: path))
            #expect(
                try await district.findings() == ["the file of the evidence \(name) was changed"])
            try FileManager.default.removeItem(atPath: path)
            #expect(
                try await district.findings()
                    == ["the file of the evidence \(name) is gone, and nobody erased it"])
        }
    }

    @Test(arguments: Engine.available)
    func aChainOfAnotherKeyDoesNotHold(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            _ = try await VerifiedDistrict.busy(test)
            let other = District(
                database: test.database, catalogue: test.district.catalogue,
                key: AuditKey(bytes: [UInt8](repeating: 7, count: 32)),
                sealedKey: test.district.sealedKey, declared: declarations,
                now: test.district.now)
            let findings = try await test.database.read { try other.verify($0) }
            #expect(findings.contains { $0.sentence.contains("the audit row 1 ") })
        }
    }

    @Test(arguments: Engine.available)
    func theRowsThemselvesRefuseToBeChanged(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            let district = try await VerifiedDistrict.busy(test)
            for table in VerifiedDistrict.protected {
                for statement in ["UPDATE \(table) SET digest = digest", "DELETE FROM \(table)"] {
                    let text = statement.replacing(
                        "digest = digest", with: VerifiedDistrict.sameColumn(of: table))
                    await #expect(throws: DatabaseError.self, "\(text)") {
                        try await test.database.write { try $0.script(text) }
                    }
                }
            }
            #expect(try await district.findings() == [])
        }
    }
}
