import Accounts
import Core
import Storage

/// What is looked for in the audit.
struct AuditSearch: Sendable {
    /// The identity of an account, or the name of whoever ran a command.
    var actor: String?
    /// How the action begins.
    var action: String?
    var subject: String?
    var from: Day?
    var last: Day?

    fileprivate var condition: SQL {
        var parts: [SQL] = ["TRUE"]
        if let actor { parts.append("a.actor = \(actor)") }
        if let action {
            let length = action.unicodeScalars.count
            // PostgreSQL counts characters in INTEGER only.
            parts.append("substr(a.action, 1, CAST(\(length) AS INTEGER)) = \(action)")
        }
        if let subject { parts.append("a.subject = \(subject)") }
        if let from { parts.append("a.at >= \(from.start)") }
        if let last { parts.append("a.at < \((last + 1).start)") }
        return parts.joined(separator: " AND ")
    }
}

/// Every statement that searches the audit.
struct AuditTrail {
    let db: Connection
    let key: AuditKey

    /// One row, and whether it is the link it says it is.
    struct Line: Sendable {
        let row: AuditRow
        let holds: Bool
    }

    /// Rows before a number, the newest first.
    func search(_ search: AuditSearch, before seq: Int?, limit: Int) throws -> [Line] {
        let place: SQL = seq.map { "AND a.seq < \($0)" } ?? ""
        return try db.rows(
            """
            SELECT a.*, COALESCE(p.hash, s.hash) AS previous FROM audit a
            LEFT JOIN audit p ON p.seq = a.seq - 1
            LEFT JOIN audit_spent s ON s.seq = a.seq - 1
            WHERE \(search.condition) \(place)
            ORDER BY a.seq DESC LIMIT \(limit)
            """
        ).map { row in
            let line = try AuditRow(row)
            let previous = try row.optional("previous", as: String.self)
            let hash = try row.get("hash", as: String.self)
            let isLinked = line.seq == 1 || previous != nil
            return Line(
                row: line, holds: isLinked && key.link(previous ?? "", line.parts) == hash)
        }
    }

    /// Every row, the oldest first; stops past a number of rows.
    func each(_ search: AuditSearch, limit: Int, _ body: (AuditRow) throws -> Void) throws {
        try db.each(
            """
            SELECT a.* FROM audit a WHERE \(search.condition) ORDER BY a.seq LIMIT \(limit)
            """
        ) { try body(try AuditRow($0)) }
    }

    /// Which of some subjects are records, and of which kind.
    func kinds(of subjects: [String]) throws -> [String: String] {
        var kinds: [String: String] = [:]
        for row in try db.rows(
            "SELECT id, kind FROM record WHERE id IN (\(values: Set(subjects).sorted()))")
        {
            kinds[try row.at(0)] = try row.at(1, as: String.self)
        }
        return kinds
    }
}

/// One export of the audit.
struct AuditExport: Sendable {
    let at: Moment
    let by: String
    let recipient: String
    let purpose: String
    let rows: Int
}

/// Every statement on exports of the audit.
struct AuditExports {
    let db: Connection

    /// The most exports that a page lists.
    static let limit = 100

    func insert(
        _ id: String, by account: Account.ID, at moment: Moment, recipient: String,
        purpose: String, rows: Int, digest: String
    ) throws {
        try db.execute(
            """
            INSERT INTO audit_export
                (id, exported_by, at, recipient, purpose, row_count, file_digest)
            VALUES (\(id), \(account), \(moment), \(recipient), \(purpose), \(rows), \(digest))
            """)
    }

    func list() throws -> [AuditExport] {
        try db.rows(
            """
            SELECT * FROM audit_export ORDER BY at DESC, id DESC LIMIT \(Self.limit)
            """
        ).map { row in
            AuditExport(
                at: try row.get("at"), by: try row.get("exported_by"),
                recipient: try row.get("recipient"), purpose: try row.get("purpose"),
                rows: try row.get("row_count"))
        }
    }
}
