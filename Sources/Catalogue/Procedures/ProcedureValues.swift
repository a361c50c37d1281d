import Core

/// The values that a procedure reads: fields, rules, effects.
extension ProcedureCheck {
    // MARK: Fields

    /// Whether a step's kind says something under a name.
    func field(_ name: String, _ kind: Kind, _ step: Procedure.Step?, isGiven: Bool = false) {
        let isKnown =
            kind.field(name) != nil || kind.measure(name) != nil || kind.hasPerson(name)
            || isGiven && kind.privates.contains { $0.id == name }
        if !isKnown { fault(step, "“\(kind.id)” has no field “\(name)”") }
    }

    func field(_ reference: Procedure.FieldReference, _ step: Procedure.Step?) {
        guard let other = known(reference.step, step, "field"),
            let kind = catalogue.kinds[other.kind]
        else { return }
        field(reference.field, kind, step)
        if kind.visibility == .sealed,
            step.flatMap({ catalogue.kinds[$0.kind] })?.visibility != .sealed
        {
            fault(step, "it reads “\(kind.id)”, which is sealed: ask for a flag that is declared")
        }
    }

    func check(_ need: Procedure.Need, _ step: Procedure.Step, _ kind: Kind) {
        switch need {
        case .field(let name, let comparison):
            if case .set = comparison {
                field(name, kind, step, isGiven: true)
            } else {
                field(name, kind, step)
            }
            self.comparison(comparison, step)
            options(name, comparison, kind, step)
        case .persons(let role, let comparison):
            person(role, kind, step)
            self.comparison(comparison, step)
        case .surplus(let role, let over, let percent):
            person(role, kind, step)
            field(over, step)
            amount(percent, step)
        case .count(let id, let comparison):
            known(id, step, "count")
            self.comparison(comparison, step)
        case .distinct(let role, let steps):
            person(role, kind, step)
            for id in steps { known(id, step, "distinct") }
        case .had(let had): self.had(had, step)
        case .any(let needs): for need in needs { check(need, step, kind) }
        case .ifOutcome(let outcome, let need):
            self.outcome(outcome, of: step, kind, "needs")
            check(need, step, kind)
        }
    }

    private func person(_ role: String, _ kind: Kind, _ step: Procedure.Step) {
        if !kind.hasPerson(role) { fault(step, "“\(kind.id)” has no person “\(role)”") }
    }

    private func options(
        _ name: String, _ comparison: Indicator.Comparison, _ kind: Kind, _ step: Procedure.Step
    ) {
        guard let field = kind.field(name), field.form == .choice else { return }
        for word in comparison.words where !field.options.contains(where: { $0.id == word }) {
            fault(step, "“\(word)” is no option of “\(kind.id).\(name)”")
        }
    }

    private func had(_ had: Indicator.Had, _ step: Procedure.Step) {
        guard let kind = kind(had.kind, step) else { return }
        if kind.shape != .standing { fault(step, "“had” needs a standing kind, not “\(kind.id)”") }
        if let role = had.role, !(catalogue.kinds[step.kind]?.hasPerson(role) ?? true) {
            fault(step, "“\(step.kind)” has no person “\(role)” of whom “had” could ask")
        }
        for condition in had.conditions {
            field(condition.field, kind, step)
            options(condition.field, condition.comparison, kind, step)
        }
        let own = catalogue.kinds[procedure.subject.kind]?.visibility
        if kind.visibility == .sealed, own != .sealed {
            fault(
                step, "a guard reads “\(kind.id)”, which is sealed: ask for a flag that is declared"
            )
        }
    }

    private func comparison(_ comparison: Indicator.Comparison, _ step: Procedure.Step) {
        if case .rule(let id) = comparison.threshold { rule(id, step) }
    }

    // MARK: Votes

    func check(_ vote: Procedure.Vote, _ step: Procedure.Step, _ kind: Kind) {
        if let list = known(vote.list, step, "list"), let roll = catalogue.kinds[list.kind] {
            field(VoteCount.Number.entitled, roll, step)
        }
        for name in [VoteCount.Number.present, VoteCount.Number.issued, VoteCount.Number.returned] {
            field(name, kind, step)
        }
        if let each = vote.each {
            field(each, kind, step)
            field(VoteCount.Number.leastFor, kind, step)
        } else {
            field(VoteCount.Number.votesFor, kind, step)
        }
        for outcome in vote.decides.keys.sorted() {
            self.outcome(outcome, of: step, kind, "decides")
        }
        for share in [vote.quorum, vote.passes] {
            amount(share.percent, step)
            if case .rule(let id) = share.strict {
                word(id, [Procedure.Share.strictWord, Procedure.Share.atLeastWord], step)
            }
        }
        if case .rule(let id) = vote.base {
            word(id, VoteCount.Base.allCases.map(\.rawValue), step)
        }
    }

    private func word(_ id: String, _ words: [String], _ step: Procedure.Step) {
        for rule in rule(id, step) where !(rule.word.map(words.contains) ?? false) {
            fault(step, "the rule “\(id)” is one of \(words.joined(separator: ", "))")
        }
    }

    // MARK: Rules

    /// A rule is there, and once it holds it goes on holding for as long as cases are opened under
    /// this text. One that begins later asks nothing before.
    @discardableResult
    func rule(_ id: String, _ step: Procedure.Step?) -> [Rule] {
        guard let values = catalogue.rules[id] else {
            fault(step, "the rule “\(id)” is not known")
            return []
        }
        let held = values.filter { rule in
            (until.map { rule.from < $0 } ?? true)
                && (rule.until.map { procedure.from < $0 } ?? true)
        }
        guard let first = held.map(\.from).min() else {
            fault(step, "the rule “\(id)” holds on no day of this text")
            return values
        }
        var day = max(first, procedure.from)
        while let end = held.filter({ $0.inForce(on: day) }).map({ $0.until ?? .last }).max() {
            day = end
            if day >= until ?? .last { return held }
        }
        fault(step, "the rule “\(id)” has no value on \(day)")
        return held
    }

    func amount(_ amount: Procedure.Amount, _ step: Procedure.Step?) {
        guard case .rule(let id) = amount else { return }
        for value in rule(id, step) where value.word != nil {
            fault(step, "the rule “\(id)” is a word, and no number")
        }
    }

    func length(_ length: Procedure.Length?, _ step: Procedure.Step?) {
        switch length {
        case nil, .fixed: break
        case .rule(let id):
            for value in rule(id, step) where value.word != nil || Deadline.Length(value) == nil {
                fault(step, "the rule “\(id)” is no length of time")
            }
        case .field(let reference, _): field(reference, step)
        case .chosen(let field, let options, let other):
            let kinds = procedure.steps.compactMap { catalogue.kinds[$0.kind] }
            let choices = kinds.compactMap { $0.field(field) }.filter { $0.form == .choice }
            if choices.isEmpty { fault(step, "no step has a choice “\(field)”") }
            let known = Set(choices.flatMap { $0.options.map(\.id) })
            for option in options {
                if !known.contains(option.option), !choices.isEmpty {
                    fault(step, "“\(option.option)” is no option of “\(field)”")
                }
                self.length(option.length, step)
            }
            self.length(other, step)
        }
    }

    // MARK: Effects

    func check(_ effect: Procedure.Effect, _ step: Procedure.Step, _ kind: Kind) {
        outcome(effect.outcome, of: step, kind, "effect")
        if let with = effect.with { reference(with, step, "with") }
        if let from = effect.from { known(from, step, "from") }
        if let of = effect.of { field(of, step) }
        if let role = effect.role,
            !(catalogue.kinds[procedure.subject.kind]?.hasPerson(role) ?? true)
        {
            fault(step, "the case names nobody as “\(role)”")
        }
        if let to = effect.to { unit(to, step) }
        var kinds: [Kind] = []
        for act in effect.acts {
            switch act {
            case .starts(let id), .ends(let id), .moves(let id):
                guard let kind = self.kind(id, step) else { continue }
                if kind.shape != .standing {
                    fault(step, "an effect starts and ends what stands, and “\(id)” is an event")
                }
                kinds.append(kind)
                if case .moves = act, effect.to == nil {
                    fault(step, "an effect that moves says where “to”: it could not be undone")
                }
            case .opens(let id):
                if catalogue.procedures[id] == nil {
                    fault(step, "an effect opens the unknown procedure “\(id)”")
                }
            case .reorganizes: break
            }
        }
        for (name, value) in effect.fields.sorted(by: { $0.key < $1.key }) {
            for kind in kinds {
                guard let field = kind.field(name) else {
                    fault(step, "“\(kind.id)” has no field “\(name)”")
                    continue
                }
                if field.form == .choice, !field.options.contains(where: { $0.id == value }) {
                    fault(step, "“\(value)” is no option of “\(kind.id).\(name)”")
                }
            }
        }
    }
}
