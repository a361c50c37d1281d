import Crypto
import Foundation

/// A SHA-256 over a list of parts. Each part goes in behind its length, so no two different
/// lists can make the same text, and an absent part differs from an empty one.
package struct Fingerprint {
    private var hash = SHA256()

    package init() {}

    package init(_ parts: [String?]) {
        for part in parts { add(part) }
    }

    package mutating func add(_ part: String?) {
        guard let part else {
            hash.update(data: [UInt8](repeating: 0xFF, count: 8))
            return
        }
        var text = part
        text.withUTF8 { bytes in
            withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { hash.update(bufferPointer: $0) }
            hash.update(bufferPointer: UnsafeRawBufferPointer(bytes))
        }
    }

    package mutating func add(_ number: Int) { add(String(number)) }

    /// 64 hexadecimal characters.
    package var text: String { hexadecimal(hash.finalize()) }
}

/// Lower-case hexadecimal of some bytes.
package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in bytes {
        text.append(hexadecimalLetters[Int(byte >> 4)])
        text.append(hexadecimalLetters[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
}

private let hexadecimalLetters = Array("0123456789abcdef".utf8)

/// The SHA-256 of some bytes, in hexadecimal.
package func hexadecimalDigest(_ bytes: [UInt8]) -> String {
    hexadecimal(SHA256.hash(data: bytes))
}
