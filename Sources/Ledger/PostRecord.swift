import Catalogue
import Core
import Foundation
import Organization
import Storage

extension District {
    /// Reads written values as an entry of a kind, against the snapshot of this connection.
    ///
    /// - Parameter tells: whether numbers of persons in a unit may be told to who wrote a name that
    ///   several bear.
    /// - Throws: `Refusal` with each fault beside its heading.
    package func read(
        _ values: [Heading: String], kind: Kind, db: Connection,
        tells: (OrgUnit.ID) -> Bool = { _ in true }
    ) throws -> Entry {
        try requireNoCase(kind.id)
        return try readAnywhere(values, kind: kind, db: db, tells: tells)
    }

    /// The same for every kind: what stands in cases is read by them alone.
    package func readAnywhere(
        _ values: [Heading: String], kind: Kind, db: Connection,
        tells: (OrgUnit.ID) -> Bool = { _ in true }
    ) throws -> Entry {
        let persons = PersonStore(db: db)
        let records = RecordStore(db: db)
        let structure = try structure(db)
        return try withoutActuallyEscaping(tells) { tells in
            try EntryReader(
                kind: kind, structure: structure, at: now(),
                person: { name, unit in try persons.match(name, in: unit, tells: tells) },
                record: { ref in try records.target(kind: kind.id, ref: ref) }
            ).read(values)
        }
    }

    /// Posts one record in one commit with its audit row.
    ///
    /// Evidence is written to disk first: a crash in between leaves a file nobody names, never a
    /// row without its file.
    ///
    /// - Throws: `Refusal` with each fault beside its heading.
    package func post(
        _ values: [Heading: String], kind: Kind, evidence: [EvidenceFile] = [],
        in path: String = "", by actor: Actor
    ) async throws -> Record.ID {
        let folder = EvidenceFolder(path, key: sealedKey)
        let kept = try folder.keep(evidence)
        do {
            return try await database.write { db in
                let entry = try read(values, kind: kind, db: db)
                try post(entry, evidence: kept, by: actor, db: db)
                return entry.id
            }
        } catch let refusal as Refusal {
            folder.remove(kept)
            throw refusal
        }
    }

    /// Posts an entry within a transaction, with the files that belong to it.
    ///
    /// - Parameter confirmer: who confirmed it as the second person; the audit names them, the
    ///   record its writer.
    package func post(
        _ entry: Entry, evidence: [KeptFile] = [], by actor: Actor, confirmer: Actor? = nil,
        db: Connection
    ) throws {
        try post(
            [entry], action: confirmer == nil ? "record.posted" : "record.confirmed",
            subject: entry.id, by: actor, audited: confirmer ?? actor, db: db)
        try add(evidence, to: entry.id, by: actor, db)
    }

    /// Reverses a record: it counts no longer, and its history says why.
    package func reverse(_ id: Record.ID, because reason: String, by actor: Actor) async throws
        -> Record.ID
    {
        try await database.write { db in try reverse(id, because: reason, by: actor, db: db) }
    }

    /// Reverses a record within a transaction.
    ///
    /// - Parameter confirmer: who confirmed it as the second person.
    package func reverse(
        _ id: Record.ID, because reason: String, by actor: Actor, confirmer: Actor? = nil,
        db: Connection
    ) throws -> Record.ID {
        let entry = try reversal(of: id, because: reason, db).entry
        try post(
            [entry], action: "record.reversed", subject: entry.id, by: actor,
            audited: confirmer ?? actor, db: db)
        return entry.id
    }

    /// Puts an entry in the place of a record: the reversal and the new record are one commit, one
    /// audit row, and two positions beside each other.
    ///
    /// - Throws: `Refusal.conflict` when somebody else was first.
    package func correct(
        _ id: Record.ID, with entry: Entry, because reason: String, evidence: [KeptFile] = [],
        by actor: Actor, confirmer: Actor? = nil, db: Connection
    ) throws {
        let (old, reversal) = try reversal(of: id, because: reason, db)
        guard old.kind == entry.kind, old.ends == nil, entry.ends == nil, entry.reverses == nil
        else {
            throw Refusal.conflict(
                zh: "结束记录不能更正，请撤回后重新填报。",
                en: "An end is not corrected: take it back and enter it anew.")
        }
        try post(
            [reversal, entry], action: "record.corrected", subject: id, by: actor,
            audited: confirmer ?? actor, db: db)
        try add(evidence, to: entry.id, by: actor, db)
    }

    /// The entry that would reverse a record, which is posted nowhere yet.
    ///
    /// - Throws: `Refusal.invalid` without a reason.
    package func reversal(
        of id: Record.ID, because reason: String, _ db: Connection
    ) throws -> (old: Record, entry: Entry) {
        let reason = try Refusal.cleaned(reason, at: Heading.reason.name, lines: true).trimmed
        guard !reason.isEmpty else {
            throw Refusal.invalid([
                Fault(
                    Wording(zh: "理由", en: "Reason"), at: Heading.reason.name,
                    zh: "作废记录须写明理由。", en: "Voiding a record needs a reason.")
            ])
        }
        guard let record = try RecordStore(db: db).find(id, in: .everything) else {
            throw Refusal.notFound
        }
        try requireNoCase(record)
        var entry = Entry(kind: record.kind, unit: record.unit, happenedOn: record.happenedOn)
        entry.reverses = id
        entry.reason = reason
        return (record, entry)
    }

    /// Posts what a verb of a case writes, and what it does to records outside the case: one
    /// commit, and one audit row whose subject is the case.
    package func post(
        inCase entries: [Entry], of id: Record.ID, action: String, by actor: Actor,
        db: Connection
    ) throws {
        try post(
            entries, action: action, subject: id, by: actor, audited: actor, isOfCase: true, db: db)
    }

    /// Posts entries one behind the other under one audit row; each is checked against what the
    /// ones before it left.
    ///
    /// - Parameter isOfCase: whether a verb of a case posts them; nothing else touches a case.
    private func post(
        _ entries: [Entry], action: String, subject: Record.ID, by actor: Actor, audited: Actor,
        isOfCase: Bool = false, db: Connection
    ) throws {
        if !isOfCase { for entry in entries { try requireNoCase(entry, db) } }
        let records = RecordStore(db: db)
        let audit = Audit(db, key: key)
        let moment = now()
        var digests: [String] = []
        let end = try audit.end()
        let first = end.position + 1
        for (offset, entry) in entries.map(FinishedEntry.init).enumerated() {
            try check(entry, records)
            try checkSingle(entry.entry, db)
            let rows = try RecordRows(
                [entry], from: first + offset, importID: nil, by: actor, at: moment,
                kinds: catalogue.kinds, sealedWith: sealedKey)
            try records.insert(rows)
            digests += rows.digests
        }
        try audit.record(
            action, subject.text, by: audited, at: moment,
            covering: .init(
                first: first, last: end.position + entries.count,
                digest: Fingerprint(digests).text, isOfRecords: true),
            behind: end)
    }

    private func requireNoCase(_ entry: Entry, _ db: Connection) throws {
        try requireNoCase(entry.kind)
        for id in [entry.reverses, entry.ends].compactMap({ $0 }) {
            if let target = try RecordStore(db: db).find(id, in: .everything) {
                try requireNoCase(target)
            }
        }
    }

    /// Adds files that lie in the folder already to a record of this commit.
    package func add(
        _ files: [KeptFile], to record: Record.ID, by actor: Actor, _ db: Connection
    ) throws {
        for file in files {
            let moment = now()
            let digest = try EvidenceStore(db: db).add(file, to: record, by: actor, at: moment)
            try Audit(db, key: key).record(
                "evidence.added", file.id.text, by: actor, at: moment, evidence: digest)
        }
    }

    /// Whoever stands in one record of this kind at a time does not come to stand in two.
    private func checkSingle(_ entry: Entry, _ db: Connection) throws {
        guard let kind = catalogue.kinds[entry.kind], !kind.single.isEmpty else { return }
        var singles = try Singles(kind, db, for: entry)
        singles.meet(entry, on: 1)
        let faults = singles.faults()
        if !faults.isEmpty { throw Refusal.invalid(faults.map(\.fault)) }
    }

    /// What only the ledger can tell: the record referred to still counts, the number is free,
    /// and the same thing has not been written twice.
    private func check(_ finished: FinishedEntry, _ records: RecordStore) throws {
        let entry = finished.entry
        for target in [entry.reverses, entry.ends].compactMap({ $0 })
        where try !records.counts(target) {
            throw Refusal.conflict(
                zh: "所指的记录已作废。", en: "The record referred to has been voided already.")
        }
        // What stands in a case is told apart by its place there.
        guard entry.inCase == nil else { return }
        if let ref = entry.ref, try records.find(kind: entry.kind, ref: ref) != nil {
            throw Refusal.invalid([
                Fault(
                    Wording(zh: "编号", en: "Number"), at: Heading.ref.name,
                    zh: "编号“\(ref)”已经用过。", en: "The number “\(ref)” is taken.")
            ])
        }
        if let position = try records.known(contents: [finished.content]).values.first {
            throw Refusal.conflict(
                zh: "第\(position)号记录内容完全相同；如确为两件事，请用“编号”区分。",
                en: "Record \(position) says the same; if these are two things, give a number.")
        }
    }
}

extension PersonStore {
    /// A person by number or identity, else by name within a unit; when it is not one person, the
    /// numbers of those whose unit may be told of.
    package func match(
        _ name: String, in unit: OrgUnit.ID, tells: (OrgUnit.ID) -> Bool = { _ in true }
    ) throws -> EntryReader.Found<Person.ID> {
        if let person = try find(written: name) { return .one(person.id) }
        let persons = try find(name: name)
        let here = persons.filter { $0.unit == unit }
        let candidates = here.isEmpty ? persons : here
        switch candidates.count {
        case 0: return try deletion(ofNumber: name).map { .deleted($0.day) } ?? .none
        case 1: return .one(candidates[0].id)
        default:
            return .many(
                candidates.filter { tells($0.unit) }.map { $0.number ?? $0.id.text }.sorted())
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
            id: id, unit: record.unit, from: record.happenedOn, endedOn: try end(of: id),
            isEnd: record.ends != nil)
    }
}
