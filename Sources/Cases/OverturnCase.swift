import Catalogue
import Core
import Ledger
import Storage

extension District {
    /// Overturns what a decision did: an appeal that was allowed takes back the effects of the
    /// step, which itself stays as it was written. The appeal's case says so in the same commit.
    ///
    /// - Parameters:
    ///   - step: the place of the deciding step in its case.
    ///   - appeal: the case in which it was found to be wrong; nil for the case itself.
    package func overturn(
        _ step: Int, of id: Record.ID, in appeal: Record.ID? = nil, because reason: String,
        by actor: CaseActor, db: Connection
    ) throws {
        let reason = try Self.reason(reason)
        var decided = try CaseWrite(id, self, by: actor, db)
        guard
            let record = decided.folded.records.first(where: {
                $0.seq == step && $0.stands && $0.place.step != nil
            })
        else { throw Refusal.notFound }
        let effects = CaseEffects(self, decided.folded, db)
        guard try !effects.made(by: record).isEmpty else {
            throw Refusal.conflict(
                zh: "这一步没有带来需要改正的结果。",
                en: "This step changed nothing that could be overturned.")
        }
        try effects.undo(record, because: reason, in: &decided)
        try decided.act(.overturn, about: record.place.step, because: reason) { _ in }
        try decided.post("case.overturned")
        guard let appeal, appeal != id else { return }
        var write = try CaseWrite(appeal, self, by: actor, db)
        try write.act(.overturn, about: nil, because: reason) { _ in }
        try write.post("case.overturned")
    }
}
