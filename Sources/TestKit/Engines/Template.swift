import Foundation
import Storage
import Synchronization

/// A database that is made once in a run of tests and copied for each that begins with it: to make
/// it anew costs most tests more than what they ask of it.
final class Template: Sendable {
    private enum Made {
        case file(Data)
        case database(String)
    }

    private static let schema = "district"

    private let fill: @Sendable (Location) async throws -> Void
    private let made = Mutex<[Engine: Made]>([:])
    /// Whoever comes while the first one makes it waits for that.
    private let gates = [Engine.sqlite: Gate(places: 1), Engine.postgres: Gate(places: 1)]

    init(fill: @escaping @Sendable (Location) async throws -> Void) { self.fill = fill }

    /// A copy of what the first test that asked has made.
    func copy(on engine: Engine) async throws -> TestPlace {
        switch try await made(on: engine) {
        case .file(let file): return try .copy(of: file)
        case .database(let name): return try .copy(of: name, schema: Self.schema)
        }
    }

    private func made(on engine: Engine) async throws -> Made {
        await gates[engine]?.enter()
        defer { gates[engine]?.leave() }
        if let known = made.withLock({ $0[engine] }) { return known }
        let new = try await make(on: engine)
        made.withLock { $0[engine] = new }
        return new
    }

    private func make(on engine: Engine) async throws -> Made {
        let name = TestPlace.freshName()
        switch engine {
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory.appending(path: name)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let file = folder.appending(path: "district.sqlite")
            try await fill(.sqlite(path: file.path))
            return .file(try Data(contentsOf: file))
        case .postgres:
            let server = try PostgresServer.named()
            try server.run("CREATE DATABASE \(name)")
            atEndOfRun { try? server.run("DROP DATABASE \(name)") }
            try await fill(.postgres(url: server.url(of: name), schema: Self.schema))
            return .database(name)
        }
    }
}
