import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage

extension District {
    /// Takes a step of a case in one commit: its record, what it does outside the case, and, where
    /// it ends it, the end.
    ///
    /// The case is folded within the write: of two that exclude each other one is refused.
    ///
    /// - Parameters:
    ///   - shown: the place of the newest record that the form showed.
    ///   - reasons: why what is generally not done is done here, by the name of the guard.
    /// - Throws: `Refusal` with each fault beside its heading.
    @discardableResult
    package func takeStep(
        _ step: String, in id: Record.ID, shown: Int, values: [Heading: String],
        accepting reasons: [String: String] = [:], by actor: CaseActor, db: Connection
    ) throws -> Record.ID {
        var write = try CaseWrite(id, self, by: actor, db)
        return try write.take(step, shown: shown, values, accepting: reasons)
    }

    /// The same in a commit of its own.
    @discardableResult
    package func takeStep(
        _ step: String, in id: Record.ID, shown: Int, values: [Heading: String],
        accepting reasons: [String: String] = [:], by actor: CaseActor
    ) async throws -> Record.ID {
        try await database.write { db in
            try takeStep(
                step, in: id, shown: shown, values: values, accepting: reasons, by: actor, db: db)
        }
    }
}

extension CaseWrite {
    mutating func take(
        _ name: String, shown: Int, _ values: [Heading: String],
        accepting reasons: [String: String]
    ) throws -> Record.ID {
        guard let step = procedure.step(name), let kind = folded.kind(step.kind),
            step.entry != .opens || folded.records.allSatisfy({ $0.place.step != name })
                || folded.fold.state(at: moment).obligations.contains(where: { $0.step == name })
        else { throw Refusal.notFound }
        // A signature beside another changes nothing for the other; what leads on does.
        if kind.field(Kind.outcomeName) != nil || step.each == nil { try requireShown(shown) }
        let id = try prepare(name, values, accepting: reasons)
        try post("case.stepped")
        try tell(step)
        if !folded.merged.isEmpty { try takeInMerged(step, values, accepting: reasons) }
        return id
    }

    /// Tells whom the case is about that a step waits for them to read: not which, and nothing of
    /// what it says. It is delivered when they say so on their page.
    private func tell(_ step: Procedure.Step) throws {
        guard step.tells == CaseRole.about, case .person = procedure.subject.about,
            let about = folded.about
        else { return }
        let person = Person.ID(trusted: about)
        for account in try AccountStore(db).accounts(of: person, beside: nil) {
            try Outbox(db).put(.caseTold, to: account.id, at: .myCases, by: actor.actor, moment)
        }
    }

    /// Adds everything that a step posts: its record, what it does outside the case, and the end.
    ///
    /// - Throws: `Refusal` where it is not lawful; nothing was posted then.
    mutating func prepare(
        _ name: String, _ values: [Heading: String], accepting reasons: [String: String]
    ) throws -> Record.ID {
        guard let step = procedure.step(name), let kind = folded.kind(step.kind) else {
            throw Refusal.notFound
        }
        var entry = try read(values, kind, in: unit(step, values))
        let asked = CaseStep(name, entry, of: procedure, kind, folded.structure)
        try requireNamedUnits(in: entry, kind)
        let judge = StepJudge(folded, district, db)
        try judge.admit(step, asked, kind, reasons, into: &entry, by: actor)
        add(entry, step: name, judged: folded.fold.judgment(of: asked))
        if case .reopens = step.entry { try reopen(entry) }
        try CaseEffects(district, folded, db).add(step, asked, entry, to: &self)
        try end(with: asked, entry)
        return entry.id
    }

    /// The unit in which the record of a step stands: where several owe it, the one that is named.
    private func unit(_ step: Procedure.Step, _ values: [Heading: String]) throws -> OrgUnit.ID {
        guard step.each != nil else { return folded.standsAt(step, each: nil, on: today) }
        let day = values[.day].flatMap { Reading.day($0) } ?? today
        guard let code = values[.unit],
            let named = folded.structure.unit(naming: code, on: day)
        else {
            throw Refusal.invalid([
                Fault(
                    Wording(zh: "单位", en: "Unit"), at: Heading.unit.name,
                    zh: "这一步由几个单位分别办理，请写明是哪个单位。",
                    en: "Several units owe this step: say which one it is.")
            ])
        }
        return named.unit
    }

    /// The end of the case, in the commit of the step that ends it.
    private mutating func end(with asked: CaseStep, _ entry: Entry) throws {
        let hadEnded = folded.fold.state(at: moment).end != nil && !isReopened
        guard !hadEnded, folded.folding(asked).state(at: moment).end != nil else { return }
        addEnd(on: entry.happenedOn)
    }

    /// Adds the record that ends the case.
    mutating func addEnd(on day: Day) {
        var end = Entry(
            kind: folded.opening.kind, unit: folded.opening.unit, happenedOn: day)
        end.ends = id
        add(end)
    }

    /// Takes the end back, so that the case goes on.
    private mutating func reopen(_ entry: Entry) throws {
        guard let end = folded.end else { return }
        reverse(end.record, because: "reopened")
        isReopened = true
    }
}

extension FoldedCase {
    /// The record that ended the case, where one stands.
    var end: CaseRecord? { records.last { $0.stands && $0.record.ends == id } }
}
