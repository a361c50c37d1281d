import Storage

/// The audit chain and the ledger's head, inside one transaction.
///
/// Every change claims the positions of what it posts and leaves one audit row in the same
/// commit. A row holds ids and digests, never values, and a keyed hash over its predecessor's.
/// Head and chain are read here, in the transaction, and never cached.
package struct Audit {
    let db: Connection
    let key: AuditKey

    package init(_ db: Connection, key: AuditKey) {
        self.db = db
        self.key = key
    }

    /// The positions that one change posted, with the digest over them in order.
    package struct Coverage {
        package let first: Int
        package let last: Int
        package let digest: String
        /// Whether they are records, or records taken back, and nothing else was changed: pages
        /// that were read of other kinds stay.
        package let isOfRecords: Bool

        package init(first: Int, last: Int, digest: String, isOfRecords: Bool = false) {
            self.first = first
            self.last = last
            self.digest = digest
            self.isOfRecords = isOfRecords
        }
    }

    /// Takes the next `count` positions and answers the first of them.
    package func claim(_ count: Int) throws -> Int {
        // All rows are taken, and not only the first: the statement has to come to its end.
        let heads = try db.rows(
            """
            UPDATE ledger_head SET position = position + \(count) WHERE id = 1
            RETURNING position
            """)
        guard let head = heads.first else { throw Audit.headless }
        return try head.at(0, as: Int.self) - count + 1
    }

    /// The newest position.
    package func position() throws -> Int {
        try db.value("SELECT position FROM ledger_head WHERE id = 1", as: Int.self) ?? 0
    }

    /// How far the chain had come.
    package struct Head: Sendable {
        /// The number of the newest row.
        package let newest: Int
        /// The number of the newest row that changes what public pages show: it moves with every
        /// change of that kind, and not with a sign-in or a look at something sealed.
        package let shown: Int
        /// The number of the newest of those that changed anything but records: what was read of
        /// some kinds has to be read anew after it.
        package let turned: Int
        /// The newest position.
        package let position: Int

        /// Takes the columns `seq`, `shown`, `turned` and `position` of `ledger_head`.
        package init(_ row: Row) throws {
            newest = try row.get("seq")
            shown = try row.get("shown")
            turned = try row.get("turned")
            position = try row.get("position")
        }
    }

    package static func head(_ db: Connection) throws -> Head {
        let row = try db.first(
            "SELECT seq, shown, turned, position FROM ledger_head WHERE id = 1")
        guard let row else { throw headless }
        return try Head(row)
    }

    private static let headless = DatabaseError.other(
        code: "head", message: "the ledger has no head")

    /// The end of the chain, behind which a change posts what it posts and then its audit row.
    package struct End {
        /// The newest position, and the newest row with its hash.
        package let position: Int
        fileprivate let seq: Int
        fileprivate let hash: String
        fileprivate let shown: Int
        fileprivate let turned: Int
        fileprivate let isBehind: Bool
        /// The time of the newest row, unless the row is redacted.
        fileprivate let newest: Moment?

        fileprivate init(_ row: Row) throws {
            position = try row.at(0)
            seq = try row.at(1)
            hash = try row.at(2)
            shown = try row.at(3)
            turned = try row.at(4)
            isBehind = try row.at(5, as: Int.self) == 1
            newest = try row.optionalAt(6)
        }
    }

    package func end() throws -> End {
        let row = try db.first(
            """
            SELECT h.position, h.seq, h.hash, h.shown, h.turned, h.clock_behind, a.at
            FROM ledger_head h LEFT JOIN audit a ON a.seq = h.seq WHERE h.id = 1
            """)
        guard let row else { throw Audit.headless }
        return try End(row)
    }

    /// How far a clock may step back without a word: machines set theirs by little all the time.
    package static let toleranceMilliseconds: Int64 = 120_000

    /// Adds one row to the chain. `evidence` is the digest of a file that takes no position.
    ///
    /// The time of the chain never runs backwards: with a clock that stepped back a row takes the
    /// time of the one before, and the first such row is preceded by one that says so.
    ///
    /// - Parameter quietly: for what changes no public page, such as a sign-in; kept pages stay.
    /// - Returns: the time that the row carries.
    @discardableResult
    package func record(
        _ action: String, _ subject: String, by actor: Actor, at moment: Moment,
        covering coverage: Coverage? = nil, evidence: String? = nil, quietly: Bool = false
    ) throws -> Moment {
        let end = try end()
        let said = Said(
            action: action, subject: subject, actor: actor, coverage: coverage, evidence: evidence,
            quietly: quietly)
        return try add(said, at: moment, behind: end, position: end.position)
    }

    /// Adds the row of a change that posted behind the end of the chain, and takes the positions.
    package func record(
        _ action: String, _ subject: String, by actor: Actor, at moment: Moment,
        covering coverage: Coverage, behind end: End
    ) throws {
        precondition(coverage.first == end.position + 1, "positions have no gaps")
        let said = Said(
            action: action, subject: subject, actor: actor, coverage: coverage, evidence: nil,
            quietly: false)
        _ = try add(said, at: moment, behind: end, position: coverage.last)
    }

    /// What a row is to say, but for its number and its time.
    private struct Said {
        let action: String
        let subject: String
        let actor: Actor
        let coverage: Coverage?
        let evidence: String?
        let quietly: Bool
    }

    private func add(
        _ said: Said, at moment: Moment, behind end: End, position: Int
    ) throws -> Moment {
        let time = end.newest.map { max($0, moment) } ?? moment
        let stepped = time.milliseconds - moment.milliseconds
        let isBehind = stepped > Self.toleranceMilliseconds
        if isBehind, !end.isBehind {
            try db.execute("UPDATE ledger_head SET clock_behind = 1 WHERE id = 1")
            // Its digest keeps it from being deleted with old rows.
            try record(
                "clock.behind", String(stepped / 1_000), by: Self.clock, at: time,
                evidence: Fingerprint(["clock", String(stepped)]).text, quietly: true)
            return try add(said, at: time, behind: try self.end(), position: position)
        }
        if end.isBehind, !isBehind, end.newest != moment {
            try db.execute("UPDATE ledger_head SET clock_behind = 0 WHERE id = 1")
        }
        let isOfRecords = said.coverage?.isOfRecords ?? false
        let row = AuditRow(
            seq: end.seq + 1, at: time, actor: said.actor.name, action: said.action,
            subject: said.subject, first: said.coverage?.first, last: said.coverage?.last,
            digest: said.coverage?.digest ?? said.evidence)
        let hash = key.link(end.hash, row.parts)
        try db.insert(into: "audit", Self.columns, values: row.values + [.text(hash)])
        try db.tell(
            """
            UPDATE ledger_head SET position = \(position), seq = \(row.seq), hash = \(hash),
                shown = \(said.quietly ? end.shown : row.seq),
                turned = \(said.quietly || isOfRecords ? end.turned : row.seq)
            WHERE id = 1
            """)
        return time
    }

    /// The actor that the audit names for what the clock did.
    private static let clock = Actor(name: "clock", standing: .system)

    private static let columns = [
        "seq", "at", "actor", "action", "subject", "first_position", "last_position", "digest",
        "hash",
    ]
}

/// One row of the chain, as it is hashed.
package struct AuditRow {
    package let seq: Int
    package let at: Moment
    package let actor: String
    package let action: String
    package let subject: String
    package let first: Int?
    package let last: Int?
    package let digest: String?

    package var parts: [String?] {
        [
            String(seq), String(at.milliseconds), actor, action, subject, first.map(String.init),
            last.map(String.init), digest,
        ]
    }

    /// As its columns hold it, but for the hash.
    fileprivate var values: [Value] {
        [
            seq.storageValue, at.storageValue, .text(actor), .text(action), .text(subject),
            first.storageValue, last.storageValue, digest.storageValue,
        ]
    }

    package init(
        seq: Int, at: Moment, actor: String, action: String, subject: String, first: Int?,
        last: Int?, digest: String?
    ) {
        self.seq = seq
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.first = first
        self.last = last
        self.digest = digest
    }

    package init(_ row: Row) throws {
        self.init(
            seq: try row.get("seq"), at: try row.get("at"), actor: try row.get("actor"),
            action: try row.get("action"), subject: try row.get("subject"),
            first: try row.optional("first_position"), last: try row.optional("last_position"),
            digest: try row.optional("digest"))
    }
}

/// The tables of the chain.
package let coreMigrations = [
    Migration(id: "2026-11-22-audit") { dialect in
        """
        CREATE TABLE ledger_head (
            id BIGINT PRIMARY KEY CHECK (id = 1),
            position BIGINT NOT NULL CHECK (position >= 0),
            seq BIGINT NOT NULL CHECK (seq >= 0),
            hash TEXT NOT NULL
        );
        INSERT INTO ledger_head (id, position, seq, hash) VALUES (1, 0, 0, '');
        CREATE TABLE audit (
            seq BIGINT PRIMARY KEY,
            at BIGINT NOT NULL,
            actor TEXT NOT NULL,
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            first_position BIGINT,
            last_position BIGINT,
            digest TEXT,
            hash TEXT NOT NULL
        );
        CREATE INDEX audit_subject ON audit (subject);
        """ + appendOnly("audit", dialect)
    },
    // Which row last changed what pages show.
    Migration(id: "2026-11-22-audit-shown") { _ in
        """
        ALTER TABLE ledger_head ADD COLUMN shown BIGINT NOT NULL DEFAULT 0;
        UPDATE ledger_head SET shown = seq;
        """
    },
    // Whether the newest row was written while the clock stood behind the row before.
    Migration(id: "2026-11-29-clock") { _ in
        "ALTER TABLE ledger_head ADD COLUMN clock_behind BIGINT NOT NULL DEFAULT 0;"
    },
    // Which row last changed anything but records.
    Migration(id: "2026-11-30-audit-turned") { _ in
        """
        ALTER TABLE ledger_head ADD COLUMN turned BIGINT NOT NULL DEFAULT 0;
        UPDATE ledger_head SET turned = seq;
        """
    },
    auditRedactionMigration,
    disclosureMigration, jobMigration, jobRunnerMigration,
]
