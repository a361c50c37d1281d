import Catalogue
import Core
import Organization
import Storage

extension District {
    /// Imports units or reorganizations: one short commit, for a structure is small.
    func importStructure(
        _ table: ImportTable, _ incoming: Incoming
    ) async throws -> ImportOutcome {
        let reader = StructureReader(catalogue: catalogue)
        let units = incoming.what == "units" ? try reader.units(table) : nil
        let changes = units == nil ? try reader.reorganizations(table) : nil
        if let faults = units?.faults ?? changes?.faults, !faults.isEmpty {
            return .refused(faults)
        }
        let plan = try await database.read { db in
            try StructurePlan(
                structure: try structure(db), position: try StructureStore(db: db).position(),
                forms: catalogue.forms,
                rowOf: { way, structure in
                    units?.entries.row(of: way, structure)
                        ?? changes?.entries.row(of: way, structure) ?? 1
                }
            ) { structure in
                units.map { structure.founding($0.entries) }
                    ?? structure.reorganizing(changes?.entries ?? [])
            }
        }
        guard plan.faults.isEmpty else { return .refused(plan.faults) }
        let rows = plan.change.rows.count
        try await database.write { db in
            let store = StructureStore(db: db)
            guard try store.position() == plan.position else {
                throw Refusal.conflict(
                    zh: "导入期间单位有调整，请重新导入。",
                    en: "The units changed during the import: import the file again.")
            }
            try ImportStore(db: db).begin(incoming, kind: nil, rows: rows, at: now())
            let position = try Audit(db, key: key).position()
            let digests = try store.post(plan.change, from: position + 1)
            try publish(incoming, rows: rows, digest: Fingerprint(digests).text, db)
            try store.refreshReach(plan.reach, at: position + rows)
        }
        return .published(id: incoming.id, rows: table.rows.count)
    }

    /// Imports persons: each has a number or a name that is new in its unit. A row whose number is
    /// somebody's says what is to be another of them, which it becomes only from a given day on.
    ///
    /// - Parameter day: the first day of what changes; nil where nothing may.
    func importPersons(
        _ table: ImportTable, _ incoming: Incoming, changing from: Day?,
        progress: @Sendable (Int, Int) -> Void, saying: (Wording) -> Void
    ) async throws -> ImportOutcome {
        let judged = try await judgePersons(table, changing: from)
        guard judged.faults.isEmpty else { return .refused(judged.faults) }
        let (persons, changes) = (judged.persons, judged.changes)
        let moment = now()
        try await database.write { db in
            try ImportStore(db: db).begin(incoming, kind: nil, rows: 1, at: moment)
        }
        var staged = 0
        while staged < persons.count {
            let chunk = Array(persons[staged..<min(staged + Self.stageSize, persons.count)])
            try await database.write { db in
                try PersonStore(db: db).insert(chunk, importID: incoming.id)
            }
            staged += chunk.count
            progress(staged, persons.count)
        }
        try await database.write { db in
            try checkNotPublished(incoming, db)
            if try PersonStore(db: db).hasTaken(numbersOf: incoming.id) {
                throw Refusal.conflict(
                    zh: "导入期间有人使用了相同的编号，请重新导入。",
                    en: "A number of the file was taken meanwhile: import it again.")
            }
            if try PersonStore(db: db).hasTaken(namesOf: incoming.id) {
                throw Refusal.conflict(
                    zh: "导入期间同一单位有了同名的人员，请重新导入。",
                    en: "A person of the same name came to a unit meanwhile: import it again.")
            }
            // Persons take no positions: no figure reads them but through a record. Their import
            // takes one, so that its undoing is a fact in the ledger's order as well.
            try publish(incoming, rows: 1, digest: Fingerprint([incoming.fingerprint]).text, db)
            if let from { try apply(changes, from: from, incoming, db) }
            // Whom it brought, so that none goes missing unnoticed.
            try Audit(db, key: key).record(
                "persons.brought", incoming.id, by: incoming.actor, at: now(),
                evidence: Fingerprint(persons.map(\.id.text).sorted()).text, quietly: true)
        }
        saying(judged.told.words)
        return .published(id: incoming.id, rows: persons.count + changes.count)
    }

    /// What a file of persons says, and what is wrong with it.
    private struct JudgedPersons: Sendable {
        let persons: [Person]
        let changes: [ChangedPerson]
        let faults: [RowFault]
        let told: PersonsTold
    }

    private func judgePersons(
        _ table: ImportTable, changing from: Day?
    ) async throws -> JudgedPersons {
        let reader = StructureReader(catalogue: catalogue)
        let day = now().day
        return try await database.read { db in
            let store = PersonStore(db: db)
            let names = reader.names(table)
            let structure = try structure(db)
            let read = try reader.persons(
                table, structure: structure, on: from ?? day,
                known: .init(
                    persons: try store.numbered(among: reader.numbers(table)),
                    names: try store.namesakes(of: names)))
            let wrong =
                try read.faults
                + (from.map { try faults(of: read.changes, from: $0, db) }
                    ?? faults(of: read.changes, structure))
            let (found, changed) = (read.persons.count, read.changes.count)
            let persons = try withoutDeleted(read.persons, db)
            return JudgedPersons(
                persons: persons, changes: read.changes, faults: wrong.sorted { $0.row < $1.row },
                told: PersonsTold(
                    new: persons.count, unchanged: table.rows.count - found - changed,
                    changed: changed, deleted: found - persons.count))
        }
    }
}

/// A change of the structure, worked out before the writer is asked for: the commit only inserts.
private struct StructurePlan: Sendable {
    let change: StructureChange
    let faults: [RowFault]
    /// Who counts for whom once the change is made.
    let reach: [Reach]
    /// The position of the structure it was worked out against.
    let position: Int

    init(
        structure: Structure, position: Int,
        forms: [String: UnitForm], rowOf: (LostWay, Structure) -> Int,
        work: (Structure) -> (change: StructureChange, faults: [RowFault])
    ) throws {
        let (change, found) = work(structure)
        var faults = found
        var reach: [Reach] = []
        if faults.isEmpty {
            let after = structure.applying(change)
            reach = try after.reach { forms[$0]?.axis }
            // What was lost before is not this file's doing.
            let before = Set(structure.lostWays(forms))
            let lost = after.lostWays(forms).filter { !before.contains($0) }
            faults = lost.map { $0.fault(rowOf($0, after), after) }
        }
        self.change = change
        self.faults = faults.sorted { $0.row < $1.row }
        self.position = position
        self.reach = faults.isEmpty ? reach : []
    }
}

extension [UnitEntry] {
    /// The row that founds a unit, else the one whose parents it stands below.
    fileprivate func row(of way: LostWay, _ structure: Structure) -> Int? {
        let versions = structure.versions[way.unit] ?? []
        let own = first { entry in
            versions.contains { $0.code == entry.code && $0.from == entry.from }
        }
        return (own ?? first)?.row
    }
}

extension [ReorganizationEntry] {
    /// The row that names a unit, else the first of that day, else the first of all.
    fileprivate func row(of way: LostWay, _ structure: Structure) -> Int? {
        let codes = Set((structure.versions[way.unit] ?? []).map(\.code))
        let named = first { entry in
            [entry.predecessor, entry.successor].contains { $0.map(codes.contains) ?? false }
        }
        return (named ?? first { $0.effectiveOn == way.from } ?? first)?.row
    }
}
