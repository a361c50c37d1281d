import Core
import Foundation

/// Where requests come from, as they are counted.
package enum Sender {
    /// An address as it is counted: one of IPv6 by its first 64 bits, for whoever has one address
    /// there has them all (RFC 6177), and one of IPv4 that is written in IPv6 as what it is.
    package static func counted(_ address: String) -> String {
        let plain = String(address.drop { $0 == "[" }.prefix { $0 != "]" && $0 != "%" })
        var parsed = in6_addr()
        guard inet_pton(AF_INET6, plain, &parsed) == 1 else { return address }
        let bytes = withUnsafeBytes(of: &parsed) { Array($0) }
        if bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
            return bytes.suffix(4).map { String($0) }.joined(separator: ".")
        }
        return hexadecimal(Array(bytes.prefix(8))) + "/64"
    }
}
