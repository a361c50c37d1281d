import Core

/// What is asked of a step before it is posted, in the order in which it is asked: a step that is
/// not its turn is asked nothing else.
struct CaseGuards {
    private let fold: CaseFold
    private let next: CaseStep
    private let view: CaseView

    init(_ fold: CaseFold, _ next: CaseStep) {
        self.fold = fold
        self.next = next
        view = CaseView(fold, at: next.at.moment, next: next)
    }

    private typealias Softened = (refusal: CaseRefusal, isSoft: Bool)

    func run() -> (refused: [CaseRefusal], softened: [CaseRefusal]) {
        guard let place = fold.procedure.shape.place[next.step] else {
            return ([CaseRefusal(.order, about: next.step)], [])
        }
        if let refusal = turn(place) { return ([refusal], []) }
        if let lapse = view.lapse(place), lapse.ends <= view.now {
            return ([lapsed(place, lapse)], [])
        }
        let step = fold.procedure.steps[place]
        var found = tooEarly(place, step) + tooShort(place, step)
        found += needs(step.needs, step).map { ($0, isSoft($0, step)) }
        if let vote = step.vote { found += ballot(vote, step).map { ($0, isSoft($0, step)) } }
        if let bound = fold.bound(of: place, for: next), bound.isReached,
            !fold.procedure.shape.steps[place].isAwaitedAtItsBound
        {
            let refusal = CaseRefusal(
                .times, about: bound.outcome, rule: bound.rule, wanted: bound.most,
                found: bound.done)
            found.append((refusal, false))
        }
        return (
            found.filter { !$0.isSoft }.map(\.refusal), found.filter(\.isSoft).map(\.refusal)
        )
    }

    /// What is not so yet of what will be asked once it is its turn, as far as the case alone tells
    /// it: its first day, and what has to be counted in the case.
    var outlook: [CaseRefusal] {
        guard let place = fold.procedure.shape.place[next.step] else { return [] }
        let step = fold.procedure.steps[place]
        let counted = step.needs.filter {
            if case .count = $0 { true } else { false }
        }
        return tooEarly(place, step).filter { !$0.isSoft }.map(\.refusal) + needs(counted, step)
    }

    var judgment: CaseJudgment {
        guard let place = fold.procedure.shape.place[next.step] else {
            return CaseJudgment(due: nil, late: 0, held: 0)
        }
        let latest = view.latest(place, unit: next.each)
        let since = view.since(place, unit: next.each)?.moment
        let pauses = view.pauses(of: place)
        return CaseJudgment(
            due: latest?.ends, late: latest?.late(next.at) ?? 0,
            paused: since.map { pauses.minutes(from: $0, to: view.now) } ?? 0,
            held: since.map { max(0, $0.minutes(to: view.now)) } ?? 0,
            accepted: run().softened.map(\.name))
    }

    // MARK: Order

    private func turn(_ place: Int) -> CaseRefusal? {
        let entry = fold.procedure.shape.steps[place].entry
        switch entry {
        case .reopens(let ending):
            if fold.end?.step == ending { return nil }
            return CaseRefusal(.order, about: fold.procedure.steps[ending].id)
        case .closed:
            return fold.end == nil ? CaseRefusal(.order) : nil
        default: break
        }
        if let end = fold.end {
            return CaseRefusal(.ended, about: fold.procedure.ends[end.number].id)
        }
        switch entry {
        case .open: return fold.records.isEmpty ? CaseRefusal(.order) : nil
        case .whilst(let one):
            let isSo =
                one.state == nil ? view.isOwed(one.step) : view.holds(one, strict: true)
            return isSo ? nil : CaseRefusal(.order, about: fold.procedure.steps[one.step].id)
        default:
            let isOwed =
                fold.procedure.steps[place].each == nil
                ? view.isOwed(place, unit: nil) : view.isOwed(place, unit: next.each)
            return isOwed ? nil : CaseRefusal(.order, about: waiting(place))
        }
    }

    /// The first step that is still to be taken before another.
    private func waiting(_ place: Int) -> String? {
        let groups = fold.procedure.shape.steps[place].after
        let missing = groups.first { group in
            !group.contains { view.holds($0, strict: group.count > 1) }
        }
        return missing?.first.map { fold.procedure.steps[$0.step].id }
    }

    private func lapsed(_ place: Int, _ lapse: ClockStory) -> CaseRefusal {
        CaseRefusal(
            .lapsed, about: fold.procedure.steps[place].lapsesTo, rule: lapse.rule, clock: lapse)
    }

    // MARK: Time

    private func tooEarly(_ place: Int, _ step: Procedure.Step) -> [Softened] {
        let clocks = view.earliest(place, on: next.at.day, unit: next.each)
        guard let last = clocks.max(by: { $0.end < $1.end }), next.at.moment < last.end.moment
        else {
            return []
        }
        let refusal = CaseRefusal(
            .notBefore, earliest: last.end, rule: last.rule, clock: last)
        return [(refusal, isSoft(refusal, step))]
    }

    private func tooShort(_ place: Int, _ step: Procedure.Step) -> [Softened] {
        guard step.lasts != nil, let stretch = view.stretch(place, from: next.at) else { return [] }
        if let until = next.until, stretch.end <= until || stretch.lastDay < until.day { return [] }
        let refusal = CaseRefusal(
            .lasts, earliest: stretch.end, rule: stretch.rule, clock: stretch)
        return [(refusal, isSoft(refusal, step))]
    }

    // MARK: Needs

    private func needs(_ needs: [Procedure.Need], _ step: Procedure.Step) -> [CaseRefusal] {
        needs.compactMap(refusal)
    }

    private func refusal(_ need: Procedure.Need) -> CaseRefusal? {
        switch need {
        case .field(let field, let comparison):
            return refusal(next.value(field), comparison, field)
        case .persons(let role, let comparison):
            return refusal(String(next.count(of: role) ?? 0), comparison, role)
        case .count(let step, let comparison):
            let count = fold.procedure.shape.place[step].map { fold.marks[$0].count } ?? 0
            return refusal(String(count), comparison, step)
        case .surplus(let role, let field, let percent):
            return surplus(role, field, percent)
        case .distinct(let role, let steps): return distinct(role, steps)
        // What else somebody is or was stands in other records: the door asks the ledger.
        case .had: return nil
        case .any(let needs):
            let refusals = needs.map(refusal)
            return refusals.contains { $0 == nil } ? nil : refusals.first ?? nil
        case .ifOutcome(let outcome, let need):
            return next.outcome == outcome ? refusal(need) : nil
        }
    }

    private func refusal(
        _ value: String?, _ comparison: Indicator.Comparison, _ about: String
    ) -> CaseRefusal? {
        guard !comparison.holds(value, in: fold.world, on: next.at.day) else { return nil }
        var rule: String?
        if case .rule(let id) = comparison.threshold { rule = id }
        let wanted = comparison.threshold?.bound(in: fold.world, on: next.at.day)
        return CaseRefusal(
            .needs, about: about, rule: rule, wanted: wanted.flatMap { Int($0) },
            found: value.flatMap { Int($0) })
    }

    private func surplus(
        _ role: String, _ field: Procedure.FieldReference, _ percent: Procedure.Amount
    ) -> CaseRefusal? {
        let record = fold.procedure.shape.place[field.step].flatMap { view.newest($0) }
        guard let seats = record?.value(field.field).flatMap({ Int($0) }),
            let (percent, rule) = fold.amount(percent, on: next.at.day)
        else { return nil }
        let least = (seats * (100 + percent) + 99) / 100
        let found = next.count(of: role) ?? 0
        guard found < least else { return nil }
        return CaseRefusal(.needs, about: role, rule: rule, wanted: least, found: found)
    }

    private func distinct(_ role: String, _ steps: [String]) -> CaseRefusal? {
        let own = Set(next.persons[role] ?? [])
        for id in steps {
            guard let record = fold.procedure.shape.place[id].flatMap({ view.newest($0) }) else {
                continue
            }
            let shared = own.intersection(record.persons.values.joined())
            if !shared.isEmpty {
                return CaseRefusal(.needs, about: role, wanted: 0, found: shared.count)
            }
        }
        return nil
    }

    // MARK: Votes

    private func ballot(_ vote: Procedure.Vote, _ step: Procedure.Step) -> [CaseRefusal] {
        guard let count = fold.voteCount(vote, on: next.at.day) else {
            return [CaseRefusal(.roll, about: vote.list)]
        }
        return count.refusal(of: next, in: step).map { [$0] } ?? []
    }

    // MARK: 一般

    private func isSoft(_ refusal: CaseRefusal, _ step: Procedure.Step) -> Bool {
        step.generally.covers(refusal.because.rawValue)
            || refusal.about.map(step.generally.covers) ?? false
            || refusal.rule.flatMap { fold.world.rule($0, next.at.day)?.isGeneral } ?? false
    }
}

extension CaseRefusal {
    /// What a reason is given for where it is softened: what it is about, else the guard.
    package var name: String { because == .needs ? about ?? because.rawValue : because.rawValue }
}

extension ClockStory {
    /// How many minutes after its end something came: whole days for a clock of days, since of a
    /// day nobody asks the minute.
    package func late(_ at: CaseTime) -> Int {
        guard ends <= at.moment else { return 0 }
        guard length.isOfHours else { return (at.day.number - lastDay.number) * 1_440 }
        return max(1, ends.minutes(to: at.moment))
    }
}

extension Moment {
    fileprivate func minutes(to later: Moment) -> Int {
        Int((later.milliseconds - milliseconds) / 60_000)
    }
}

extension CaseFold {
    /// A number that stands in the definition, or that a rule in force on a day says; nil where the
    /// rule is not in force, so that nothing is asked.
    func amount(_ amount: Procedure.Amount, on day: Day) -> (number: Int, rule: String?)? {
        switch amount {
        case .number(let number): (number, nil)
        case .rule(let id): world.rule(id, day).map { ($0.value, id) }
        }
    }

    /// How often a step, or its way back, may be taken.
    struct Bound {
        let outcome: String?
        let most: Int
        let done: Int
        let rule: String?
        var isReached: Bool { done >= most }
    }

    /// The bound that a record of a step is asked about; nil where none is.
    func bound(of place: Int, for next: CaseStep) -> Bound? {
        let step = procedure.steps[place]
        guard !step.times.isEmpty else { return nil }
        let ways = step.back.compactMap(\.outcome)
        let ofOutcome = step.times.first { $0.outcome != nil && $0.outcome == next.outcome }
        guard let one = ofOutcome ?? step.times.first(where: { $0.outcome == nil }),
            let (most, rule) = amount(one.most, on: next.at.day)
        else { return nil }
        if one.outcome == nil, !ways.isEmpty, !(next.outcome.map(ways.contains) ?? false) {
            return nil
        }
        let done: Int
        if let outcome = one.outcome {
            done = count(of: place) { $0.outcome == outcome }
        } else if ways.isEmpty {
            done = marks[place].count
        } else {
            done = count(of: place) { $0.outcome.map(ways.contains) ?? false }
        }
        return Bound(outcome: one.outcome, most: most, done: done, rule: rule)
    }

    private func count(of place: Int, where isCounted: (CaseStep) -> Bool) -> Int {
        guard marks[place].count > 0 else { return 0 }
        let id = procedure.steps[place].id
        return records.count { $0.step == id && isCounted($0) }
    }
}
