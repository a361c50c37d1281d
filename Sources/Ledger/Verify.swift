import Catalogue
import Core
import Organization
import Storage

extension District {
    /// Checks the audit chain, the positions, every digest, the imports, `reach` and the days of
    /// records, and says where each breaks.
    ///
    /// It reads a little at a time, each in a snapshot of its own, up to the head that stands when
    /// it begins: what it holds does not grow with the ledger, no read lasts long, and what is
    /// posted meanwhile is neither waited for nor mistaken for a fault.
    ///
    /// - Parameter start: a head up to which the ledger was found whole before; nil checks it from
    ///   its first row.
    package func verify(from start: HeadLog.Head? = nil) async throws -> [Finding] {
        var check = try await database.read { try Verification(self, $0, from: start) }
        while true {
            try Task.checkCancellation()
            let (next, goesOn) = try await database.read { [check] db in
                var next = check
                let goesOn = try next.goOn(db)
                return (next, goesOn)
            }
            check = next
            if !goesOn { return check.findings }
        }
    }

    /// The same in one snapshot.
    package func verify(_ db: Connection) throws -> [Finding] {
        var check = try Verification(self, db)
        while try check.goOn(db) {}
        return check.findings
    }
}

/// One run of the checks, and how far it is.
struct Verification: Sendable {
    let district: District
    private(set) var findings: [Finding] = []
    /// The newest audit row and the newest position when it began.
    let head: HeadLog.Head
    let newest: Int
    /// The position up to which the ledger was found whole before.
    let start: Int
    var digests: PostedDigests
    var chain = Followed()
    /// The audit row with which somebody last took the ledger as it was; zero where nobody did.
    let accepted: Int
    var imports: [PublishedImport] = []
    var published: [String: AuditRow] = [:]
    var reversed: [String: AuditRow] = [:]
    private var step: Step? = .records(after: "", position: 0)

    /// What is to be checked next.
    private enum Step: Sendable {
        case records(after: String, position: Int)
        case structure
        case chain(after: Int)
        case imports
        case reach
        case beyond
    }

    /// Past so many findings the rest are likely one cause, and the list stops.
    static let findingLimit = 200
    /// Records, and numbers of the audit, that are read at a time.
    static let batch = 1_000
    /// Rows past the end that are named.
    static let beyondLimit = 20
    /// The tables of the structure whose rows have a position and a digest.
    static let structureTables = [
        "reorganization", "org_unit_version", "org_link", "lineage", "person_join",
    ]

    init(_ district: District, _ db: Connection, from start: HeadLog.Head? = nil) throws {
        self.district = district
        head = try HeadLog.Head(db)
        newest = try Audit(db, key: district.key).position()
        digests = PostedDigests(upTo: newest)
        accepted =
            try db.value(
                "SELECT MAX(seq) FROM audit WHERE action = 'ledger.accepted'", as: Int.self) ?? 0
        imports = try db.rows(
            """
            SELECT id, what, base, reversed, digest, file_digest FROM import ORDER BY id
            """
        ).map(PublishedImport.init)
        guard let start else {
            self.start = 0
            return
        }
        if let whole = try start.kept(in: db) {
            chain = Followed(
                hash: whole.hash, expected: whole.seq + 1,
                position: try db.value(
                    """
                    SELECT last_position FROM audit
                    WHERE seq <= \(whole.seq) AND last_position IS NOT NULL
                    ORDER BY seq DESC LIMIT 1
                    """, as: Int.self) ?? 0)
            chain.last = try db.first("SELECT * FROM audit WHERE seq = \(whole.seq)")
                .map(AuditRow.init)
            step = .records(after: "", position: chain.position)
        } else {
            findings = [try start.finding(in: db)].compactMap { $0 }
            step = nil
        }
        self.start = chain.position
    }

    mutating func find(_ sentence: String) {
        if findings.count < Self.findingLimit { findings.append(Finding(sentence)) }
    }

    /// Checks a little more; false when there is nothing more to check.
    mutating func goOn(_ db: Connection) throws -> Bool {
        switch step {
        case .records(let last, let position):
            step =
                try checkRecords(after: last, position: position, db).map {
                    .records(after: $0.id, position: $0.position)
                } ?? .structure
        case .structure:
            try checkStructure(db)
            step = .chain(after: chain.expected - 1)
        case .chain(let seq):
            let end = min(head.seq, seq + Self.batch)
            try checkChain(after: seq, through: end, db)
            if end < head.seq {
                step = .chain(after: end)
            } else {
                checkHead()
                step = .imports
            }
        case .imports:
            checkImports()
            step = .reach
        case .reach:
            try checkReach(db)
            step = .beyond
        case .beyond:
            try checkBeyond(db)
            step = nil
        case nil: break
        }
        return step != nil
    }

    /// Whether something may stand at a position. What was posted since the run began stands past
    /// the head it began with, and not past the one that holds now.
    mutating func checkPlace(_ position: Int, _ what: String, now: Int) {
        if position <= 0 || position > now {
            find("\(what) stands at position \(position), past the ledger's head")
        }
    }

    // MARK: Structure

    private mutating func checkStructure(_ db: Connection) throws {
        let now = try Audit(db, key: district.key).position()
        for table in Self.structureTables {
            let columns = StructureRow.contents(of: table)
            var found: [(id: String, position: Int, isWhole: Bool)] = []
            try db.each(
                """
                SELECT \(columns.map { "\(name: $0)" as SQL }.joined(separator: ", ")),
                    position, digest
                FROM \(name: table) WHERE position > \(start) OR position <= 0
                """
            ) { row in
                let values = columns.map { row[$0] ?? .null }
                let stored = try row.get("digest", as: String.self)
                found.append(
                    (
                        try row.get("id"), try row.get("position"),
                        StructureRow.digest(table: table, values: values) == stored
                    ))
            }
            for one in found {
                if !one.isWhole {
                    find("the row \(one.id) of \(table) was changed: its digest differs")
                }
                checkPlace(one.position, "a row of \(table)", now: now)
            }
        }
    }

    // MARK: Imports

    /// An import as its row says.
    struct PublishedImport: Sendable {
        let id: String
        let base: Int?
        let reversed: Int?
        let digest: String?
        /// The mark of a file of persons, which is all its one position stands for.
        let personsMark: String?

        init(_ row: Row) throws {
            id = try row.get("id")
            base = try row.optional("base")
            reversed = try row.optional("reversed")
            digest = try row.optional("digest")
            personsMark =
                try row.get("what", as: String.self) == "persons" ? row.get("file_digest") : nil
        }
    }

    private mutating func checkImports() {
        for one in imports {
            if one.base.map({ $0 >= start }) ?? true {
                if one.base.map({ $0 + 1 }) != published[one.id]?.first {
                    find("the import \(one.id) is published where the audit does not say so")
                } else if one.digest != published[one.id]?.digest {
                    find("the import \(one.id) does not hold what the audit says")
                }
            }
            if one.reversed.map({ $0 > start }) ?? true,
                one.reversed != reversed[one.id]?.first
            {
                find("the import \(one.id) is undone where the audit does not say so")
            }
        }
        let kept = Set(imports.map(\.id))
        for id in published.keys.sorted() where !kept.contains(id) {
            find("the import \(id) is gone")
        }
    }

    // MARK: What is derived

    private mutating func checkReach(_ db: Connection) throws {
        let wanted = Set(
            try StructureStore(db: db).load().reach(formAxis: district.formAxis))
        var kept: Set<Reach> = []
        try db.each(
            """
            SELECT unit_id, axis, ancestor_id, form, valid_from, valid_to FROM reach
            WHERE gone IS NULL
            """
        ) { row in
            kept.insert(try Reach(row))
        }
        for row in wanted.symmetricDifference(kept).prefix(5) {
            find("reach does not follow from the links: \(row.unit) \(row.axis) \(row.ancestor)")
        }
    }
}
