import Core
import Foundation

#if canImport(Glibc)
import Glibc
#endif

/// A file in memory without a name, for programs that read and write files: what it held is gone
/// with it, and nothing of it was ever on a disk.
package final class MemoryFile {
    private let descriptor: Int32

    package init(_ bytes: [UInt8] = []) throws {
        let name = "/groundwork-\(ID<MemoryFile>.make())"
        descriptor = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw Self.full }
        shm_unlink(name)
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes { part in
                Glibc.write(descriptor, part.baseAddress, part.count)
            }
            guard count > 0 else {
                close(descriptor)
                throw Self.full
            }
            start += count
        }
    }

    deinit { close(descriptor) }

    /// A way for this process to open it once more.
    package var path: String { "/proc/self/fd/\(descriptor)" }

    /// For a program to inherit as its input or output.
    package var handle: FileHandle {
        FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
    }

    package func bytes() throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else { throw Self.full }
        return Array(data)
    }

    private static var full: Refusal {
        .conflict(
            zh: "服务器内存不足，暂时无法处理文件，请稍后再试。",
            en: "The server has no memory left for this file just now. Try again later.")
    }
}
