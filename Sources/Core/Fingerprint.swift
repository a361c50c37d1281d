import Crypto
import Foundation
import Storage

/// A SHA-256 over a list of parts. Each part goes in behind its length, so no two different
/// lists can make the same text, and an absent part differs from an empty one.
package struct Fingerprint {
    private var hash = SHA256()
    /// What is not hashed yet: the parts are small, and many go in at once.
    private var waiting: [UInt8] = []
    private static let together = 1_024

    package init() {}

    package init(_ parts: [String?]) {
        for part in parts { add(part) }
    }

    package mutating func add(_ part: String?) {
        guard var text = part else {
            waiting.append(contentsOf: repeatElement(0xFF, count: 8))
            return
        }
        text.withUTF8 { add(letters: $0) }
    }

    /// Adds a part by its letters.
    package mutating func add(letters: UnsafeBufferPointer<UInt8>) {
        if waiting.count + letters.count > Self.together { hashWaiting() }
        withUnsafeBytes(of: UInt64(letters.count).bigEndian) { waiting.append(contentsOf: $0) }
        waiting.append(contentsOf: letters)
    }

    package mutating func add(_ number: Int) { add(String(number)) }

    /// A column as it is kept. What no column of a text or number holds is like no such part.
    package mutating func add(_ value: Value) {
        switch value {
        case .null: add(nil)
        case .text(let text): add(text)
        case .integer(let number): add(String(number))
        case .bytes, .flag: add("\0")
        }
    }

    private mutating func hashWaiting() {
        hash.update(data: waiting)
        waiting.removeAll(keepingCapacity: true)
    }

    private var digest: SHA256.Digest {
        var whole = self
        whole.hashWaiting()
        return whole.hash.finalize()
    }

    /// 64 hexadecimal characters.
    package var text: String { digest.withUnsafeBytes(hexadecimal) }

    /// The first 32 of them.
    package var half: String {
        digest.withUnsafeBytes { hexadecimal(UnsafeRawBufferPointer(rebasing: $0.prefix(16))) }
    }
}

/// Lower-case hexadecimal of some bytes.
package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    Array(bytes).withUnsafeBytes(hexadecimal)
}

private func hexadecimal(_ bytes: UnsafeRawBufferPointer) -> String {
    func letter(_ number: UInt8) -> UInt8 { number < 10 ? 48 + number : 87 + number }
    return String(unsafeUninitializedCapacity: bytes.count * 2) { text in
        for (index, byte) in bytes.enumerated() {
            text[index * 2] = letter(byte >> 4)
            text[index * 2 + 1] = letter(byte & 15)
        }
        return bytes.count * 2
    }
}

/// The SHA-256 of some bytes, in hexadecimal.
package func hexadecimalDigest(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).withUnsafeBytes(hexadecimal)
}
