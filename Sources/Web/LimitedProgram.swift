import Core
import Foundation
import Synchronization

/// A program of Debian's that is run on what came from outside, as a process of its own: with so
/// much memory, so many seconds and so large a file as it is given, without an environment, and so
/// many at a time. A fault in it takes nothing of ours along.
package final class LimitedProgram: Sendable {
    private let path: String
    private let package: String
    private let memoryBytes: Int
    private let fileBytes: Int
    private let seconds: Int
    /// How many run at a time: each may use its whole share of memory.
    private let most: Int
    private let running = Mutex(0)

    /// - Parameter package: Debian's package that brings the program.
    package init(
        _ path: String, package: String, memoryBytes: Int, fileBytes: Int, seconds: Int, most: Int
    ) {
        self.path = path
        self.package = package
        self.memoryBytes = memoryBytes
        self.fileBytes = fileBytes
        self.seconds = seconds
        self.most = most
    }

    private var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// Refuses with what to install where the program is missing.
    package func requireInstalled() throws(Refusal) {
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw .conflict(
                zh: "缺少程序 \(name)，请安装 Debian 软件包 \(package)。",
                en: "The program \(name) is missing: install Debian's package \(package).")
        }
    }

    /// Does something while it counts as one of those that run; nil where too many do already.
    package func inTurn<Made: Sendable>(
        _ body: () async throws -> Made
    ) async throws -> Made? {
        let begins = running.withLock { count in
            guard count < most else { return false }
            count += 1
            return true
        }
        guard begins else { return nil }
        defer { running.withLock { $0 -= 1 } }
        return try await body()
    }

    /// What the program makes of some bytes; nil where it does not come through in its limits.
    ///
    /// - Parameter arguments: what it is told, given the files it reads and writes.
    package func made(
        of bytes: [UInt8], _ arguments: (_ source: String, _ target: String) -> [String]
    ) async throws -> [UInt8]? {
        let folder = FileManager.default.temporaryDirectory
        let mark = ID<LimitedProgram>.make().text
        let (source, target) = (
            folder.appending(path: "\(name)-\(mark)-in").path,
            folder.appending(path: "\(name)-\(mark)-out").path
        )
        defer {
            for path in [source, target] { try? FileManager.default.removeItem(atPath: path) }
        }
        guard
            FileManager.default.createFile(
                atPath: source, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
        guard try await run(arguments(source, target)) else { return nil }
        return FileManager.default.contents(atPath: target).map(Array.init)
    }

    /// A process begins with the signals blocked that the thread blocks which starts it, so only
    /// the one signal that nobody can block ends it in time.
    private func run(_ arguments: [String]) async throws -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/prlimit")
        process.arguments =
            [
                "--as=\(memoryBytes)", "--fsize=\(fileBytes)", "--cpu=\(seconds)", "--nofile=64",
                "--core=0", "--", "/usr/bin/timeout", "--signal=KILL", "\(seconds)", path,
            ] + arguments
        process.environment = ["PATH": "/usr/bin:/bin", "OMP_NUM_THREADS": "1"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { ended in
                continuation.resume(
                    returning: ended.terminationReason == .exit && ended.terminationStatus == 0)
            }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
    }
}
