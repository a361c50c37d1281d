import Catalogue
import Core
import Web

/// What the parts of a procedure are called in the reader's language, wherever they are spoken of.
protocol NamesProcedure: Sendable {
    var words: Words { get }
    var procedure: Procedure { get }
    var catalogue: Catalogue { get }
    var names: StepNames { get }
}

extension NamesProcedure {
    var language: Language { words.language }

    /// What a step is called.
    func name(_ id: String) -> String { names[id] }

    /// What a stage is called.
    func stage(_ id: String) -> String { procedure.stage(id)?[language] ?? id }

    /// What an end of a case is called.
    func end(_ id: String) -> String {
        procedure.ends.first { $0.id == id }?.name[language] ?? id
    }

    /// What one of the ways is called that a step can end.
    func outcome(_ outcome: String, of id: String) -> String {
        procedure.step(id).flatMap { catalogue.kinds[$0.kind]?.field(Kind.outcomeName) }?
            .options.first { $0.id == outcome }?.name[language] ?? outcome
    }

    /// A step, or what has to become of it, in words.
    func said(_ reference: Procedure.StepReference) -> String {
        let name = name(reference.step)
        return switch reference.state {
        case nil: name
        case .outcome(let outcome):
            words[
                "case_step_outcome",
                ["step": name, "outcome": self.outcome(outcome, of: reference.step)]]
        case .told: words["case_step_told", ["step": name]]
        case .late: words["case_step_late", ["step": name]]
        case .lapsed: words["case_step_lapsed", ["step": name]]
        case .exhausted: words["case_step_exhausted", ["step": name]]
        }
    }
}

/// Says in the reader's language what a definition and the state of a case say in values. It
/// decides nothing: who may do what, and what is lawful, was asked before.
struct CaseSays: NamesProcedure {
    let words: Words
    let procedure: Procedure
    let catalogue: Catalogue
    let fold: CaseFold
    let state: CaseState
    let now: Moment
    let names: StepNames

    init(
        _ words: Words, _ catalogue: Catalogue, _ fold: CaseFold, at now: Moment
    ) {
        self.words = words
        self.catalogue = catalogue
        self.fold = fold
        procedure = fold.procedure
        state = fold.state(at: now)
        self.now = now
        names = StepNames(procedure, catalogue, words)
    }

    var today: Day { now.day }

    /// Several names in a row.
    func list(_ names: [String]) -> String { names.joined(separator: words.comma) }

    // MARK: Days

    /// A day, with the minute where one is known.
    func time(_ time: CaseTime) -> String { time.text }

    /// How long something is: 1年, 5个工作日.
    func length(_ length: Deadline.Length) -> String { length.written[language] }

    func counted(_ count: Int, _ word: String) -> String { words.counted(count, word) }

    func days(_ count: Int) -> String { counted(count, "case_day") }

    /// A stretch of minutes as people say it: in days, below one in hours, below that in minutes.
    func stretch(minutes: Int) -> String {
        if minutes >= 1_440 { return days(minutes / 1_440) }
        return minutes >= 60
            ? counted(minutes / 60, "case_hour") : counted(max(minutes, 0), "case_minute")
    }

    // MARK: Rules

    func rule(_ id: String, on day: Day) -> Rule? { fold.world.rule(id, day) }

    /// Where a rule stands among all.
    func href(_ rule: Rule) -> String {
        Link("", Address("rules"), at: rule.anchor).href
    }

    /// Where a rule comes from, and what of it is still to be looked up.
    func source(_ rule: Rule) -> String {
        let text = words[
            "case_rule",
            ["rule": rule.name[language], "source": rule.source[language]]]
        return rule.toVerify.isEmpty ? text : text + words["case_rule_to_verify"]
    }
}

/// What the steps of a procedure are called: as it says, else as the kind that a step posts. Where
/// several post the same and say nothing, the stage tells them apart.
struct StepNames: Sendable {
    private let names: [String: String]

    init(_ procedure: Procedure, _ catalogue: Catalogue, _ words: Words) {
        let stages = Stages(procedure)
        var names: [String: String] = [:]
        for step in procedure.steps {
            let kindName = catalogue.kinds[step.kind]?.name[words.language] ?? step.id
            let name = step.name?[words.language] ?? kindName
            let isShared = procedure.steps.contains {
                $0.kind == step.kind && $0.id != step.id && $0.name == nil
            }
            guard isShared, step.name == nil, let id = stages.stage(of: step.id),
                let stage = procedure.stage(id)?[words.language]
            else {
                names[step.id] = name
                continue
            }
            names[step.id] = words["case_step_of_stage", ["step": name, "stage": stage]]
        }
        self.names = names
    }

    subscript(_ id: String) -> String { names[id] ?? id }
}

/// The stages of a procedure: each begins with the step that names it, in the order of the file.
struct Stages: Sendable {
    struct Stage: Sendable {
        /// Nil before the first that is named.
        let id: String?
        let steps: [String]
    }

    let all: [Stage]

    init(_ procedure: Procedure) {
        var all: [Stage] = []
        var steps: [String] = []
        var id: String?
        // A step that may be taken at any time belongs to no stage.
        for step in procedure.steps where !step.isPermitted {
            if let stage = step.stage, stage != id {
                if !steps.isEmpty { all.append(Stage(id: id, steps: steps)) }
                (id, steps) = (stage, [])
            }
            steps.append(step.id)
        }
        if !steps.isEmpty { all.append(Stage(id: id, steps: steps)) }
        self.all = all
    }

    func stage(of step: String) -> String? { all.first { $0.steps.contains(step) }?.id }
}

extension Words {
    /// So many of something, whose word for one may be another.
    func counted(_ count: Int, _ word: String) -> String {
        self[count == 1 ? word + "_one" : word, ["count": count.grouped]]
    }
}
