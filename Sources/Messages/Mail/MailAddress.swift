import Core

/// An address letters can be sent to, as it is written on an envelope: nothing in it can be read
/// as another command, another header or another address.
package struct MailAddress: Sendable, Hashable {
    package let text: String

    /// The longest address (RFC 5321, 4.5.3.1).
    static let longest = 254
    /// The longest part before the sign.
    private static let longestName = 64

    /// Nil for what is none, or is written in a way that hardly any is.
    package init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= Self.longest,
            (1...Self.longestName).contains(parts[0].utf8.count),
            parts[0].utf8.allSatisfy(Self.isNameByte), Self.hasGoodDots(parts[0]),
            Self.isDomain(parts[1])
        else { return nil }
        self.text = text
    }

    /// The machine that the address belongs to, as a name in headers.
    var domain: Substring { text.split(separator: "@")[1] }

    /// As it is counted: the same mailbox is not sent more because it is written otherwise.
    var folded: String { text.lowercased() }

    private static func isDomain(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && !label.hasPrefix("-")
                    && !label.hasSuffix("-")
                    && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
            } && text.utf8.contains { !(0x30...0x39).contains($0) && $0 != UInt8(ascii: ".") }
    }

    private static func hasGoodDots(_ text: Substring) -> Bool {
        !text.hasPrefix(".") && !text.hasSuffix(".") && !text.contains("..")
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || ".!#$%&'*+/=?^_`{|}~-".utf8.contains(byte)
    }
}

extension AuditKey {
    /// What is kept of an address to count what it is sent: nobody reads the address off it.
    package func mark(of address: MailAddress) -> String {
        derived("mail address").mac([address.folded])
    }
}
