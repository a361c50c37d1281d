import Core

/// A case at a moment: which steps are in play, done and owed there.
struct CaseView {
    let fold: CaseFold
    let now: Moment
    let shape: CaseShape
    /// The steps that the case can still come to, or came to: what is not among them hinders
    /// nobody.
    let inPlay: StepSet
    /// What is about to be posted: a clock that counts back from a day may read it from here.
    let next: CaseStep?

    init(_ fold: CaseFold, at now: Moment, next: CaseStep? = nil) {
        self.fold = fold
        self.now = now
        self.next = next
        shape = fold.procedure.shape
        inPlay = Self.inPlay(fold, shape)
    }

    func step(_ place: Int) -> Procedure.Step { fold.procedure.steps[place] }

    private static func inPlay(_ fold: CaseFold, _ shape: CaseShape) -> StepSet {
        var found = StepSet()
        for place in shape.order {
            let step = shape.steps[place]
            switch step.entry {
            case .opens: found.insert(place)
            case .open, .closed, .whilst, .reopens:
                if fold.marks[place].last >= 0 { found.insert(place) }
            case .after:
                guard step.before.meets(found) else { continue }
                if !step.when.isEmpty, step.when.allSatisfy({ fold.marks[$0].last >= 0 }),
                    !fold.meets(fold.procedure.steps[place].when)
                {
                    continue
                }
                found.insert(place)
            }
        }
        return found
    }

    // MARK: Done

    /// The newest record of a step that counts in its present round.
    func last(_ place: Int) -> CaseStep? {
        let number = fold.marks[place].last
        return number < 0 ? nil : fold.records[number]
    }

    /// The newest record of a step in whatever round.
    func newest(_ place: Int) -> CaseStep? {
        let number = fold.marks[place].newest
        return number < 0 ? nil : fold.records[number]
    }

    func isDone(_ place: Int) -> Bool { fold.marks[place].last >= 0 }

    /// Whether a step, or what became of it, is so now.
    ///
    /// - Parameters:
    ///   - strict: whether a step that is out of play is not so, where it else hinders nobody.
    ///   - unit: the one of several units for which it is asked.
    func holds(_ one: CaseShape.Reference, strict: Bool, unit: String? = nil) -> Bool {
        let place = one.step
        switch one.state {
        case .lapsed: return isOwed(place) && lapse(place).map { $0.ends <= now } ?? false
        case .late: return isOwed(place) && latest(place).map { $0.ends <= now } ?? false
        case .exhausted: return isDone(place) && fold.marks[place].isExhausted
        case .outcome, .told, nil: break
        }
        if !strict, !inPlay.contains(place) { return true }
        if step(place).each != nil {
            if let unit { return done(place, unit) > 0 }
            let units = units(place)
            return !units.isEmpty && units.allSatisfy { done(place, $0.unit) >= $0.times }
        }
        guard let record = last(place), isOver(place, record), !isTooOld(place, record) else {
            return false
        }
        switch one.state {
        case .told: return record.told.map { $0.moment <= now } ?? false
        case .outcome(let outcome): return record.outcome == outcome
        default: return !fold.marks[place].isExhausted
        }
    }

    /// Whether a step that lasts has lasted until now.
    private func isOver(_ place: Int, _ record: CaseStep) -> Bool {
        guard step(place).lasts != nil, let until = record.until else { return true }
        return until.afterIt.moment <= now
    }

    /// Whether a step that counts for so long has grown too old.
    private func isTooOld(_ place: Int, _ record: CaseStep) -> Bool {
        validity(place, record).map { $0.ends <= now } ?? false
    }

    /// Whether what a step comes after is so.
    func comesNow(_ place: Int, unit: String? = nil) -> Bool {
        shape.steps[place].after.allSatisfy { group in
            group.contains { one in
                let isOfUnits = fold.procedure.steps[one.step].each != nil
                return holds(one, strict: group.count > 1, unit: isOfUnits ? unit : nil)
            }
        }
    }

    // MARK: Owed

    /// Whether somebody owes the step now; of one that several units owe, whether any does.
    func isOwed(_ place: Int) -> Bool {
        guard step(place).each != nil else { return isOwed(place, unit: nil) }
        return owing(place).contains { isOwed(place, unit: $0) }
    }

    func isOwed(_ place: Int, unit: String?) -> Bool {
        let one = shape.steps[place]
        guard fold.end == nil else { return false }
        switch one.entry {
        case .open, .closed, .whilst, .reopens: return false
        case .opens: return !isDone(place)
        case .after: break
        }
        let step = step(place)
        guard inPlay.contains(place), comesNow(place, unit: unit), fold.meets(step.when) else {
            return false
        }
        if step.every != nil { return one.until.map { !isDone($0) } ?? true }
        if step.each != nil {
            return unit.map { unit in
                units(place).contains { $0.unit == unit && done(place, unit) < $0.times }
            } ?? false
        }
        guard let record = last(place) else { return true }
        guard step.valid != nil, isTooOld(place, record) else { return false }
        return !one.next.isEmpty && !one.next.allSatisfy(isDone)
    }

    /// Units that have still to take a step, in the order in which they were named.
    func owing(_ place: Int) -> [String] {
        units(place).filter { done(place, $0.unit) < $0.times }.map(\.unit)
    }

    /// The units that records of the present round name, and how often each of them is named.
    private func units(_ place: Int) -> [(unit: String, times: Int)] {
        guard let field = step(place).each else { return [] }
        let namers = shape.steps[place].namers
        var found: [(unit: String, times: Int)] = []
        for (number, record) in fold.records.enumerated() {
            guard let from = shape.place[record.step], namers.contains(from), fold.counts(number)
            else { continue }
            for unit in record.named(field) {
                if let known = found.firstIndex(where: { $0.unit == unit }) {
                    found[known].times += 1
                } else {
                    found.append((unit, 1))
                }
            }
        }
        return found
    }

    /// How often a unit took a step in its present round.
    private func done(_ place: Int, _ unit: String) -> Int {
        fold.records(of: place, unit: unit).count
    }

    // MARK: Since when

    /// When a step came to be owed; nil for the one that opens the case.
    func since(_ place: Int, unit: String? = nil) -> CaseTime? {
        let step = step(place)
        let one = shape.steps[place]
        if step.every != nil, let record = last(place) { return record.at }
        if case .whilst(let other) = one.entry { return since(other.step) }
        var newest: CaseTime?
        for group in one.after {
            let times = group.compactMap { other -> CaseTime? in
                holds(other, strict: true, unit: unit)
                    ? time(other, unit, turn: unit.map { done(place, $0) } ?? 0) : nil
            }
            guard let first = times.min() else { continue }
            newest = newest.map { max($0, first) } ?? first
        }
        if fold.marks[place].reopened >= 0 {
            let back = fold.records[fold.marks[place].reopened].at
            newest = newest.map { max($0, back) } ?? back
        }
        if let record = last(place), let validity = validity(place, record) {
            let old = CaseTime(validity.ends.day)
            if validity.ends <= now { newest = newest.map { max($0, old) } ?? old }
        }
        return newest
    }

    /// When what a reference names came to be.
    ///
    /// - Parameter turn: how often the unit did before what is asked now.
    private func time(_ one: CaseShape.Reference, _ unit: String?, turn: Int) -> CaseTime? {
        switch one.state {
        case .late: return latest(one.step).map { CaseTime($0.ends) }
        case .lapsed: return lapse(one.step).map { CaseTime($0.ends) }
        case .told: return last(one.step)?.told
        case .outcome, .exhausted, nil: break
        }
        if let unit {
            let isOfUnits = step(one.step).each != nil
            let records =
                isOfUnits
                ? fold.records(of: one.step, unit: unit)
                : fold.records(of: one.step, naming: unit)
            if !records.isEmpty { return records[min(turn, records.count - 1)].at }
        }
        guard let record = last(one.step) else { return nil }
        guard step(one.step).lasts != nil, let until = record.until else { return record.at }
        return until.afterIt
    }
}

extension CaseTime {
    /// The first time after a stretch whose last day, or last minute, it is.
    var afterIt: CaseTime { minute == nil ? CaseTime(day + 1) : self }
}
