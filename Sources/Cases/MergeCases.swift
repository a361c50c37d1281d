import Catalogue
import Core
import Ledger
import Storage

/// Cases that are one matter: many who ask about one burst pipe get one answer.
///
/// A case that is merged into another keeps its number, its clock and who asked. What is done in
/// the one that leads is done, in the same commit, in every case merged into it that owes the same
/// step. Merging moves no state of either, so telling them apart leaves both as they would be.
extension District {
    /// Merges a case into the one that leads from here on: one record in each.
    ///
    /// - Parameter number: the number of the case that leads.
    package func merge(
        _ id: Record.ID, into number: String, shown: Int, because reason: String,
        by actor: CaseActor, db: Connection
    ) throws {
        var write = try CaseWrite(id, self, by: actor, db)
        try write.requireShown(shown)
        let number = try Refusal.cleaned(number, at: CaseMerge.otherField).trimmed
        guard let row = try CaseStore(db).find(number: number, in: .everything), row.id != id else {
            throw CaseMerge.noCase(number)
        }
        var lead: CaseWrite
        do {
            lead = try CaseWrite(row.id, self, by: actor, db)
        } catch Refusal.notFound {
            throw CaseMerge.noCase(number)
        }
        try CaseMerge.requireFit(write.folded, into: lead.folded)
        let reason = try Self.reason(reason)
        try write.merge(into: lead.folded, leads: true, because: reason)
        try lead.merge(into: write.folded, leads: false, because: reason)
        try write.post("case.merged")
        try lead.post("case.merged")
    }

    /// Tells a case apart again from the one it was merged into: both merges are taken back. The
    /// clock of neither ever stood, so the days between count.
    package func unmerge(
        _ id: Record.ID, shown: Int, because reason: String, by actor: CaseActor, db: Connection
    ) throws {
        var write = try CaseWrite(id, self, by: actor, db)
        try write.requireShown(shown)
        guard let own = write.folded.leadingMerge, let number = own.subjects.first?.code,
            let row = try CaseStore(db).find(number: number, in: .everything)
        else {
            throw Refusal.conflict(
                zh: "这件办件没有并入其他办件。", en: "This case is merged into no other.")
        }
        let reason = try Self.reason(reason)
        // Whoever may tell them apart here may do so on the other side.
        var lead = try CaseWrite(row.id, self, by: .machine(actor.actor), db)
        try write.unmerge(own, from: lead.folded, because: reason)
        if let other = lead.folded.merge(of: write.folded.opening.ref) {
            lead.reverse(other.record, because: reason)
        }
        try write.post("case.unmerged")
        try lead.post("case.unmerged")
    }
}

/// What holds of two cases that become one matter.
enum CaseMerge {
    /// The name of the field that says with which case.
    static let otherField = "merge_other"

    static func noCase(_ number: String) -> Refusal {
        .invalid([
            Fault(
                Wording(zh: "对方办件编号", en: "Number of the other case"), at: otherField,
                zh: "没有找到编号为“\(number.prefix(60))”的其他办件。",
                en: "There is no other case with the number “\(number.prefix(60))”.")
        ])
    }

    /// They are of one procedure, the one that leads follows none, and nobody follows a follower.
    static func requireFit(_ one: FoldedCase, into lead: FoldedCase) throws(Refusal) {
        guard one.procedure.id == lead.procedure.id else {
            throw .conflict(
                zh: "不是同一流程的办件，不能并案。", en: "They are of two procedures and cannot be merged.")
        }
        guard one.leadingMerge == nil, lead.leadingMerge == nil, one.merged.isEmpty else {
            throw .conflict(
                zh: "已经并案的办件不能再并入，请并入牵头的那一件。",
                en: "One of them is merged already: merge into the case that leads.")
        }
        guard lead.merged.count < CaseLimits.merged else {
            throw .conflict(
                zh: "一件办件最多并入\(CaseLimits.merged)件。",
                en: "At most \(CaseLimits.merged) cases are merged into one.")
        }
    }
}

extension FoldedCase {
    /// The record by which this case was merged into another, while it stands.
    var leadingMerge: CaseRecord? {
        records.last {
            $0.stands && act($0) == .merge && $0.record.fields[CaseField.leads] != nil
        }
    }

    /// The numbers of the cases that were merged into this one.
    var merged: [String] {
        records.filter {
            $0.stands && act($0) == .merge && $0.record.fields[CaseField.leads] == nil
        }.compactMap { $0.subjects.first?.code }
    }

    /// The record by which a case was merged into this one, while it stands.
    func merge(of number: String?) -> CaseRecord? {
        records.last {
            $0.stands && act($0) == .merge && $0.record.fields[CaseField.leads] == nil
                && $0.subjects.first?.code == number
        }
    }
}

extension CaseWrite {
    /// Adds the record of one side of a merge.
    fileprivate mutating func merge(
        into other: FoldedCase, leads: Bool, because reason: String
    ) throws {
        let subject = try kind(of: .merge).subjects.first?.id
        try act(.merge, about: nil, because: reason) { entry in
            if leads { entry.fields[CaseField.leads] = "1" }
            entry.name(other, as: subject)
        }
    }

    /// Adds the record that tells it apart, and takes the merge back.
    fileprivate mutating func unmerge(
        _ merge: CaseRecord, from lead: FoldedCase, because reason: String
    ) throws {
        let subject = try kind(of: .unmerge).subjects.first?.id
        try act(.unmerge, about: nil, because: reason) { entry in
            entry.name(lead, as: subject)
        }
        reverse(merge.record, because: reason)
    }

    /// Takes the step that was taken here in every case merged into this one that owes it and in
    /// which it is lawful; the others go on by themselves. All of it is one commit.
    func takeInMerged(
        _ step: Procedure.Step, _ values: [Heading: String], accepting reasons: [String: String]
    ) throws {
        // What whoever asked says for themselves is said in each case by itself.
        guard !step.by.contains(.anybody), step.each == nil else { return }
        for number in folded.merged.prefix(CaseLimits.merged) {
            guard let row = try CaseStore(db).find(number: number, in: .everything),
                row.closedAt == nil
            else { continue }
            var other = try CaseWrite(row.id, district, by: .machine(actor.actor), db)
            guard other.owes(step), !other.isBarred(step) else { continue }
            do {
                _ = try other.prepare(step.id, values, accepting: reasons)
            } catch is Refusal {
                continue
            }
            try other.post("case.stepped")
        }
    }

    private func owes(_ step: Procedure.Step) -> Bool {
        folded.fold.state(at: moment).obligations.contains { $0.step == step.id }
    }

    /// Whether who acts wrote a step here that another person has to have written.
    private func isBarred(_ step: Procedure.Step) -> Bool {
        folded.records.contains { record in
            record.stands && record.place.step.map(step.notBy.contains) == true
                && record.record.recordedBy == actor.actor.name
        }
    }
}

extension Entry {
    /// Names another case by its number.
    fileprivate mutating func name(_ other: FoldedCase, as subject: String?) {
        guard let subject, let number = other.opening.ref else { return }
        subjects = [Subject(kind: subject, code: number)]
    }
}
