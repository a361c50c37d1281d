import Core
import Crypto
import Foundation

/// The key with which certificates are signed, and the public keys with which anybody checks them.
///
/// The private key lies in a file of its own in the district's folder, readable by its owner alone,
/// and never in the database. Changed for another it is forgotten; the list keeps every public key,
/// so that what was signed before can be checked for ever.
package struct CertificateKeys: Sendable {
    private let folder: String
    private let now: @Sendable () -> Moment

    /// - Parameter folder: the district's.
    package init(folder: String, now: @escaping @Sendable () -> Moment = { Moment.now() }) {
        (self.folder, self.now) = (folder, now)
    }

    private var keyFile: String { folder + "/certificate.key" }
    private var listFile: String { folder + "/certificate-keys.txt" }

    /// What signs.
    package struct Signing: Sendable {
        package let id: String
        let key: Curve25519.Signing.PrivateKey

        init(_ key: Curve25519.Signing.PrivateKey) {
            self.key = key
            id = CertificateKeys.name(of: key.publicKey)
        }
    }

    /// What checks, and the day on which it was made.
    package struct Public: Sendable {
        package let id: String
        let key: Curve25519.Signing.PublicKey
        package let since: Day

        /// A line of the list: name, key, day. Nil for what is none.
        package init?(_ line: String) {
            let parts = line.split(separator: " ").map(String.init)
            guard parts.count == 3, let raw = Data(base64Encoded: parts[1]),
                let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw),
                let since = Day(parts[2]), CertificateKeys.name(of: key) == parts[0]
            else { return nil }
            (id, self.key, self.since) = (parts[0], key, since)
        }

        init(_ key: Curve25519.Signing.PublicKey, since: Day) {
            (id, self.key, self.since) = (CertificateKeys.name(of: key), key, since)
        }

        package var line: String {
            "\(id) \(key.rawRepresentation.base64EncodedString()) \(since)"
        }
    }

    /// A key is called by the beginning of its digest.
    private static func name(of key: Curve25519.Signing.PublicKey) -> String {
        String(hexadecimalDigest(Array(key.rawRepresentation)).prefix(16))
    }

    /// The key of today, which is made when it is asked for the first time.
    ///
    /// - Throws: a `Refusal` that names the file when others can read it or it is damaged.
    package func signing() throws -> Signing {
        if !FileManager.default.fileExists(atPath: keyFile) { try make() }
        guard let data = try PrivateFile.read(keyFile),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: data)
        else {
            throw Refusal.conflict(
                zh: "证明签名密钥 \(keyFile) 已损坏，请告知系统管理员。",
                en: "The key of certificates \(keyFile) is damaged: tell the administrator.")
        }
        return Signing(key)
    }

    /// Every public key, the newest last. One that signs and stands in no list, because the list
    /// was lost, is of today.
    package func all() throws -> [Public] {
        var keys = listed()
        if FileManager.default.fileExists(atPath: keyFile) {
            let current = try signing()
            if !keys.contains(where: { $0.id == current.id }) {
                keys.append(Public(current.key.publicKey, since: now().day))
            }
        }
        return keys
    }

    /// The keys of a list, as it is published.
    package static func read(_ text: String) -> [Public] {
        text.split(whereSeparator: \.isNewline).suffix(VolunteerLimits.keys)
            .compactMap { Public(String($0)) }
    }

    /// The list as it is published.
    package func list() throws -> String {
        try all().map { $0.line + "\n" }.joined()
    }

    /// Forgets the key of today for a new one.
    ///
    /// - Returns: the new key.
    @discardableResult
    package func rotate() throws -> Public {
        let keys = try all()
        guard keys.count < VolunteerLimits.keys else {
            throw Refusal.conflict(
                zh: "密钥已更换\(VolunteerLimits.keys)次，不能再换。",
                en: "The key was changed \(VolunteerLimits.keys) times: no more are kept.")
        }
        let key = Curve25519.Signing.PrivateKey()
        let made = Public(key.publicKey, since: now().day)
        // The public one is known before anything is signed with it.
        try write(keys + [made])
        try writeDurably(Array(key.rawRepresentation), to: keyFile)
        return made
    }

    /// Makes the first key. Of two that make one at once, the later one takes the other's.
    private func make() throws {
        let key = Curve25519.Signing.PrivateKey()
        let descriptor = open(keyFile, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else {
            guard errno == EEXIST else {
                throw Refusal.conflict(
                    zh: "证明签名密钥无法保存：\(keyFile)。",
                    en: "The key of certificates cannot be kept: \(keyFile).")
            }
            return
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: key.rawRepresentation)
        try file.synchronize()
        try write(listed() + [Public(key.publicKey, since: now().day)])
    }

    /// What stands in the list.
    private func listed() -> [Public] {
        let data = FileManager.default.contents(atPath: listFile) ?? Data()
        return Self.read(String(decoding: data, as: UTF8.self))
    }

    private func write(_ keys: [Public]) throws {
        try writeDurably(Array(keys.map { $0.line + "\n" }.joined().utf8), to: listFile)
    }
}
