import Core
import Foundation

#if canImport(Glibc)
import Glibc
#endif

/// The two encodings that spreadsheets save Chinese text in.
package enum TextEncoding {
    /// The bytes as UTF-8, whichever of UTF-8, UTF-16 with a mark, or GB18030 they were in.
    ///
    /// - Throws: `Refusal.invalid` when they are none of these.
    package static func utf8(_ bytes: [UInt8]) throws(Refusal) -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes.dropFirst(3)) }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return try convert(bytes, from: "UTF-16")
        }
        if String(validating: bytes, as: UTF8.self) != nil { return bytes }
        return try convert(bytes, from: "GB18030")
    }

    /// Converts through the C library's iconv, which knows every character of GB18030.
    private static func convert(_ bytes: [UInt8], from encoding: String) throws(Refusal) -> [UInt8]
    {
        let refusal = Refusal.invalid(
            "文件", zh: "文件的文字编码无法识别，请另存为 UTF-8 或 GB18030。",
            en: "The encoding of the file is not known: save it as UTF-8 or GB18030.")
        guard let converter = iconv_open("UTF-8", encoding),
            Int(bitPattern: UnsafeRawPointer(converter)) != -1
        else { throw refusal }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: bytes.count * 2 + 16)
        var inputLeft = input.count
        let capacity = output.count
        var outputLeft = capacity
        let status = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var from: UnsafeMutablePointer<CChar>? = source.baseAddress
                var to: UnsafeMutablePointer<CChar>? = target.baseAddress
                return iconv(converter, &from, &inputLeft, &to, &outputLeft)
            }
        }
        guard status != -1, inputLeft == 0 else { throw refusal }
        return output.prefix(capacity - outputLeft).map { UInt8(bitPattern: $0) }
    }
}
