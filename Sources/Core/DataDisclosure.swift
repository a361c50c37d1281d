import Storage

/// Data that went out: what, to whom, for what, on which basis, until when.
///
/// Every export records one before a byte leaves. What is public anyway stays free of it.
package struct DataDisclosure: Sendable, Hashable {
    /// The most characters of each line.
    package static let lineLimit = 200

    /// What went out, as the program names it: `audit`, `my_data`, `breach_drill`.
    package let what: String
    package let recipient: String
    package let purpose: String
    package let basis: String
    /// The fields that went out.
    package let fields: String
    /// The period and the units.
    package let extent: String
    package let rows: Int
    /// The day by which the recipient deletes what they got; nil for a person's own copy.
    package let expiresOn: Day?
    /// Whose data it was, where it was one person's.
    package let person: String?
    package let account: String?
    package let contact: String?

    /// - Throws: `Refusal.invalid` without a recipient, a purpose or a basis.
    package init(
        what: String, recipient: String, purpose: String, basis: String, fields: String,
        extent: String, rows: Int, expiresOn: Day?, person: String? = nil,
        account: String? = nil, contact: String? = nil
    ) throws(Refusal) {
        var faults: [Fault] = []
        for (place, text) in [("recipient", recipient), ("purpose", purpose), ("basis", basis)] {
            if text.isEmpty {
                faults.append(Fault(place, zh: "导出前必须填写。", en: "An export needs this."))
            } else if text.unicodeScalars.count > Self.lineLimit {
                faults.append(
                    Fault(
                        place, zh: "最多\(Self.lineLimit)个字符。",
                        en: "At most \(Self.lineLimit) characters."))
            }
        }
        guard faults.isEmpty else { throw .invalid(faults) }
        self.what = what
        self.recipient = recipient
        self.purpose = purpose
        self.basis = basis
        self.fields = fields
        self.extent = extent
        self.rows = rows
        self.expiresOn = expiresOn
        self.person = person
        self.account = account
        self.contact = contact
    }

    /// The line that stands in the file that went out.
    package func watermark(_ number: Int, on day: Day) -> String {
        let until = expiresOn.map { "，\($0) 前删除 delete by \($0)" } ?? ""
        return "第\(number)号 No. \(number) · \(day) · 接收方 recipient: \(recipient)"
            + " · 目的 purpose: \(purpose)\(until)"
    }
}

/// Every statement on the ledger of disclosures.
package struct DisclosureLedger {
    private let db: Connection
    private let key: AuditKey

    package init(_ db: Connection, key: AuditKey) {
        self.db = db
        self.key = key
    }

    /// The number that the next disclosure gets: its file names it before it is recorded.
    package func nextNumber() throws -> Int {
        (try db.value("SELECT MAX(number) FROM disclosure", as: Int.self) ?? 0) + 1
    }

    /// Records what goes out, in the commit that lets it go.
    ///
    /// - Parameter digest: the SHA-256 of what went out.
    /// - Returns: the number of the disclosure.
    @discardableResult
    package func record(
        _ disclosure: DataDisclosure, digest: String, by actor: Actor, at moment: Moment
    ) throws -> Int {
        let number = try nextNumber()
        let id = ID<DataDisclosure>.make().text
        try db.execute(
            """
            INSERT INTO disclosure (id, number, what, recipient, purpose, basis, fields, extent,
                row_count, expires_on, person_id, account_id, contact_id, made_at, made_by, digest)
            VALUES (\(id), \(number), \(disclosure.what), \(disclosure.recipient),
                \(disclosure.purpose), \(disclosure.basis), \(disclosure.fields),
                \(disclosure.extent), \(disclosure.rows), \(disclosure.expiresOn),
                \(disclosure.person), \(disclosure.account), \(disclosure.contact), \(moment),
                \(actor.name), \(digest))
            """)
        let told = [
            disclosure.what, disclosure.recipient, disclosure.purpose, disclosure.basis,
            disclosure.fields, disclosure.extent,
        ]
        let auditDigest = Self.auditDigest(
            id, number, told, rows: disclosure.rows, until: disclosure.expiresOn?.description,
            digest)
        try Audit(db, key: key).record(
            "data.disclosed", id, by: actor, at: moment, evidence: auditDigest, quietly: true)
        return number
    }

    /// What the audit keeps of a row.
    ///
    /// - Parameter told: the columns from what went out to its extent.
    private static func auditDigest(
        _ id: String, _ number: Int, _ told: [String?], rows: Int, until expiresOn: String?,
        _ digest: String
    ) -> String {
        Fingerprint([id, String(number)] + told + [String(rows), expiresOn, digest]).text
    }

    private static let told = ["what", "recipient", "purpose", "basis", "fields", "extent"]

    /// The numbers of rows that are not what the audit says, for `verify`.
    package func changed() throws -> [Int] {
        var changed: [Int] = []
        try db.each(
            """
            SELECT d.*, a.digest AS audited FROM disclosure d LEFT JOIN audit a
                ON a.subject = d.id AND a.action = 'data.disclosed' ORDER BY d.number
            """
        ) { row in
            let number = try row.get("number", as: Int.self)
            let auditDigest = Self.auditDigest(
                try row.get("id"), number, try Self.told.map { try row.get($0, as: String.self) },
                rows: try row.get("row_count"), until: try row.optional("expires_on"),
                try row.get("digest"))
            let audited = try row.optional("audited", as: String.self)
            if audited != auditDigest { changed.append(number) }
        }
        return changed
    }
}

/// The table of disclosures: rows are added and never change.
package let disclosureMigration = Migration(id: "2026-11-22-disclosure") { dialect in
    """
    CREATE TABLE disclosure (
        id TEXT PRIMARY KEY,
        number BIGINT NOT NULL UNIQUE,
        what TEXT NOT NULL,
        recipient TEXT NOT NULL,
        purpose TEXT NOT NULL,
        basis TEXT NOT NULL,
        fields TEXT NOT NULL,
        extent TEXT NOT NULL,
        row_count BIGINT NOT NULL CHECK (row_count >= 0),
        expires_on TEXT,
        person_id TEXT,
        account_id TEXT,
        contact_id TEXT,
        made_at BIGINT NOT NULL,
        made_by TEXT NOT NULL,
        digest TEXT NOT NULL
    );
    """ + appendOnly("disclosure", dialect)
}
