import Core
import Foundation

/// Excel workbooks: measured before they are opened, then turned to CSV by Debian's xlsx2csv
/// under limits of memory and time.
package enum Workbook {
    /// The most that a workbook may hold once unpacked.
    package static let unpackedLimit = 256 << 20
    package static let memoryLimit = 1 << 30
    package static let secondsLimit = 60

    package static func looksLikeOne(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
    }

    /// The unpacked size that the archive's own directory declares.
    ///
    /// - Throws: `Refusal.invalid` when the archive has no readable directory.
    package static func unpackedSize(_ bytes: [UInt8]) throws(Refusal) -> Int {
        let damaged = Refusal.invalid(
            "文件", zh: "工作簿已损坏，无法打开。", en: "The workbook is damaged and cannot be opened.")
        guard bytes.count >= 22 else { throw damaged }
        var end = bytes.count - 22
        let floor = max(0, bytes.count - 22 - 65_535)
        while end >= floor, !(bytes[end] == 0x50 && number(bytes, end, 4) == 0x0605_4B50) {
            end -= 1
        }
        guard end >= floor, end >= 0 else { throw damaged }
        let entries = number(bytes, end + 10, 2)
        var at = number(bytes, end + 16, 4)
        var total = 0
        for _ in 0..<entries {
            guard at + 46 <= bytes.count, number(bytes, at, 4) == 0x0201_4B50 else { throw damaged }
            total += number(bytes, at + 24, 4)
            at +=
                46 + number(bytes, at + 28, 2) + number(bytes, at + 30, 2)
                + number(bytes, at + 32, 2)
        }
        return total
    }

    private static func number(_ bytes: [UInt8], _ at: Int, _ width: Int) -> Int {
        guard at >= 0, at + width <= bytes.count else { return 0 }
        var value = 0
        for index in stride(from: width - 1, through: 0, by: -1) {
            value = value << 8 | Int(bytes[at + index])
        }
        return value
    }

    /// Whether an archive says of itself that it is a workbook, and no document or other archive.
    package static func isOne(_ bytes: [UInt8]) -> Bool {
        guard looksLikeOne(bytes) else { return false }
        let part = Array("xl/workbook".utf8)
        // The names stand in the directory at the end of an archive.
        let tail = bytes.suffix(1 << 20)
        return Data(tail).range(of: Data(part)) != nil
    }

    /// The first sheet as CSV. Neither the workbook nor the text touches a disk.
    package static func csv(_ bytes: [UInt8]) throws -> [UInt8] {
        let size = try unpackedSize(bytes)
        guard size <= unpackedLimit else {
            throw Refusal.invalid(
                "文件", zh: "工作簿解压后有\(size >> 20) MB，超过\(unpackedLimit >> 20) MB 的上限。",
                en: "The workbook unpacks to \(size >> 20) MB; the limit is \(unpackedLimit >> 20)."
            )
        }
        guard let program = ["/usr/bin/xlsx2csv"].first(where: isProgram) else {
            throw Refusal.conflict(
                zh: "缺少程序 xlsx2csv，请安装 Debian 软件包 xlsx2csv，或另存为 CSV。",
                en: "xlsx2csv is missing: install Debian's package, or save the sheet as CSV.")
        }
        let input = try MemoryFile(bytes)
        let output = try MemoryFile()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/prlimit")
        // A lying directory meets the limit on memory and on the size of the file it writes. Other
        // signals than KILL may be blocked by the thread that starts the process.
        process.arguments = [
            "--as=\(memoryLimit)", "--fsize=\(unpackedLimit)", "--cpu=\(secondsLimit)", "--",
            "/usr/bin/timeout", "--signal=KILL", String(secondsLimit), program, "-f", "%Y-%m-%d",
            "--", "/dev/stdin", "/dev/stdout",
        ]
        process.standardInput = input.handle
        process.standardOutput = output.handle
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Refusal.invalid(
                "文件", zh: "工作簿无法读取：已损坏，或超过内存和时间的上限。",
                en: "The workbook cannot be read: damaged, or past the limits of memory and time.")
        }
        return try output.bytes()
    }

    private static func isProgram(_ path: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: path)
    }
}
