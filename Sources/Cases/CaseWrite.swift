import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage

/// One act in a case, inside its write: what it will post, and how the case stands with it.
struct CaseWrite {
    let district: District
    let db: Connection
    let actor: CaseActor
    let moment: Moment
    private(set) var folded: FoldedCase
    private var entries: [Entry] = []
    private var seq: Int
    /// Whether the case goes on after an end in this very act.
    var isReopened = false

    /// - Throws: `Refusal.notFound` for what is no case, or is none for them.
    init(_ id: Record.ID, _ district: District, by actor: CaseActor, _ db: Connection) throws {
        self.district = district
        self.db = db
        self.actor = actor
        moment = district.now()
        let acting = actor.acting
        guard
            let reading = try district.caseReading(
                id, acting?.access, as: acting?.account, db)
        else { throw Refusal.notFound }
        folded = reading.folded
        seq = folded.nextSeq
        guard seq < CaseRecords.perCase else {
            throw Refusal.conflict(
                zh: "一件办件最多\(CaseRecords.perCase)条记录。",
                en: "A case has at most \(CaseRecords.perCase) records.")
        }
    }

    var today: Day { moment.day }
    var id: Record.ID { folded.id }
    var procedure: Procedure { folded.procedure }
    var permission: CasePermission {
        CasePermission(district: district, folded: folded, db: db)
    }

    /// - Throws: `Refusal.conflict` where something was added since a form was shown.
    func requireShown(_ shown: Int) throws(Refusal) {
        guard shown == seq - 1 else {
            throw Refusal.conflict(
                zh: "这件办件刚有新的办理，请重新打开，看过后再提交。",
                en: "Something was added to this case just now: look at it again, then go on.")
        }
    }

    // MARK: What is posted

    /// Adds an entry that stands in the case.
    mutating func add(_ entry: Entry, step: String? = nil, judged: CaseJudgment? = nil) {
        var entry = entry
        entry.inCase = CasePlace(id, seq: seq, step: step, judged: judged)
        seq += 1
        entries.append(entry)
    }

    /// Adds an entry that stands outside it, by what a step does there.
    mutating func addOutside(_ entry: Entry) { entries.append(entry) }

    /// Adds the reversal of a record.
    mutating func reverse(_ record: Record, because reason: String) {
        var entry = Entry(kind: record.kind, unit: record.unit, happenedOn: record.happenedOn)
        entry.reverses = record.id
        entry.reason = reason
        if record.inCase == nil { addOutside(entry) } else { add(entry) }
    }

    /// Posts everything in one commit under one audit row, and writes what follows from it.
    mutating func post(_ action: String) throws {
        try district.post(inCase: entries, of: id, action: action, by: actor.actor, db: db)
        entries = []
        folded = try district.folded(id, db)
        try DerivedCase(folded, at: moment).write(db)
    }

    // MARK: Reading values

    /// Reads the values of a step's entry in the unit where it stands.
    func read(
        _ values: [Heading: String], _ kind: Kind, in unit: OrgUnit.ID
    ) throws -> Entry {
        try CaseEntry(district, db, actor).read(values, kind, in: unit)
    }

    /// The kind of what is done with a case beside its steps.
    func kind(of act: Kind.CaseAct) throws(Refusal) -> Kind {
        let kinds = district.catalogue.kinds.values.filter { $0.caseAct == act }
        guard let kind = kinds.min(by: { $0.id < $1.id }) else { throw .notFound }
        return kind
    }
}

/// Reads what was written for a record of a case.
struct CaseEntry {
    let district: District
    let db: Connection
    let actor: CaseActor

    init(_ district: District, _ db: Connection, _ actor: CaseActor) {
        self.district = district
        self.db = db
        self.actor = actor
    }

    /// The entry in a unit; the day is today where none is given.
    func read(_ values: [Heading: String], _ kind: Kind, in unit: OrgUnit.ID) throws -> Entry {
        var values = values
        let today = district.now().day
        if values[.day]?.trimmed.isEmpty ?? true { values[.day] = "\(today)" }
        let structure = try district.structure(db)
        let day = values[.day].flatMap { Reading.day($0) } ?? today
        if let version = structure.version(unit, on: day)
            ?? structure.nearestVersion(unit, on: day)
        {
            values[.unit] = version.code
        }
        return try district.readAnywhere(
            values, kind: kind, db: db,
            tells: { [actor] unit in
                actor.acting.map { $0.may(.read, in: unit) || $0.may(.write, in: unit) } ?? true
            })
    }
}

/// What lists and clocks know of a case, as it follows from its records at a moment.
struct DerivedCase {
    let row: CaseRow
    let isSingle: Bool
    let obligations: [CaseObligation]

    init(_ folded: FoldedCase, at moment: Moment) {
        let state = folded.fold.state(at: moment)
        row = folded.row(state, at: moment)
        isSingle = folded.procedure.subject.isSingle
        obligations = folded.obligations(state, at: moment)
    }

    static let stateColumns = [
        "case_id", "number", "procedure", "version", "kind", "about", "is_single", "unit_id",
        "owner_id", "stage", "rounds", "opened_at", "closed_at", "outcome", "seq", "read_at",
    ]
    static let obligationColumns = [
        "case_id", "step", "round", "holder_id", "role", "since", "earliest", "latest", "paused",
    ]

    private var stateValues: [Value] {
        [
            row.id.storageValue, .text(row.number), .text(row.procedure), .text(row.version),
            .text(row.kind), row.about.storageValue, .integer(isSingle ? 1 : 0),
            row.unit.storageValue, row.owner.storageValue, .text(row.stage),
            row.rounds.storageValue, row.openedAt.storageValue, row.closedAt.storageValue,
            row.end.storageValue, row.seq.storageValue, row.readAt.storageValue,
        ]
    }

    /// Puts the rows in the place of those that stand.
    ///
    /// - Throws: `Refusal.conflict` where there is an open case about the same already.
    func write(_ db: Connection) throws {
        try requireSingle(db)
        let names = Self.stateColumns.map { "\(name: $0)" as SQL }.joined(separator: ", ")
        let values = stateValues.map { "\($0)" as SQL }.joined(separator: ", ")
        let set = Self.stateColumns.dropFirst().map {
            "\(name: $0) = excluded.\(name: $0)" as SQL
        }.joined(separator: ", ")
        try db.tell(
            """
            INSERT INTO case_state (\(names)) VALUES (\(values))
            ON CONFLICT (case_id) DO UPDATE SET \(set)
            """)
        try db.tell("DELETE FROM obligation WHERE case_id = \(row.id)")
        guard !obligations.isEmpty else { return }
        try db.insert(
            into: "obligation", Self.obligationColumns,
            obligations.map { one in
                [
                    one.caseID.storageValue, .text(one.step), one.round.storageValue,
                    one.holder.storageValue, .text(one.role), one.since.storageValue,
                    one.earliest.storageValue, one.latest.storageValue, one.paused.storageValue,
                ]
            })
    }

    /// There is one open case about the same at a time; the index refuses what slips by.
    private func requireSingle(_ db: Connection) throws {
        guard isSingle, row.closedAt == nil, let about = row.about else { return }
        let person = Person.ID(trusted: about)
        let same = try [about] + PersonStore(db: db).entries(of: person).map(\.text)
        let other = try db.value(
            """
            SELECT number FROM case_state
            WHERE kind = \(row.kind) AND about IN (\(values: same)) AND closed_at IS NULL
                AND is_single = 1 AND case_id <> \(row.id)
            """, as: String.self)
        if let other {
            throw Refusal.conflict(
                zh: "同一对象已有未办结的办件（\(other)），办结后才能再开。",
                en: "There is an open case about the same already (\(other)): it has to end first.")
        }
    }
}
