import Foundation
import Storage

/// A place for one test's database: a folder in memory where there is one, or a schema.
struct EmptyPlace: Sendable {
    let location: Location
    private let folder: URL?
    private let schema: String

    init(on engine: Engine) throws {
        let name = UUID().uuidString.lowercased().replacing("-", with: "_")
        schema = "test_\(name)"
        switch engine {
        case .sqlite:
            let folder = EmptyPlace.memory.appending(path: "groundwork_\(name)")
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true)
            self.folder = folder
            location = .sqlite(path: folder.appending(path: "district.sqlite").path)
        case .postgres:
            guard let url = Engine.postgresURL else {
                throw DatabaseError.other(
                    code: "location", message: "GROUNDWORK_TEST_POSTGRES is not set.")
            }
            folder = nil
            location = .postgres(url: url, schema: schema)
        }
    }

    /// The tests ask what is stored, not whether it survives a power cut.
    private static var memory: URL {
        FileManager.default.isWritableFile(atPath: "/dev/shm")
            ? URL(filePath: "/dev/shm") : FileManager.default.temporaryDirectory
    }

    func remove() async throws {
        if let folder {
            try FileManager.default.removeItem(at: folder)
        } else {
            let database = try Database(location)
            defer { database.close() }
            try await database.write { [schema] connection in
                try connection.script("DROP SCHEMA \(schema) CASCADE")
            }
        }
    }
}
