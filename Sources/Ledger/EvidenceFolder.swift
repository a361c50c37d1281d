import Core
import Foundation

/// Where files of evidence lie, each under its own identity and sealed: the folder, or a copy of
/// it, tells nothing without the district's key.
package struct EvidenceFolder: Sendable {
    package let path: String
    private let key: SecretKey

    package init(_ path: String, key: SecretKey) {
        self.path = path
        self.key = key
    }

    /// Writes files into the folder. They are on the disk when this returns, so that no row is ever
    /// committed before its file.
    ///
    /// - Throws: `Refusal.invalid` when there are more than fit one record.
    package func keep(_ files: [EvidenceFile]) throws -> [KeptFile] {
        guard files.count <= EvidenceFile.perRecord else {
            throw Refusal.invalid([EvidenceFile.tooMany])
        }
        guard !files.isEmpty else { return [] }
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        return try files.map { file in
            let kept = KeptFile(
                id: .make(), name: file.name, mediaType: file.mediaType, size: file.bytes.count,
                digest: hexadecimalDigest(file.bytes))
            try write(file.bytes, kept.id.text, digest: kept.digest)
            return kept
        }
    }

    /// What a file says; nil when it was erased.
    ///
    /// - Parameter digest: that of the file as it was entered, to which the seal is bound: the same
    ///   file may lie under two identities.
    /// - Throws: `Refusal.conflict` when it is not what was entered.
    package func read(_ id: Evidence.ID, digest: String) throws -> [UInt8]? {
        guard let data = FileManager.default.contents(atPath: file(id.text)) else { return nil }
        guard let bytes = try? key.open(Array(data), for: Self.name(digest)),
            hexadecimalDigest(bytes) == digest
        else {
            throw Refusal.conflict(
                zh: "附件与提交时不同，不予提供，请告知系统管理员。",
                en: "The file is not what was entered: tell the administrator.")
        }
        return bytes
    }

    /// The same file once more under an identity of its own, for a record that takes the place of
    /// the one it came with; nil when the file was erased.
    package func again(_ evidence: Evidence) throws -> KeptFile? {
        let id = Evidence.ID.make()
        let path = file(evidence.id.text)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        try FileManager.default.linkItem(atPath: path, toPath: file(id.text))
        synchronizeFolder(of: path)
        return KeptFile(
            id: id, name: evidence.fileName, mediaType: evidence.mediaType, size: evidence.size,
            digest: evidence.digest)
    }

    /// Takes files away that came to belong to no record.
    package func remove(_ files: [KeptFile]) {
        for one in files { try? FileManager.default.removeItem(atPath: file(one.id.text)) }
    }

    /// Seals a file that an older program left in the clear; one that is sealed, or gone, or not
    /// what was entered, stays as it is.
    package func seal(_ id: String, digest: String) throws {
        guard let data = FileManager.default.contents(atPath: file(id)),
            hexadecimalDigest(Array(data)) == digest
        else { return }
        try write(Array(data), id, digest: digest)
    }

    private func write(_ bytes: [UInt8], _ id: String, digest: String) throws {
        try writeDurably(try key.seal(bytes, for: Self.name(digest)), to: file(id))
    }

    private func file(_ id: String) -> String { path + "/" + id }

    private static func name(_ digest: String) -> String { "evidence \(digest)" }
}
