import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage

/// What a step asks of other records: who its persons are or were. The fold reads none of them, so
/// the ledger is asked at the door.
struct StepNeeds {
    let folded: FoldedCase
    let district: District
    let db: Connection

    /// Which of them are not so: what refuses the step, and what asks for a reason.
    func refusals(
        of step: Procedure.Step, _ asked: CaseStep
    ) throws -> (refused: [CaseRefusal], softened: [CaseRefusal]) {
        var found: (refused: [CaseRefusal], softened: [CaseRefusal]) = ([], [])
        for need in step.needs {
            for had in Self.had(need, asked) {
                guard let refusal = try refusal(had, asked) else { continue }
                let isSoft =
                    step.generally.covers("had")
                    || refusal.about.map(step.generally.covers) ?? false
                if isSoft { found.softened.append(refusal) } else { found.refused.append(refusal) }
            }
        }
        return found
    }

    private static func had(_ need: Procedure.Need, _ asked: CaseStep) -> [Indicator.Had] {
        switch need {
        case .had(let had): [had]
        case .ifOutcome(let outcome, let need):
            outcome == asked.outcome ? had(need, asked) : []
        default: []
        }
    }

    /// Each person in the role stands, on the day of the step, in a record that is so.
    private func refusal(_ had: Indicator.Had, _ asked: CaseStep) throws -> CaseRefusal? {
        guard had.by == .person else { return nil }
        let persons =
            had.role.map { asked.persons[$0] ?? [] } ?? asked.persons.values.flatMap(\.self)
        for person in persons {
            let isSo = try isSo(had, Person.ID(trusted: person), on: asked.at.day)
            if isSo != had.wanted { return CaseRefusal(.needs, about: had.role) }
        }
        return nil
    }

    private func isSo(_ had: Indicator.Had, _ person: Person.ID, on day: Day) throws -> Bool {
        let fact = Fact("f", asOf: try Audit(db, key: district.key).position())
        let own = try PersonStore(db: db).entries(of: person)
        let kind = district.catalogue.kinds[had.kind]
        let days: SQL =
            kind?.shape == .standing
            ? fact.inForce(on: "\(day)") : "f.happened_on <= \(day)"
        let records = try db.rows(
            """
            SELECT f.fields FROM record_person p CROSS JOIN \(fact.source)
            WHERE p.person_id IN (\(values: own)) AND f.id = p.record_id AND f.kind = \(had.kind)
                AND \(fact.counts) AND \(days)
            ORDER BY f.id LIMIT \(Self.most)
            """
        ).map { Record.fields(try $0.at(0)) }
        return records.contains { fields in
            had.conditions.allSatisfy {
                $0.comparison.holds(fields[$0.field], in: folded.world, on: day)
            }
        }
    }

    /// So many records of one person are looked at.
    private static let most = 200
}

/// Further signatures: each is a note in the case, given before the step is written and after the
/// step before it.
extension District {
    /// Signs a step that is to be taken, as the procedure asks for before it is.
    package func sign(
        _ step: String, in id: Record.ID, shown: Int, because words: String = "",
        by actor: CaseActor, db: Connection
    ) throws {
        var write = try CaseWrite(id, self, by: actor, db)
        guard let signs = write.procedure.step(step)?.signs else { throw Refusal.notFound }
        let mine = try signs.actors.filter { one in
            try write.permission.mayAct(actor, as: [one], on: write.today)
        }
        guard let first = mine.first else { throw Refusal.notAllowed }
        try write.act(.note, about: step, because: words) { entry in
            entry.fields[CaseField.signs] = first.text
        }
        try write.post("case.signed")
    }
}

extension StepNeeds {
    /// - Throws: `Refusal.conflict` that names who still has to sign.
    func requireSignatures(
        _ step: Procedure.Step, _ asked: CaseStep, by actor: CaseActor
    ) throws {
        guard let signs = step.signs, let acting = actor.acting,
            signs.when.allSatisfy({
                $0.comparison.holds(asked.values[$0.field], in: folded.world, on: asked.at.day)
            })
        else { return }
        let last = folded.records.last { $0.stands && $0.place.step != nil }?.seq ?? 0
        let signed = Set(
            folded.records.filter {
                $0.stands && $0.seq > last && $0.record.recordedBy != acting.account.text
                    && $0.record.fields[CaseField.step] == step.id
            }.compactMap { $0.record.fields[CaseField.signs] })
        let missing = signs.actors.filter { !signed.contains($0.text) }
        guard signs.all ? !missing.isEmpty : signed.isEmpty, let next = missing.first else {
            return
        }
        let words = CaseBar.others(
            unit: unit(next, on: asked.at.day), role: role(next)
        ).words(district.catalogue, folded.structure, asked.at.day)
        throw Refusal.conflict(
            zh: "这一步须先会签。\(words.zh)", en: "This step has to be signed first. \(words.en)")
    }

    private func unit(_ actor: Procedure.Actor, on day: Day) -> OrgUnit.ID {
        guard case .role(let name, _) = actor else { return folded.units.owner }
        return folded.units.unit(name, on: day) ?? folded.units.owner
    }

    private func role(_ actor: Procedure.Actor) -> String {
        if case .role(_, let role) = actor { role } else { actor.text }
    }
}
