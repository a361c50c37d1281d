import Catalogue
import Core
import Ledger
import Organization
import Storage

/// Every statement on the records of cases.
struct CaseRecords {
    let db: Connection

    init(_ db: Connection) { self.db = db }

    /// The most records of one case; past it nothing is added.
    static let perCase = 1_000

    /// Everything written in some cases, by case, in the order of places.
    func read(_ ids: [Record.ID]) throws -> [Record.ID: [CaseRecord]] {
        guard !ids.isEmpty else { return [:] }
        let records = try db.rows(
            """
            SELECT r.* FROM posted r WHERE r.case_id IN (\(values: ids)) ORDER BY r.case_id, r.seq
            """
        ).map(Record.init)
        let these: SQL = """
            SELECT c.id FROM record c WHERE c.case_id IN (\(values: ids))
            """
        var persons: [Record.ID: [Entry.Participant]] = [:]
        try db.each(
            """
            SELECT record_id, role, person_id FROM record_person WHERE record_id IN (\(these))
            ORDER BY record_id, role, person_id
            """
        ) { row in
            persons[try row.at(0), default: []].append(
                Entry.Participant(role: try row.at(1), person: try row.at(2)))
        }
        var subjects: [Record.ID: [Entry.Subject]] = [:]
        try db.each(
            """
            SELECT record_id, kind, code FROM record_subject WHERE record_id IN (\(these))
            ORDER BY record_id, kind, code
            """
        ) { row in
            subjects[try row.at(0), default: []].append(
                Entry.Subject(kind: try row.at(1), code: try row.at(2)))
        }
        var reversals: [Record.ID: Record.ID] = [:]
        for record in records {
            if let old = record.reverses { reversals[old] = record.id }
        }
        var cases: [Record.ID: [CaseRecord]] = [:]
        for record in records {
            guard let place = record.inCase else { continue }
            cases[place.caseID, default: []].append(
                CaseRecord(
                    record: record, place: place, persons: persons[record.id] ?? [],
                    subjects: subjects[record.id] ?? [], takenBack: reversals[record.id]))
        }
        return cases
    }

    func read(_ id: Record.ID) throws -> [CaseRecord] { try read([id])[id] ?? [] }
}

extension Record {
    /// When it happened, as the clocks of a case read it.
    var time: CaseTime { CaseTime(happenedOn, minute: minute?.number) }
}

/// What a case's records say of it beside what their kinds ask for. No field of a kind is called
/// so.
enum CaseField {
    /// Of the standing record: by which procedure, and under which text of it.
    static let procedure = ".procedure"
    static let version = ".version"
    /// Of a step: the guards that asked for a reason and got one. The reasons are private values.
    static let accepted = ".accepted"
    /// Of a signature: as whom it was given.
    static let signs = ".signs"
    /// Of what is done with a case beside its steps: the step it is about.
    static let step = ".step"
    /// Of a merge: that the other case leads.
    static let leads = ".leads"

    static func reason(_ name: String) -> String { ".reason." + name }
}

extension CaseRecord {
    /// What it was judged by, with what was accepted.
    fileprivate var judged: CaseJudgment? {
        guard let kept = place.judged else { return nil }
        let accepted = record.fields[CaseField.accepted]?.split(separator: ",").map(String.init)
        return CaseJudgment(
            due: kept.due, late: kept.late, paused: kept.paused, held: kept.held,
            accepted: accepted ?? [])
    }
}

extension CaseStep {
    /// A posted step as the fold reads it.
    init?(
        _ record: CaseRecord, of procedure: Procedure, _ kind: Kind?, _ structure: Structure
    ) {
        guard let name = record.place.step else { return nil }
        let said = record.record
        self.init(
            name,
            Said(
                at: said.time, unit: said.unit, place: said.place, fields: said.fields,
                measures: said.measures, persons: record.persons, subjects: record.subjects,
                privates: nil),
            of: procedure, kind, structure, seq: record.seq)
        until = said.untilOn.map { CaseTime($0 - 1) }
        judged = record.judged
    }

    /// A step as its entry says it.
    init(
        _ name: String, _ entry: Entry, of procedure: Procedure, _ kind: Kind?,
        _ structure: Structure
    ) {
        self.init(
            name,
            Said(
                at: CaseTime(entry.happenedOn, minute: entry.minute?.number), unit: entry.unit,
                place: entry.place, fields: entry.fields, measures: entry.measures,
                persons: entry.persons, subjects: entry.subjects,
                privates: Set(entry.privates.keys)),
            of: procedure, kind, structure, seq: nil)
        until = entry.untilOn.map { CaseTime($0 - 1) }
    }

    /// What a record or an entry says of a step.
    fileprivate struct Said {
        let at: CaseTime
        let unit: OrgUnit.ID
        let place: OrgUnit.ID?
        let fields: [String: String]
        let measures: [Int?]
        let persons: [Entry.Participant]
        let subjects: [Entry.Subject]
        /// The private values that were said; nil for a record, which had to say them all.
        let privates: Set<String>?
    }

    private init(
        _ name: String, _ said: Said, of procedure: Procedure, _ kind: Kind?,
        _ structure: Structure, seq: Int?
    ) {
        var values = said.fields
        for key in said.fields.keys where key.hasPrefix(".") { values[key] = nil }
        for (measure, value) in zip(kind?.measures ?? [], said.measures) {
            values[measure.id] = value.map(String.init)
        }
        // Of what is private the fold learns that it was said, and nothing else.
        for item in kind?.privates ?? [] where said.privates?.contains(item.id) ?? true {
            values[item.id] = "said"
        }
        self.init(
            step: name, at: said.at, outcome: values[Kind.outcomeName],
            each: procedure.step(name)?.each == nil ? nil : said.unit.text,
            unit: said.unit.text, place: said.place?.text, seq: seq)
        for field in procedure.eachFields {
            let named = said.units(field, values[field], structure)
            if !named.isEmpty { units[field] = named }
        }
        self.values = values
        guard !said.persons.isEmpty else { return }
        persons = Dictionary(grouping: said.persons, by: \.role)
            .mapValues { $0.map(\.person.text) }
    }
}

extension CaseStep.Said {
    /// The units that it names in a field, so that each of them owes a step.
    fileprivate func units(
        _ field: String, _ value: String?, _ structure: Structure
    ) -> [String] {
        let codes = subjects.filter { $0.kind == field }.map(\.code)
        let written = codes.isEmpty ? value.map(Reading.list) ?? [] : codes
        return written.map { structure.unit(naming: $0, on: at.day)?.unit.text ?? $0 }
    }
}

extension Procedure {
    /// The fields that name units of which each owes a step.
    fileprivate var eachFields: Set<String> {
        steps.reduce(into: []) { fields, step in
            if let each = step.each { fields.insert(each) }
        }
    }
}
