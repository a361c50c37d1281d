import Accounts
import Catalogue
import Core
import Foundation
import Ledger
import Logging
import Messages
import Rights
import Storage
import Synchronization
import Volunteers

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

    /// The keys with which certificates are signed and checked.
    package func certificateKeys(
        now: @escaping @Sendable () -> Moment = { Moment.now() }
    ) -> CertificateKeys {
        CertificateKeys(folder: path, now: now)
    }

    /// What rights and retention touch beside the database.
    package var rights: RightsFolder {
        RightsFolder(evidence: evidence, erasures: path + "/erasures.log")
    }

    /// The file that remembers how far the audit chain had come.
    package func heads() throws -> HeadLog {
        HeadLog(path + "/heads.log", key: try AuditKey(file: keyFile))
    }

    /// Whether nobody can write into the folder, as on a disk that was mounted for reading.
    var isReadOnly: Bool { exists && access(path, W_OK) != 0 }

    package var exists: Bool { FileManager.default.fileExists(atPath: keyFile) }

    /// Where the database is: the environment's `DATABASE_URL`, else the folder's file
    /// `database.url`, else SQLite in the folder. Never an argument: those show in lists of
    /// processes, and the address may hold a password.
    package func location() throws -> Location {
        if let url = ProcessInfo.processInfo.environment["DATABASE_URL"], !url.isEmpty {
            return try Location(databaseURL: url)
        }
        if let data = try PrivateFile.read(path + "/database.url") {
            let url = String(decoding: data, as: UTF8.self)
                .trimmingCharacters(in: .whitespacesAndNewlines)
            return try Location(databaseURL: url)
        }
        return .sqlite(path: path + "/groundwork.db")
    }

    /// The provider with which people may sign in, as the file `openid.yaml` says; nil without it.
    package func openID() throws -> OpenIDSetting? {
        try OpenIDSetting.read(path + "/openid.yaml")
    }

    /// The ways by which messages go out, as the file `messages.yaml` says; nil without it.
    package func messages() throws -> MessageSetting? {
        try MessageSetting.read(path + "/messages.yaml")
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
        try heads().create()
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

    /// Opens the database without asking whether its schema is up to date. Rows are marked with the
    /// district's key, and each commit notes the head of the chain beside the database.
    ///
    /// - Parameter readOnly: whether the file is opened for reading alone.
    package func openDatabase(_ logger: Logger, readOnly: Bool? = nil) throws -> Database {
        let location = try location()
        var options = DatabaseOptions()
        options.logger = logger
        options.isReadOnly = (readOnly ?? isReadOnly) && location.dialect == .sqlite
        try keep(&options, logger)
        return try Database(location, options: options)
    }

    /// Has rows marked and heads noted.
    package func keep(_ options: inout DatabaseOptions, _ logger: Logger) throws {
        guard exists else { return }
        let marks = try AuditKey(file: keyFile).derived("rows")
        options.mac = { marks.mac($0) }
        let heads = try heads()
        let hasChain = Atomic(false)
        options.committed = { db in
            do {
                // The first migrations commit before there is a chain.
                if !hasChain.load(ordering: .relaxed) {
                    guard try db.tables().contains("ledger_head") else { return }
                    hasChain.store(true, ordering: .relaxed)
                }
                try heads.note(db)
            } catch {
                logger.error("heads.log", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Opens the district.
    ///
    /// - Throws: `Refusal.conflict` when the folder was never set up, its schema is older than the
    ///   program, or its key of what is sealed is missing or another;
    ///   `DatabaseError.newerDatabase` when its schema is newer.
    package func open(
        _ home: Home, logger: Logger, readOnly: Bool? = nil
    ) async throws -> District {
        guard exists else {
            throw Refusal.conflict(
                zh: "\(path) 还不是一个区的数据目录，请先运行 groundwork init --data \(path)。",
                en: "\(path) is not a district's folder yet: run groundwork init --data \(path).")
        }
        let catalogue = try loadCatalogue(home)
        let key = try AuditKey(file: keyFile)
        let database = try openDatabase(logger, readOnly: readOnly)
        let pending = try await database.pendingMigrations(migrations)
        guard pending.isEmpty else {
            database.close()
            throw Refusal.conflict(
                zh: "数据库结构需要升级（\(pending.count)项），请先运行 groundwork migrate。",
                en: "The database needs \(pending.count) migrations: run groundwork migrate.")
        }
        let district = District(
            database: database, catalogue: catalogue, key: key,
            sealedKey: try await sealedKey(of: database), declared: declarations,
            folders: [home.catalogue, self.catalogue])
        if !database.isReadOnly { try await district.fillPairs() }
        return district
    }
}
