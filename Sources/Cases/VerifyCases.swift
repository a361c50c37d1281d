import Core
import Ledger
import Storage

extension District {
    /// Folds every case anew and compares what lists and clocks were told of it; reads a batch at a
    /// time, each in a snapshot of its own.
    package func verifyCases() async throws -> [Finding] {
        // Where rules, calendars or the map changed since they were read off, last days may differ
        // until the job has read them off anew.
        let isOfToday = try await database.read { db in try isReadByToday(db) }
        var findings: [Finding] = []
        var last = ""
        while findings.count < CaseCheck.findingLimit {
            try Task.checkCancellation()
            let (next, found) = try await database.read { [last] db in
                try CaseCheck(self, db, isOfToday: isOfToday).batch(after: last)
            }
            findings += found
            guard let next else { break }
            last = next
        }
        findings += try await database.read { db in
            try CaseCheck(self, db, isOfToday: isOfToday).strangers()
        }
        return Array(findings.prefix(CaseCheck.findingLimit))
    }
}

/// Compares derived rows with the cases they were read off.
struct CaseCheck {
    let district: District
    let db: Connection
    private let isOfToday: Bool

    init(_ district: District, _ db: Connection, isOfToday: Bool) {
        self.district = district
        self.db = db
        self.isOfToday = isOfToday
    }

    /// Past so many the rest are likely one cause.
    static let findingLimit = 200
    private static let batch = 100

    /// Checks some cases by their ids; answers where to go on, nil at the end.
    func batch(after last: String) throws -> (next: String?, findings: [Finding]) {
        let ids = try db.rows(
            """
            SELECT DISTINCT r.case_id FROM record r
            WHERE r.case_id > \(last) AND r.case_id IS NOT NULL
            ORDER BY r.case_id LIMIT \(Self.batch)
            """
        ).map { try $0.at(0, as: Record.ID.self) }
        guard let newest = ids.last else { return (nil, []) }
        let records = try CaseRecords(db).read(ids)
        let rows = try kept(ids)
        let obligations = try CaseStore(db).obligations(of: ids)
        let structure = try district.structure(db)
        var findings: [Finding] = []
        for id in ids {
            guard let line = rows[id] else {
                findings.append(Finding("the case \(id) is in no list"))
                continue
            }
            let folded: FoldedCase
            do {
                folded = try district.folded(id, records[id] ?? [], structure, db)
            } catch let refusal as Refusal {
                findings.append(
                    Finding("the case \(id) cannot be read: \(refusal.text(.en))"))
                continue
            }
            findings += check(folded, line, obligations[id] ?? [])
        }
        return (ids.count < Self.batch ? nil : newest.text, findings)
    }

    private func kept(_ ids: [Record.ID]) throws -> [Record.ID: (CaseRow, Bool)] {
        var kept: [Record.ID: (CaseRow, Bool)] = [:]
        for row in try db.rows("SELECT * FROM case_state WHERE case_id IN (\(values: ids))") {
            let isSingle = try row.get("is_single", as: Int.self) == 1
            let state = try CaseRow(row)
            kept[state.id] = (state, isSingle)
        }
        return kept
    }

    private func check(
        _ folded: FoldedCase, _ kept: (row: CaseRow, isSingle: Bool),
        _ obligations: [CaseObligation]
    ) -> [Finding] {
        let id = folded.id
        let derived = DerivedCase(folded, at: kept.row.readAt)
        var findings: [Finding] = []
        if derived.row != kept.row || derived.isSingle != kept.isSingle {
            findings.append(
                Finding("the line of the case \(id) is not what its records say"))
        }
        if isOfToday, Set(derived.obligations) != Set(obligations) {
            findings.append(Finding("what the case \(id) owes is not what its records say"))
        }
        if (folded.end == nil) != (derived.row.closedAt == nil) {
            findings.append(Finding("the case \(id) has no end where its steps end it"))
        }
        return findings
    }

    /// Rows of cases that are not there.
    func strangers() throws -> [Finding] {
        try ["case_state", "obligation"].flatMap { table in
            try db.rows(
                """
                SELECT DISTINCT s.case_id FROM \(name: table) s
                WHERE NOT EXISTS (SELECT 1 FROM record r WHERE r.id = s.case_id
                    AND r.case_id = r.id AND r.seq = 0)
                ORDER BY s.case_id LIMIT 20
                """
            ).map { Finding("\(table) has rows of \(try $0.at(0, as: String.self)), no case") }
        }
    }
}
