import Core

/// Tries an example: takes its steps in their order and compares what is owed, when, what is
/// refused and why.
struct ExampleRun {
    private let procedure: Procedure
    private let example: Procedure.Example
    private let faults: FaultList
    private let world: CaseWorld
    private let scale: [String: [String: Int]]

    init(
        _ procedure: Procedure, _ example: Procedure.Example, _ catalogue: Catalogue,
        _ faults: FaultList
    ) {
        self.procedure = procedure
        self.example = example
        self.faults = faults
        world = CaseWorld(of: catalogue)
        // An example says hours where the ledger keeps minutes.
        var scale: [String: [String: Int]] = [:]
        for step in procedure.steps {
            for measure in catalogue.kinds[step.kind]?.measures ?? [] where measure.unit.factor > 1
            {
                scale[step.id, default: [:]][measure.id] = measure.unit.factor
            }
        }
        self.scale = scale
    }

    func run() {
        let steps = example.steps.map(scaled).inOrderOfCase
        guard post(steps) else { return }
        for expectation in example.expected { check(expectation, steps) }
        for refused in example.refused {
            let step = scaled(refused.step)
            let found = fold(steps, until: step.at).refusals(of: step).refused.first?.because
            if found != refused.because {
                fault(
                    step.line,
                    "“\(step.step)” on \(step.at.text) is \(said(found)), "
                        + "not \(said(refused.because))"
                )
            }
        }
        for step in example.lawful.map(scaled) { lawful(step, steps) }
        let all = (steps + example.then.map(scaled)).inOrderOfCase
        for step in example.lawfulThen.map(scaled) { lawful(step, all) }
    }

    private func said(_ guarded: CaseRefusal.Guard?) -> String {
        guarded.map { "refused for \($0.rawValue)" } ?? "lawful"
    }

    /// Whether each of its steps may be posted after those before it.
    private func post(_ steps: [CaseStep]) -> Bool {
        var fold = CaseFold(procedure, in: world)
        for pause in example.pauses { fold.take(pause) }
        for step in steps {
            if let refusal = fold.refusals(of: step).refused.first {
                fault(step.line, "“\(step.step)” on \(step.at.text) is \(said(refusal.because))")
                return false
            }
            fold.take(step)
        }
        return true
    }

    private func lawful(_ step: CaseStep, _ steps: [CaseStep]) {
        if let refusal = fold(steps, until: step.at).refusals(of: step).refused.first {
            fault(step.line, "“\(step.step)” on \(step.at.text) is \(said(refusal.because))")
        }
    }

    private func fold(_ steps: [CaseStep], until at: CaseTime) -> CaseFold {
        CaseFold.folding(
            procedure, steps.filter { $0.at.moment <= at.moment }, pauses: example.pauses,
            in: world)
    }

    // MARK: Expectations

    private func check(_ expected: Procedure.Expectation, _ steps: [CaseStep]) {
        let fold = fold(steps, until: expected.at)
        let view = CaseView(fold, at: expected.at.moment)
        let state = view.state
        func fault(_ sentence: String) {
            self.fault(expected.line, "on \(expected.at.text) \(sentence)")
        }
        if let owed = expected.owed { compare(owed, state, fault) }
        for (id, time) in expected.latest.sorted(by: { $0.key < $1.key }) {
            let found = place(id).flatMap { view.latest($0.place, unit: $0.unit) }?.end
            if found != time {
                fault("the last day of “\(id)” is \(text(found)), not \(text(time))")
            }
        }
        for (id, time) in expected.earliest.sorted(by: { $0.key < $1.key }) {
            let found = place(id).flatMap {
                view.earliest($0.place, on: expected.at.day, unit: $0.unit).map(\.end).max()
            }
            if found != time {
                fault("the first day of “\(id)” is \(text(found)), not \(text(time))")
            }
        }
        for id in expected.late {
            let isLate = place(id).flatMap { view.latest($0.place, unit: $0.unit) }?.ends ?? .last
            if isLate > view.now { fault("“\(id)” is not late") }
        }
        for id in expected.lapsed
        where place(id).flatMap({ view.lapse($0.place)?.ends }) ?? .last > view.now {
            fault("“\(id)” has not lapsed")
        }
        for id in expected.lawful {
            let refused = fold.refusals(of: CaseStep(step: id, at: expected.at)).refused
            if let refusal = refused.first { fault("“\(id)” is \(said(refusal.because))") }
        }
        for (id, time) in expected.wasLate.sorted(by: { $0.key < $1.key }) {
            let found = wasLate(id, steps, until: expected.at)
            if found != time { fault("“\(id)” was late against \(text(found)), not \(time.text)") }
        }
        for (id, round) in expected.rounds.sorted(by: { $0.key < $1.key }) {
            let found = place(id).map { view.round($0.place, $0.unit) } ?? 0
            if found != round { fault("“\(id)” is in round \(found), not \(round)") }
        }
        if let ended = expected.ended, state.end?.end != ended {
            fault("the case is \(state.end?.end ?? "open"), not \(ended)")
        }
        if let stage = expected.stage, state.stage != stage {
            fault("the stage is \(state.stage ?? "none"), not \(stage)")
        }
    }

    /// What comes again every so often need not be listed.
    private func compare(_ owed: [String], _ state: CaseState, _ fault: (String) -> Void) {
        let found = state.obligations.map { one in
            one.step + (one.each.map { "/" + $0 } ?? "")
        }
        let recurring = Set(procedure.steps.filter { $0.every != nil }.map(\.id))
        let missing = owed.filter { !found.contains($0) }
        let more = found.filter { !owed.contains($0) && !recurring.contains($0) }
        if !missing.isEmpty || !more.isEmpty {
            fault("owed is \(found.joined(separator: ", ")), not \(owed.joined(separator: ", "))")
        }
    }

    private func wasLate(_ id: String, _ steps: [CaseStep], until at: CaseTime) -> CaseTime? {
        var fold = CaseFold(procedure, in: world)
        for pause in example.pauses { fold.take(pause) }
        var found: CaseTime?
        for step in steps where step.at.moment <= at.moment {
            if step.step == id, let place = procedure.shape.place[id] {
                let view = CaseView(fold, at: step.at.moment, next: step)
                let latest = view.latest(place, unit: step.each)
                if let latest, latest.ends <= step.at.moment { found = latest.end }
            }
            fold.take(step)
        }
        return found
    }

    private func place(_ id: String) -> (place: Int, unit: String?)? {
        let parts = id.split(separator: "/", maxSplits: 1).map(String.init)
        guard let first = parts.first, let place = procedure.shape.place[first] else {
            fault(example.line, "it names the unknown step “\(id)”")
            return nil
        }
        return (place, parts.count > 1 ? parts[1] : nil)
    }

    private func text(_ time: CaseTime?) -> String { time?.text ?? "none" }

    private func fault(_ line: Int, _ sentence: String) {
        faults.add(
            example.file, line == 0 ? example.line : line,
            "\(procedure.id): [\(example.name)] \(sentence)")
    }

    private func scaled(_ step: CaseStep) -> CaseStep {
        guard let factors = scale[step.step] else { return step }
        var scaled = step
        for (name, factor) in factors {
            if let number = step.values[name].flatMap({ Int($0) }) {
                scaled.values[name] = String(number * factor)
            }
        }
        return scaled
    }
}

extension Moment {
    fileprivate static let last = Day.last.start
}

extension CaseWorld {
    /// The world of a definition's examples: the catalogue's rules and calendars, and hours as
    /// offices keep them. Hours of a real unit stand in the ledger.
    package init(of catalogue: Catalogue) {
        let rules = catalogue.rules
        self.init(
            rule: { id, day in
                let held = rules[id]?.filter { $0.inForce(on: day) } ?? []
                return held.first { $0.scope == nil } ?? held.first
            },
            calendar: catalogue.calendar,
            hours: { _ in OfficeHours([.init(from: .first, open: [510..<720, 840..<1_050])]) },
            outcomes: { catalogue.kinds[$0]?.outcomes ?? [] })
    }
}
