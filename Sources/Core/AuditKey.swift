import Crypto
import Foundation

/// The key of the audit chain. It lives in a file outside the database, readable by its owner
/// alone, so that who can write rows still cannot forge a chain.
package struct AuditKey: Sendable {
    let key: SymmetricKey

    package init(bytes: [UInt8]) { self.key = SymmetricKey(data: bytes) }

    /// Reads the key. Throws a `Refusal` that names the file when it is missing, too short, or
    /// readable by others.
    package init(file path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Refusal.conflict(
                zh: "找不到审计密钥文件 \(path)。", en: "The audit key file \(path) is missing.")
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
        guard mode & 0o077 == 0 else {
            throw Refusal.conflict(
                zh: "审计密钥文件 \(path) 可被他人读取，请执行 chmod 600。",
                en: "Others can read the audit key file \(path): run chmod 600 on it.")
        }
        guard data.count == 32 else {
            throw Refusal.conflict(
                zh: "审计密钥文件 \(path) 已损坏。", en: "The audit key file \(path) is damaged.")
        }
        self.key = SymmetricKey(data: data)
    }

    /// Makes a new key file with mode 0600; refuses to replace one.
    package static func create(file path: String) throws {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else {
            throw Refusal.conflict(
                zh: "无法创建审计密钥文件 \(path)。",
                en: "The audit key file \(path) cannot be created, or exists already.")
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: Data(bytes))
        try file.synchronize()
    }

    /// The link of the chain after `previous` for these parts.
    package func link(_ previous: String, _ parts: [String?]) -> String {
        let text = Fingerprint([previous] + parts).text
        return hexadecimal(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
    }
}
