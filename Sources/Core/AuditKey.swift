import Crypto
import Foundation

/// The key of the audit chain. It lives in a file outside the database, readable by its owner
/// alone, so that who can write rows still cannot forge a chain.
package struct AuditKey: Sendable {
    let key: SymmetricKey

    package init(bytes: [UInt8]) { self.key = SymmetricKey(data: bytes) }

    /// Reads the key. Throws a `Refusal` that names the file when it is missing, too short, or
    /// readable by others.
    package init(file path: String) throws { key = try Self.file(path).read() }

    /// Makes a new key file with mode 0600; refuses to replace one.
    package static func create(file path: String) throws { try file(path).create() }

    private static func file(_ path: String) -> KeyFile {
        KeyFile(path: path, name: Wording(zh: "审计密钥", en: "audit key"))
    }

    /// The link of the chain after `previous` for these parts.
    package func link(_ previous: String, _ parts: [String?]) -> String {
        let text = Fingerprint([previous] + parts).text
        return hexadecimal(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
    }
}
