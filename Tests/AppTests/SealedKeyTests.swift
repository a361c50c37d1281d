import App
import Core
import Foundation
import Ledger
import Logging
import Storage
import TestKit
import Testing

/// What is sealed has a key of its own: neither the database, nor the folder of evidence, nor the
/// key of the audit chain opens it.
@Suite struct SealedKeyTests {
    private static let contact = "6810-0000"
    private static let letter = "楼上漏水三次，电话六八一零"

    private func withFolder(_ body: (DataFolder) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "sealed_\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let data = DataFolder(path)
        try data.create()
        try await body(data)
    }

    private func open(_ data: DataFolder) async throws -> District {
        try await data.open(TestDistrict.home, logger: Logger(label: "test"))
    }

    private func migrate(_ data: DataFolder) async throws {
        let database = try data.openDatabase(Logger(label: "test"))
        defer { database.close() }
        try await data.migrate(database)
    }

    /// The sentence with which it is refused; empty when it is not.
    private func refusal(_ body: () async throws -> Void) async throws -> String {
        do { try await body() } catch let refusal as Refusal { return refusal.text(.en) }
        return ""
    }

    @Test func aDistrictOpensOnlyWithTheKeyItWasSealedWith() async throws {
        try await withFolder { data in
            let database = try data.openDatabase(Logger(label: "test"))
            try await database.migrate(migrations)
            database.close()
            let early = try await refusal { _ = try await open(data) }
            #expect(early.contains("run groundwork migrate"))
            try await migrate(data)
            try await open(data).database.close()

            let (own, aside) = (data.sealedKeyFile, data.path + "/aside.key")
            try FileManager.default.moveItem(atPath: own, toPath: aside)
            let missing = try await refusal { _ = try await open(data) }
            #expect(missing.contains("sealed key file \(own) is missing"))
            let lost = try await refusal { try await migrate(data) }
            #expect(lost.contains("is missing"), "no other key is made in its place")
            #expect(!FileManager.default.fileExists(atPath: own))

            try SecretKey.create(sealedFile: own)
            let another = try await refusal { _ = try await open(data) }
            #expect(another.contains("is not the key with which this database was sealed"))
            let again = try await refusal { try await migrate(data) }
            #expect(again.contains("is not the key"))

            try FileManager.default.removeItem(atPath: own)
            try FileManager.default.moveItem(atPath: aside, toPath: own)
            try await migrate(data)
            try await open(data).database.close()
        }
    }

    @Test func aCopyOfTheFolderWithoutTheKeyHoldsNothingSealedInTheClear() async throws {
        try await withFolder { data in
            try await migrate(data)
            let district = try await open(data)
            let test = TestDistrict(district: district, folder: data)
            try await test.foundSmallDistrict()
            let kind = try #require(district.catalogue.kinds["request"])
            let path = try test.file("来信.txt", Self.letter)
            let id = try await district.post(
                [
                    .ref: "Q-1", .day: "2015-03-01", .unit: "410102001001",
                    .field("matter"): "咨询", .subject("request"): "Q-1",
                    .privateValue("contact"): Self.contact,
                ], kind: kind, evidence: [EvidenceFile(path: path)], in: data.evidence,
                by: TestDistrict.actor)
            try FileManager.default.removeItem(atPath: path)
            let read = try await district.database.read { db in
                try RecordStore(db: db).privates(of: id, district.sealedKey)
            }
            #expect(read == ["contact": Self.contact])
            district.database.close()
            try FileManager.default.removeItem(atPath: data.sealedKeyFile)
            let names = try FileManager.default.subpathsOfDirectory(atPath: data.path)
            #expect(names.contains("groundwork.db") && names.contains { $0.contains("evidence/") })
            for name in names {
                let bytes = FileManager.default.contents(atPath: data.path + "/" + name) ?? Data()
                for word in [Self.contact, Self.letter] {
                    #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word) in \(name)")
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func migrateSealsWhatAnOlderProgramLeftInTheClear(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            let busy = try await VerifiedDistrict.busy(test)
            let writer = try await test.account("writer", role: "community_clerk")
            let file = try await leaveInTheClear(test, writer)
            let plain = try await rows(test)
            #expect(plain.joined().contains(Self.contact) && plain.joined().contains("甲一"))

            try await test.folder.migrate(test.database)
            let sealed = try await rows(test)
            #expect(!sealed.joined().contains(Self.contact))
            #expect(!sealed.joined().contains("甲一"))
            let lying = FileManager.default.contents(atPath: file) ?? Data()
            #expect(!lying.isEmpty && lying.range(of: Data("签到表".utf8)) == nil)
            #expect(try await busy.findings() == [])

            let said = try await test.database.read { db in
                try db.value("SELECT said FROM entry_draft", as: String.self) ?? ""
            }
            let key = test.district.sealedKey
            #expect(try key.fields(sealed: said, of: writer.id.text) == ["person.member": "甲一"])
            #expect(throws: Refusal.self) { try key.fields(sealed: said, of: "another") }

            try await test.folder.migrate(test.database)
            #expect(try await rows(test) == sealed, "a second time there is nothing to do")
            #expect(try await busy.findings() == [])
        }
    }

    /// Puts a private value, a draft and a file back as they lay before there was a key.
    private func leaveInTheClear(
        _ test: TestDistrict, _ writer: SignedIn
    ) async throws -> String {
        let key = test.district.sealedKey
        let evidence = try await test.database.write { db in
            let row = try db.first("SELECT record_id, salt, body FROM record_private")
            guard let row else { throw Refusal.notFound }
            let values = try PrivateValues(
                sealed: (salt: row.at(1), body: row.at(2)), key, for: row.at(0))
            try db.execute(
                "UPDATE record_private SET salt = \(values.salt), body = \(values.body)")
            let id = ID<Record>.make().text
            try db.execute(
                """
                INSERT INTO entry_draft (id, account_id, form_key, kind, said, saved_at)
                VALUES (\(id), \(writer.id), \(id), 'membership',
                    \(jsonObject(["person.member": "甲一"])), \(TestDistrict.moment))
                """)
            return try db.value("SELECT id FROM evidence", as: String.self) ?? ""
        }
        let path = test.folder.evidence + "/" + evidence
        try Data("签到表".utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func rows(_ test: TestDistrict) async throws -> [String] {
        try await test.database.read { db in
            try db.rows(
                """
                SELECT salt || body FROM record_private
                UNION ALL SELECT CAST(said AS TEXT) FROM entry_draft
                """
            ).map { try $0.at(0, as: String.self) }
        }
    }
}
