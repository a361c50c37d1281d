import Core

extension Catalogue {
    func checkProcedures(_ faults: FaultList) {
        for (_, texts) in procedures.sorted(by: { $0.key < $1.key }) {
            for (place, procedure) in texts.enumerated() {
                let until = texts.dropFirst(place + 1).first?.from
                ProcedureCheck(procedure, until: until, self, faults).run()
            }
        }
    }

    /// What a kept text names that the catalogue has no longer; examples are not tried.
    package func faults(of procedure: Procedure) -> [CatalogueFault] {
        let faults = FaultList()
        ProcedureCheck(procedure, until: nil, self, faults).names()
        return faults.faults
    }
}

/// Proves one text of a procedure before a case can be opened under it: that everything it names
/// is there, that every step can be reached and every open case has a way on, and that its examples
/// come out.
struct ProcedureCheck {
    let procedure: Procedure
    /// The first day on which the next text stands in its place.
    let until: Day?
    let catalogue: Catalogue
    let faults: FaultList

    init(_ procedure: Procedure, until: Day?, _ catalogue: Catalogue, _ faults: FaultList) {
        self.procedure = procedure
        self.until = until
        self.catalogue = catalogue
        self.faults = faults
    }

    func run() {
        let before = faults.faults.count
        names()
        flow()
        // A definition that does not hold together tells nothing by its examples.
        guard faults.faults.count == before else { return }
        for example in procedure.examples {
            ExampleRun(procedure, example, catalogue, faults).run()
        }
    }

    /// Everything that it names.
    func names() {
        checkCase()
        for step in procedure.steps { check(step) }
        for end in procedure.ends { reference(end.when, nil, "ends") }
        for ground in procedure.pauses {
            length(ground.most, nil)
            addressee(ground.tells, nil)
        }
        if let escalation = procedure.escalation {
            length(escalation.after, nil)
            length(escalation.again, nil)
            if let form = escalation.upTo { self.form(form, nil) }
        }
        for stage in procedure.stages
        where !procedure.steps.contains(where: { $0.stage == stage.id }) {
            fault(nil, "no step leads into the stage “\(stage.id)”")
        }
    }

    private func checkCase() {
        let subject = procedure.subject
        guard let kind = kind(subject.kind, nil) else { return }
        if kind.shape != .standing {
            fault(nil, "a case is a standing record, and “\(kind.id)” is an event")
        }
        switch subject.about {
        case .person(let role):
            if !kind.persons.contains(where: { $0.id == role }) {
                fault(nil, "“\(kind.id)” has no person and no subject “\(role)”")
            }
        case .subject, .unit: break
        case .nothing: if subject.isSingle { fault(nil, "“single” needs “about”") }
        }
        for named in subject.units { unit(named.unit, nil) }
        if let outside = subject.outside, !subject.units.contains(where: { $0.name == outside }) {
            fault(nil, "“outside” names no unit of “units”, “\(outside)”")
        }
        if let other = subject.movesWith, catalogue.procedures[other] == nil {
            fault(nil, "“moves_with” names the unknown procedure “\(other)”")
        }
    }

    // MARK: One step

    private func check(_ step: Procedure.Step) {
        guard let kind = kind(step.kind, step) else { return }
        if let stage = step.stage, procedure.stage(stage) == nil {
            fault(step, "“stages” does not say what “\(stage)” is called")
        }
        order(step)
        for back in step.back { outcome(back.outcome, of: step, kind, "back") }
        for bound in step.times {
            outcome(bound.outcome, of: step, kind, "times")
            amount(bound.most, step)
        }
        for holds in step.holds {
            outcome(holds.outcome, of: step, kind, "holds")
            unit(holds.unit, step)
        }
        for actor in step.by + step.elseBy + (step.signs?.actors ?? []) { self.actor(actor, step) }
        if case .opens = step.entry {} else if step.by.isEmpty { fault(step, "nobody takes it") }
        if let at = step.at { unit(at, step) }
        for id in step.notBy { known(id, step, "not_by") }
        if let signs = step.signs {
            for condition in signs.when { field(condition.field, kind, step) }
            outcome(signs.refused, of: step, kind, "signs")
        }
        clocks(step)
        for need in step.needs { check(need, step, kind) }
        if let vote = step.vote { check(vote, step, kind) }
        for effect in step.effects { check(effect, step, kind) }
        generally(step)
        addressee(step.tells, step)
    }

    private func order(_ step: Procedure.Step) {
        switch step.entry {
        case .opens, .whilst(.open), .whilst(.closed): break
        case .after(let groups):
            for one in groups.joined() { reference(one, step, "after") }
        case .whilst(.step(let one)): reference(one, step, "while")
        case .reopens(let id):
            known(id, step, "reopens")
            if !procedure.ends.contains(where: { $0.when.step == id }) {
                fault(step, "“reopens” names “\(id)”, which ends nothing")
            }
        }
        for back in step.back { known(back.to, step, "back") }
        if let until = step.until { known(until, step, "until") }
        for when in step.when { field(.init(step: when.step, field: when.field), step) }
        if let each = step.each { self.each(each, step) }
        if let to = step.lapsesTo { known(to, step, "lapses") }
    }

    private func each(_ field: String, _ step: Procedure.Step) {
        guard let place = procedure.shape.place[step.id] else { return }
        let namers = procedure.shape.steps[place].namers.map { procedure.steps[$0] }
        let isNamed = namers.contains { namer in
            guard let kind = catalogue.kinds[namer.kind] else { return true }
            return field == Procedure.Step.placeWord && kind.place != nil
                || kind.subjects.contains { $0.id == field } || kind.field(field) != nil
        }
        if !isNamed { fault(step, "no step before it names units as “\(field)”") }
    }

    private func clocks(_ step: Procedure.Step) {
        let all = [step.within, step.every, step.lapses].compactMap { $0 } + step.notBefore
        for clock in all {
            length(clock.of, step)
            switch clock.anchor {
            case .after: break
            case .step(let id): known(id, step, "from")
            case .before(let field): self.field(field, step)
            }
        }
        length(step.valid, step)
        length(step.lasts, step)
    }

    private func generally(_ step: Procedure.Step) {
        guard case .named(let names) = step.generally else { return }
        let guards = CaseRefusal.Guard.allCases.map(\.rawValue)
        let needs = step.needs.flatMap(\.names)
        for name in names where !guards.contains(name) && !needs.contains(name) {
            fault(step, "“generally” names “\(name)”, which it does not ask")
        }
    }

    // MARK: Names

    func fault(_ step: Procedure.Step?, _ sentence: String) {
        let whose = step.map { "\(procedure.id).\($0.id)" } ?? procedure.id
        faults.add(
            step?.file ?? procedure.file, step?.line ?? procedure.line, "\(whose): \(sentence)")
    }

    func kind(_ id: String, _ step: Procedure.Step?) -> Kind? {
        if catalogue.kinds[id] == nil { fault(step, "the kind “\(id)” is not known") }
        return catalogue.kinds[id]
    }

    @discardableResult
    func known(_ id: String, _ step: Procedure.Step?, _ word: String) -> Procedure.Step? {
        let found = procedure.step(id)
        if found == nil { fault(step, "“\(word)” names the unknown step “\(id)”") }
        return found
    }

    func reference(_ one: Procedure.StepReference, _ step: Procedure.Step?, _ word: String) {
        guard let other = known(one.step, step, word), let kind = catalogue.kinds[other.kind] else {
            return
        }
        switch one.state {
        case .outcome(let outcome): self.outcome(outcome, of: step, kind, word)
        case .late where other.within == nil && other.every == nil:
            fault(step, "“\(other.id)” has no last day and is never late")
        case .lapsed where other.lapses == nil: fault(step, "“\(other.id)” never lapses")
        case .exhausted where other.times.isEmpty: fault(step, "“\(other.id)” has no bound")
        case .told where other.tells == nil: fault(step, "“\(other.id)” is delivered to nobody")
        default: break
        }
    }

    func outcome(_ outcome: String?, of step: Procedure.Step?, _ kind: Kind, _ word: String) {
        guard let outcome, !kind.outcomes.contains(outcome) else { return }
        fault(step, "“\(word)” names “\(outcome)”, no outcome of “\(kind.id)”")
    }

    func unit(_ unit: Procedure.UnitName, _ step: Procedure.Step?) {
        switch unit {
        case .superior(let below): self.unit(below, step)
        case .superiorForm(let form): self.form(form, step)
        case .each where step?.each == nil: fault(step, "“each” needs the word “each” of a step")
        default: break
        }
    }

    func form(_ id: String, _ step: Procedure.Step?) {
        if catalogue.forms[id] == nil { fault(step, "“\(id)” is no unit and no form of unit") }
    }

    private func actor(_ actor: Procedure.Actor, _ step: Procedure.Step) {
        switch actor {
        case .about:
            if procedure.subject.about == .nothing { fault(step, "the case is about nobody") }
        case .anybody: break
        case .persons(let role):
            let kinds = [procedure.subject.kind] + procedure.steps.map(\.kind)
            if !kinds.contains(where: { catalogue.kinds[$0]?.hasPerson(role) ?? false }) {
                fault(step, "no step names persons as “\(role)”")
            }
        case .role(let unit, let role):
            self.unit(unit, step)
            if catalogue.roles[role] == nil { fault(step, "the role “\(role)” is not known") }
        }
    }

    private func addressee(_ word: String?, _ step: Procedure.Step?) {
        guard let word, !["about", "requester"].contains(word) else { return }
        let names = Set(procedure.subject.units.map(\.name))
        guard let actor = Procedure.Actor(word, names) else {
            fault(step, "“tells” names nobody: “\(word)”")
            return
        }
        if let step { self.actor(actor, step) }
    }
}

extension Kind {
    /// The options of its field `outcome`: the ways a step of this kind can end.
    package var outcomes: [String] { field(Self.outcomeName)?.options.map(\.id) ?? [] }

    package static let outcomeName = "outcome"

    func hasPerson(_ role: String) -> Bool { persons.contains { $0.id == role } }
}

extension Procedure.Need {
    /// What it is called where `generally` softens it alone.
    var names: [String] {
        switch self {
        case .field(let name, _), .persons(let name, _), .surplus(let name, _, _),
            .count(let name, _),
            .distinct(let name, _):
            [name]
        case .had: ["had"]
        case .any(let needs): needs.flatMap(\.names)
        case .ifOutcome(_, let need): need.names
        }
    }
}
