import Crypto
import Foundation

/// A key for one purpose, derived from the key of the district, so that only one file has to be
/// kept safe and no purpose can be turned against another.
package struct SecretKey: Sendable {
    private let key: SymmetricKey

    init(key: SymmetricKey) { self.key = key }

    /// A key that is forgotten with the process.
    package static func random() -> SecretKey { SecretKey(key: SymmetricKey(size: .bits256)) }

    /// A keyed hash over parts, as 64 hexadecimal characters.
    package func mark(_ parts: [String?]) -> String {
        let text = Fingerprint(parts).text
        return hexadecimal(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
    }

    /// Whether a mark is the one of these parts, in the same time for every wrong one.
    package func isMark(_ mark: String, of parts: [String?]) -> Bool {
        isSame(mark, self.mark(parts))
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
