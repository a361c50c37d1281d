import Core
import Crypto
import CryptoExtras
import Foundation
import NIOPosix
import Storage
import Synchronization

/// Turns passwords into what is kept of them, with scrypt (RFC 7914): slow on purpose, so on two
/// threads of its own behind a bounded queue, where it cannot hold up any other page.
package final class Passwords: Sendable {
    /// How many may wait; who comes after that is asked to come again.
    package static let queueLimit = 32
    private static let threads = 2
    private static let blockSize = 8
    /// The logarithm of scrypt's N: 32 MB for each of the two threads, and about a tenth of a
    /// second. It is the same on every machine, so that time does not tell who there is.
    package static let cost = 15

    private let pool: NIOThreadPool
    private let waiting = Mutex(0)
    private let cost: Int

    /// - Parameter cost: the logarithm of scrypt's N; tests take a small one.
    package init(cost: Int = Passwords.cost) {
        pool = NIOThreadPool(numberOfThreads: Self.threads)
        pool.start()
        self.cost = cost
    }

    deinit { pool.shutdownGracefully(queue: DispatchQueue(label: "passwords.close")) { _ in } }

    /// Whether what is kept was made at another cost: whoever types the password has it kept anew.
    package func isOutdated(_ kept: String) -> Bool { !kept.hasPrefix("scrypt$\(cost)$") }

    /// What is kept of a new password: `scrypt$N$salt$key`, all that is needed to check it again.
    package func keep(_ password: String) async throws -> String {
        let salt = (0..<16).map { _ in UInt8.random(in: 0...255) }
        let cost = cost
        let key = try await run { Self.derived(Self.bytes(password), salt, cost) }
        return "scrypt$\(cost)$\(hexadecimal(salt))$\(hexadecimal(key))"
    }

    /// Whether a password is the kept one. Nobody's takes as long to refuse as a wrong one.
    package func isRight(_ password: String, kept: String?) async throws -> Bool {
        let parts = (kept ?? "").split(separator: "$").map(String.init)
        guard parts.count == 4, parts[0] == "scrypt", let cost = Int(parts[1]),
            let salt = Self.bytes(hexadecimal: parts[2])
        else {
            let cost = cost
            _ = try await run { Self.derived(Self.bytes(password), [1, 2, 3], cost) }
            return false
        }
        let key = try await run { Self.derived(Self.bytes(password), salt, cost) }
        return isSame(hexadecimal(key), parts[3])
    }

    private func run(_ work: @escaping @Sendable () -> [UInt8]) async throws -> [UInt8] {
        try waiting.withLock { waiting in
            guard waiting < Self.threads + Self.queueLimit else { throw DatabaseError.queueFull }
            waiting += 1
        }
        defer { waiting.withLock { $0 -= 1 } }
        return try await pool.runIfActive(work)
    }

    private static func derived(_ password: [UInt8], _ salt: [UInt8], _ cost: Int) -> [UInt8] {
        let key = try? KDF.Scrypt.deriveKey(
            from: password, salt: salt, outputByteCount: 32, rounds: 1 << cost,
            blockSize: blockSize, parallelism: 1)
        // An empty key equals none that was kept.
        return key?.withUnsafeBytes { Array($0) } ?? []
    }

    /// The same password typed on two keyboards is the same bytes.
    private static func bytes(_ password: String) -> [UInt8] {
        Array(password.precomposedStringWithCompatibilityMapping.utf8)
    }

    static func bytes(hexadecimal text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            let pair = String(decoding: digits[index..<(index + 2)], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}

/// What a password must be: long, and none that is tried first. No rule of composition: those make
/// passwords alike (NIST SP 800-63B).
package enum PasswordRule {
    package static let shortest = 10
    package static let longest = 128

    /// - Throws: `Refusal.invalid`, beside the field “password”, for one that will not do.
    package static func check(_ password: String, of account: Account) throws(Refusal) {
        guard password.count >= shortest else {
            throw .invalid(
                "password", zh: "密码至少\(shortest)个字符；可以是一句话。",
                en: "At least \(shortest) characters, please; a sentence will do.")
        }
        guard password.count <= longest else {
            throw .invalid(
                "password", zh: "密码最多\(longest)个字符。",
                en: "At most \(longest) characters, please.")
        }
        let folded = password.lowercased()
        let letters = Set(folded)
        let named = [account.signIn, account.name.lowercased()].filter { $0.count >= 3 }
        let core = folded.filter { $0.isLetter }
        guard letters.count >= 5, !named.contains(where: folded.contains), !isRow(folded),
            !common.contains(folded), !common.contains(core)
        else {
            throw .invalid(
                "password", zh: "这个密码太容易猜到，请换一个。",
                en: "This one is guessed too easily: choose another.")
        }
    }

    /// Whether every letter is the neighbor of the one before it: 123456, abcdef, 987654.
    private static func isRow(_ text: String) -> Bool {
        let values = text.unicodeScalars.map { Int($0.value) }
        let steps = zip(values, values.dropFirst()).map { $1 - $0 }
        let even = steps.filter { abs($0) <= 1 }.count
        return even * 5 >= steps.count * 4
    }

    /// The words that lists of stolen passwords begin with, in the form they are compared in.
    private static let common: Set<String> = [
        "password", "passw0rd", "password1", "password123", "passwordpassword", "qwerty",
        "qwertyuiop", "qwerty12345", "qwerty123456", "1qaz2wsx3edc", "1q2w3e4r5t", "1q2w3e4r5t6y",
        "qazwsxedc", "zaq12wsx", "asdfghjkl", "zxcvbnm", "asdfghjkl123", "letmein", "welcome",
        "welcome123", "iloveyou", "iloveyou123", "woaini", "woaini1314", "woaini520", "5201314520",
        "a123456789", "aa123456789", "abc123456789", "woaiwojia", "woaizhongguo", "admin",
        "administrator", "admin123456", "root123456", "changeme", "changeme123", "secret",
        "sunshine", "princess", "football", "baseball", "superman", "trustno", "dragon", "master",
        "monkey", "shadow", "michael", "computer", "internet", "groundwork", "groundwork123",
        "zhuji", "zhujizhuji", "mima", "mimamima", "mima123456", "1314520", "13145201314",
        "0123456789", "1234567890", "9876543210", "1122334455", "112233445566", "147258369",
        "1472583690", "789456123", "123123123", "123321123321", "111222333", "88888888",
        "qwe123456789", "q1w2e3r4t5", "qwertyqwerty", "asdf1234asdf", "zhongguo", "beijing",
        "zhengzhou", "helloworld", "hello12345", "iloveyouiloveyou", "starwars", "whatever",
    ]
}
