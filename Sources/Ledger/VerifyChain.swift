import Core
import Storage

extension Verification {
    /// How far the chain was followed.
    struct Followed: Sendable {
        var hash = ""
        /// The number that the next row has to have.
        var expected = 1
        var position = 0
        /// The row before, unless it is redacted.
        var last: AuditRow?
    }

    /// Follows the chain through some of its rows, and looks for what they prove.
    mutating func checkChain(after first: Int, through last: Int, _ db: Connection) throws {
        var gap = try Gap(db, after: first, through: last)
        var proven: [String: [(subject: String, action: String)]] = [:]
        let tables = Dictionary(grouping: district.declared.flatMap(\.proven), by: \.action)
        for row in try db.rows(
            "SELECT * FROM audit WHERE seq > \(first) AND seq <= \(last) ORDER BY seq")
        {
            let line = try AuditRow(row)
            try check(line, hash: row.get("hash"), &gap, db)
            for one in tables[line.action] ?? [] {
                proven[one.table, default: []].append((line.subject, line.action))
            }
        }
        follow(&gap, before: last + 1)
        for seq in gap.redacted.keys.sorted() where !gap.followed.contains(seq) {
            find("the redacted audit row \(seq) stands outside the chain")
        }
        for (table, rows) in proven.sorted(by: { $0.key < $1.key }) {
            let there = Set(
                try db.rows(
                    """
                    SELECT t.id FROM \(name: table) t
                    WHERE t.id IN (\(values: Set(rows.map(\.subject)).sorted()))
                    """
                ).map { try $0.at(0, as: String.self) })
            for row in rows where !there.contains(row.subject) {
                find("\(row.subject) is gone (\(row.action))")
            }
        }
    }

    /// Whether the chain ends where the ledger's head says.
    mutating func checkHead() {
        if chain.hash != head.hash || chain.expected - 1 != head.seq {
            find("the newest audit row is not the one the ledger's head names")
        }
        if chain.position != newest {
            find(
                "the audit covers positions up to \(chain.position), the ledger's head is "
                    + "\(newest)")
        }
    }

    /// Whether anything stands past the end of the chain, or before its beginning: no step from row
    /// to row comes there.
    mutating func checkBeyond(_ db: Connection) throws {
        let end = try HeadLog.Head(db).seq
        for row in try db.rows(
            """
            SELECT seq, action FROM audit WHERE seq > \(end) OR seq <= 0
            ORDER BY seq LIMIT \(Self.beyondLimit)
            """)
        {
            let (seq, action) = (try row.at(0, as: Int.self), try row.at(1, as: String.self))
            find("the audit row \(seq) (\(action)) breaks the chain: it stands outside it")
        }
        for row in try db.rows(
            """
            SELECT seq FROM audit_spent WHERE seq > \(end) OR seq <= 0
            ORDER BY seq LIMIT \(Self.beyondLimit)
            """)
        {
            find("the redacted audit row \(try row.at(0, as: Int.self)) stands outside the chain")
        }
        let position = try Audit(db, key: district.key).position()
        for row in try db.rows(
            """
            SELECT r.ordinal FROM record r
            WHERE r.import_id IS NULL AND r.ordinal > \(position)
            ORDER BY r.ordinal LIMIT \(Self.beyondLimit)
            """)
        {
            try checkPlace(row.at(0), "a record", now: position)
        }
    }

    private mutating func check(
        _ row: AuditRow, hash: String, _ gap: inout Gap, _ db: Connection
    ) throws {
        follow(&gap, before: row.seq)
        if gap.redacted[row.seq] != nil {
            find("the audit row \(row.seq) stands both in the audit and among the redacted")
        }
        if row.seq != chain.expected {
            find("the audit row \(chain.expected) is missing or out of order")
            chain.expected = row.seq
        }
        chain.expected += 1
        if district.key.link(chain.hash, row.parts) != hash {
            find("the audit row \(row.seq) (\(row.action)) breaks the chain")
        }
        if let last = chain.last, last.seq == row.seq - 1, row.at < last.at, row.seq > accepted {
            find("the time runs backwards at the audit row \(row.seq)")
        }
        chain.last = row
        chain.hash = hash
        chain.position = try checkCoverage(row, db)
        if row.action == "import.published" { published[row.subject] = row }
        if row.action == "import.reversed" { reversed[row.subject] = row }
    }

    /// Rows whose time has passed: number, hash and keyed mark are left of them.
    private struct Gap {
        let redacted: [Int: (hash: String, mac: String)]
        var followed: Set<Int> = []

        init(_ db: Connection, after first: Int, through last: Int) throws {
            var redacted: [Int: (hash: String, mac: String)] = [:]
            try db.each(
                """
                SELECT seq, hash, mac FROM audit_spent WHERE seq > \(first) AND seq <= \(last)
                """
            ) { row in
                redacted[try row.at(0)] = (try row.at(1), try row.at(2))
            }
            self.redacted = redacted
        }
    }

    /// Follows the chain through redacted rows.
    private mutating func follow(_ gap: inout Gap, before end: Int) {
        while chain.expected < end, let row = gap.redacted[chain.expected] {
            if district.key.redaction(chain.expected, hash: row.hash, after: chain.hash) != row.mac
            {
                find(
                    "the redacted audit row \(chain.expected) was not redacted by the holder of "
                        + "the key")
            }
            gap.followed.insert(chain.expected)
            chain.hash = row.hash
            chain.expected += 1
        }
    }

    /// Checks the positions that an audit row covers; answers the last of them.
    private mutating func checkCoverage(_ row: AuditRow, _ db: Connection) throws -> Int {
        guard let first = row.first, let last = row.last else { return chain.position }
        if first != chain.position + 1 {
            find("the audit row \(row.seq) begins at position \(first), not \(chain.position + 1)")
        }
        guard first > 0, first <= last, last <= newest else {
            find("the audit row \(row.seq) covers positions past the ledger's head")
            return last
        }
        // An undoing posts nothing, and a file of persons stands at one position as a mark.
        var said: [String]?
        if row.action == "import.reversed" { said = [row.action, row.subject] }
        if row.action == "import.published" {
            said = imports.first { $0.id == row.subject }?.personsMark.map { [$0] }
        }
        var posted = Fingerprint()
        var hole: Int?
        for position in first...last {
            let there = try digests.at(position, db)
            if there.count > 1 { find("two things stand at position \(position)") }
            if said != nil, there.count > 0 {
                find("something stands at position \(position), where \(row.action) posted nothing")
            }
            if there.count == 0, hole == nil { hole = position }
            posted.add(there.digest)
        }
        if said.map({ Fingerprint($0).text }) ?? posted.text != row.digest {
            if said == nil, let hole {
                find("what stood at position \(hole) is gone (\(row.action) \(row.subject))")
            } else {
                find("positions \(first) to \(last) are not what \(row.action) posted")
            }
        }
        return last
    }
}
