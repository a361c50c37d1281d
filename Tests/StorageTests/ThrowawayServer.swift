import Foundation
import Storage

/// A second PostgreSQL server, for the tests that take theirs away.
struct ThrowawayServer: Sendable {
    private let folder: URL

    /// Runs the body with a server of its own and removes it afterwards.
    static func run(_ body: (ThrowawayServer) async throws -> Void) async throws {
        // The path of a socket is short, so the folder's name is.
        let name = "groundwork_\(UInt32.random(in: .min ... .max))"
        let server = ThrowawayServer(
            folder: FileManager.default.temporaryDirectory.appending(path: name))
        do {
            try await body(server)
        } catch {
            try await server.call("stop")
            throw error
        }
        try await server.call("stop")
    }

    func start() async throws -> Location {
        let url = try await call("start").trimmingCharacters(in: .whitespacesAndNewlines)
        return .postgres(url: url, schema: "district")
    }

    func halt() async throws { try await call("halt") }

    private static let script = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "scripts/postgres")

    /// Waits without a thread: a `Process` that is waited for holds the thread that would end it.
    @discardableResult
    private func call(_ command: String) async throws -> String {
        let process = Process()
        process.executableURL = Self.script
        process.arguments = [command, folder.path]
        let output = Pipe()
        process.standardOutput = output
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        guard status == 0 else {
            throw DatabaseError.other(
                code: "\(status)", message: "scripts/postgres \(command) failed.")
        }
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        return String(decoding: text, as: UTF8.self)
    }
}
