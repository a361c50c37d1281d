import Foundation

/// An address of a machine, as bytes: what a name was found to mean before it is called.
package struct NetworkAddress: Sendable, Hashable {
    /// Sixteen; one of IPv4 stands as it is written in IPv6.
    let bytes: [UInt8]

    private static let fourInSix: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]

    /// Nil for what is no address of IPv4 or IPv6.
    package init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        let bare =
            text.hasPrefix("[") && text.hasSuffix("]")
            ? String(text.dropFirst().dropLast()) : text
        if inet_pton(AF_INET, bare, &four) == 1 {
            bytes = Self.fourInSix + withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, bare, &six) == 1 {
            bytes = withUnsafeBytes(of: &six) { Array($0) }
        } else {
            return nil
        }
    }

    var isLoopback: Bool {
        Self.loopback.contains { $0.contains(self) }
    }

    /// Whether anybody on the internet may be there: neither this machine nor the network it stands
    /// in, nor a way of writing one of theirs in IPv6.
    package var isPublic: Bool { !Self.special.contains { $0.contains(self) } }

    private static let loopback = ["127.0.0.0/8", "::1/128"].compactMap(NetworkRange.init)

    /// The registries of special addresses (IANA, RFC 6890) and what embeds an address of IPv4.
    private static let special = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32",
        "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    ].compactMap(NetworkRange.init)
}

/// A network: an address and how many of its bits count.
package struct NetworkRange: Sendable, Hashable {
    private let start: NetworkAddress
    private let bits: Int

    /// `10.1.0.0/16`, or one address; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let start = NetworkAddress(String(parts[0])) else {
            return nil
        }
        let isFour = !parts[0].contains(":")
        let most = isFour ? 32 : 128
        guard let bits = parts.count == 2 ? Int(parts[1]) : most, (0...most).contains(bits) else {
            return nil
        }
        self.start = start
        self.bits = isFour ? bits + 96 : bits
    }

    /// Whether an address lies in it.
    package func contains(_ address: NetworkAddress) -> Bool {
        let whole = bits / 8
        guard address.bytes.prefix(whole) == start.bytes.prefix(whole) else { return false }
        let rest = bits % 8
        guard rest > 0 else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - rest))
        return address.bytes[whole] & mask == start.bytes[whole] & mask
    }
}
