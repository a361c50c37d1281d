import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage
import Web

/// An entry that waits until a second person confirms it. It is no record and counts for nothing.
package struct PendingEntry: Sendable {
    /// The identity of an entry that waits.
    package typealias ID = Core.ID<PendingEntry>

    let id: ID
    let account: String
    let kind: String
    let unit: OrgUnit.ID
    let happenedOn: Day
    let said: [String: String]
    /// The record whose place it is to take, that it is to end, or that it is to reverse; all nil
    /// for a new one.
    let corrects: Record.ID?
    let ends: Record.ID?
    let reverses: Record.ID?
    /// Why it corrects, ends or reverses.
    let because: String?
    let askedAt: Moment
    let decidedAt: Moment?
    let decidedBy: String?
    /// Why it was sent back.
    let reason: String?
    let record: Record.ID?

    /// What stands under this name in what is sealed is why it was sent back, and no field's.
    fileprivate static let sentBackName = "sent_back"

    /// The record that stands already.
    var about: Record.ID? { corrects ?? ends ?? reverses }

    package enum State: String, Sendable {
        case waiting, confirmed
        case sentBack = "returned"
    }

    var state: State {
        decidedAt == nil ? .waiting : record == nil ? .sentBack : .confirmed
    }

    static let isDecided = Refusal.conflict(
        zh: "这条记录已经有人办理，没有重复计入。",
        en: "Somebody has decided this one already; it counts once.")

    /// The most entries of one account that wait or were sent back.
    static let perAccount = 200
    /// How long what was sent back is kept for its writer, and of what was confirmed, who decided:
    /// thirty days.
    static let milliseconds: Int64 = 30 * 86_400_000
    /// After how many days an entry has waited too long.
    static let overdueDays = 14

    /// The day on which it goes, sent back and not sent again; nil while it waits.
    var lapsesOn: Day? {
        decidedAt.map { Moment(milliseconds: $0.milliseconds + Self.milliseconds).day }
    }

    func isOverdue(on day: Day) -> Bool {
        state == .waiting && askedAt.day + Self.overdueDays < day
    }

    init(_ row: Row, _ key: SecretKey) throws {
        id = try row.get("id")
        account = try row.get("account_id")
        kind = try row.get("kind")
        unit = try row.get("unit_id")
        happenedOn = try row.get("happened_on")
        var said = try key.fields(sealed: row.get("said"), of: account)
        let sentBack = said.removeValue(forKey: Self.sentBackName)
        self.said = said
        corrects = try row.optional("corrects")
        ends = try row.optional("ends")
        reverses = try row.optional("reverses")
        let because = try row.optional("because", as: String.self) ?? ""
        self.because = because.isEmpty ? said[Heading.reason.name] : because
        askedAt = try row.get("asked_at")
        decidedAt = try row.optional("decided_at")
        decidedBy = try row.optional("decided_by")
        // Reasons that were written before they were sealed stand in a column, until they lapse.
        reason = try sentBack ?? row.optional("reason")
        record = try row.optional("record_id")
    }

    /// How many entries of a kind wait in some units and below them on a day: what a figure does
    /// not count yet.
    package static func count(
        kind: String, units: some Sequence<OrgUnit.ID>, on day: Day, _ db: Connection
    ) throws -> Int {
        try db.value(
            """
            SELECT COUNT(*) FROM entry_waiting w
            WHERE w.kind = \(kind) AND w.decided_at IS NULL
                AND w.ends IS NULL AND w.reverses IS NULL
                AND w.unit_id IN (\(ReachRow.below(units, on: day)))
            """, as: Int.self) ?? 0
    }
}

/// A second person makes it a record or sends it back, and says why. Its writer may take it away.
extension PendingEntry: Transitional {
    package static let table = "entry_waiting"

    package static func condition(_ state: State) -> SQL {
        switch state {
        case .waiting: "decided_at IS NULL"
        case .sentBack: "decided_at IS NOT NULL AND record_id IS NULL"
        case .confirmed: "record_id IS NOT NULL"
        }
    }

    /// The audit of what is confirmed is that of the record it becomes.
    package static let transitions: [Transition<State>] = [
        Transition(from: [.waiting], to: .confirmed, needs: .confirm),
        Transition(
            from: [.waiting], to: .sentBack, as: "entry.sent_back", needs: .confirm,
            asks: [
                .init(
                    Heading.reason.name, zh: "请写明退回的理由。", en: "Say why you send it back.")
            ]),
    ]
}

extension Message.Event {
    fileprivate static let entryConfirmed = Message.Event("entry_confirmed")
    fileprivate static let entrySentBack = Message.Event("entry_sent_back")
}

/// Every statement on entries that wait.
struct PendingEntryStore {
    private let db: Connection
    private let sealedKey: SecretKey
    private let auditKey: AuditKey

    init(_ db: Connection, _ sealedKey: SecretKey, _ auditKey: AuditKey) {
        self.db = db
        self.sealedKey = sealedKey
        self.auditKey = auditKey
    }

    func find(_ id: PendingEntry.ID) throws -> PendingEntry? {
        try db.first("SELECT * FROM entry_waiting WHERE id = \(id)").map {
            try PendingEntry($0, sealedKey)
        }
    }

    /// What somebody wrote of some kinds that waits or was sent back to them, the newest first.
    func list(of account: String, kinds: [String]) throws -> [PendingEntry] {
        try db.rows(
            """
            SELECT * FROM entry_waiting
            WHERE account_id = \(account) AND record_id IS NULL AND kind IN (\(values: kinds))
            ORDER BY id DESC LIMIT \(PendingEntry.perAccount)
            """
        ).map { try PendingEntry($0, sealedKey) }
    }

    /// How many entries were sent back to an account and not sent again.
    func countSentBack(to account: String) throws -> Int {
        try db.value(
            """
            SELECT COUNT(*) FROM entry_waiting
            WHERE account_id = \(account) AND decided_at IS NOT NULL AND record_id IS NULL
            """, as: Int.self) ?? 0
    }

    /// How many there are of what `list` finds, counted no further than a limit.
    func count(
        excluding accounts: Set<String>, below units: [OrgUnit.ID], kinds: [String], on day: Day,
        limit: Int
    ) throws -> Int {
        try db.value(
            """
            SELECT COUNT(*) FROM (SELECT w.id FROM entry_waiting w
                WHERE w.decided_at IS NULL AND w.account_id NOT IN (\(values: accounts.sorted()))
                    AND w.kind IN (\(values: kinds))
                    AND w.unit_id IN (\(ReachRow.below(units, on: day)))
                LIMIT \(limit)) AS waiting
            """, as: Int.self) ?? 0
    }

    /// What was not written under some accounts and may be confirmed below some units, the longest
    /// waiting first.
    func list(
        excluding accounts: Set<String>, below units: [OrgUnit.ID], kinds: [String], on day: Day,
        after: Cursor?, limit: Int
    ) throws -> [PendingEntry] {
        let later: SQL = after.map { "AND w.id > \($0.parts[0])" } ?? ""
        return try db.rows(
            """
            SELECT w.* FROM entry_waiting w
            WHERE w.decided_at IS NULL AND w.account_id NOT IN (\(values: accounts.sorted()))
                AND w.kind IN (\(values: kinds)) \(later)
                AND w.unit_id IN (\(ReachRow.below(units, on: day)))
            ORDER BY w.id LIMIT \(limit)
            """
        ).map { try PendingEntry($0, sealedKey) }
    }

    /// - Throws: `Refusal.conflict` when the account has as many as it may.
    func insert(
        _ id: PendingEntry.ID, _ entry: Entry, said: [String: String], files: [KeptFile],
        correcting: (record: Record.ID, because: String)? = nil, of account: String,
        at moment: Moment
    ) throws {
        let old = Moment(milliseconds: moment.milliseconds - PendingEntry.milliseconds)
        try db.execute(
            "DELETE FROM entry_waiting WHERE record_id IS NOT NULL AND decided_at <= \(old)")
        let count = try db.value(
            """
            SELECT COUNT(*) FROM entry_waiting
            WHERE account_id = \(account) AND record_id IS NULL
            """, as: Int.self)
        guard (count ?? 0) < PendingEntry.perAccount else {
            throw Refusal.conflict(
                zh: "您有\(PendingEntry.perAccount)条记录等待复核或退回，请先处理。",
                en: "\(PendingEntry.perAccount) of your entries wait or were sent back: see to "
                    + "them.")
        }
        // The reason may speak of persons: it is sealed with what the entry says.
        var said = said
        if let correcting { said[Heading.reason.name] = correcting.because }
        let sealed = try sealedKey.seal(fields: said, of: account)
        try db.execute(
            """
            INSERT INTO entry_waiting
                (id, account_id, kind, unit_id, happened_on, said, corrects, because, ends,
                    reverses, asked_at)
            VALUES (\(id), \(account), \(entry.kind), \(entry.unit), \(entry.happenedOn),
                \(sealed), \(correcting?.record), \(correcting.map { _ in "" }),
                \(entry.ends), \(entry.reverses), \(moment))
            """)
        for file in files {
            try db.execute(
                """
                INSERT INTO entry_waiting_file
                    (id, waiting_id, file_name, media_type, size, file_digest)
                VALUES (\(file.id), \(id), \(file.name), \(file.mediaType), \(file.size),
                    \(file.digest))
                """)
        }
    }

    func files(_ id: PendingEntry.ID) throws -> [KeptFile] {
        try db.rows(
            """
            SELECT id, file_name, media_type, size, file_digest FROM entry_waiting_file
            WHERE waiting_id = \(id) ORDER BY id LIMIT \(EvidenceFile.perRecord)
            """
        ).map {
            KeptFile(
                id: try $0.at(0), name: try $0.at(1), mediaType: try $0.at(2),
                size: try $0.at(3), digest: try $0.at(4))
        }
    }

    /// Notes that it became a record. What was said is in the record now, and is kept once.
    func confirm(_ waiting: PendingEntry, as record: Record.ID, by second: ActingAccount) throws {
        try db.execute("DELETE FROM entry_waiting_file WHERE waiting_id = \(waiting.id)")
        try decide(
            waiting, .confirmed, "record_id = \(record), said = '{}'", .entryConfirmed, second)
    }

    /// The reason may speak of persons, as any other: it is sealed with what the entry says.
    func sendBack(_ waiting: PendingEntry, because reason: String, by second: ActingAccount) throws
    {
        var said = waiting.said
        said[PendingEntry.sentBackName] = reason
        let sealed = try sealedKey.seal(fields: said, of: waiting.account)
        try decide(waiting, .sentBack, "said = \(sealed)", .entrySentBack, second)
    }

    /// Takes the step and tells the writer.
    ///
    /// - Throws: `Refusal.conflict` when somebody else has decided meanwhile.
    private func decide(
        _ waiting: PendingEntry, _ state: PendingEntry.State, _ values: SQL, _ event: Message.Event,
        _ second: ActingAccount
    ) throws {
        let decided: SQL = "decided_at = \(second.moment), decided_by = \(second.actor.name)"
        let isTaken = try TransitionStore<PendingEntry>(db, key: auditKey).take(
            waiting.id, from: .waiting, to: state, setting: "\(decided), \(values)",
            access: second.access, by: second.actor, at: second.moment)
        guard isTaken else { throw PendingEntry.isDecided }
        try Outbox(db).put(
            event, to: AccountID(trusted: waiting.account), at: .confirmation(waiting.id),
            by: second.actor, second.moment)
    }

    /// Takes away what was sent back of the same step, which the writer now asks for anew.
    func removeReturned(like entry: Entry, of account: String) throws {
        guard let record = entry.ends ?? entry.reverses else { return }
        let step: SQL = entry.ends == nil ? "reverses" : "ends"
        try db.execute(
            """
            DELETE FROM entry_waiting
            WHERE account_id = \(account) AND \(step) = \(record)
                AND decided_at IS NOT NULL AND record_id IS NULL
            """)
    }

    /// Takes it away with the names of its files.
    func remove(_ id: PendingEntry.ID) throws {
        try db.execute("DELETE FROM entry_waiting_file WHERE waiting_id = \(id)")
        try db.execute("DELETE FROM entry_waiting WHERE id = \(id)")
    }
}

extension EntryServices {
    /// Whether an entry waits: its kind asks for a second person, or it gives or takes by a post
    /// what only somebody higher up may. To give up a post of one's own is anybody's, at once.
    func waits(
        _ entry: Entry, _ kind: Kind, correcting old: Record.ID? = nil, _ writer: ActingAccount,
        _ db: Connection
    ) throws -> Bool {
        if kind.isConfirmed { return true }
        guard try !district.rolesAtStake(entry, correcting: old, db).isEmpty else { return false }
        guard old == nil, let target = entry.ends ?? entry.reverses else { return true }
        let records = RecordStore(db: db)
        guard let post = try records.find(target, in: .everything), post.ends == nil else {
            return true
        }
        return try district.ownPost(
            post.fields, records.persons(of: target), post.kind, of: writer.account, db) == nil
    }

    /// Lays an entry down until a second person confirms it: a new one, or one that corrects, ends
    /// or reverses a record.
    ///
    /// - Throws: `Refusal.conflict` when the record that it reverses counts no longer.
    func wait(
        _ entry: Entry, said: [String: String], files: [KeptFile] = [],
        correcting: (record: Record.ID, because: String)? = nil, _ writer: ActingAccount,
        _ db: Connection
    ) throws -> Address {
        if let record = entry.reverses, try !RecordStore(db: db).counts(record) {
            throw Refusal.conflict(
                zh: "所指的记录已作废。", en: "The record referred to has been voided already.")
        }
        let id = PendingEntry.ID.make()
        let moment = district.now()
        let store = waiting(db)
        try store.removeReturned(like: entry, of: writer.account.text)
        try store.insert(
            id, entry, said: said, files: files, correcting: correcting,
            of: writer.account.text, at: moment)
        try Audit(db, key: district.key).record(
            "entry.waits", id.text, by: writer.actor, at: moment, quietly: true)
        return Address.confirmation(id).with("done", "entry_waits")
    }
}
