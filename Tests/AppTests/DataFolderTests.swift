import App
import Core
import Foundation
import TestKit
import Testing

@Suite(.enabled(if: ProcessInfo.processInfo.environment["DATABASE_URL"] == nil))
struct DataFolderTests {
    @Test func anAddressOfTheDatabaseThatOthersCanReadIsRefused() async throws {
        try await OwnFolder.with(["database.url": "postgres://a:b@127.0.0.1/c\n"]) { path in
            let folder = DataFolder(path)
            for (mode, isRefused) in [(0o644, true), (0o640, true), (0o600, false)] {
                try FileManager.default.setAttributes(
                    [.posixPermissions: mode], ofItemAtPath: path + "/database.url")
                if isRefused {
                    #expect(throws: Refusal.self) { try folder.location() }
                } else {
                    _ = try folder.location()
                }
            }
        }
    }
}
