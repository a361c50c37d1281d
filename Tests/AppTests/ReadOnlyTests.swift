import App
import Core
import Foundation
import Logging
import Reports
import Storage
import TestKit
import Testing

/// A folder on a disk that nobody can write to is opened for reading.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["DATABASE_URL"] == nil))
struct ReadOnlyTests {
    @Test func aFolderOpenedForReadingIsVerifiedAndTakesNothing() async throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "groundwork_\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = DataFolder(path)
        let logger = Logger(label: "test")
        try folder.create()
        let database = try folder.openDatabase(logger)
        try await folder.migrate(database)
        database.close()
        let before = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        let district = try await folder.open(TestDistrict.home, logger: logger, readOnly: true)
        defer { district.database.close() }
        let reports = try Reports(
            TestDistrict(district: district, folder: folder).figures,
            folders: [TestDistrict.home.catalogue])
        #expect(try await verify(reports, data: folder) == [])
        await #expect(throws: DatabaseError.readOnly) {
            try await district.database.write { try $0.execute("DELETE FROM submission") }
        }
        let after = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        #expect(after == before, "nothing was made beside the database")
    }

    /// Whoever tries to sign in reads why nobody can, and gets the name back.
    @Test func theSignInOfAFolderThatIsOnlyReadSaysWhy() async throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "groundwork_\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = DataFolder(path)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        try folder.create()
        let database = try folder.openDatabase(logger)
        try await folder.migrate(database)
        database.close()
        let district = try await folder.open(TestDistrict.home, logger: logger, readOnly: true)
        defer { district.database.close() }
        try await TestDistrict(district: district, folder: folder).withSite { client in
            #expect(try await client.page("/").status == 200)
            #expect(try await client.page("/sign-in").status == 200)
            for (language, words) in [(Language.zh, "只读"), (.en, "reading only")] {
                let answer = try await client.submit(
                    "/sign-in", ["name": "zhang", "password": "lang und geheim"], as: nil,
                    language: language)
                #expect(answer.status == 503)
                #expect(answer.text.contains(words), "\(answer.text)")
                #expect(answer.text.contains("value=\"zhang\""))
                #expect(!answer.text.contains("geheim"))
            }
        }
    }
}
