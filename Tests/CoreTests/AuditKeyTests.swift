import Core
import Foundation
import Testing

@Suite struct AuditKeyTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "groundwork_\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func refusal(_ path: String) -> String? {
        #expect(throws: Refusal.self) { try AuditKey(file: path) }?.text(.en)
    }

    @Test func aMissingFileIsNamed() throws {
        try withFolder { folder in
            let path = folder + "/audit.key"
            #expect(refusal(path)?.contains("\(path) is missing") == true)
        }
    }

    @Test(arguments: [0o640, 0o604, 0o644, 0o660, 0o620, 0o610, 0o601, 0o777])
    func aFileThatOthersMayOpenIsRefused(_ mode: Int) throws {
        try withFolder { folder in
            let path = folder + "/audit.key"
            try AuditKey.create(file: path)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            #expect(refusal(path)?.contains("chmod 600") == true)
        }
    }

    @Test(arguments: [0, 1, 31, 33, 4_096])
    func aFileOfAnotherLengthIsDamaged(_ length: Int) throws {
        try withFolder { folder in
            let path = folder + "/audit.key"
            try AuditKey.create(file: path)
            try Data(repeating: 7, count: length).write(to: URL(filePath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            #expect(refusal(path)?.contains("damaged") == true)
        }
    }

    @Test func aKeyIsNeverReplaced() throws {
        try withFolder { folder in
            let path = folder + "/audit.key"
            try AuditKey.create(file: path)
            let bytes = FileManager.default.contents(atPath: path)
            #expect(throws: Refusal.self) { try AuditKey.create(file: path) }
            #expect(throws: Refusal.self) { try AuditKey.create(file: folder + "/no/audit.key") }
            #expect(FileManager.default.contents(atPath: path) == bytes)
        }
    }

    @Test func aNewKeyIsItsOwnersAloneAndUnlikeAnyOther() throws {
        try withFolder { folder in
            let paths = [folder + "/one.key", folder + "/other.key"]
            for path in paths {
                try AuditKey.create(file: path)
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                #expect(attributes[.posixPermissions] as? Int == 0o600)
                #expect(FileManager.default.contents(atPath: path)?.count == 32)
            }
            let keys = try paths.map(AuditKey.init(file:))
            #expect(keys[0].link("", ["a"]) != keys[1].link("", ["a"]))
            #expect(try AuditKey(file: paths[0]).link("", ["a"]) == keys[0].link("", ["a"]))
        }
    }

    @Test func theLinkChangesWithThePartsTheirOrderAndWhatCameBefore() {
        let key = AuditKey(bytes: [UInt8](repeating: 1, count: 32))
        let parts: [String?] = ["1", "0", "tester", "record.posted", "x", "1", nil, ""]
        var links: Set<String> = [key.link("before", parts)]
        for index in parts.indices {
            var changed = parts
            changed[index] = changed[index].map { $0 + "+" } ?? ""
            links.insert(key.link("before", changed))
            changed[index] = changed[index] == "" ? "-" : nil
            links.insert(key.link("before", changed))
        }
        links.insert(key.link("", parts))
        links.insert(key.link("before", parts + [nil]))
        links.insert(key.link("before", parts.reversed()))
        links.insert(AuditKey(bytes: [UInt8](repeating: 2, count: 32)).link("before", parts))
        #expect(links.count == 1 + 2 * parts.count + 4)
        #expect(links.allSatisfy { $0.utf8.count == 64 })
    }
}
