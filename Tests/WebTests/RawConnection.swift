import Foundation

/// A connection over which a test sends what no client library would.
final class RawConnection: Sendable {
    private let descriptor: Int32

    /// How long the other side may be silent before the test gives up.
    private static let patienceSeconds = 20

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var patience = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience,
            socklen_t(MemoryLayout<timeval>.size))
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, size)
            }
        }
        guard result == 0 else { throw Broken() }
    }

    deinit { close(descriptor) }

    struct Broken: Error {}

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        // A connection that was closed meanwhile is what some tests wait for.
        _ = Foundation.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Leaves without waiting for an answer.
    func leave() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Everything that comes until the other side closes.
    ///
    /// - Throws: `Broken` when it does not.
    func rest() async throws -> String {
        try await withCheckedThrowingContinuation { next in
            Thread.detachNewThread { [self] in
                var all: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 65_536)
                while true {
                    let count = recv(descriptor, &buffer, buffer.count, 0)
                    if count > 0 {
                        all += buffer.prefix(count)
                    } else if count == 0 || errno == ECONNRESET {
                        return next.resume(returning: String(decoding: all, as: UTF8.self))
                    } else {
                        return next.resume(throwing: Broken())
                    }
                }
            }
        }
    }
}
