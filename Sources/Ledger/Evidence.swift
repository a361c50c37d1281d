import Core
import Foundation
import Storage

/// A file that shows what a record says, before it is kept.
package struct EvidenceFile: Sendable {
    package static let sizeLimit = 20 << 20
    package static let perRecord = 10

    package let name: String
    package let mediaType: String
    package let bytes: [UInt8]

    /// Reads a file and tells what it is by its content, never by its name.
    ///
    /// - Throws: `Refusal.invalid` for a file that is missing, too large or of no known type.
    package init(path: String) throws(Refusal) {
        let name = (path as NSString).lastPathComponent
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .invalid([
                Self.fault(zh: "找不到文件 \(path)。", en: "There is no file \(path).")
            ])
        }
        try self.init(name: name, bytes: Array(data))
    }

    /// Takes bytes that came under a name.
    ///
    /// - Throws: `Refusal.invalid` for a file that is too large or of no known type.
    package init(name: String, bytes: [UInt8]) throws(Refusal) {
        guard bytes.count <= Self.sizeLimit else {
            throw .invalid([
                Self.fault(
                    zh: "“\(name)”超过\(Self.sizeLimit >> 20) MB。",
                    en: "“\(name)” is larger than \(Self.sizeLimit >> 20) MB.")
            ])
        }
        guard let type = Self.mediaType(of: bytes) else {
            throw .invalid([
                Self.fault(
                    zh: "“\(name)”不是 PDF、JPEG、PNG 或文本。",
                    en: "“\(name)” is not a PDF, a JPEG, a PNG or a text.")
            ])
        }
        self.name = Folding.shown(name)
        self.mediaType = type
        self.bytes = bytes
    }

    /// The field of a form that takes files.
    package static let field = "evidence"

    /// A fault of the files that came with an entry.
    package static func fault(zh: String, en: String) -> Fault {
        Fault(Wording(zh: "附件", en: "Evidence"), at: field, place: "附件", zh: zh, en: en)
    }

    package static func mediaType(of bytes: [UInt8]) -> String? {
        if bytes.starts(with: Array("%PDF-".utf8)) { return "application/pdf" }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
        let isText =
            !bytes.isEmpty && !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
        return isText ? "text/plain" : nil
    }
}

/// A file of evidence that lies in the folder already, under its own identity, and waits for the
/// record it will belong to.
package struct KeptFile: Sendable, Hashable {
    package let id: Evidence.ID
    package let name: String
    package let mediaType: String
    package let size: Int
    package let digest: String

    package init(
        id: Evidence.ID, name: String, mediaType: String, size: Int, digest: String
    ) {
        self.id = id
        self.name = name
        self.mediaType = mediaType
        self.size = size
        self.digest = digest
    }
}

/// A file kept with a record.
package struct Evidence: Sendable {
    package typealias ID = Core.ID<Evidence>

    package let id: ID
    package let record: Record.ID
    package let fileName: String
    package let mediaType: String
    package let size: Int
    package let digest: String
}

/// Every statement on evidence. Files lie beside the database, named by their own identity.
package struct EvidenceStore {
    private let db: Connection

    package init(db: Connection) { self.db = db }

    package func add(
        _ file: KeptFile, to record: Record.ID, by actor: Actor, at: Moment
    ) throws {
        try db.execute(
            """
            INSERT INTO evidence
                (id, record_id, file_name, media_type, size, file_digest, added_at, added_by)
            VALUES (\(file.id), \(record), \(file.name), \(file.mediaType), \(file.size),
                \(file.digest), \(at), \(actor.name))
            """)
    }

    package func list(_ record: Record.ID) throws -> [Evidence] {
        try db.rows(
            """
            SELECT id, record_id, file_name, media_type, size, file_digest FROM evidence
            WHERE record_id = \(record) ORDER BY id LIMIT \(EvidenceFile.perRecord)
            """
        ).map(Evidence.init)
    }
}

extension EvidenceStore {
    /// A file of one record; nil when it belongs to another.
    package func find(_ id: Evidence.ID, of record: Record.ID) throws -> Evidence? {
        try db.first(
            """
            SELECT id, record_id, file_name, media_type, size, file_digest FROM evidence
            WHERE id = \(id) AND record_id = \(record)
            """
        ).map(Evidence.init)
    }
}

extension Evidence {
    init(_ row: Row) throws {
        id = try row.get("id")
        record = try row.get("record_id")
        fileName = try row.get("file_name")
        mediaType = try row.get("media_type")
        size = try row.get("size")
        digest = try row.get("file_digest")
    }
}
