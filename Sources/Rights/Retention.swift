import Catalogue
import Core
import Ledger
import Organization
import Storage

/// What goes by itself when its time has passed, as the register says it.
///
/// Nothing goes unasked: what had had its time already when it came into the ledger, which is
/// everything due at the first run and old data of a later import, waits until somebody in charge
/// has seen the counts and confirmed them. What falls due afterwards goes without a word.
///
/// Every batch is one short commit together with its proof: which entry, how many, the code of
/// each,
/// a digest over the codes, and the audit row that covers it.
package struct Retention: Sendable {
    package let district: District
    private let folder: RightsFolder

    package init(_ district: District, folder: RightsFolder) {
        self.district = district
        self.folder = folder
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

    /// Deletes everything whose time has passed and that does not wait for a confirmation.
    ///
    /// - Throws: `Refusal.conflict` in the demonstration, which keeps its data.
    package func run() async throws -> [Part] {
        let started = district.now()
        let (settled, head) = try await district.database.read { [district] db in
            guard try !District.isDemonstration(db) else {
                throw Refusal.conflict(
                    zh: "这是演示区，数据均为虚构，不做到期删除。",
                    en: "This is the demonstration: its data are fictional, and none is deleted.")
            }
            return (
                try RetentionConfirmations(db: db).settled(),
                try Audit(db, key: district.key).position()
            )
        }
        let plan = RetentionPlan(district.catalogue, on: started.day)
        var parts: [Part] = []
        for (kind, entry) in plan.privateKinds {
            parts += try await part(entry) {
                plan.privates(kind, entry, after: $0, limit: $1, settledBy: settled)
            } delete: { [district] ids, db in
                try ErasureStore(db, district).deletePrivates(of: ids)
            }
        }
        parts += try await part("evidence_file") {
            plan.evidence(after: $0, limit: $1, settledBy: settled)
        } delete: { [district] ids, db in
            try ErasureStore(db, district).blank(evidence: ids)
        }
        parts += try await part("person_name") {
            plan.persons(after: $0, limit: $1, settledBy: settled)
        } delete: { [district] ids, db in
            let unit = try district.rootUnit(on: started.day, db)
            try ErasureStore(db, district).blank(persons: ids, unit: unit, at: started)
        }
        // The audit before the sweepers: a look at a sealed record goes with its row.
        parts += try await redactAudit(before: auditCutoff(started.day))
        for sweeper in district.declared.flatMap(\.sweepers) {
            parts += try await swept(sweeper)
        }
        try await folder.removeUnnamed(district, at: started)
        let count = parts.reduce(0) { $0 + $1.count }
        let waiting = try await waiting().reduce(0) { $0 + $1.count }
        // Where nothing waits, what is in the ledger by now falls due in its own time.
        let known = waiting == 0 ? head : settled
        try await district.database.write { [district] db in
            try db.insert(
                into: "retention_run",
                ["id", "started_at", "finished_at", "row_count", "settled", "waiting"],
                [
                    [
                        .text(ID<Retention>.make().text), started.storageValue,
                        district.now().storageValue, count.storageValue, known.storageValue,
                        waiting.storageValue,
                    ]
                ])
        }
        return parts
    }

    /// What is due and waits for a confirmation, by register entry.
    package func waiting() async throws -> [Part] {
        let today = district.now().day
        return try await district.database.read { db in
            guard try !District.isDemonstration(db) else { return [] }
            let all = try due(db, on: today, settledBy: nil)
            let free = try due(
                db, on: today, settledBy: try RetentionConfirmations(db: db).settled())
            return all.compactMap { part in
                let waits = part.count - (free.first { $0.entry == part.entry }?.count ?? 0)
                return waits > 0 ? Part(entry: part.entry, count: waits) : nil
            }
        }
    }

    /// Lets what is due go: everything that came into the ledger up to a position, which is what
    /// whoever confirms has seen the counts of.
    ///
    /// - Returns: how many rows are due by it.
    @discardableResult
    package func confirm(upTo position: Int, by actor: Actor) async throws -> Int {
        let moment = district.now()
        return try await district.database.write { [district] db in
            guard try !District.isDemonstration(db) else { throw Refusal.notFound }
            let head = try Audit(db, key: district.key).position()
            let upTo = min(max(0, position), head)
            let count = try due(db, on: moment.day, settledBy: upTo).reduce(0) { $0 + $1.count }
            try RetentionConfirmations(db: db).insert(
                upTo, count, by: actor, at: moment, key: district.key)
            return count
        }
    }

    /// The newest position: what came in up to it is what a page or a command counted.
    package func position() async throws -> Int {
        try await district.database.read { [district] db in
            try Audit(db, key: district.key).position()
        }
    }

    /// How much is due, what waits among it, without what sweepers find.
    package func dryRun() async throws -> [Part] {
        let today = district.now().day
        let cutoff = auditCutoff(today)
        return try await district.database.read { [district] db in
            var parts = try due(db, on: today, settledBy: nil)
            let rows = try Audit(db, key: district.key).redactable(before: cutoff)
            if rows > 0 { parts.append(Part(entry: "operator_name", count: rows)) }
            return parts
        }
    }

    /// - Parameter position: what came in after it is left out; nil leaves nothing out.
    private func due(
        _ db: Connection, on today: Day, settledBy position: Int?
    ) throws -> [Part] {
        let plan = RetentionPlan(district.catalogue, on: today)
        let most = RightsLimits.dryRun
        var statements = plan.privateKinds.map { kind, entry in
            (entry, plan.privates(kind, entry, after: "", limit: most, settledBy: position))
        }
        statements.append(
            ("evidence_file", plan.evidence(after: "", limit: most, settledBy: position)))
        statements.append(
            ("person_name", plan.persons(after: "", limit: most, settledBy: position)))
        var counts: [String: Int] = [:]
        for (entry, statement) in statements {
            let number = try db.value(
                "SELECT COUNT(*) FROM (\(statement)) AS due", as: Int.self)
            counts[entry, default: 0] += number ?? 0
        }
        var seen: Set<String> = []
        return statements.map(\.0).filter { seen.insert($0).inserted }.compactMap { entry in
            counts[entry].flatMap { $0 > 0 ? Part(entry: entry, count: $0) : nil }
        }
    }

    // MARK: Batches

    private func part(
        _ entry: String, select: @escaping @Sendable (String, Int) -> SQL,
        delete: @escaping @Sendable ([String], Connection) throws -> Void
    ) async throws -> [Part] {
        var after = ""
        var count = 0
        for _ in 0..<RightsLimits.batchesPerRun {
            try Task.checkCancellation()
            let last = after
            let ids = try await district.database.write { db in
                let ids = try db.rows(select(last, RightsLimits.rowsPerBatch))
                    .map { try $0.at(0, as: String.self) }
                if !ids.isEmpty {
                    try delete(ids, db)
                    try prove(entry, ids.count, Fingerprint(ids).text, items: ids, db)
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
        for _ in 0..<RightsLimits.batchesPerRun {
            try Task.checkCancellation()
            let batch = try await district.database.write { db in
                guard let moment = kept(by: sweeper) else { return 0 }
                let batch = try sweeper.sweep(db, moment)
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

    /// The moment a sweeper is given: now, or the first instant that the register still keeps; nil
    /// where the register keeps for good.
    private func kept(by sweeper: Sweeper) -> Moment? {
        guard let entry = sweeper.entry else { return district.now() }
        guard case .days(let days, _) = district.catalogue.register[entry]?.keeping else {
            return nil
        }
        return (district.now().day - days + 1).start
    }

    /// Audit rows leave number and hash behind. The newest row of the chain always stays.
    private func redactAudit(before cutoff: Moment) async throws -> [Part] {
        var count = 0
        var after = 0
        for _ in 0..<RightsLimits.batchesPerRun {
            try Task.checkCancellation()
            let last = after
            let redacted = try await district.database.write { [district] db in
                let redacted = try Audit(db, key: district.key).redact(before: cutoff, after: last)
                if !redacted.isEmpty {
                    let digest = Fingerprint(redacted.map(String.init)).text
                    try prove("operator_name", redacted.count, digest, db)
                }
                return redacted
            }
            guard let newest = redacted.last else { break }
            after = newest
            count += redacted.count
        }
        return count == 0 ? [] : [Part(entry: "operator_name", count: count)]
    }

    /// - Parameter items: the code of each thing that went, where later somebody may ask for it.
    private func prove(
        _ entry: String, _ count: Int, _ digest: String, items: [String] = [], _ db: Connection
    ) throws {
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
        try db.insert(
            into: "deletion_item", ["item", "proof_id"],
            items.map { [.text($0), .text(id)] })
    }

    private func auditCutoff(_ today: Day) -> Moment {
        let years = district.catalogue.rule("audit.retention_years", on: today)?.value ?? 3
        let (year, month, day) = today.parts
        let earlier = Day(year - years, month, day) ?? Day(year - years, month, day - 1) ?? today
        return earlier.start
    }
}
