import Core

/// What a change in the middle of a case does to what came later.
extension CaseFold {
    /// A step that is not lawful where a change puts it, or that would no longer be lawful after
    /// the change, and why.
    package struct Fallen: Sendable, Hashable {
        package let step: CaseStep
        package let refusal: CaseRefusal
    }

    /// Whether a step may be written at its place in the order, dated back or not, with every later
    /// step judged by what it was judged by; nil where it may.
    package func firstFallen(inserting step: CaseStep) -> Fallen? {
        firstFallen(becomes: records + [step])
    }

    /// Whether the values of an earlier step may be corrected; nil where the chain stays lawful.
    ///
    /// - Parameter step: the corrected step, with the `seq` of the one in whose place it stands.
    package func firstFallen(correcting step: CaseStep) -> Fallen? {
        firstFallen(becomes: records.map { $0.seq == step.seq ? step : $0 })
    }

    /// Whether a step may be taken out; nil where nothing rests on it.
    package func firstFallen(removing seq: Int) -> Fallen? {
        firstFallen(becomes: records.filter { $0.seq != seq })
    }

    /// The first step of another history that is not lawful there and was lawful here, or is new. A
    /// step that was taken although something was asked, with a reason or as an old case, does not
    /// fall for that again.
    private func firstFallen(becomes other: [CaseStep]) -> Fallen? {
        var known: [CaseStep: Set<CaseRefusal.Guard>] = [:]
        var fold = fresh
        for step in records {
            known[step] = Set(fold.refusals(of: step).refused.map(\.because))
            fold.take(step)
        }
        fold = fresh
        for step in other.inOrderOfCase {
            let before = known[step] ?? []
            let refused = fold.refusals(of: step).refused
            if let refusal = refused.first(where: { !before.contains($0.because) }) {
                return Fallen(step: step, refusal: refusal)
            }
            fold.take(step)
        }
        return nil
    }

    /// The same case without its records.
    private var fresh: CaseFold {
        var fold = CaseFold(procedure, in: world)
        for pause in pauses { fold.take(pause) }
        return fold
    }
}
