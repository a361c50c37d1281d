import Catalogue
import Core
import Ledger
import Organization
import Storage

extension District {
    /// Reads open cases off anew where what they are read by has changed: rules, calendars, texts
    /// or the map; and once a night, because some things come to be owed by time alone.
    ///
    /// - Parameter always: whether it is done where nothing changed as well.
    /// - Returns: how many cases stand otherwise than their rows said.
    @discardableResult
    package func refoldCases(always: Bool, progress: JobKind.Progress = { _, _ in }) async throws
        -> Int
    {
        let (mark, known, total) = try await database.read { db in
            (
                try worldMark(db),
                try db.value("SELECT mark FROM case_world WHERE id = 1", as: String.self),
                try db.value(
                    "SELECT COUNT(*) FROM case_state WHERE closed_at IS NULL", as: Int.self) ?? 0
            )
        }
        guard always || mark != known else { return 0 }
        let cause = mark == known ? "time" : "world"
        var (last, done, changed) = ("", 0, 0)
        while true {
            try Task.checkCancellation()
            let (next, count, moved) = try await database.write { [last] db in
                try CaseRefold(self, db, cause).batch(after: last)
            }
            done += count
            changed += moved
            progress(done, max(done, total))
            guard let next else { break }
            last = next
        }
        try await database.write { db in
            try db.execute(
                """
                INSERT INTO case_world (id, mark) VALUES (1, \(mark))
                ON CONFLICT (id) DO UPDATE SET mark = excluded.mark
                """)
        }
        return changed
    }

    /// Whether cases were read off by the rules, calendars and map of today; also where none ever
    /// was read off anew.
    func isReadByToday(_ db: Connection) throws -> Bool {
        let known = try db.value("SELECT mark FROM case_world WHERE id = 1", as: String.self)
        return try known.map { try $0 == worldMark(db) } ?? true
    }

    /// The fingerprint of everything that cases are read by beside their records.
    private func worldMark(_ db: Connection) throws -> String {
        var mark = Fingerprint()
        for (id, texts) in catalogue.procedures.sorted(by: { $0.key < $1.key }) {
            for text in texts { for part in [id, text.version] { mark.add(part) } }
        }
        for (id, values) in catalogue.rules.sorted(by: { $0.key < $1.key }) {
            for rule in values {
                for part in [
                    id, "\(rule.value)", rule.word ?? "", rule.unit.rawValue, "\(rule.from)",
                    rule.until.map { "\($0)" } ?? "", rule.scope ?? "",
                ] { mark.add(part) }
            }
        }
        for year in catalogue.calendar.years.sorted() {
            mark.add(catalogue.calendar.calendar(of: year)?.digest)
        }
        mark.add("\(try StructureStore(db: db).position())")
        return mark.text
    }
}

/// Reads cases off anew, some at a time.
struct CaseRefold {
    let district: District
    let db: Connection
    private let cause: String

    init(_ district: District, _ db: Connection, _ cause: String) {
        self.district = district
        self.db = db
        self.cause = cause
    }

    /// The actor that the audit names.
    static let actor = Actor(name: "cases", standing: .system)

    /// Reads a batch of open cases; answers where to go on, how many it read, how many stood
    /// otherwise.
    func batch(after last: String) throws -> (next: String?, count: Int, changed: Int) {
        let ids = try db.rows(
            """
            SELECT case_id FROM case_state WHERE case_id > \(last) AND closed_at IS NULL
            ORDER BY case_id LIMIT \(CaseLimits.batch)
            """
        ).map { try $0.at(0, as: Record.ID.self) }
        guard let newest = ids.last else { return (nil, 0, 0) }
        let records = try CaseRecords(db).read(ids)
        let kept = try CaseStore(db).obligations(of: ids)
        let structure = try district.structure(db)
        let moment = district.now()
        var (changed, moved) = (0, [[Value]]())
        for id in ids {
            let folded = try district.folded(id, records[id] ?? [], structure, db)
            let derived = DerivedCase(folded, at: moment)
            let old = kept[id] ?? []
            moved += Self.moved(from: old, to: derived.obligations, cause, moment)
            if Set(old) != Set(derived.obligations) { changed += 1 }
            try derived.write(db)
        }
        if !moved.isEmpty { try note(moved, at: moment) }
        return (ids.count < CaseLimits.batch ? nil : newest.text, ids.count, changed)
    }

    /// The last days that moved, from what to what: those who had been told of them see it.
    private static func moved(
        from old: [CaseObligation], to new: [CaseObligation], _ cause: String, _ moment: Moment
    ) -> [[Value]] {
        new.compactMap { now in
            let was = old.first {
                $0.step == now.step && $0.round == now.round && $0.holder == now.holder
            }
            guard let was, was.latest != now.latest else { return nil }
            return [
                .text(ID<CaseRefold>.make().text), now.caseID.storageValue, .text(now.step),
                now.round.storageValue, now.holder.storageValue, was.latest.storageValue,
                now.latest.storageValue, .text(cause), moment.storageValue,
            ]
        }
    }

    private func note(_ moved: [[Value]], at moment: Moment) throws {
        try db.insert(
            into: "deadline_moved",
            [
                "id", "case_id", "step", "round", "holder_id", "moved_from", "moved_to", "cause",
                "moved_at",
            ], moved)
        try Audit(db, key: district.key).record(
            "case.deadlines_moved", String(moved.count), by: Self.actor, at: moment,
            evidence: Fingerprint(moved.joined().map { "\($0)" }).text, quietly: true)
    }
}
