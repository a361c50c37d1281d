import Core
import Foundation

#if canImport(Glibc)
import Glibc
#endif

/// The encodings that spreadsheets save Chinese text in.
package enum TextEncoding: Sendable {
    case utf8, utf16, utf32, gb18030

    /// Above so many good sequences in a hundred a file is UTF-8 that was damaged on its way.
    private static let damagedPercent = 90
    /// Above so many in a hundred some of the lines are UTF-8 and others are not: text in
    /// GB18030 makes such sequences by chance only.
    private static let mixedPercent = 30
    /// Below so many good sequences nothing can be told from their share.
    private static let fewSequences = 4

    /// The bytes as UTF-8, whichever of UTF-8, UTF-16, UTF-32 or GB18030 they were in.
    ///
    /// - Throws: `Refusal.invalid` when they are none of these, or damaged: with the place.
    package static func utf8(_ bytes: [UInt8]) throws(Refusal) -> [UInt8] {
        try read(bytes).text
    }

    /// The same, with the encoding they were found to be in.
    package static func read(
        _ bytes: [UInt8]
    ) throws(Refusal) -> (text: [UInt8], encoding: TextEncoding) {
        var rest = bytes[...]
        while rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        if rest.starts(with: [0xFF, 0xFE, 0, 0]) || rest.starts(with: [0, 0, 0xFE, 0xFF]) {
            return (unmarked(try convert(Array(rest), from: "UTF-32")), .utf32)
        }
        if rest.starts(with: [0xFF, 0xFE]) || rest.starts(with: [0xFE, 0xFF]) {
            return (unmarked(try convert(Array(rest), from: "UTF-16")), .utf16)
        }
        let text = Array(rest)
        if let order = unmarkedOrder(text), let converted = try? convert(text, from: order),
            isLines(converted)
        {
            return (unmarked(converted), .utf16)
        }
        if String(validating: text, as: UTF8.self) != nil { return (text, .utf8) }
        let sequences = Sequences(text)
        guard let bad = sequences.firstBad else { return (text, .utf8) }
        if sequences.isPlenty(fewSequences), sequences.isGood(damagedPercent) {
            throw damaged(text, at: bad)
        }
        if sequences.isPlenty(fewSequences), sequences.isWide(mixedPercent) {
            throw mixed(text, at: bad)
        }
        return (try convert(text, from: "GB18030"), .gb18030)
    }

    /// Whether bytes that are no text throughout are text for the most part.
    static func isDamagedText(_ bytes: [UInt8]) -> Bool {
        let sequences = Sequences(bytes)
        return sequences.isPlenty(fewSequences)
            && (sequences.isGood(damagedPercent) || sequences.isWide(mixedPercent))
    }

    /// The order of bytes of UTF-16 that does not say so itself: in a table every second byte of
    /// many is zero, and no other encoding has any.
    private static func unmarkedOrder(_ bytes: [UInt8]) -> String? {
        guard bytes.count >= 4, bytes.count % 2 == 0 else { return nil }
        var zeros = [0, 0]
        for (index, byte) in bytes.enumerated() where byte == 0 { zeros[index % 2] += 1 }
        guard zeros[0] != zeros[1], min(zeros[0], zeros[1]) * 20 <= max(zeros[0], zeros[1]),
            max(zeros[0], zeros[1]) * 20 >= bytes.count
        else { return nil }
        return zeros[1] > zeros[0] ? "UTF-16LE" : "UTF-16BE"
    }

    /// Whether a text has lines and nothing that no line has.
    private static func isLines(_ text: [UInt8]) -> Bool {
        text.contains { $0 == 10 || $0 == 13 }
            && text.allSatisfy { $0 >= 32 || $0 == 9 || $0 == 10 || $0 == 13 }
    }

    private static func unmarked(_ text: [UInt8]) -> [UInt8] {
        var rest = text[...]
        while rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        return Array(rest)
    }

    /// Where a byte stands, as a reader looks for it.
    private static func place(_ text: [UInt8], _ index: Int) -> (line: Int, character: Int) {
        let before = text[..<index]
        let start = before.lastIndex { $0 == 10 || $0 == 13 }.map { $0 + 1 } ?? 0
        var line = 1
        for (at, byte) in before.enumerated()
        where byte == 10 || byte == 13 && (at + 1 >= text.count || text[at + 1] != 10) {
            line += 1
        }
        return (line, String(decoding: text[start..<index], as: UTF8.self).count + 1)
    }

    private static func damaged(_ text: [UInt8], at index: Int) -> Refusal {
        let (line, character) = place(text, index)
        let byte = String(text[index], radix: 16, uppercase: true)
        return .invalid(
            "文件",
            zh: "文件是 UTF-8 编码，但第\(line)行第\(character)个字符已损坏（字节 0x\(byte)），请改正该处后重新保存。",
            en: "The file is in UTF-8, but character \(character) of line \(line) is damaged "
                + "(byte 0x\(byte)): correct it there and save the file again.")
    }

    private static func mixed(_ text: [UInt8], at index: Int) -> Refusal {
        let (line, character) = place(text, index)
        return .invalid(
            "文件",
            zh: "文件混用了两种文字编码：前面是 UTF-8，第\(line)行第\(character)个字符起不是。请把两部分放进同一张表，再另存为“CSV UTF-8”。",
            en: "The file is in two encodings: UTF-8 first, and another from character "
                + "\(character) of line \(line) on. Bring both parts into one sheet and save it "
                + "as “CSV UTF-8”.")
    }

    /// What is said when the letters come out wrong: the sentence names the usual cause.
    static let unknownWords = Wording(
        zh: "文件编码不是 UTF-8 或 GB18030（可能是繁体 Big5），请在 Excel 中另存为“CSV UTF-8”。",
        en: "The encoding of the file is not known (it may be Big5): save it as UTF-8 or GB18030, "
            + "in Excel as “CSV UTF-8”.")

    /// Converts through the C library's iconv, which knows every character of GB18030.
    private static func convert(_ bytes: [UInt8], from encoding: String) throws(Refusal) -> [UInt8]
    {
        let refusal = Refusal.invalid("文件", zh: unknownWords.zh, en: unknownWords.en)
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

/// The sequences of several bytes in what may be UTF-8: how many are good, and the first that is
/// not.
private struct Sequences {
    private(set) var firstBad: Int?
    private var good = 0
    private var wide = 0
    private var bad = 0

    /// Whether more than so many in a hundred are good.
    func isGood(_ percent: Int) -> Bool { good * 100 > percent * (good + bad) }
    /// The same of the long ones alone, which other encodings hardly make by chance.
    func isWide(_ percent: Int) -> Bool { wide * 100 > percent * (wide + bad) }
    func isPlenty(_ few: Int) -> Bool { wide >= few }

    init(_ bytes: [UInt8]) {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x80 {
                index += 1
                continue
            }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
            var end = index + 1
            while end < min(index + length, bytes.count), bytes[end] & 0xC0 == 0x80 { end += 1 }
            if end == index + length, String(validating: bytes[index..<end], as: UTF8.self) != nil {
                good += 1
                if length > 2 { wide += 1 }
            } else {
                bad += 1
                if firstBad == nil { firstBad = index }
            }
            index = end
        }
    }
}
