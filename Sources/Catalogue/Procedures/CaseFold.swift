import Core

/// The state of a case, read off its records: a pure function of definition, records and moment.
///
/// ```
/// var fold = CaseFold(procedure, in: world)
/// for step in steps { fold.take(step) }
/// fold.state(at: now).obligations
/// fold.refusals(of: next)      // both empty where it may be posted
/// fold.judgment(of: next)      // what its record is to keep
/// ```
package struct CaseFold: Sendable {
    package let procedure: Procedure
    package let world: CaseWorld
    /// The records in the order in which they were taken.
    package private(set) var records: [CaseStep] = []
    package private(set) var pauses: [CasePause] = []
    /// What the records say of each step, by its place.
    private(set) var marks: [Mark]
    private(set) var end: (number: Int, step: Int, at: CaseTime)?
    private(set) var owner: Procedure.UnitName = .unit
    private(set) var ownerUnit: String?

    /// What the records say of one step.
    struct Mark: Sendable {
        /// The newest record that counts in the present round; -1 for none.
        var last = -1
        /// The newest record of any round.
        var newest = -1
        /// Records before this one count no longer.
        var from = 0
        /// How many records of the step there are, of all rounds.
        var count = 0
        /// How often it began anew while it was owed and nobody had taken it.
        var begunAnew = 0
        /// The record that sent the case back and began its present round; -1 for none.
        var reopened = -1
        /// Whether its newest record reached the bound that another step waits for.
        var isExhausted = false
    }

    package init(_ procedure: Procedure, in world: CaseWorld) {
        self.procedure = procedure
        self.world = world
        marks = Array(repeating: Mark(), count: procedure.shape.steps.count)
    }

    /// The fold of a whole case, its records put into their order.
    package static func folding(
        _ procedure: Procedure, _ steps: [CaseStep], pauses: [CasePause] = [], in world: CaseWorld
    ) -> CaseFold {
        var fold = CaseFold(procedure, in: world)
        fold.records.reserveCapacity(steps.count)
        for pause in pauses { fold.take(pause) }
        for step in steps.inOrderOfCase { fold.take(step) }
        return fold
    }

    /// Takes a posted step as it is; what was lawful when it was posted is not asked anew. A step
    /// that the definition does not have is passed over.
    package mutating func take(_ step: CaseStep) {
        let shape = procedure.shape
        guard let place = shape.place[step.step] else { return }
        let one = shape.steps[place]
        let number = records.count
        let isExhausted =
            one.isAwaitedAtItsBound && bound(of: place, for: step).map { $0.isReached } ?? false
        if case .reopens = one.entry { end = nil }
        let back =
            isExhausted
            ? []
            : one.back.filter {
                $0.outcome == nil || $0.outcome == step.outcome
            }
        for cleared in back.isEmpty ? [] : owed(at: step.at, among: back.map(\.clears))
        where cleared != place {
            marks[cleared].begunAnew += 1
        }
        records.append(step)
        marks[place].last = number
        marks[place].newest = number
        marks[place].count += 1
        marks[place].isExhausted = isExhausted
        hand(over: procedure.steps[place].holding(after: step.outcome), step)
        for cleared in back.joinedClears {
            marks[cleared].last = -1
            marks[cleared].from = number + 1
            marks[cleared].isExhausted = false
            marks[cleared].reopened = number
        }
        for reached in one.ends where reached.state?.holds(step) ?? true {
            end = (reached.end, place, step.at)
        }
    }

    /// The steps that are owed at a time, of those that a way back begins anew.
    private func owed(at time: CaseTime, among cleared: [StepSet]) -> [Int] {
        let view = CaseView(self, at: time.moment)
        return cleared.flatMap { $0.filter { procedure.steps[$0].each == nil && view.isOwed($0) } }
    }

    package mutating func take(_ pause: CasePause) {
        guard pause.from < pause.until else { return }
        pauses.append(pause)
    }

    private mutating func hand(over rule: Procedure.Holds?, _ step: CaseStep) {
        guard let rule else { return }
        switch rule.unit {
        case .place, .named:
            owner = rule.unit
            ownerUnit = step.place
        case let unit where unit.isOfOwner: owner = unit.replacingOwner(with: owner)
        case let unit: (owner, ownerUnit) = (unit, nil)
        }
    }

    // MARK: What it comes to

    /// Where the case stands at a moment.
    package func state(at moment: Moment) -> CaseState { CaseView(self, at: moment).state }

    /// What is owed at a moment; the quicker question where no more is asked.
    package func obligations(at moment: Moment) -> [CaseState.Obligation] {
        CaseView(self, at: moment).obligations
    }

    /// Why a step may not be posted now; nothing where it may. Guards that 一般 softens and that
    /// would refuse are in `softened`. A step that is dated back is asked at its place in the
    /// order; whether the later ones stay lawful, `firstFallen` tells.
    package func refusals(
        of step: CaseStep
    ) -> (refused: [CaseRefusal], softened: [CaseRefusal]) {
        CaseGuards(before(step), step).run()
    }

    /// What is not so yet of what will be asked of a step once it is its turn.
    package func outlook(of step: CaseStep) -> [CaseRefusal] {
        CaseGuards(before(step), step).outlook
    }

    /// What the record of a step keeps of how it was judged.
    package func judgment(of step: CaseStep) -> CaseJudgment {
        CaseGuards(before(step), step).judgment
    }

    /// The fold as it stood where a step has its place.
    private func before(_ step: CaseStep) -> CaseFold {
        guard let last = records.last, step.at < last.at,
            step.at.minute != nil || step.at.day < last.at.day
        else { return self }
        let earlier = records.prefix {
            !($0.at.day > step.at.day || step.at.minute != nil && $0.at > step.at)
        }
        var fold = CaseFold(procedure, in: world)
        for pause in pauses { fold.take(pause) }
        for one in earlier { fold.take(one) }
        return fold
    }
}

extension [CaseShape.Back] {
    /// All that these ways back begin anew.
    fileprivate var joinedClears: StepSet {
        reduce(into: StepSet()) { $0.formUnion($1.clears) }
    }
}

extension Procedure.StepReference.State {
    /// Whether a record is what the reference names.
    func holds(_ record: CaseStep) -> Bool {
        switch self {
        case .outcome(let outcome): record.outcome == outcome
        case .told: record.told != nil
        case .late, .lapsed, .exhausted: false
        }
    }
}

extension Procedure.UnitName {
    fileprivate var isOfOwner: Bool {
        switch self {
        case .owner: true
        case .superior(let unit): unit.isOfOwner
        default: false
        }
    }

    fileprivate func replacingOwner(with owner: Self) -> Self {
        switch self {
        case .owner: owner
        case .superior(let unit): .superior(unit.replacingOwner(with: owner))
        default: self
        }
    }
}

extension Sequence where Element == CaseStep {
    /// The order of a case: day, minute, position. A step of which only the day is known comes
    /// after what was written before it on that day.
    package var inOrderOfCase: [CaseStep] {
        let all = Array(self)
        // Most are read in their order.
        guard !all.isInOrderOfCase else { return all }
        let posted = all.enumerated().sorted {
            ($0.element.seq ?? Int.max, $0.offset) < ($1.element.seq ?? Int.max, $1.offset)
        }
        var minutes: [Day: Int] = [:]
        var keyed: [(day: Day, minute: Int, step: CaseStep)] = []
        for (_, step) in posted {
            let minute = step.at.minute ?? minutes[step.at.day] ?? 0
            minutes[step.at.day] = minute
            keyed.append((step.at.day, minute, step))
        }
        return keyed.enumerated().sorted {
            ($0.element.day, $0.element.minute, $0.offset)
                < ($1.element.day, $1.element.minute, $1.offset)
        }.map(\.element.step)
    }
}

extension [CaseStep] {
    fileprivate var isInOrderOfCase: Bool {
        var last: (day: Day, minute: Int, seq: Int) = (.first, 0, 0)
        for step in self {
            let minute = step.at.minute ?? (step.at.day == last.day ? last.minute : 0)
            let next = (step.at.day, minute, step.seq ?? Int.max)
            guard next.2 >= last.seq, (last.day, last.minute) <= (next.0, next.1) else {
                return false
            }
            last = next
        }
        return true
    }
}
