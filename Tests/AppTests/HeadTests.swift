import App
import Core
import Foundation
import Ledger
import Storage
import TestKit
import Testing

/// How far the ledger had come is known outside the database.
struct HeadTests {
    /// The rows of the ledger's newest record, as an older copy of the database has none of them.
    private func cutTail(_ district: VerifiedDistrict, to head: HeadLog.Head) async throws {
        let position = try await district.test.position()
        try await district.tamper(
            Tampering(
                "the tail", ["audit", "record"],
                """
                DELETE FROM record_pair WHERE record_id IN
                    (SELECT id FROM record WHERE ref = 'NEW');
                DELETE FROM record WHERE ref = 'NEW';
                DELETE FROM audit WHERE seq > \(head.seq);
                UPDATE ledger_head SET position = \(position - 1), seq = \(head.seq),
                    hash = '\(head.hash)', shown = \(head.seq)
                """, ""))
    }

    private func head(_ test: TestDistrict) async throws -> HeadLog.Head {
        try await test.database.read { try HeadLog.Head($0) }
    }

    private func postNew(_ test: TestDistrict) async throws {
        guard let kind = test.district.catalogue.kinds["material"] else { throw Refusal.notFound }
        _ = try await test.district.post(
            [
                .ref: "NEW", .day: "2015-03-08", .unit: "BUR-EDU", .measure(0): "5",
                .field("title"): "新",
            ], kind: kind, by: TestDistrict.actor)
    }

    @Test(arguments: Engine.available)
    func aTailThatWasCutOffAndAnOlderCopyAreFound(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            let district = try await VerifiedDistrict.busy(test)
            let old = try await head(test)
            try await postNew(test)
            let kept = try await head(test)
            #expect(try await district.findings() == [])
            try await cutTail(district, to: old)
            let findings = try await district.findings()
            #expect(findings.count == 1, "\(findings)")
            #expect(findings.first?.contains("it had come to \(kept.seq)") == true, "\(findings)")
            let held = try await test.database.read { try verifyHead(kept, $0) }
            #expect(held.first?.sentence.contains("ends at the audit row \(old.seq)") == true)

            // Written on: the row of that number is another one, and that is seen as well.
            try await postNew(test)
            let later = try await district.findings()
            #expect(later.contains { $0.contains("\(kept.seq) is not the one") }, "\(later)")
            let now = try await test.database.read { try verifyHead(kept, $0) }
            #expect(now.count == 1)

            // Whoever put a backup back on purpose says so, and the audit names them.
            let head = try await test.folder.accept(test.district, by: TestDistrict.actor)
            #expect(try await district.findings() == [])
            #expect(try await test.database.read { try verifyHead(head, $0) } == [])
            let actors = try await test.database.read { db in
                try db.rows("SELECT actor FROM audit WHERE action = 'ledger.accepted'")
                    .map { try $0.at(0, as: String.self) }
            }
            #expect(actors == [TestDistrict.actor.name])
        }
    }

    @Test(arguments: Engine.available)
    func withoutTheFileOrWithAForeignLineVerifyDoesNotHold(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            let district = try await VerifiedDistrict.busy(test)
            let path = try test.folder.heads().path
            let foreign =
                "head\t1\t\(String(repeating: "0", count: 64))\t"
                + String(repeating: "1", count: 64) + "\n"
            let file = try String(contentsOfFile: path, encoding: .utf8)
            try (foreign + file).write(toFile: path, atomically: true, encoding: .utf8)
            #expect(
                try await district.findings()
                    == ["line 1 of heads.log was not written by the holder of the key"])
            try FileManager.default.removeItem(atPath: path)
            let gone = try await district.findings()
            #expect(gone.count == 1 && gone[0].contains("is gone"), "\(gone)")
            // A file that came anew says from where on it remembers.
            try await postNew(test)
            let anew = try await district.findings()
            #expect(anew.count == 1 && anew[0].contains("was gone when"), "\(anew)")
        }
    }

    @Test(
        arguments: [
            ("12:0123456789abcdef", true), ("12:0123456789ABCDEF", true), ("12:0123", false),
            ("0:0123456789abcdef", false), ("x:0123456789abcdef", false), ("12", false),
            ("12:0123456789abcdeg", false),
        ])
    func aHeadIsWrittenAsNumberAndHash(text: String, isRead: Bool) {
        #expect((HeadLog.Head(text) != nil) == isRead)
    }
}
