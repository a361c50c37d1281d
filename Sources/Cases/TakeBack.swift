import Catalogue
import Core
import Ledger
import Storage

extension District {
    /// Takes back somebody's own newest step while nothing rests on it, with what it did outside
    /// the case and the end it made: one commit of reversals.
    ///
    /// - Parameter seq: the place of another step of theirs; it goes back only where every later
    ///   step stays lawful.
    /// - Throws: `Refusal.conflict` that names the first later step that would fall.
    package func takeBack(
        in id: Record.ID, shown: Int, at seq: Int? = nil, because reason: String,
        by actor: CaseActor, db: Connection
    ) throws {
        var write = try CaseWrite(id, self, by: actor, db)
        try write.requireShown(shown)
        try write.takeBack(seq, because: try Self.reason(reason))
    }

    /// The same in a commit of its own.
    package func takeBack(
        in id: Record.ID, shown: Int, at seq: Int? = nil, because reason: String,
        by actor: CaseActor
    ) async throws {
        try await database.write { db in
            try takeBack(in: id, shown: shown, at: seq, because: reason, by: actor, db: db)
        }
    }

    /// A reason that is given.
    static func reason(_ text: String) throws(Refusal) -> String {
        let reason = try Refusal.cleaned(text, at: Heading.reason.name, lines: true).trimmed
        guard !reason.isEmpty else {
            throw .invalid([
                Fault(
                    Wording(zh: "理由", en: "Reason"), at: Heading.reason.name, zh: "请写明理由。",
                    en: "Give a reason.")
            ])
        }
        return reason
    }
}

extension CaseWrite {
    mutating func takeBack(_ seq: Int?, because reason: String) throws {
        let steps = folded.records.filter { $0.stands && $0.place.step != nil }
        guard let step = seq.map({ seq in steps.first { $0.seq == seq } }) ?? steps.last else {
            throw Refusal.notFound
        }
        guard actor.acting == nil || step.record.recordedBy == actor.actor.name else {
            throw Refusal.conflict(
                zh: "只能撤回自己办理的步骤。", en: "Only a step of one's own is taken back.")
        }
        guard let name = step.place.step, step.seq > 1 else {
            throw Refusal.conflict(
                zh: "开办的一步不能撤回；请按流程结束这件办件。",
                en: "The opening of a case is not taken back: end it as its procedure says.")
        }
        let delivered = folded.records.contains {
            $0.stands && folded.act($0) == .deliver && $0.record.fields[CaseField.step] == name
                && $0.seq > step.seq
        }
        guard !delivered else {
            throw Refusal.conflict(
                zh: "结果已经送达，不能撤回；如有错误，请改正其结果。",
                en: "It was delivered and is not taken back: if it was wrong, it is overturned.")
        }
        try requireLater(than: step)
        let ended = folded.folded { $0.id == step.id }.state(at: moment).end
        if ended == nil, let end = folded.end { reverse(end.record, because: reason) }
        try CaseEffects(district, folded, db).undo(step, because: reason, in: &self)
        reverse(step.record, because: reason)
        // What had begun the case anew is gone: its end stands again, as a record of its own.
        if let ended, folded.end == nil { addEnd(on: ended.at.day) }
        try post("case.taken_back")
    }

    /// Without the step every later one stays lawful.
    private func requireLater(than step: CaseRecord) throws {
        let all = folded.steps
        guard let place = all.firstIndex(where: { $0.record.id == step.id }) else { return }
        let later = Array(all[(place + 1)...])
        guard !later.isEmpty else { return }
        let ids = Set(later.map(\.record.id) + [step.id])
        var fold = folded.folded { ids.contains($0.id) }
        let judge = StepJudge(folded, district, db)
        if let fallen = judge.firstFallen(later, &fold) { throw fallen }
    }
}
