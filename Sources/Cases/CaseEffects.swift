import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage

/// What a step does to standing records outside its case, and how that is undone.
///
/// Effects stand behind their step under the same audit row, whose subject is the case: that row
/// proves whose effects they are.
struct CaseEffects {
    let district: District
    let folded: FoldedCase
    let db: Connection

    init(_ district: District, _ folded: FoldedCase, _ db: Connection) {
        self.district = district
        self.folded = folded
        self.db = db
    }

    /// The most records that one step starts or ends.
    static let most = 300

    func add(
        _ step: Procedure.Step, _ asked: CaseStep, _ entry: Entry, to write: inout CaseWrite
    ) throws {
        var made: [Entry] = []
        for effect in step.effects where applies(effect, asked) {
            let day = day(of: effect, asked)
            let groups = try persons(of: effect, asked, entry)
            for act in effect.acts {
                switch act {
                case .starts(let kind):
                    made += try start(kind, effect, groups, entry, on: day)
                case .ends(let kind):
                    made += try standing(kind, effect, groups, entry, on: day)
                        .map { try end($0, on: day) }
                case .moves(let kind):
                    for old in try standing(kind, effect, groups, entry, on: day) {
                        made.append(try end(old, on: day))
                        made.append(try moved(old, effect, entry, on: day))
                    }
                case .opens, .reorganizes: continue
                }
            }
        }
        guard made.count <= Self.most else {
            throw Refusal.conflict(
                zh: "一步最多改动\(Self.most)条记录。",
                en: "One step changes at most \(Self.most) records.")
        }
        for entry in made { write.addOutside(entry) }
    }

    // MARK: Which, whom and when

    private func applies(_ effect: Procedure.Effect, _ asked: CaseStep) -> Bool {
        if let outcome = effect.outcome, outcome != asked.outcome { return false }
        guard let with = effect.with else { return true }
        let last = folded.steps.last { $0.step.step == with.step }?.step
        guard case .outcome(let outcome) = with.state else { return last != nil }
        return last?.outcome == outcome
    }

    private func day(of effect: Procedure.Effect, _ asked: CaseStep) -> Day {
        guard let from = effect.from else { return asked.at.day }
        return folded.steps.last { $0.step.step == from }?.step.at.day ?? asked.at.day
    }

    /// Whom it concerns: one group, or each by themselves; none where it names nobody.
    private func persons(
        _ effect: Procedure.Effect, _ entry: Entry
    ) -> [Entry.Participant] {
        if let of = effect.of {
            let record = folded.steps.last { $0.step.step == of.step }?.record
            return (record?.persons ?? entry.persons).filter { $0.role == of.field }
        }
        guard let role = effect.role else { return [] }
        return folded.records[0].persons.filter { $0.role == role }
    }

    private func persons(
        of effect: Procedure.Effect, _ asked: CaseStep, _ entry: Entry
    ) throws -> [[Entry.Participant]] {
        let all = persons(effect, entry)
        return effect.isEach ? all.map { [$0] } : all.isEmpty ? [] : [all]
    }

    private func unit(_ effect: Procedure.Effect, _ entry: Entry, on day: Day) -> OrgUnit.ID {
        let named = effect.to.flatMap { folded.units.unit($0, on: day, named: entry.place) }
        return folded.structure.standing(for: named ?? folded.units.home, on: day)
    }

    // MARK: What it makes

    private func start(
        _ kind: String, _ effect: Procedure.Effect, _ groups: [[Entry.Participant]],
        _ entry: Entry, on day: Day
    ) throws -> [Entry] {
        guard let kind = district.catalogue.kinds[kind] else { return [] }
        return (groups.isEmpty ? [[]] : groups).map { persons in
            var made = Entry(kind: kind.id, unit: unit(effect, entry, on: day), happenedOn: day)
            made.fields = effect.fields
            made.measures = kind.measures.map { _ in nil }
            made.persons = persons.compactMap { person in
                let role =
                    kind.persons.first { $0.id == person.role }?.id ?? kind.persons.first?.id
                return role.map { Entry.Participant(role: $0, person: person.person) }
            }
            return made
        }
    }

    /// The records of a kind in force on the day that name these persons; without persons, those
    /// of the unit.
    private func standing(
        _ kind: String, _ effect: Procedure.Effect, _ groups: [[Entry.Participant]],
        _ entry: Entry, on day: Day
    ) throws -> [Record] {
        let fact = Fact("f", asOf: try Audit(db, key: district.key).position())
        let persons = groups.joined().map(\.person)
        let whose: SQL =
            groups.isEmpty
            ? "f.unit_id = \(folded.units.home)"
            : """
            f.id IN (SELECT p.record_id FROM record_person p
                WHERE p.person_id IN (\(values: persons)))
            """
        let found = try db.rows(
            """
            SELECT f.*, f.ordinal AS position FROM \(fact.source)
            WHERE f.kind = \(kind) AND \(whose) AND \(fact.counts)
                AND \(fact.inForce(on: "\(day)"))
            ORDER BY f.id LIMIT \(Self.most + 1)
            """
        ).map(Record.init)
        guard !found.isEmpty || groups.isEmpty else {
            let name = district.catalogue.kinds[kind]?.name ?? Wording(zh: kind, en: kind)
            throw Refusal.conflict(
                zh: "\(day)没有在有效期内的“\(name.zh)”，这一步无从变更。",
                en: "No “\(name.en)” is in force on \(day) that this step could change.")
        }
        return found
    }

    private func end(_ record: Record, on day: Day) throws -> Entry {
        guard day > record.happenedOn else {
            throw Refusal.conflict(
                zh: "要结束的记录自\(record.happenedOn)起，结束的日期须在其后。",
                en: "The record to be ended began on \(record.happenedOn): it ends after that.")
        }
        var entry = Entry(kind: record.kind, unit: record.unit, happenedOn: day)
        entry.ends = record.id
        return entry
    }

    private func moved(
        _ record: Record, _ effect: Procedure.Effect, _ entry: Entry, on day: Day
    ) throws -> Entry {
        let records = RecordStore(db: db)
        var made = Entry(kind: record.kind, unit: unit(effect, entry, on: day), happenedOn: day)
        made.fields = record.fields.merging(effect.fields) { _, new in new }
        made.measures = record.measures
        made.persons = try records.persons(of: record.id)
        made.subjects = try records.subjects(of: record.id)
        return made
    }
}

extension CaseEffects {
    /// What a step did outside its case: the records under its audit row that stand in no case.
    func made(by step: CaseRecord) throws -> [Record] {
        guard step.record.importID == nil else { return [] }
        let position = step.record.position
        return try db.rows(
            """
            SELECT r.* FROM audit a JOIN posted r
                ON r.import_id IS NULL AND r.ordinal >= a.first_position
                AND r.ordinal <= a.last_position
            WHERE a.subject = \(folded.id) AND a.first_position <= \(position)
                AND a.last_position >= \(position) AND r.case_id IS NULL
            ORDER BY r.ordinal LIMIT \(Self.most * 2)
            """
        ).map(Record.init)
    }

    /// Takes back what a step did outside its case, the last first.
    ///
    /// - Throws: `Refusal.conflict` where something else rests on it.
    func undo(_ step: CaseRecord, because reason: String, in write: inout CaseWrite) throws {
        let made = try made(by: step).filter { $0.reverses == nil }
        let ids = made.map(\.id)
        for record in made.reversed() {
            let counts = try RecordStore(db: db).counts(record.id)
            let resting = try db.value(
                """
                SELECT COUNT(*) FROM posted e
                WHERE e.ends = \(record.id) AND \(Record.isUnreversed("e"))
                    AND e.id NOT IN (\(values: ids))
                """, as: Int.self)
            guard counts, resting == 0 else {
                let name = district.catalogue.kinds[record.kind]?.name
                throw Refusal.conflict(
                    zh: "这一步带来的“\(name?.zh ?? record.kind)”后来又有变动，不能撤回；请先处理后来的变动。",
                    en: """
                        What this step did (“\(name?.en ?? record.kind)”) was changed since: \
                        settle that first.
                        """)
            }
            write.reverse(record, because: reason)
        }
    }
}
