import CZlib
import Hummingbird

/// Some bytes as gzip packs them (RFC 1952), as tightly as it can.
///
/// - Returns: nil when that would save nothing, or when there is no memory for it.
func gzipped(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    let size = CInt(MemoryLayout<z_stream>.size)
    guard
        deflateInit2_(
            &stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzipWindow, 9, Z_DEFAULT_STRATEGY,
            ZLIB_VERSION, size) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    var bytes = bytes
    // Whatever does not fit into as many bytes saves nothing.
    var packed = [UInt8](repeating: 0, count: bytes.count)
    let isWhole = bytes.withUnsafeMutableBufferPointer { source in
        packed.withUnsafeMutableBufferPointer { target in
            stream.next_in = source.baseAddress
            stream.avail_in = CUnsignedInt(source.count)
            stream.next_out = target.baseAddress
            stream.avail_out = CUnsignedInt(target.count)
            return deflate(&stream, Z_FINISH) == Z_STREAM_END
        }
    }
    guard isWhole else { return nil }
    return Array(packed.prefix(Int(stream.total_out)))
}

/// The largest window, and 16 more, which ask for gzip's frame rather than zlib's own.
private let gzipWindow: CInt = 15 + 16

extension HTTPFields {
    /// Whether who asks can unpack gzip (RFC 9110, 12.5.3); weight nought means that they cannot.
    var takeGzip: Bool {
        self[values: .acceptEncoding].flatMap { $0.lowercased().split(separator: ",") }
            .contains { coding in
                let parts = coding.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
                guard parts.first == "gzip" else { return false }
                return !parts.dropFirst().contains { part in
                    part.hasPrefix("q=") && part.dropFirst(2).allSatisfy { "0.".contains($0) }
                }
            }
    }
}
