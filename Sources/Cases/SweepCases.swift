import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage
import Web

extension District {
    /// Tells the units above of what is late: once for each threshold, the highest alone after a
    /// stop, never around whoever owes it, whose own unit is the first that is told.
    ///
    /// It writes that somebody was told, or nothing; how often it runs changes nothing, and of two
    /// at once one writes.
    ///
    /// - Returns: how many were told of.
    @discardableResult
    package func sweepCases(progress: JobKind.Progress = { _, _ in }) async throws -> Int {
        var (after, told, done) = ([String](), 0, 0)
        while true {
            try Task.checkCancellation()
            let (next, count, sent) = try await database.write { [after] db in
                try CaseSweep(self, db).batch(after: after)
            }
            done += count
            told += sent
            progress(done, done)
            guard let next else { return told }
            after = next
        }
    }
}

/// One pass over what is late.
struct CaseSweep {
    let district: District
    let db: Connection
    private let moment: Moment

    init(_ district: District, _ db: Connection) {
        self.district = district
        self.db = db
        moment = district.now()
    }

    private struct Late {
        let owed: CaseObligation
        let procedure: String
        let version: String
        let unit: OrgUnit.ID
    }

    /// The statement of a batch, for those who read its plan.
    static func statement(_ moment: Moment, after place: [String]) -> SQL {
        let rest: SQL =
            place.count == 5
            ? """
            AND (o.latest, o.case_id, o.holder_id, o.step, o.round)
                > (\(Int64(place[0]) ?? 0), \(place[1]), \(place[2]), \(place[3]),
                    \(Int(place[4]) ?? 0))
            """ : ""
        return """
            SELECT o.* FROM obligation o
            WHERE o.latest <= \(moment) AND o.paused IS NULL \(rest)
            ORDER BY o.latest, o.case_id, o.holder_id, o.step, o.round LIMIT \(CaseLimits.batch)
            """
    }

    func batch(after place: [String]) throws -> (next: [String]?, count: Int, told: Int) {
        let owed = try db.rows(Self.statement(moment, after: place)).map(CaseObligation.init)
        guard let last = owed.last else { return (nil, 0, 0) }
        var cases: [Record.ID: (id: String, version: String, unit: OrgUnit.ID)] = [:]
        try db.each(
            """
            SELECT case_id, procedure, version, unit_id FROM case_state
            WHERE case_id IN (\(values: Set(owed.map(\.caseID)).sorted()))
            """
        ) { row in
            cases[try row.at(0)] = (try row.at(1), try row.at(2), try row.at(3))
        }
        let structure = try district.structure(db)
        let versions = ProcedureVersions(district, db)
        var procedures: [String: Procedure] = [:]
        var marks = Fingerprint()
        var told = 0
        for one in owed {
            guard let known = cases[one.caseID] else { continue }
            let key = known.id + known.version
            let procedure = try procedures[key] ?? versions.find(known.id, known.version)
            procedures[key] = procedure
            guard let escalation = procedure.escalation,
                let threshold = threshold(escalation, one, known.unit, structure),
                try escalate(one, threshold, escalation, structure)
            else { continue }
            told += 1
            for part in [one.caseID.text, one.step, "\(one.round)", "\(threshold)"] {
                marks.add(part)
            }
        }
        if told > 0 {
            try Audit(db, key: district.key).record(
                "case.escalated", String(told), by: CaseRefold.actor, at: moment,
                evidence: marks.text, quietly: true)
        }
        let next = [
            String(last.latest.milliseconds), last.caseID.text, last.holder.text, last.step,
            String(last.round),
        ]
        return (owed.count < CaseLimits.batch ? nil : next, owed.count, told)
    }

    /// The highest threshold that has passed: the first so long after the last day, each further
    /// one so long after the one before. Nil while none has.
    private func threshold(
        _ escalation: Procedure.Escalation, _ owed: CaseObligation, _ unit: OrgUnit.ID,
        _ structure: Structure
    ) -> Int? {
        let world = district.caseWorld(unit, structure)
        guard var next = end(of: escalation.after, from: owed.latest, world) else { return nil }
        var passed = 0
        while next <= moment, passed < escalation.most {
            passed += 1
            guard let again = escalation.again, let later = end(of: again, from: next, world),
                later > next
            else { break }
            next = later
        }
        return passed == 0 ? nil : passed
    }

    private func end(
        of length: Procedure.Length, from: Moment, _ world: CaseWorld
    ) -> Moment? {
        let fixed: Deadline.Length? =
            switch length {
            case .fixed(let fixed): fixed
            case .rule(let id): world.rule(id, from.day).flatMap(Deadline.Length.init)
            default: nil
            }
        return fixed.flatMap {
            // What was due through a day is late from the next on: the day itself is not counted.
            Deadline(
                Moment(milliseconds: from.milliseconds - 1), $0, calendar: world.calendar,
                hours: world.hours(nil), rolls: false
            )
            .ends
        }
    }

    /// Writes that the unit of a threshold was told, and puts the messages; false where it stands
    /// already, or a higher one does.
    private func escalate(
        _ owed: CaseObligation, _ threshold: Int, _ escalation: Procedure.Escalation,
        _ structure: Structure
    ) throws -> Bool {
        let higher = try db.value(
            """
            SELECT MAX(threshold) FROM escalation
            WHERE case_id = \(owed.caseID) AND step = \(owed.step) AND round = \(owed.round)
                AND holder_id = \(owed.holder)
            """, as: Int.self)
        guard (higher ?? 0) < threshold else { return false }
        let unit = unit(above: owed.holder, threshold, escalation.upTo, structure)
        let readers = Set(
            try district.writers(in: [unit, owed.holder], on: moment.day, db).values.joined()
        ).sorted().prefix(CaseLimits.readersPerUnit)
        let isNew =
            try db.execute(
                """
                INSERT INTO escalation
                    (case_id, step, round, holder_id, threshold, unit_id, told, told_at)
                VALUES (\(owed.caseID), \(owed.step), \(owed.round), \(owed.holder),
                    \(threshold), \(unit), \(readers.count), \(moment))
                ON CONFLICT DO NOTHING
                """) == 1
        guard isNew, let place = Address(local: CasePlace.path(owed.caseID)) else { return isNew }
        for account in readers {
            try Outbox(db).put(.caseLate, to: account, at: place, by: CaseRefold.actor, moment)
        }
        return true
    }

    /// So many units above, as far as the tree goes or the definition lets it.
    private func unit(
        above holder: OrgUnit.ID, _ threshold: Int, _ upTo: String?, _ structure: Structure
    ) -> OrgUnit.ID {
        var unit = holder
        for _ in 0..<threshold {
            if let upTo, structure.nearestVersion(unit, on: moment.day)?.form == upTo { break }
            guard let above = structure.superior(of: unit, on: moment.day) else { break }
            unit = above
        }
        return unit
    }
}
