import Core
import Foundation
import Ledger
import Storage
import TestKit
import Testing

struct EvidenceTests {
    @Test(
        arguments: [
            [], [0x00, 0x01, 0x02], [0x50, 0x4B, 0x03, 0x04, 0x00], [0xFF, 0xFE, 0x41, 0x00],
            [0x4D, 0x5A, 0x90, 0x00], [0x47, 0x49, 0x46, 0x38, 0x00],
        ] as [[UInt8]])
    func aFileOfNoKnownTypeIsRefusedWhateverItIsCalled(bytes: [UInt8]) async throws {
        try await TestDistrict.with(.sqlite) { test in
            let path = try test.file("scan.pdf", bytes: bytes)
            let no = #expect(throws: Refusal.self) { try EvidenceFile(path: path) }
            #expect(no?.text(.en).contains("is not a PDF, a JPEG, a PNG or a text") == true)
        }
    }

    @Test func aMissingOrTooLargeFileIsRefused() async throws {
        try await TestDistrict.with(.sqlite) { test in
            let missing = test.folder.path + "/none.pdf"
            #expect(throws: Refusal.self) { try EvidenceFile(path: missing) }
            let size = EvidenceFile.sizeLimit
            let fits = Array("%PDF-".utf8) + [UInt8](repeating: 0, count: size - 5)
            #expect(try EvidenceFile(path: test.file("a.pdf", bytes: fits)).bytes.count == size)
            let large = try test.file("b.pdf", bytes: fits + [0])
            let no = #expect(throws: Refusal.self) { try EvidenceFile(path: large) }
            #expect(no?.text(.en).contains("larger than 20 MB") == true)
        }
    }

    @Test(
        arguments: [
            (Array("%PDF-1.7 …".utf8), "application/pdf"),
            ([0xFF, 0xD8, 0xFF, 0xE0, 0], "image/jpeg"),
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0], "image/png"), (Array("会议签到".utf8), "text/plain"),
            (Array("%PD".utf8), "text/plain"),
        ] as [([UInt8], String)])
    func theContentTellsTheType(bytes: [UInt8], type: String) async throws {
        try await TestDistrict.with(.sqlite) { test in
            let file = try EvidenceFile(path: try test.file("photo.exe", bytes: bytes))
            #expect(file.mediaType == type)
            #expect(file.name == "photo.exe")
        }
    }

    @Test(arguments: Engine.available)
    func evidenceIsKeptWithTheRecordAndInTheChain(on engine: Engine) async throws {
        try await TestDistrict.with(engine) { test in
            try await test.foundSmallDistrict()
            let bytes = Array("%PDF-签到表".utf8)
            let file = try EvidenceFile(path: try test.file("签到表.pdf", bytes: bytes))
            let values: [Heading: String] = [
                .day: "2015-03-01", .unit: "BUR-EDU", .measure(0): "1", .field("title"): "页",
            ]
            let words = try await test.refused {
                try await test.post(
                    "material", values,
                    evidence: Array(repeating: file, count: EvidenceFile.perRecord + 1))
            }
            #expect(words.contains("At most 10 files"))

            let id = try await test.post("material", values, evidence: [file, file])
            let kept = try await test.database.read { try EvidenceStore(db: $0).list(id) }
            #expect(kept.map(\.fileName) == ["签到表.pdf", "签到表.pdf"])
            for one in kept {
                #expect(one.mediaType == "application/pdf")
                #expect(one.size == bytes.count)
                #expect(one.digest == hexadecimalDigest(bytes))
                let path = test.folder.evidence + "/" + one.id.text
                let lying = try #require(FileManager.default.contents(atPath: path))
                #expect(lying.count > bytes.count && Array(lying) != bytes, "it is sealed")
                let folder = test.folder.evidenceFolder(test.district)
                #expect(try folder.read(one.id, digest: one.digest) == bytes)
                try (lying + Data([0])).write(to: URL(fileURLWithPath: path))
                #expect(throws: Refusal.self) { try folder.read(one.id, digest: one.digest) }
                try FileManager.default.removeItem(atPath: path)
                #expect(try folder.read(one.id, digest: one.digest) == nil)
                let digest = try await test.database.read { db in
                    try db.value(
                        "SELECT digest FROM audit WHERE subject = \(one.id)", as: String.self)
                }
                #expect(digest != nil && digest != one.digest, "of the whole row, not the file")
            }
            // A refused record takes its evidence with it, but for a file that nobody names.
            let again = try await test.refused {
                try await test.post("material", values, evidence: [file])
            }
            #expect(again.contains("says the same"))
        }
    }
}
