import Catalogue
import Core
import Foundation
import Organization
import Storage

extension District {
    /// Reads written values as an entry of a kind, against the snapshot of this connection.
    ///
    /// - Throws: `Refusal` with each fault beside its heading.
    package func read(
        _ values: [Heading: String], kind: Kind, db: Connection
    ) throws -> Entry {
        let persons = PersonStore(db: db)
        let records = RecordStore(db: db)
        let structure = try structure(db)
        var failure: (any Error)?
        let reader = EntryReader(
            kind: kind, structure: structure, today: now().day,
            person: { name, unit in
                do { return try persons.match(name, in: unit) } catch {
                    failure = error
                    return .none
                }
            },
            record: { ref in
                do { return try records.target(kind: kind.id, ref: ref) } catch {
                    failure = error
                    return nil
                }
            })
        let result = Result { () throws(Refusal) in try reader.read(values) }
        if let failure { throw failure }
        return try result.get()
    }

    /// Posts one record in one commit with its audit row.
    ///
    /// Evidence is written to disk first: a crash in between leaves a file nobody names, never a
    /// row without its file.
    ///
    /// - Throws: `Refusal` with each fault beside its heading.
    package func post(
        _ values: [Heading: String], kind: Kind, evidence: [EvidenceFile] = [],
        in folder: String = "", by actor: Actor
    ) async throws -> Record.ID {
        guard evidence.count <= EvidenceFile.perRecord else {
            throw Refusal.invalid(
                "附件", zh: "附件最多\(EvidenceFile.perRecord)个。",
                en: "At most \(EvidenceFile.perRecord) files fit a record.")
        }
        var kept: [(id: Evidence.ID, file: EvidenceFile)] = []
        for file in evidence {
            let id = Evidence.ID.make()
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            try Data(file.bytes).write(
                to: URL(fileURLWithPath: folder + "/" + id.text), options: .atomic)
            kept.append((id, file))
        }
        return try await database.write { [kept] db in
            let entry = try read(values, kind: kind, db: db)
            try post(entry, action: "record.posted", by: actor, db: db)
            for (id, file) in kept {
                try EvidenceStore(db: db).add(file, to: entry.id, id: id, by: actor, at: now())
                try Audit(db, key: key).record(
                    "evidence.added", id.text, by: actor, at: now(),
                    evidence: hexadecimalDigest(file.bytes))
            }
            return entry.id
        }
    }

    /// Reverses a record: it counts no longer, and its history says why.
    package func reverse(_ id: Record.ID, because reason: String, by actor: Actor) async throws
        -> Record.ID
    {
        let reason = reason.trimmed
        guard !reason.isEmpty else {
            throw Refusal.invalid("理由", zh: "冲销记录要写明理由。", en: "A reversal needs its reason.")
        }
        return try await database.write { db in
            guard let record = try RecordStore(db: db).find(id, in: .everything) else {
                throw Refusal.notFound
            }
            var entry = Entry(
                kind: record.kind, unit: record.unit, happenedOn: record.happenedOn)
            entry.reverses = id
            entry.reason = reason
            try post(entry, action: "record.reversed", by: actor, db: db)
            return entry.id
        }
    }

    private func post(
        _ entry: Entry, action: String, by actor: Actor, db: Connection
    ) throws {
        let records = RecordStore(db: db)
        try check(entry, records)
        try checkSingle(entry, db)
        let audit = Audit(db, key: key)
        let position = try audit.claim(1)
        let moment = now()
        let digests = try records.insert(
            [entry], from: position, importID: nil, by: actor, at: moment, kinds: catalogue.kinds)
        try audit.record(
            action, entry.id.text, by: actor, at: moment,
            covering: .init(first: position, last: position, digest: Fingerprint(digests).text))
    }

    /// Whoever stands in one record of this kind at a time does not come to stand in two.
    private func checkSingle(_ entry: Entry, _ db: Connection) throws {
        guard let kind = catalogue.kinds[entry.kind], !kind.single.isEmpty else { return }
        var singles = try Singles(kind, db)
        singles.meet(entry, on: 1)
        let faults = singles.faults()
        if !faults.isEmpty { throw Refusal.invalid(faults.map(\.fault)) }
    }

    /// What only the ledger can tell: the record referred to still counts, the number is free,
    /// and the same thing has not been written twice.
    private func check(_ entry: Entry, _ records: RecordStore) throws {
        for target in [entry.reverses, entry.ends].compactMap({ $0 })
        where try !records.counts(target) {
            throw Refusal.conflict(
                zh: "所指的记录已被冲销。", en: "The record referred to has been reversed already.")
        }
        if let ref = entry.ref, try records.find(kind: entry.kind, ref: ref) != nil {
            throw Refusal.invalid(
                "编号", zh: "编号“\(ref)”已经用过。", en: "The number “\(ref)” is taken.")
        }
        if let position = try records.known(contents: [entry.content]).values.first {
            throw Refusal.conflict(
                zh: "第\(position)号记录内容完全相同；如确为两件事，请用“编号”区分。",
                en: "Record \(position) says the same; if these are two things, give a number.")
        }
    }
}

extension PersonStore {
    /// A person by number, else by name within a unit; candidates when it is not one person.
    ///
    /// - Parameter mayTell: which candidates may be named to whoever wrote the name.
    package func match(
        _ name: String, in unit: OrgUnit.ID, mayTell: (Person) -> Bool = { _ in true }
    ) throws -> EntryReader.Found<Person.ID> {
        if let person = try find(number: name).first { return .one(person.id) }
        let persons = try find(name: name)
        let here = persons.filter { $0.unit == unit }
        let candidates = here.isEmpty ? persons : here
        switch candidates.count {
        case 0: return .none
        case 1: return .one(candidates[0].id)
        default:
            return .many(
                candidates.filter(mayTell).map { $0.number ?? $0.id.text }.sorted())
        }
    }
}

extension RecordStore {
    /// A counting record of a kind by its reference or identity.
    package func target(kind: String, ref: String) throws -> EntryReader.Target? {
        let id: Record.ID
        if let known = try find(kind: kind, ref: ref) {
            id = known
        } else if let given = Record.ID(ref), try counts(given) {
            id = given
        } else {
            return nil
        }
        guard let record = try find(id, in: .everything), record.kind == kind else { return nil }
        return EntryReader.Target(
            id: id, unit: record.unit, from: record.happenedOn, endedOn: try end(of: id))
    }
}
