import Catalogue
import Core
import Foundation
import Ledger
import Organization
import Storage

/// Erases under a right, and does again what a restored database does not know of.
///
/// Names, private values with their salts, files of evidence, and entries that name somebody and
/// are no records yet go. Records, counts, positions and the chain stay, so no figure moves.
package struct Eraser: Sendable {
    let district: District
    let folder: RightsFolder

    package init(_ district: District, folder: RightsFolder) {
        self.district = district
        self.folder = folder
    }

    private var log: ErasureLog { ErasureLog(path: folder.erasures, key: district.key) }

    /// What was erased, and what the register still keeps, by kind and role.
    package struct Outcome: Sendable {
        package let names: Int
        package let records: Int
        package let files: Int
        package let kept: [Keeper]
    }

    /// A role in records of a kind whose register entry still keeps the name.
    package struct Keeper: Sendable, Hashable {
        package let kind: String
        package let role: String
    }

    /// Erases what these register entries hold of the subject. A name goes when no record keeps
    /// it under another entry.
    package func erase(
        _ subject: DataSubject, entries: Set<String>, request: String?, by actor: Actor
    ) async throws -> Outcome {
        let (erasure, outcome) = try await district.database.write { db in
            try erase(subject, entries: entries, request: request, by: actor, db)
        }
        try finish(erasure)
        return outcome
    }

    /// The same in a commit under way, with whatever asked for it; `finish` follows the commit.
    func erase(
        _ subject: DataSubject, entries: Set<String>, request: String?, by actor: Actor,
        _ db: Connection
    ) throws -> (erasure: Erasure, outcome: Outcome) {
        let moment = district.now()
        let found = try find(subject, entries, on: moment.day, db)
        let erasure = Erasure(
            id: ID<Erasure>.make().text, persons: found.persons,
            records: found.records + found.unfinished, evidence: found.evidence, at: moment)
        if !erasure.isEmpty {
            let store = ErasureStore(db, district)
            try store.apply(erasure, unit: try root(db))
            try store.insert(erasure, request: request)
            try Audit(db, key: district.key).record(
                "data.erased", erasure.id, by: actor, at: moment, evidence: erasure.digest,
                quietly: true)
        }
        return (
            erasure,
            Outcome(
                names: found.persons.count, records: found.records.count,
                files: found.evidence.count, kept: found.kept)
        )
    }

    /// Notes an erasure in the file beside the database and removes its files. What a stop
    /// between the commit and this leaves undone, the next start does.
    func finish(_ erasure: Erasure) throws {
        guard !erasure.isEmpty else { return }
        try log.append([erasure])
        folder.remove(evidence: erasure.evidence)
    }

    /// Notes decisions in the same file. A restriction or its lifting is noted before its commit,
    /// because its last word in the file counts; a withdrawal after, because its row has an id.
    func note(_ decisions: [Decision]) throws { try log.append([], decisions) }

    /// Erases, restricts and withdraws again what the file names and the database does not know
    /// of, and completes the file from the database.
    ///
    /// - Returns: how much was repeated.
    @discardableResult
    package func reapply(by actor: Actor) async throws -> Int {
        let noted = try log.read()
        let (missing, known) = try await district.database.read { [district] db in
            let store = ErasureStore(db, district)
            return (try noted.erasures.filter { try !store.has($0.id) }, try store.all())
        }
        for erasure in missing {
            try await district.database.write { [district] db in
                let store = ErasureStore(db, district)
                guard try !store.has(erasure.id) else { return }
                try store.apply(erasure, unit: try root(db))
                try store.insert(erasure, request: nil)
                try Audit(db, key: district.key).record(
                    "data.erased_again", erasure.id, by: actor, at: district.now(),
                    evidence: erasure.digest,
                    quietly: true)
            }
        }
        let decisions = noted.decisions
        let (repeated, decided) = try await district.database.write { [district] db in
            let store = DecisionStore(db: db, key: district.key)
            let missing = try store.missing(decisions)
            for decision in missing { try store.apply(decision, by: actor, at: district.now()) }
            return (missing.count, try store.all())
        }
        try log.append(known, decided)
        for erasure in noted.erasures + known { folder.remove(evidence: erasure.evidence) }
        return missing.count + repeated
    }

    /// The erasures that are not what the audit says, for `verify`.
    func changed(_ db: Connection) throws -> [String] {
        try ErasureStore(db, district).all().filter { erasure in
            try db.value(
                """
                SELECT 1 FROM audit WHERE subject = \(erasure.id) AND digest = \(erasure.digest)
                    AND action IN ('data.erased', 'data.erased_again') LIMIT 1
                """, as: Int.self) == nil
        }.map(\.id)
    }

    /// What each erasure names as gone: persons, records and files.
    func named(_ db: Connection) throws -> [[String]] {
        try ErasureStore(db, district).all().map { $0.persons + $0.records + $0.evidence }
    }

    private struct Found {
        var persons: [String] = []
        var records: [String] = []
        var unfinished: [String] = []
        var evidence: [String] = []
        var kept: [Keeper] = []
    }

    private func find(
        _ subject: DataSubject, _ entries: Set<String>, on day: Day, _ db: Connection
    ) throws -> Found {
        let kinds = district.catalogue.kinds.values
        let freed = kinds.filter { kind in
            let isBare = kind.privateEntries.isEmpty && district.catalogue.isOfCases(kind.id)
            let used = isBare ? [RegisterEntry.reasons] : kind.privateEntries
            return !used.isEmpty && used.allSatisfy(entries.contains)
        }
        let open = kinds.filter { kind in
            let used = kind.persons.map(\.register) + kind.privates.map(\.register)
            return !used.isEmpty && used.allSatisfy(entries.contains)
        }
        let theirs = subject.recordCondition(district.catalogue)
        var found = Found()
        found.records = try ids(
            """
            SELECT r.id FROM record_private k JOIN record r ON r.id = k.record_id
            WHERE r.kind IN (\(values: freed.map(\.id).sorted())) AND \(theirs)
            ORDER BY r.id LIMIT \(RightsLimits.recordsPerSubject)
            """, db)
        found.evidence = try ids(
            """
            SELECT e.id FROM evidence e JOIN record r ON r.id = e.record_id
            WHERE e.file_name <> '' AND r.kind IN (\(values: open.map(\.id).sorted()))
                AND \(theirs)
            ORDER BY e.id LIMIT \(RightsLimits.recordsPerSubject)
            """, db)
        let plan = RetentionPlan(district.catalogue, on: day, without: entries)
        found.kept = try db.rows(plan.keepers(of: subject.persons)).map {
            Keeper(kind: try $0.at(0), role: try $0.at(1))
        }
        if found.kept.isEmpty {
            found.persons = try ids(
                """
                SELECT p.id FROM person p
                WHERE p.id IN (\(values: subject.persons)) AND p.erased_at IS NULL ORDER BY p.id
                """, db)
            found.records = Set(found.records + (try sealedReasons(about: subject, db))).sorted()
        }
        // Where a duty keeps the name, the drafts of what rests on that duty stay as well.
        let reached = found.persons.isEmpty ? Set(open.map(\.id)) : nil
        for entries in ErasureStore(db, district).unfinished {
            let ids = Set(
                try entries.naming(subject.persons, kinds: reached)
                    + entries.about(found.records)
            ).sorted()
            found.unfinished += ids
            found.evidence += try entries.files(of: ids)
        }
        return found
    }

    /// Records that say under seal why a record about them was reversed, corrected or ended: where
    /// the name goes, so does this.
    private func sealedReasons(about subject: DataSubject, _ db: Connection) throws -> [String] {
        try ids(
            """
            SELECT r.id FROM record_private k JOIN record r ON r.id = k.record_id
            WHERE (r.reverses IS NOT NULL OR r.ends IS NOT NULL)
                AND \(subject.recordCondition(district.catalogue))
            ORDER BY r.id LIMIT \(RightsLimits.recordsPerSubject)
            """, db)
    }

    private func ids(_ statement: SQL, _ db: Connection) throws -> [String] {
        try db.rows(statement).map { try $0.at(0, as: String.self) }
    }

    private func root(_ db: Connection) throws -> OrgUnit.ID {
        try district.rootUnit(on: district.now().day, db)
    }
}

extension District {
    /// The unit in which everything stands.
    ///
    /// - Throws: `Refusal.conflict` in a district without units.
    func rootUnit(on day: Day, _ db: Connection) throws -> OrgUnit.ID {
        let structure = try structure(db)
        guard let root = structure.root(nearest: day) else {
            throw Refusal.conflict(zh: "本区还没有单位。", en: "The district has no units yet.")
        }
        return root.unit
    }
}
