import Catalogue
import Core
import Ledger
import Organization
import Storage

/// What goes by itself when its time has passed, as the register says it.
///
/// Every batch is one short commit together with its proof: which entry, how many, a digest over
/// their codes, and the audit row that covers it.
package struct Retention: Sendable {
    package let district: District
    private let folder: RightsFolder
    private let sweepers: [Sweeper]

    package init(_ district: District, folder: RightsFolder, sweepers: [Sweeper]) {
        self.district = district
        self.folder = folder
        self.sweepers = sweepers
    }

    /// How much of one register entry, or of one sweeper, has had its time.
    package struct Part: Sendable, Hashable {
        package let entry: String
        package let count: Int

        package init(entry: String, count: Int) {
            self.entry = entry
            self.count = count
        }
    }

    /// The actor that the audit names.
    package static let actor = Actor(name: "retention", standing: .system)

    /// Whether no run began within the last day.
    package func isDue() async throws -> Bool {
        let last = try await district.database.read { db in
            try db.value("SELECT MAX(started_at) FROM retention_run", as: Moment.self)
        }
        let now = district.now()
        return last.map { now.milliseconds - $0.milliseconds >= 86_400_000 } ?? true
    }

    /// Deletes everything whose time has passed.
    package func run() async throws -> [Part] {
        let started = district.now()
        let plan = RetentionPlan(district.catalogue, on: started.day)
        var parts: [Part] = []
        for (kind, entry) in plan.privateKinds {
            parts += try await part(entry) {
                plan.privates(kind, entry, after: $0, limit: $1)
            } delete: { ids, db in
                try ErasureStore(db: db).deletePrivates(of: ids)
            }
        }
        parts += try await part("evidence_file") {
            plan.evidence(after: $0, limit: $1)
        } delete: { ids, db in
            try ErasureStore(db: db).blank(evidence: ids)
        }
        parts += try await part("person_name") {
            plan.persons(after: $0, limit: $1)
        } delete: { [district] ids, db in
            let unit = try district.rootUnit(on: started.day, db)
            try ErasureStore(db: db).blank(
                persons: ids, unit: unit, at: started, district.sealedKey)
        }
        // The audit before the sweepers: a look at a sealed record goes with its row.
        parts += try await spend(before: auditCutoff(started.day))
        for sweeper in sweepers { parts += try await swept(sweeper) }
        try await folder.removeUnnamed(district.database, at: started)
        let count = parts.reduce(0) { $0 + $1.count }
        try await district.database.write { [district] db in
            try db.insert(
                into: "retention_run", ["id", "started_at", "finished_at", "row_count"],
                [
                    [
                        .text(ID<Retention>.make().text), started.storageValue,
                        district.now().storageValue, count.storageValue,
                    ]
                ])
        }
        return parts
    }

    /// How much a run would delete, without what sweepers find.
    package func dryRun() async throws -> [Part] {
        let today = district.now().day
        let plan = RetentionPlan(district.catalogue, on: today)
        let cutoff = auditCutoff(today)
        return try await district.database.read { [district] db in
            var parts: [Part] = []
            func count(_ entry: String, _ statement: SQL) throws {
                let number = try db.value(
                    "SELECT COUNT(*) FROM (\(statement)) AS due", as: Int.self)
                if let number, number > 0 { parts.append(Part(entry: entry, count: number)) }
            }
            for (kind, entry) in plan.privateKinds {
                try count(entry, plan.privates(kind, entry, after: "", limit: Limit.dryRun))
            }
            try count("evidence_file", plan.evidence(after: "", limit: Limit.dryRun))
            try count("person_name", plan.persons(after: "", limit: Limit.dryRun))
            let rows = try Audit(db, key: district.key).spendable(before: cutoff)
            if rows > 0 { parts.append(Part(entry: "operator_name", count: rows)) }
            return parts
        }
    }

    // MARK: Batches

    private func part(
        _ entry: String, select: @escaping @Sendable (String, Int) -> SQL,
        delete: @escaping @Sendable ([String], Connection) throws -> Void
    ) async throws -> [Part] {
        var after = ""
        var count = 0
        for _ in 0..<Limit.batchesPerRun {
            try Task.checkCancellation()
            let last = after
            let ids = try await district.database.write { db in
                let ids = try db.rows(select(last, Limit.rowsPerBatch))
                    .map { try $0.at(0, as: String.self) }
                if !ids.isEmpty {
                    try delete(ids, db)
                    try prove(entry, ids.count, Fingerprint(ids).text, db)
                }
                return ids
            }
            guard let newest = ids.last else { break }
            after = newest
            count += ids.count
        }
        return count == 0 ? [] : [Part(entry: entry, count: count)]
    }

    private func swept(_ sweeper: Sweeper) async throws -> [Part] {
        var count = 0
        for _ in 0..<Limit.batchesPerRun {
            try Task.checkCancellation()
            let batch = try await district.database.write { [district] db in
                let batch = try sweeper.sweep(db, district.now())
                if batch > 0 {
                    let digest = Fingerprint([sweeper.name, String(batch)]).text
                    try prove(sweeper.name, batch, digest, db)
                }
                return batch
            }
            if batch == 0 { break }
            count += batch
        }
        return count == 0 ? [] : [Part(entry: sweeper.name, count: count)]
    }

    /// Audit rows leave number and hash behind. The newest row of the chain always stays.
    private func spend(before cutoff: Moment) async throws -> [Part] {
        var count = 0
        var after = 0
        for _ in 0..<Limit.batchesPerRun {
            try Task.checkCancellation()
            let last = after
            let spent = try await district.database.write { [district] db in
                let spent = try Audit(db, key: district.key).spend(before: cutoff, after: last)
                if !spent.isEmpty {
                    let digest = Fingerprint(spent.map(String.init)).text
                    try prove("operator_name", spent.count, digest, db)
                }
                return spent
            }
            guard let newest = spent.last else { break }
            after = newest
            count += spent.count
        }
        return count == 0 ? [] : [Part(entry: "operator_name", count: count)]
    }

    private func prove(_ entry: String, _ count: Int, _ digest: String, _ db: Connection) throws {
        let id = ID<Retention>.make().text
        let moment = district.now()
        try Audit(db, key: district.key).record(
            "retention.deleted", id, by: Self.actor, at: moment,
            evidence: Fingerprint([id, entry, String(count), digest]).text, quietly: true)
        let seq = try db.value("SELECT seq FROM ledger_head WHERE id = 1", as: Int.self) ?? 0
        try db.insert(
            into: "deletion_proof",
            ["id", "entry", "deleted_on", "row_count", "digest", "audit_seq"],
            [
                [
                    .text(id), .text(entry), moment.day.storageValue, count.storageValue,
                    .text(digest), seq.storageValue,
                ]
            ])
    }

    private func auditCutoff(_ today: Day) -> Moment {
        let years = district.catalogue.rule("audit.retention_years", on: today)?.value ?? 3
        let (year, month, day) = today.parts
        let earlier = Day(year - years, month, day) ?? Day(year - years, month, day - 1) ?? today
        return .midnight(of: earlier)
    }
}
