import AsyncHTTPClient
import Foundation
import TestKit

/// A provider as others run it: a process of the package `oidc-provider-mock`, on loopback.
struct RealProvider: Sendable {
    let issuer: String

    private static let python = TestDistrict.home.folder + "/.venv/bin/python"
    private static let module = "oidc_provider_mock"

    /// Whether `scripts/setup test` has installed it.
    static let isInstalled: Bool = {
        let folders = TestDistrict.home.folder + "/.venv/lib"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: folders)) ?? []
        return versions.contains {
            FileManager.default.fileExists(atPath: "\(folders)/\($0)/site-packages/\(module)")
        }
    }()

    /// It ends by itself when the test is killed.
    private static let start = """
        import runpy, signal
        signal.alarm(300)
        runpy.run_module("\(module)", run_name="__main__")
        """

    /// Runs the body with a provider, and ends it afterwards.
    static func run(_ body: (RealProvider) async throws -> Void) async throws {
        let log = FileManager.default.temporaryDirectory
            .appending(path: "openid_\(UUID().uuidString)")
        try Data().write(to: log)
        defer { try? FileManager.default.removeItem(at: log) }
        let output = try FileHandle(forWritingTo: log)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [
            "-c", start, "--port", "0", "--user-claims",
            #"{"sub": "li-there", "amr": ["pwd", "otp"]}"#,
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = output
        try process.run()
        do {
            try await body(RealProvider(issuer: try await address(log, process)))
        } catch {
            try await end(process)
            throw error
        }
        try await end(process)
    }

    /// It says where it listens once it does.
    private static func address(_ log: URL, _ process: Process) async throws -> String {
        for _ in 0..<600 {
            let text = try String(contentsOf: log, encoding: .utf8)
            if let found = text.firstMatch(of: /running on (http:\/\/127\.0\.0\.1:\d+)/) {
                return String(found.1)
            }
            guard process.isRunning else { throw NoProvider(log: text) }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw NoProvider(log: "it does not say where it listens")
    }

    /// A process begins with the signals blocked that the thread of its parent blocks, and threads
    /// of a pool block most of them: all but this one.
    private static func end(_ process: Process) async throws {
        kill(process.processIdentifier, SIGKILL)
        while process.isRunning { try await Task.sleep(for: .milliseconds(20)) }
    }

    /// Presses a button of its page, as a browser would; answers where it sends the browser.
    func press(_ address: String, _ body: String) async throws -> String {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
            var request = HTTPClientRequest(url: address)
            request.method = .POST
            request.headers.add(
                name: "Content-Type", value: "application/x-www-form-urlencoded")
            request.body = .bytes(Array(body.utf8))
            let answer = try await client.execute(request, timeout: .seconds(30))
            _ = try await answer.body.collect(upTo: 1 << 20)
            return answer.headers.first(name: "Location") ?? ""
        }
    }
}

/// The provider did not come up.
struct NoProvider: Error {
    let log: String
}
