import CZlib
import Core

/// Puts files together into a zip archive, such as a Word file is. Every part has the same time, so
/// that the same parts make the same bytes.
struct ZipWriter {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// 1 January 1980, the first day that the format knows.
    private static let date = 0x21
    /// That names are written in UTF-8.
    private static let unicode = 0x800

    mutating func add(_ name: String, _ text: String) throws(Refusal) {
        try add(name, Array(text.utf8))
    }

    mutating func add(_ name: String, _ content: [UInt8]) throws(Refusal) {
        let packed = try Self.packed(content)
        let check = content.withUnsafeBufferPointer {
            Int(crc32(0, $0.baseAddress, UInt32($0.count)))
        }
        let letters = Array(name.utf8)
        var head = Self.number(20, 2) + Self.number(Self.unicode, 2) + Self.number(8, 2)
        head += Self.number(0, 2) + Self.number(Self.date, 2) + Self.number(check, 4)
        head += Self.number(packed.count, 4) + Self.number(content.count, 4)
        head += Self.number(letters.count, 2) + Self.number(0, 2)
        directory += Self.number(0x0201_4B50, 4) + Self.number(20, 2) + head
        directory += Self.number(0, 2) + Self.number(0, 2) + Self.number(0, 2) + Self.number(0, 4)
        directory += Self.number(bytes.count, 4) + letters
        bytes += Self.number(0x0403_4B50, 4) + head + letters + packed
        count += 1
    }

    /// The archive with its directory.
    func finished() -> [UInt8] {
        bytes + directory + Self.number(0x0605_4B50, 4) + Self.number(0, 4)
            + Self.number(count, 2) + Self.number(count, 2) + Self.number(directory.count, 4)
            + Self.number(bytes.count, 4) + Self.number(0, 2)
    }

    private static func number(_ value: Int, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// What zlib packs, without the two bytes before it and the four behind that a zip has not.
    private static func packed(_ content: [UInt8]) throws(Refusal) -> [UInt8] {
        var length = compressBound(UInt(content.count))
        var packed = [UInt8](repeating: 0, count: Int(length))
        let isPacked = content.withUnsafeBufferPointer { source in
            packed.withUnsafeMutableBufferPointer { target in
                compress2(
                    target.baseAddress, &length, source.baseAddress, UInt(source.count),
                    Z_DEFAULT_COMPRESSION) == Z_OK
            }
        }
        guard isPacked, length >= 6 else {
            throw .conflict(
                zh: "内存不足，未能生成文件，请稍后再试。",
                en: "There was too little memory for the file: try again later.")
        }
        return Array(packed[2..<(Int(length) - 4)])
    }
}
