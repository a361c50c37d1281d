import Hummingbird

extension Site {
    /// An address with the host that was asked, for programs that read it elsewhere; nil where the
    /// request names no plain host.
    package func absolute(_ address: Address, _ request: Request) -> String? {
        guard let host = request.head.authority, !host.isEmpty,
            host.utf8.allSatisfy(Site.isHostByte)
        else { return nil }
        return (isBehindProxy ? "https://" : "http://") + host + address.text
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte) || "-.:[]".utf8.contains(byte)
    }
}
