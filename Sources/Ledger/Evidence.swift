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

    package static let tooMany = fault(
        zh: "附件最多\(perRecord)个。", en: "At most \(perRecord) files fit a record.")

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

    /// - Returns: the digest that the audit covers, of everything the row says.
    package func add(
        _ file: KeptFile, to record: Record.ID, by actor: Actor, at: Moment
    ) throws -> String {
        let mac = nameMAC(file.id.text, file.name)
        try db.execute(
            """
            INSERT INTO evidence (id, record_id, file_name, media_type, size, file_digest,
                added_at, added_by, name_mark)
            VALUES (\(file.id), \(record), \(file.name), \(file.mediaType), \(file.size),
                \(file.digest), \(at), \(actor.name), \(mac))
            """)
        let row = try db.first("SELECT * FROM evidence WHERE id = \(file.id)")
        return try row.map(Self.digest) ?? ""
    }

    /// Stands for a file's name where the name was erased: keyed, so that nobody finds the name by
    /// trying.
    private func nameMAC(_ id: String, _ name: String) -> String {
        db.mac(["evidence name", id, name])
    }

    /// What the audit covers of one row.
    private static func digest(_ row: Row) throws -> String {
        Fingerprint([
            "evidence", try row.get("id"), try row.get("record_id"), try row.get("name_mark"),
            try row.get("media_type"), String(try row.get("size", as: Int.self)),
            try row.get("file_digest"),
            String(try row.get("added_at", as: Moment.self).milliseconds),
            try row.get("added_by"),
        ]).text
    }

    /// Whether a row is what the audit says. Rows of an older program are covered with the digest
    /// of their file alone.
    package func isWhole(_ row: Row, audited: String?) throws -> Bool {
        guard let mac = try row.optional("name_mark", as: String.self) else {
            return try row.get("file_digest") == audited
        }
        let name = try row.get("file_name", as: String.self)
        let id = try row.get("id", as: String.self)
        let isNamed = name.isEmpty || mac == nameMAC(id, name)
        let digest = try Self.digest(row)
        return isNamed && audited == digest
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
