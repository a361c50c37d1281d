import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage

extension District {
    /// Opens a case in one commit: its standing record, which is the case, and its opening step.
    ///
    /// - Parameters:
    ///   - values: what the standing record says.
    ///   - opening: what the opening step says; its day is that of the case.
    /// - Throws: `Refusal` with each fault beside its heading.
    package func openCase(
        _ procedure: String, values: [Heading: String], opening: [Heading: String],
        at unit: OrgUnit.ID, accepting reasons: [String: String] = [:], by actor: CaseActor,
        db: Connection
    ) throws -> Record.ID {
        try OpenedCase(self, procedure, actor, db).open(
            values, opening, at: unit, accepting: reasons)
    }

    /// The same in a commit of its own.
    package func openCase(
        _ procedure: String, values: [Heading: String], opening: [Heading: String],
        at unit: OrgUnit.ID, by actor: CaseActor
    ) async throws -> Record.ID {
        try await database.write { db in
            try openCase(
                procedure, values: values, opening: opening, at: unit, by: actor, db: db)
        }
    }
}

private struct OpenedCase {
    let district: District
    let id: String
    let actor: CaseActor
    let db: Connection

    init(_ district: District, _ procedure: String, _ actor: CaseActor, _ db: Connection) {
        self.district = district
        id = procedure
        self.actor = actor
        self.db = db
    }

    func open(
        _ values: [Heading: String], _ opening: [Heading: String], at unit: OrgUnit.ID,
        accepting reasons: [String: String]
    ) throws -> Record.ID {
        let moment = district.now()
        let written = opening[.day] ?? values[.day]
        let day = written.flatMap { Reading.day($0) } ?? moment.day
        guard let procedure = district.catalogue.procedure(id, openedOn: day),
            let step = procedure.opening, let kind = district.catalogue.kinds[step.kind],
            let subject = district.catalogue.kinds[procedure.subject.kind]
        else { throw Refusal.notFound }
        if let acting = actor.acting, !acting.access.maySee(subject) { throw Refusal.notFound }
        let reader = CaseEntry(district, db, actor)
        var standing = values
        if let written { standing[.day] = written }
        var entry = try reader.read(standing, subject, in: unit)
        entry.ref = try number(procedure, subject, unit, on: entry.happenedOn)
        entry.fields[CaseField.procedure] = procedure.id
        entry.fields[CaseField.version] = procedure.version
        entry.inCase = CasePlace(entry.id, seq: 0)
        var first = opening
        first[.day] = "\(entry.happenedOn)"
        var made = try reader.read(first, kind, in: unit)
        // What the case is about is a person of its opening step as well, where that asks for one.
        for person in entry.persons
        where kind.persons.contains(where: { $0.id == person.role })
            && !made.persons.contains(where: { $0.role == person.role })
        {
            made.persons.append(person)
        }
        let structure = try district.structure(db)
        let folded = try FoldedCase(
            entry.id, [CaseRecord(entry, by: actor, at: moment)], procedure, structure,
            district.catalogue, district.caseWorld(unit, structure))
        let asked = CaseStep(step.id, made, of: procedure, kind, structure)
        try StepJudge(folded, district, db).admit(
            step, asked, kind, reasons, into: &made, by: actor)
        made.inCase = CasePlace(
            entry.id, seq: 1, step: step.id, judged: folded.fold.judgment(of: asked))
        let position = try Audit(db, key: district.key).position()
        try ProcedureVersions(district, db).pin(procedure, at: position)
        try district.post(
            inCase: [entry, made], of: entry.id, action: "case.opened", by: actor.actor, db: db)
        try DerivedCase(try district.folded(entry.id, db), at: moment).write(db)
        return entry.id
    }

    /// The next number of the unit and the year. A sealed procedure shares its numbers with none.
    private func number(
        _ procedure: Procedure, _ kind: Kind, _ unit: OrgUnit.ID, on day: Day
    ) throws -> String {
        let initials = procedure.id.split(separator: "_").compactMap(\.first)
            .map { $0.uppercased() }.joined()
        let series = kind.visibility == .sealed ? procedure.id : initials
        let structure = try district.structure(db)
        let code = structure.nearestVersion(unit, on: day)?.code ?? unit.text
        // All rows are taken, and not only the first: the statement has to come to its end.
        let newest = try db.rows(
            """
            INSERT INTO case_number (unit_id, series, year, newest)
            VALUES (\(unit), \(series), \(day.year), 1)
            ON CONFLICT (unit_id, series, year) DO UPDATE SET newest = case_number.newest + 1
            RETURNING newest
            """
        ).first?.at(0, as: Int.self)
        return "\(series)-\(code)-\(day.year)-\(newest ?? 1)"
    }
}

extension CaseRecord {
    /// An entry as the record it will be.
    fileprivate init(_ entry: Entry, by actor: CaseActor, at moment: Moment) throws {
        guard let place = entry.inCase else { throw Refusal.notFound }
        self.init(
            record: Record(entry, by: actor.actor, at: moment), place: place,
            persons: entry.persons, subjects: entry.subjects, takenBack: nil)
    }
}
