import Core

extension CaseView {
    /// Where the case stands.
    var state: CaseState {
        let obligations = obligations
        return CaseState(
            stage: stage, obligations: obligations,
            permitted: shape.steps.indices.filter(isPermitted).map { step($0).id },
            end: fold.end.map {
                CaseState.Ended(end: fold.procedure.ends[$0.number].id, at: $0.at)
            },
            owner: fold.owner, ownerUnit: fold.ownerUnit, standing: standing,
            line: line(obligations))
    }

    /// What somebody owes, in the order of the definition.
    var obligations: [CaseState.Obligation] {
        guard fold.end == nil else { return [] }
        return shape.steps.indices.flatMap { place -> [CaseState.Obligation] in
            guard step(place).each != nil else {
                return isOwed(place, unit: nil) ? [obligation(place, nil)] : []
            }
            return owing(place).filter { isOwed(place, unit: $0) }.map { obligation(place, $0) }
        }
    }

    private func obligation(_ place: Int, _ unit: String?) -> CaseState.Obligation {
        let latest = latest(place, unit: unit)
        return CaseState.Obligation(
            step: step(place).id, round: round(place, unit), each: unit,
            since: since(place, unit: unit),
            earliest: earliest(place, on: now.day, unit: unit).map(\.end).max(),
            latest: latest?.ends, lastDay: latest?.lastDay, clock: latest,
            lapses: lapse(place)?.ends, unknownYears: latest?.unknownYears ?? [],
            paused: ground(place))
    }

    func round(_ place: Int, _ unit: String? = nil) -> Int {
        guard let unit else { return fold.marks[place].count + fold.marks[place].begunAnew + 1 }
        let id = step(place).id
        return fold.records.count { $0.step == id && $0.each == unit } + 1
    }

    /// Whether a step that nobody owes may be taken now.
    private func isPermitted(_ place: Int) -> Bool {
        guard step(place).isPermitted else { return false }
        let one = CaseStep(step: step(place).id, at: CaseTime(now))
        let refused = CaseGuards(fold, one).run().refused
        // What it must say or count is asked when it is taken.
        return refused.allSatisfy { [.needs, .lasts].contains($0.because) }
    }

    /// The stage that the newest record leads into, of those that still count.
    private var stage: String? {
        for number in fold.records.indices.reversed() {
            guard let place = shape.place[fold.records[number].step] else { continue }
            if let stage = step(place).stage, number >= fold.marks[place].from { return stage }
        }
        return nil
    }

    private var standing: [String: [CaseStep]] {
        var found: [String: [CaseStep]] = [:]
        for (number, record) in fold.records.enumerated() where fold.counts(number) {
            found[record.step, default: []].append(record)
        }
        return found
    }

    // MARK: The line

    private func line(_ obligations: [CaseState.Obligation]) -> [CaseState.Place] {
        shape.steps.indices.compactMap { place in
            let id = step(place).id
            let owed = obligations.filter { $0.step == id }
            let standing: CaseState.Place.Standing
            if let first = owed.first {
                standing = self.standing(owed, first)
            } else if isDone(place) {
                standing = .done
            } else if step(place).isPermitted {
                return nil
            } else {
                guard let other = waiting(place) else { return nil }
                standing = other
            }
            return CaseState.Place(
                step: id, standing: standing, at: last(place)?.at,
                earliest: owed.compactMap(\.earliest).max())
        }
    }

    private func standing(
        _ owed: [CaseState.Obligation], _ first: CaseState.Obligation
    ) -> CaseState.Place.Standing {
        if owed.contains(where: { $0.lapses.map { $0 <= now } ?? false }) { return .lapsed }
        if owed.contains(where: { $0.latest.map { $0 <= now } ?? false }) { return .late }
        if let earliest = first.earliest, now < earliest.moment { return .early }
        return .owed
    }

    /// What is neither owed nor done: still to come, to come again, or no more.
    private func waiting(_ place: Int) -> CaseState.Place.Standing? {
        let isOfSide = shape.isOfSide.contains(place)
        if fold.end != nil { return isOfSide ? nil : .skipped }
        guard inPlay.contains(place) else { return isOfSide ? nil : .skipped }
        return fold.marks[place].newest >= 0 ? .returned : .waiting
    }
}
