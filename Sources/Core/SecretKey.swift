import Crypto
import Foundation

/// A key for one purpose, so that no purpose can be turned against another: derived from the key of
/// the audit chain, or, for what is sealed, read from a file of its own.
package struct SecretKey: Sendable {
    private let key: SymmetricKey

    init(key: SymmetricKey) { self.key = key }

    /// Reads the key of what is sealed. It is not derived from any other: whoever holds the audit
    /// key, the database or its backup still reads nothing sealed (duty D19).
    ///
    /// - Throws: a `Refusal` that names the file when it is missing, too short, or readable by
    ///   others.
    package init(sealedFile path: String) throws { key = try Self.sealedFile(path).read() }

    /// Makes a new file for the key of what is sealed; refuses to replace one.
    package static func create(sealedFile path: String) throws {
        try sealedFile(path).create()
    }

    private static func sealedFile(_ path: String) -> KeyFile {
        KeyFile(path: path, name: Wording(zh: "密封密钥", en: "sealed key"))
    }

    /// A key that is forgotten with the process.
    package static func random() -> SecretKey { SecretKey(key: SymmetricKey(size: .bits256)) }

    /// A keyed hash (a message authentication code) over parts, as 64 hexadecimal characters.
    package func mac(_ parts: [String?]) -> String {
        let text = Fingerprint(parts).text
        return hexadecimal(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
    }

    /// Whether a code is the one of these parts, in the same time for every wrong one.
    package func isMAC(_ mac: String, of parts: [String?]) -> Bool {
        isSame(mac, self.mac(parts))
    }

    /// Encrypts bytes, bound to what they belong to: they open under the same name only.
    package func seal(_ bytes: [UInt8], for name: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(bytes, using: key, authenticating: Data(name.utf8))
        guard let combined = box.combined else { throw Refusal.notFound }
        return Array(combined)
    }

    /// - Throws: when the bytes were changed or belong to something else.
    package func open(_ bytes: [UInt8], for name: String) throws -> [UInt8] {
        let box = try AES.GCM.SealedBox(combined: bytes)
        return Array(try AES.GCM.open(box, using: key, authenticating: Data(name.utf8)))
    }

    /// Encrypts a text, as one that a column can hold.
    package func seal(text: String, for name: String) throws -> String {
        Data(try seal(Array(text.utf8), for: name)).base64EncodedString()
    }

    /// - Throws: `Refusal.conflict` when it was changed, belongs to something else, or was sealed
    ///   with another key.
    package func open(text: String, for name: String) throws -> String {
        guard let bytes = Data(base64Encoded: text), let plain = try? open(Array(bytes), for: name)
        else {
            throw Refusal.conflict(
                zh: "密封保存的内容无法打开，请告知系统管理员。",
                en: "What was kept sealed cannot be opened: tell the administrator.")
        }
        return String(decoding: plain, as: UTF8.self)
    }
}

extension AuditKey {
    /// The key for another purpose, by its name.
    package func derived(_ purpose: String) -> SecretKey {
        SecretKey(
            key: HKDF<SHA256>.deriveKey(
                inputKeyMaterial: key, info: Data(("groundwork " + purpose).utf8),
                outputByteCount: 32))
    }
}

/// Compares two texts in the same time wherever they differ.
package func isSame(_ left: String, _ right: String) -> Bool {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for (one, other) in zip(left, right) { difference |= one ^ other }
    return difference == 0
}

/// A secret nobody guesses: 256 bits in hexadecimal.
package func freshSecret() -> String {
    SymmetricKey(size: .bits256).withUnsafeBytes { hexadecimal($0) }
}
