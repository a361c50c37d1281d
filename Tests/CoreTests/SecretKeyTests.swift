import Core
import Foundation
import Testing

@Suite struct SecretKeyTests {
    @Test func aSealedTextOpensUnderItsNameWithItsKeyAlone() throws {
        let (key, other) = (SecretKey.random(), SecretKey.random())
        let sealed = try key.seal(text: "张三 6810-0001", for: "body of A")
        #expect(!sealed.contains("张三") && !sealed.contains("6810"))
        #expect(throws: Refusal.self) { try key.open(text: sealed, for: "body of B") }
        #expect(throws: Refusal.self) { try other.open(text: sealed, for: "body of A") }
        #expect(throws: Refusal.self) { try key.open(text: "{}", for: "body of A") }
        #expect(throws: Refusal.self) { try key.open(text: "", for: "body of A") }
        for index in 0..<4 {
            var bytes = try #require(Data(base64Encoded: sealed))
            bytes[bytes.count / 4 * index] ^= 1
            #expect(throws: Refusal.self, "byte \(index)") {
                try key.open(text: bytes.base64EncodedString(), for: "body of A")
            }
        }
        #expect(try key.open(text: sealed, for: "body of A") == "张三 6810-0001")
        let again = try key.seal(text: "张三 6810-0001", for: "body of A")
        #expect(again != sealed, "equal texts do not show that they are equal")
    }

    @Test func theKeyOfWhatIsSealedIsReadFromAFileOfItsOwn() throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "sealed_\(UUID().uuidString).key").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let missing = #expect(throws: Refusal.self) { try SecretKey(sealedFile: path) }
        #expect(missing?.text(.en).contains("sealed key file \(path) is missing") == true)
        try SecretKey.create(sealedFile: path)
        #expect(throws: Refusal.self) { try SecretKey.create(sealedFile: path) }
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        let open = #expect(throws: Refusal.self) { try SecretKey(sealedFile: path) }
        #expect(open?.text(.en).contains("chmod 600") == true)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        let sealed = try SecretKey(sealedFile: path).seal(text: "甲", for: "x")
        #expect(try SecretKey(sealedFile: path).open(text: sealed, for: "x") == "甲")
    }
}
