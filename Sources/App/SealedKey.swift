import Core
import Foundation
import Ledger
import Storage

extension DataFolder {
    /// Brings a database up to this program. What an older one left in the clear is sealed: private
    /// values, entries that are no records yet, and evidence.
    ///
    /// - Throws: `Refusal.conflict` when the database was sealed with another key.
    package func migrate(_ database: Database) async throws {
        try await database.migrate(migrations)
        try await markRows(database)
        guard try await database.read({ try keptMAC($0) }) == nil else {
            _ = try await sealedKey(of: database)
            return
        }
        if !FileManager.default.fileExists(atPath: sealedKeyFile) {
            try SecretKey.create(sealedFile: sealedKeyFile)
        }
        let key = try SecretKey(sealedFile: sealedKeyFile)
        try await sealFiles(database, key)
        // The keyed hash goes with the rows: cut off before it, all of this begins again.
        try await database.write { db in
            guard try keptMAC(db) == nil else { return }
            for table in declarations.flatMap(\.sealed) { try table.sealAll(key, db) }
            try db.execute("INSERT INTO sealed_key (id, mark) VALUES (1, \(key.ownMAC))")
        }
    }

    /// The key with which a database was sealed.
    ///
    /// - Throws: `Refusal.conflict` when the file is missing or holds another key.
    func sealedKey(of database: Database) async throws -> SecretKey {
        guard let mac = try await database.read({ try keptMAC($0) }) else {
            throw Refusal.conflict(
                zh: "数据库尚未密封，请先运行 groundwork migrate。",
                en: "The database is not sealed yet: run groundwork migrate.")
        }
        let key = try SecretKey(sealedFile: sealedKeyFile)
        guard isSame(mac, key.ownMAC) else {
            throw Refusal.conflict(
                zh: "\(sealedKeyFile) 不是密封本数据库的密钥，请放回原来的文件。",
                en: "\(sealedKeyFile) is not the key with which this database was sealed: put the "
                    + "right file back.")
        }
        return key
    }

    private func keptMAC(_ db: Connection) throws -> String? {
        try db.value("SELECT mark FROM sealed_key WHERE id = 1", as: String.self)
    }

    private func sealFiles(_ database: Database, _ key: SecretKey) async throws {
        let folder = EvidenceFolder(evidence, key: key)
        for table in declarations.flatMap(\.files) {
            let files = try await database.read { db in
                try db.rows("SELECT id, file_digest FROM \(name: table)").map {
                    (id: try $0.at(0, as: String.self), digest: try $0.at(1, as: String.self))
                }
            }
            for file in files { try folder.seal(file.id, digest: file.digest) }
        }
    }
}

extension SecretKey {
    /// What a database keeps to know the key again.
    fileprivate var ownMAC: String { mac(["sealed key"]) }
}
