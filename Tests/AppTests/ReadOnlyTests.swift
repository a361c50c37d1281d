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
}
