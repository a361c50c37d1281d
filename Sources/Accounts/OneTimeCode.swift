import Core
import Crypto
import Foundation

/// Codes that a telephone shows and that change every half minute (TOTP, RFC 6238, with the
/// settings that every program for it knows: SHA-1, six digits, thirty seconds).
package struct OneTimeCode: Sendable {
    private let secret: [UInt8]

    package init(secret: [UInt8]) { self.secret = secret }

    package static func fresh() -> OneTimeCode {
        OneTimeCode(secret: (0..<20).map { _ in UInt8.random(in: 0...255) })
    }

    package static let seconds: Int64 = 30
    /// How many steps a telephone's clock may be off.
    private static let drift = 1

    package static func step(at moment: Moment) -> Int {
        Int(moment.milliseconds / 1000 / seconds)
    }

    /// The step in which this code is good, near a moment; nil when it is not.
    package func step(of code: String, at moment: Moment) -> Int? {
        let digits = code.filter { !$0.isWhitespace }
        let now = Self.step(at: moment)
        return (now - Self.drift...now + Self.drift).first { isSame(self.code(at: $0), digits) }
    }

    /// The six digits of a step.
    package func code(at step: Int) -> String {
        let counter = withUnsafeBytes(of: UInt64(step).bigEndian) { Array($0) }
        let mac = Array(
            HMAC<Insecure.SHA1>.authenticationCode(
                for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(mac[19] & 15)
        let number =
            UInt32(mac[offset] & 0x7F) << 24 | UInt32(mac[offset + 1]) << 16
            | UInt32(mac[offset + 2]) << 8 | UInt32(mac[offset + 3])
        let text = String(number % 1_000_000)
        return String(repeating: "0", count: 6 - text.count) + text
    }

    /// The secret as it is typed into a telephone (RFC 4648, base 32).
    package var typed: String {
        var text = ""
        var (bits, count) = (0, 0)
        for byte in secret {
            bits = bits << 8 | Int(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(Self.letters[bits >> count & 31])
            }
            bits &= (1 << count) - 1
        }
        return text
    }

    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

    /// The secret as it is kept: encrypted, and bound to its account.
    package func sealed(_ key: SecretKey, for account: Account.ID) throws -> String {
        hexadecimal(try key.seal(secret, for: account.text))
    }

    package init?(sealed text: String, _ key: SecretKey, for account: Account.ID) {
        guard let bytes = Passwords.bytes(hexadecimal: text),
            let secret = try? key.open(bytes, for: account.text)
        else { return nil }
        self.secret = secret
    }

    /// What the page offers to a telephone that reads links.
    package func link(for account: Account) -> String {
        let name = account.signIn.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
        return "otpauth://totp/Groundwork:\(name ?? "")?secret=\(typed)&issuer=Groundwork"
    }
}

/// Codes to sign in with when the telephone is lost: each is good once.
package enum RecoveryCode {
    package static let count = 10

    /// New codes, as they are shown once: sixteen letters in groups of four.
    package static func fresh() -> [String] {
        (0..<count).map { _ in
            let letters = freshSecret().prefix(16)
            return stride(from: 0, to: 16, by: 4).map { start in
                String(letters.dropFirst(start).prefix(4))
            }.joined(separator: "-")
        }
    }

    /// What is kept of a code.
    package static func mac(_ code: String, _ key: SecretKey, _ account: Account.ID) -> String {
        let plain = code.lowercased().filter { $0.isLetter || $0.isNumber }
        return key.mac(["recovery", account.text, plain])
    }
}
