import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage

/// Judges whether a step may be written: who writes it, in which order, and with what.
struct StepJudge {
    let folded: FoldedCase
    let district: District
    let db: Connection

    init(_ folded: FoldedCase, _ district: District, _ db: Connection) {
        self.folded = folded
        self.district = district
        self.db = db
    }

    /// Lets a step be written. The guards that ask for a reason are noted in the entry, the reasons
    /// that were given among its private values.
    ///
    /// - Throws: `Refusal.conflict` for whom it is not; `Refusal.invalid` with every guard that
    ///   refuses it; `Refusal.conflict` that names the first later step that would fall;
    ///   `Refusal.invalid` for a reason that is missing.
    func admit(
        _ step: Procedure.Step, _ asked: CaseStep, _ kind: Kind, _ reasons: [String: String],
        into entry: inout Entry, by actor: CaseActor
    ) throws {
        let each = asked.each.map { OrgUnit.ID(trusted: $0) }
        let permission = CasePermission(district: district, folded: folded, db: db)
        if let bar = try permission.bar(actor, step, each: each, on: asked.at.day) {
            let words = bar.words(district.catalogue, folded.structure, asked.at.day)
            throw Refusal.conflict(words)
        }
        let words = RefusalWords(
            catalogue: district.catalogue, procedure: folded.procedure, kind: kind)
        let before = folded.folded { isAfter($0, asked) }
        let needs = StepNeeds(folded: folded, district: district, db: db)
        let (guards, others) = (
            before.refusals(of: asked), try needs.refusals(of: step, asked)
        )
        let refused = guards.refused + others.refused
        if !refused.isEmpty {
            throw Refusal.invalid(refused.map { words.fault($0, on: asked.at.day) })
        }
        try needs.requireSignatures(step, asked, by: actor)
        try requireLater(asked, before)
        let softened = guards.softened + others.softened
        try accept(softened, words, reasons, on: asked.at.day, into: &entry)
    }

    private func accept(
        _ softened: [CaseRefusal], _ words: RefusalWords, _ reasons: [String: String], on day: Day,
        into entry: inout Entry
    ) throws {
        guard !softened.isEmpty else { return }
        var faults: [Fault] = []
        var names: [String] = []
        for refusal in softened {
            let name = refusal.name
            guard !names.contains(name) else { continue }
            names.append(name)
            let given = try Refusal.cleaned(
                reasons[name] ?? "", at: CaseField.reason(name), lines: true
            ).trimmed
            if given.isEmpty {
                let why = words.words(refusal, on: day)
                faults.append(
                    Fault(
                        Wording(zh: "理由", en: "Reason"), at: CaseField.reason(name),
                        zh: why.zh + "一般不这样办理，请写明理由。",
                        en: why.en + " This is generally not done: give a reason."))
            } else {
                entry.privates[CaseField.reason(name)] = given
            }
        }
        guard faults.isEmpty else { throw Refusal.invalid(faults) }
        entry.fields[CaseField.accepted] = names.joined(separator: ",")
    }

    /// Whether a record comes after a step by its day and minute: what is written last on a day
    /// comes last on it.
    private func isAfter(_ record: CaseRecord, _ asked: CaseStep) -> Bool {
        let day = record.record.happenedOn
        guard day == asked.at.day else { return day > asked.at.day }
        guard let minute = asked.at.minute, let other = record.record.minute?.number else {
            return false
        }
        return other > minute
    }

    /// A step that is dated back leaves what came after it lawful.
    private func requireLater(_ asked: CaseStep, _ before: CaseFold) throws {
        let later = folded.steps.filter { isAfter($0.record, asked) }
        guard !later.isEmpty else { return }
        var fold = before
        fold.take(asked)
        if let fallen = firstFallen(later, &fold) { throw fallen }
    }

    /// The first of some steps that would no longer be lawful, as a refusal.
    func firstFallen(
        _ later: [(record: CaseRecord, step: CaseStep)], _ fold: inout CaseFold
    ) -> Refusal? {
        for (record, step) in later {
            if !fold.refusals(of: step).refused.isEmpty {
                let name =
                    district.catalogue.kinds[record.record.kind]?.name
                    ?? Wording(zh: step.step, en: step.step)
                return Refusal.conflict(
                    zh: "这样一来，后面的“\(name.zh)”（\(step.at.day)）就不成立了；请先从后往前逐步撤回，或由有权单位改正其结果。",
                    en: """
                        The later step “\(name.en)” (\(step.at.day)) would no longer hold: take \
                        the steps back one by one from the last, or have what they changed \
                        overturned.
                        """)
            }
            fold.take(step)
        }
        return nil
    }
}
