import Accounts
import Catalogue
import Core
import Foundation
import Ledger
import Logging
import Rights
import Storage

/// A district's folder: its keys, evidence, its own catalogue, and the database unless
/// `DATABASE_URL` names a server.
package struct DataFolder: Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    package var keyFile: String { path + "/audit.key" }
    /// The key of what is sealed. The environment's `SEALED_KEY_FILE` may put it on another disk
    /// than the audit key and the database.
    package var sealedKeyFile: String {
        let file = ProcessInfo.processInfo.environment["SEALED_KEY_FILE"] ?? ""
        return file.isEmpty ? path + "/sealed.key" : file
    }
    package var evidence: String { path + "/evidence" }
    package var uploads: String { path + "/uploads" }
    package var catalogue: String { path + "/catalogue" }

    package func evidenceFolder(_ district: District) -> EvidenceFolder {
        EvidenceFolder(evidence, key: district.sealedKey)
    }

    /// What rights and retention touch beside the database.
    package var rights: RightsFolder {
        RightsFolder(evidence: evidence, erasures: path + "/erasures.log")
    }

    package var exists: Bool { FileManager.default.fileExists(atPath: keyFile) }

    /// Where the database is: the environment's `DATABASE_URL`, else the folder's file
    /// `database.url`, else SQLite in the folder. Never an argument: those show in lists of
    /// processes, and the address may hold a password.
    package func location() throws -> Location {
        if let url = ProcessInfo.processInfo.environment["DATABASE_URL"], !url.isEmpty {
            return try Location(databaseURL: url)
        }
        let file = path + "/database.url"
        if let data = FileManager.default.contents(atPath: file) {
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
            guard mode & 0o077 == 0 else {
                throw Refusal.conflict(
                    zh: "\(file) 可被他人读取，请执行 chmod 600。",
                    en: "Others can read \(file), which may hold a password: run chmod 600 on it.")
            }
            let url = String(decoding: data, as: UTF8.self)
                .trimmingCharacters(in: .whitespacesAndNewlines)
            return try Location(databaseURL: url)
        }
        return .sqlite(path: path + "/groundwork.db")
    }

    /// The provider with which people may sign in, as the file `openid.yaml` says; nil without it.
    package func openID() throws -> OpenIDSetting? {
        try OpenIDSetting(file: path + "/openid.yaml")
    }

    /// Makes the folder with its two keys: of the audit chain, and of what is sealed.
    ///
    /// - Throws: `Refusal.conflict` when there is a key already.
    package func create() throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        try AuditKey.create(file: keyFile)
        try SecretKey.create(sealedFile: sealedKeyFile)
    }

    /// Gives the district a catalogue of its own, unless it has one: what an example brings along.
    package func adoptCatalogue(from folder: String) throws {
        let files = FileManager.default
        guard !files.fileExists(atPath: catalogue), files.fileExists(atPath: folder) else { return }
        try files.copyItem(atPath: folder, toPath: catalogue)
    }

    package func loadCatalogue(_ home: Home) throws -> Catalogue {
        try Catalogue(folders: [home.catalogue, catalogue])
    }

    /// Opens the database without asking whether its schema is up to date.
    package func openDatabase(_ logger: Logger) throws -> Database {
        var options = DatabaseOptions()
        options.logger = logger
        return try Database(try location(), options: options)
    }

    /// Opens the district.
    ///
    /// - Throws: `Refusal.conflict` when the folder was never set up, its schema is older than the
    ///   program, or its key of what is sealed is missing or another;
    ///   `DatabaseError.newerDatabase` when its schema is newer.
    package func open(_ home: Home, logger: Logger) async throws -> District {
        guard exists else {
            throw Refusal.conflict(
                zh: "\(path) 还不是一个区的数据目录，请先运行 groundwork init --data \(path)。",
                en: "\(path) is not a district's folder yet: run groundwork init --data \(path).")
        }
        let catalogue = try loadCatalogue(home)
        let key = try AuditKey(file: keyFile)
        let database = try openDatabase(logger)
        let pending = try await database.pendingMigrations(migrations)
        guard pending.isEmpty else {
            database.close()
            throw Refusal.conflict(
                zh: "数据库结构需要升级（\(pending.count)项），请先运行 groundwork migrate。",
                en: "The database needs \(pending.count) migrations: run groundwork migrate.")
        }
        let district = District(
            database: database, catalogue: catalogue, key: key,
            sealedKey: try await sealedKey(of: database))
        try await district.fillPairs()
        return district
    }
}
