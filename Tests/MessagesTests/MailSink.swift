import Foundation
import TestKit

/// A mail server as others run it: a process of Debian's `python3-aiosmtpd`, on loopback, that
/// keeps what it is handed as a mail program would read it.
struct MailSink: Sendable {
    let port: Int
    /// The certificate by which it is known as `localhost`.
    let certificate: String
    private let folder: URL

    /// How its line is kept from others.
    enum Line: String, Sendable, CaseIterable { case none, starttls, tls }

    /// A letter that came in.
    struct Mail: Decodable, Sendable {
        let envelope: [String]
        let headers: [String: String]
        let subject: String
        let text: String
        let longestLine: Int
        let isASCII: Bool
        let user: String
    }

    private static let python = "/usr/bin/python3"

    /// It ends by itself when the test is killed.
    private static let program = #"""
        import asyncio, base64, email, email.policy, json, os, signal, ssl, subprocess, sys
        from aiosmtpd.smtp import SMTP, AuthResult
        folder, line = sys.argv[1], sys.argv[2]
        signal.alarm(300)
        key, certificate = folder + "/key.pem", folder + "/certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
            "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
            check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        class Sink:
            count = 0
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith("refused"):
                    return "550 there is nobody of this name"
                if address.startswith("later"):
                    return "451 come back"
                envelope.rcpt_tos.append(address)
                return "250 OK"
            async def handle_DATA(self, server, session, envelope):
                data = envelope.content
                letter = email.message_from_bytes(data, policy=email.policy.default)
                kept = {
                    "envelope": [envelope.mail_from] + envelope.rcpt_tos,
                    "headers": {name: str(value) for name, value in letter.items()},
                    "subject": letter["Subject"], "text": letter.get_content(),
                    "longestLine": max(len(one) for one in data.split(b"\r\n")),
                    "isASCII": all(byte < 128 for byte in data),
                    "user": (session.auth_data or b"").decode(),
                }
                Sink.count += 1
                name = f"{folder}/{Sink.count:04}"
                with open(name + ".new", "w") as file:
                    json.dump(kept, file)
                os.rename(name + ".new", name + ".json")
                return "250 kept"
        def sign(server, session, envelope, mechanism, data):
            if data.login == b"desk" and data.password == b"a secret":
                return AuthResult(success=True, auth_data=data.login)
            return AuthResult(success=False, handled=False)
        def make():
            more = {}
            if line != "none":
                more = {"authenticator": sign, "auth_require_tls": line == "starttls",
                    "auth_required": True}
            if line == "starttls":
                more |= {"tls_context": context, "require_starttls": True}
            return SMTP(Sink(), hostname="localhost", **more)
        async def main():
            server = await asyncio.get_running_loop().create_server(
                make, "localhost", 0, ssl=context if line == "tls" else None)
            port = [s.getsockname()[1] for s in server.sockets if s.family.name == "AF_INET"][0]
            with open(folder + "/port.new", "w") as file:
                file.write(str(port))
            os.rename(folder + "/port.new", folder + "/port")
            await asyncio.Event().wait()
        asyncio.run(main())
        """#

    /// Runs the body with a mail server, and ends it afterwards.
    static func run(_ line: Line = .none, _ body: (MailSink) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "mail_\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", program, folder.path, line.rawValue]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer { process.terminate() }
        let port = try await port(folder, process)
        try await body(
            MailSink(
                port: port, certificate: folder.path + "/certificate.pem", folder: folder))
    }

    private static func port(_ folder: URL, _ process: Process) async throws -> Int {
        for _ in 0..<1_200 {
            let text = try? String(contentsOf: folder.appending(path: "port"), encoding: .utf8)
            if let port = text.flatMap({ Int($0) }) { return port }
            guard process.isRunning else { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw NoMailServer()
    }

    struct NoMailServer: Error {}

    /// What came in, the oldest first.
    func mails() throws -> [Mail] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".json") }.sorted().map {
                try JSONDecoder().decode(
                    Mail.self, from: Data(contentsOf: folder.appending(path: $0)))
            }
    }
}
