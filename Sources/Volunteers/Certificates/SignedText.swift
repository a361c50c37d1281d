import Core
import Crypto
import Foundation

/// A text with what shows that nobody changed it: its lines, the name of a key, and a signature.
/// It needs nobody to ask: whoever has the public key checks it, by this program or any other that
/// knows Ed25519, over the lines above the line `key`, each ended by one line feed.
package struct SignedText: Sendable {
    /// The first line of what this program signs; no other text is taken for a certificate.
    package static let mark = "groundwork volunteer certificate 1"

    /// The lines that are signed, without the line feed behind the last.
    package let body: String
    package let key: String
    let signature: Data

    /// Signs some lines below the mark.
    package init(_ lines: [String], by key: CertificateKeys.Signing) throws {
        body = Self.canonical(([Self.mark] + lines).joined(separator: "\n"))
        self.key = key.id
        signature = try key.key.signature(for: Data((body + "\n").utf8))
    }

    /// Reads a text as somebody pasted or saved it; nil for what is none of ours. Blanks at the end
    /// of lines, empty lines around and the kind of line ends do not matter; everything else does.
    package init?(reading text: String) {
        let lines = Self.canonical(text).split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.first == Self.mark[...],
            let keyLine = lines.lastIndex(where: { $0.hasPrefix(Self.keyLabel) }),
            lines.count > keyLine + 1, lines[keyLine + 1].hasPrefix(Self.signatureLabel)
        else { return nil }
        let written = lines[(keyLine + 1)...].joined().dropFirst(Self.signatureLabel.count)
        guard let signature = Data(base64Encoded: String(written.filter { !$0.isWhitespace }))
        else { return nil }
        body = Self.canonical(lines[..<keyLine].joined(separator: "\n"))
        key = String(lines[keyLine].dropFirst(Self.keyLabel.count))
        self.signature = signature
    }

    private static let keyLabel = "key ed25519 "
    private static let signatureLabel = "signature "

    /// The whole text, as it is handed out.
    package var text: String {
        "\(body)\n\(Self.keyLabel)\(key)\n"
            + "\(Self.signatureLabel)\(signature.base64EncodedString())\n"
    }

    /// What a key says of a text.
    package enum Verdict: Sendable, Equatable {
        /// Nobody changed it; the key was made on this day.
        case genuine(Day)
        case changed
        /// Signed with a key that is not among these.
        case unknownKey
    }

    package func verdict(_ keys: [CertificateKeys.Public]) -> Verdict {
        guard let known = keys.first(where: { $0.id == key }) else { return .unknownKey }
        let isGenuine = known.key.isValidSignature(signature, for: Data((body + "\n").utf8))
        return isGenuine ? .genuine(known.since) : .changed
    }

    /// The same text for the same words: composed letters, line feeds, no blanks at the end of a
    /// line, no empty lines before or behind.
    static func canonical(_ text: String) -> String {
        var text = text.precomposedStringWithCanonicalMapping
            .replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        if text.hasPrefix("\u{FEFF}") { text.removeFirst() }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line.reversed().drop { $0.isWhitespace }.reversed())
        }
        let inner = lines.drop { $0.isEmpty }.reversed().drop { $0.isEmpty }.reversed()
        return inner.joined(separator: "\n")
    }
}
