import CZlib
import Core
import Foundation

/// A zip archive held in memory: its parts by name, unpacked piece by piece and never past what
/// its directory declared.
struct Archive {
    struct Part {
        let name: String
        fileprivate let method: Int
        fileprivate let check: UInt
        fileprivate let packed: Int
        fileprivate let unpacked: Int
        fileprivate let offset: Int
        fileprivate let isEncrypted: Bool
    }

    private let bytes: [UInt8]
    /// By name in lower case: the format's names do not differ by case.
    private var parts: [String: Part] = [:]
    /// What all parts hold once unpacked, as the directory declares.
    private(set) var unpackedSize = 0

    /// - Throws: `Refusal.invalid` when there is no readable directory.
    init(_ bytes: [UInt8]) throws(Refusal) {
        self.bytes = bytes
        guard bytes.count >= 22 else { throw .damagedWorkbook }
        var end = bytes.count - 22
        let floor = max(0, bytes.count - 22 - 65_535)
        while end >= floor, !(bytes[end] == 0x50 && number(end, 4) == 0x0605_4B50) { end -= 1 }
        guard end >= floor else { throw .damagedWorkbook }
        var count = number(end + 10, 2)
        var at = number(end + 16, 4)
        // Archives written in one go keep wide numbers in a second directory end.
        if count == 0xFFFF || at == 0xFFFF_FFFF, number(end - 20, 4) == 0x0706_4B50 {
            let wide = number(end - 12, 8)
            guard number(wide, 4) == 0x0606_4B50 else { throw .damagedWorkbook }
            count = number(wide + 32, 8)
            at = number(wide + 48, 8)
        }
        guard count <= bytes.count / 46 else { throw .damagedWorkbook }
        for _ in 0..<count { try readEntry(&at) }
    }

    private mutating func readEntry(_ at: inout Int) throws(Refusal) {
        guard at >= 0, at <= bytes.count - 46, number(at, 4) == 0x0201_4B50 else {
            throw .damagedWorkbook
        }
        let nameEnd = at + 46 + number(at + 28, 2)
        let extraEnd = nameEnd + number(at + 30, 2)
        guard extraEnd <= bytes.count else { throw .damagedWorkbook }
        var unpacked = number(at + 24, 4)
        var packed = number(at + 20, 4)
        var offset = number(at + 42, 4)
        var extra = nameEnd
        while extra + 4 <= extraEnd {
            var field = extra + 4
            extra = field + number(extra + 2, 2)
            guard number(field - 4, 2) == 1 else { continue }
            func widen(_ value: inout Int) {
                guard value == 0xFFFF_FFFF, field + 8 <= extraEnd else { return }
                value = number(field, 8)
                field += 8
            }
            widen(&unpacked)
            widen(&packed)
            widen(&offset)
        }
        let (total, isTooMuch) = unpackedSize.addingReportingOverflow(unpacked)
        guard !isTooMuch, unpacked >= 0, packed >= 0, offset >= 0 else { throw .damagedWorkbook }
        unpackedSize = total
        let name = String(decoding: bytes[(at + 46)..<nameEnd], as: UTF8.self)
            .replacingOccurrences(of: "\\", with: "/")
        parts[name.lowercased()] = Part(
            name: name, method: number(at + 10, 2), check: UInt(number(at + 16, 4)),
            packed: packed, unpacked: unpacked, offset: offset,
            isEncrypted: number(at + 8, 2) & 1 == 1)
        at = extraEnd + number(at + 32, 2)
    }

    private func number(_ at: Int, _ width: Int) -> Int {
        guard at >= 0, at <= bytes.count - width else { return 0 }
        var value: UInt64 = 0
        for index in stride(from: width - 1, through: 0, by: -1) {
            value = value << 8 | UInt64(bytes[at + index])
        }
        return Int(clamping: value)
    }

    /// The part of a name, given from the archive's root.
    func part(_ name: String) -> Part? {
        parts[(name.hasPrefix("/") ? String(name.dropFirst()) : name).lowercased()]
    }

    func hasPart(beginning prefix: String) -> Bool {
        parts.keys.contains { $0.hasPrefix(prefix) }
    }

    private static let pieceSize = 1 << 16

    /// Unpacks a part, handing on one piece after the other until the body says that it has enough.
    ///
    /// - Throws: `Refusal.invalid` when the part is damaged, encrypted, or other than declared.
    func unpack(
        _ part: Part, _ body: (UnsafeBufferPointer<UInt8>) throws -> Bool
    ) throws {
        guard !part.isEncrypted else { throw Refusal.lockedWorkbook }
        // The name and the extra field are as long as the part's own head says, which need not
        // be what the directory says.
        let start =
            part.offset &+ 30 &+ number(part.offset &+ 26, 2) &+ number(part.offset &+ 28, 2)
        guard number(part.offset, 4) == 0x0403_4B50, start >= 0, part.packed <= bytes.count,
            start <= bytes.count - part.packed
        else { throw Refusal.damagedWorkbook }
        try bytes.withUnsafeBufferPointer { whole in
            let packed = UnsafeBufferPointer(rebasing: whole[start..<(start + part.packed)])
            switch part.method {
            case 0: try copy(part, packed, body)
            case 8: try inflate(part, packed, body)
            default: throw Refusal.damagedWorkbook
            }
        }
    }

    private func copy(
        _ part: Part, _ packed: UnsafeBufferPointer<UInt8>,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Bool
    ) throws {
        guard packed.count == part.unpacked,
            crc32(0, packed.baseAddress, UInt32(packed.count)) == part.check
        else { throw Refusal.unreadableWorkbook }
        for start in stride(from: 0, to: packed.count, by: Self.pieceSize) {
            let piece = packed[start..<min(start + Self.pieceSize, packed.count)]
            guard try body(UnsafeBufferPointer(rebasing: piece)) else { return }
        }
    }

    private func inflate(
        _ part: Part, _ packed: UnsafeBufferPointer<UInt8>,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Bool
    ) throws {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let piece = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Self.pieceSize)
        defer {
            inflateEnd(stream)
            stream.deallocate()
            piece.deallocate()
        }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: packed.baseAddress)
        stream.pointee.avail_in = UInt32(packed.count)
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(stream, -MAX_WBITS, ZLIB_VERSION, size) == Z_OK else {
            throw Refusal.unreadableWorkbook
        }
        var check: UInt = 0
        var total = 0
        var status = Z_OK
        while status == Z_OK {
            stream.pointee.next_out = piece.baseAddress
            stream.pointee.avail_out = UInt32(Self.pieceSize)
            status = CZlib.inflate(stream, Z_NO_FLUSH)
            let count = Self.pieceSize - Int(stream.pointee.avail_out)
            total += count
            guard status == Z_OK || status == Z_STREAM_END, total <= part.unpacked,
                count > 0 || status == Z_STREAM_END
            else { throw Refusal.unreadableWorkbook }
            check = crc32(check, piece.baseAddress, UInt32(count))
            guard try body(UnsafeBufferPointer(rebasing: piece[..<count])) else { return }
        }
        guard total == part.unpacked, check == part.check else {
            throw Refusal.unreadableWorkbook
        }
    }
}

extension Refusal {
    static let damagedWorkbook = Refusal.invalid(
        "文件", zh: "工作簿已损坏，无法打开。", en: "The workbook is damaged and cannot be opened.")

    static let unreadableWorkbook = Refusal.invalid(
        "文件", zh: "工作簿无法读取：已损坏，或其中的内容与目录不符。请在 Excel 中打开后另存。",
        en: "The workbook cannot be read: it is damaged, or holds other than it declares. Open it "
            + "in Excel and save it anew.")

    static let lockedWorkbook = Refusal.invalid(
        "文件", zh: "工作簿设有打开密码，请去掉密码后再交。",
        en: "The workbook is locked with a password: save it without one.")
}
