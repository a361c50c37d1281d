import Foundation
import Storage

/// A place for one test's database, empty or a copy of one: a folder in memory where there is one,
/// or on the server a schema, and for a copy a database of its own.
struct TestPlace: Sendable {
    let location: Location
    private let removal: @Sendable () async throws -> Void

    static func empty(on engine: Engine) throws -> TestPlace {
        switch engine {
        case .sqlite: return try inFolder { _ in }
        case .postgres:
            let name = freshName()
            let location = Location.postgres(url: try PostgresServer.named().url, schema: name)
            return TestPlace(location: location) {
                let database = try Database(location)
                defer { database.close() }
                try await database.write { try $0.script("DROP SCHEMA \(name) CASCADE") }
            }
        }
    }

    /// Has the bytes of a database's file.
    static func copy(of file: Data) throws -> TestPlace {
        try inFolder { try file.write(to: $0) }
    }

    /// Has all that is in a database of the server, where there is such a schema.
    static func copy(of database: String, schema: String) throws -> TestPlace {
        let (name, server) = (freshName(), try PostgresServer.named())
        // Copying files takes half of what writing all of them to the log as well does.
        try server.run("CREATE DATABASE \(name) TEMPLATE \(database) STRATEGY FILE_COPY")
        return TestPlace(location: .postgres(url: server.url(of: name), schema: schema)) {
            try server.run("DROP DATABASE \(name)")
        }
    }

    func remove() async throws { try await removal() }

    static func freshName() -> String {
        "test_" + UUID().uuidString.lowercased().replacing("-", with: "_")
    }

    private static func inFolder(_ fill: (URL) throws -> Void) throws -> TestPlace {
        let folder = memory.appending(path: "groundwork_\(freshName())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "district.sqlite")
        try fill(file)
        return TestPlace(location: .sqlite(path: file.path)) {
            try FileManager.default.removeItem(at: folder)
        }
    }

    /// The tests ask what is stored, not whether it survives a power cut.
    private static var memory: URL {
        FileManager.default.isWritableFile(atPath: "/dev/shm")
            ? URL(filePath: "/dev/shm") : FileManager.default.temporaryDirectory
    }
}
