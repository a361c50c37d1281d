import Core

/// The ways through a procedure: that each leads on.
extension ProcedureCheck {
    func flow() {
        let openings = procedure.steps.filter { $0.entry == .opens }
        if openings.count != 1 { fault(nil, "exactly one step opens the case") }
        if procedure.ends.isEmpty { fault(nil, "nothing ends the case") }
        for step in procedure.steps {
            loops(step)
            outcomes(step)
            contradictions(step)
        }
        reach()
        circles()
    }

    /// What comes again comes so often, and ends.
    private func loops(_ step: Procedure.Step) {
        for back in step.back {
            if step.times.isEmpty {
                fault(step, "a way back has a bound: “times” says how often")
            } else if let outcome = back.outcome,
                !step.times.contains(where: { $0.outcome == nil || $0.outcome == outcome })
            {
                fault(step, "the way back of “\(outcome)” has no bound in “times”")
            }
        }
        if step.every != nil, step.until == nil {
            fault(step, "it comes again for ever: “until” says which step ends it")
        }
        if step.until != nil, step.every == nil { fault(step, "“until” needs “every”") }
        if case .whilst = step.entry, step.times.isEmpty, step.back.isEmpty, !ends(step.id, nil) {
            fault(step, "it may be done any number of times: “times” says how often")
        }
        if case .reopens = step.entry {
            if step.times.isEmpty { fault(step, "it may reopen any number of times: say “times”") }
            if step.back.isEmpty { fault(step, "a case that is reopened goes “back” to a step") }
        }
        if step.valid != nil, !procedure.steps.contains(where: { $0.comesAfter(step.id) }) {
            fault(step, "“valid” needs a step that rests on it")
        }
    }

    /// Whether a step, or an outcome of it, ends the case.
    private func ends(_ id: String, _ outcome: String?) -> Bool {
        procedure.ends.contains { end in
            end.when.step == id
                && (end.when.state == nil || end.when.state == outcome.map { .outcome($0) })
        }
    }

    /// Each outcome leads on, back, or to an end; what begins from something permitted may end in
    /// itself.
    private func outcomes(_ step: Procedure.Step) {
        guard let kind = catalogue.kinds[step.kind], let place = procedure.shape.place[step.id]
        else {
            return
        }
        let isOfSide = procedure.shape.isOfSide.contains(place)
        for outcome in kind.outcomes where !isOfSide && !ends(step.id, outcome) {
            let isBack = step.back.contains { $0.outcome == nil || $0.outcome == outcome }
            let isTaken = procedure.steps.contains { other in
                other.names(step.id) { $0 == nil || $0 == .outcome(outcome) || $0 == .told }
            }
            if !isBack, !isTaken { fault(step, "the outcome “\(outcome)” leads nowhere") }
        }
        guard kind.outcomes.isEmpty || !procedure.shape.steps[place].next.isEmpty else { return }
        let leads =
            isOfSide || step.every != nil || step.isPermitted || ends(step.id, nil)
            || procedure.steps.contains { $0.comesAfter(step.id) }
        if !leads { fault(step, "it leads nowhere: no step comes after it, and it ends nothing") }
    }

    /// Two outcomes of one step are never both so.
    private func contradictions(_ step: Procedure.Step) {
        guard case .after(let groups) = step.entry else { return }
        var wanted: [String: Set<String>] = [:]
        for group in groups where group.count == 1 {
            guard case .outcome(let outcome) = group[0].state else { continue }
            wanted[group[0].step, default: []].insert(outcome)
        }
        for (id, outcomes) in wanted.sorted(by: { $0.key < $1.key }) where outcomes.count > 1 {
            fault(
                step,
                "it waits for “\(id)” to be "
                    + outcomes.sorted().joined(separator: " and ") + ", which is never so")
        }
    }

    private func reach() {
        let shape = procedure.shape
        guard let opening = shape.opening else { return }
        var reached = shape.downstream(of: opening)
        for (place, step) in shape.steps.enumerated() {
            switch step.entry {
            case .open, .closed, .reopens: reached.formUnion(shape.downstream(of: place))
            default: break
            }
        }
        for (place, step) in procedure.steps.enumerated() where place < shape.steps.count {
            if !reached.contains(place) { fault(step, "it cannot be reached") }
            if case .after = step.entry, !leadsToAnEnd(place) {
                fault(step, "no way leads from it to an end of the case")
            }
        }
    }

    /// Whether what comes of a step, forwards or back, ends the case; a side branch need not.
    private func leadsToAnEnd(_ place: Int) -> Bool {
        let shape = procedure.shape
        if shape.isOfSide.contains(place) { return true }
        var found = StepSet()
        var open = [place]
        while let one = open.popLast() {
            guard !found.contains(one) else { continue }
            found.insert(one)
            if !shape.steps[one].ends.isEmpty { return true }
            open += shape.following[one]
            if let until = shape.steps[one].until { open.append(until) }
            for back in shape.steps[one].back { open += back.clears }
        }
        return false
    }

    private func circles() {
        let shape = procedure.shape
        var placed = StepSet()
        for place in shape.order {
            if !shape.steps[place].before.isSubset(of: placed) {
                fault(procedure.steps[place], "it waits for itself: “after” goes in a circle")
                return
            }
            placed.insert(place)
        }
    }
}

extension Procedure.Step {
    /// Whether it comes after a step, whatever became of that.
    func comesAfter(_ id: String) -> Bool { names(id) { _ in true } }

    /// Whether `after` names a step with such a state.
    func names(_ id: String, where isMeant: (Procedure.StepReference.State?) -> Bool) -> Bool {
        guard case .after(let groups) = entry else { return false }
        return groups.joined().contains { $0.step == id && isMeant($0.state) }
    }
}
