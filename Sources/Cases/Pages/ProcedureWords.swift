import Catalogue
import Core
import Web

/// Says in the reader's language what a definition says: who acts, when it is lawful, by when, and
/// where a step leads.
struct ProcedureWords: NamesProcedure {
    let words: Words
    let procedure: Procedure
    let catalogue: Catalogue
    let today: Day
    let names: StepNames

    init(_ words: Words, _ procedure: Procedure, _ catalogue: Catalogue, on today: Day) {
        self.words = words
        self.procedure = procedure
        self.catalogue = catalogue
        self.today = today
        names = StepNames(procedure, catalogue, words)
    }

    // MARK: Who

    func who(_ step: Procedure.Step) -> String {
        let actors = step.by.map(said)
        let others = step.elseBy.map(said)
        var text = actors.joined(separator: words["case_or"])
        if !others.isEmpty {
            text =
                words[
                    "procedure_who_else",
                    ["who": text, "else": others.joined(separator: words["case_or"])]]
        }
        if let signs = step.signs {
            text +=
                words[
                    signs.all ? "procedure_signs_all" : "procedure_signs_one",
                    ["who": signs.actors.map(said).joined(separator: words.comma)]]
        }
        if !step.notBy.isEmpty {
            text +=
                words[
                    "procedure_not_by",
                    ["steps": step.notBy.map(name).joined(separator: words.comma)]]
        }
        return text
    }

    func said(_ actor: Procedure.Actor) -> String {
        switch actor {
        case .about: words["procedure_by_about"]
        case .anybody: words["procedure_by_anybody"]
        case .persons(let role): words["procedure_by_persons", ["role": roleName(role)]]
        case .role(let unit, let role):
            words[
                "procedure_by_role",
                [
                    "unit": said(unit),
                    "role": catalogue.roles[role]?.name[language] ?? role,
                ]]
        }
    }

    /// What a person is called who stands in a role of one of its steps.
    private func roleName(_ id: String) -> String {
        let kinds = [procedure.subject.kind] + procedure.steps.map(\.kind)
        let role = kinds.lazy.compactMap { catalogue.kinds[$0] }
            .flatMap(\.persons).first { $0.id == id }
        return role?.label[language] ?? id
    }

    func said(_ unit: Procedure.UnitName) -> String {
        switch unit {
        case .unit: return words["procedure_unit_own"]
        case .place: return words["procedure_unit_place"]
        case .named: return words["procedure_unit_named"]
        case .owner: return words["procedure_unit_owner"]
        case .each: return words["procedure_unit_each"]
        case .district: return words["procedure_unit_district"]
        case .called(let name):
            let named = procedure.subject.units.first { $0.name == name }
            guard let named, named.unit != unit else { return name }
            return said(named.unit)
        case .superior(let below):
            return words["procedure_unit_above", ["unit": said(below)]]
        case .superiorForm(let form):
            return words[
                "procedure_unit_form",
                ["form": catalogue.forms[form]?.name[language] ?? form]]
        }
    }

    // MARK: When

    /// When a step comes: after which, and from which day on it is lawful.
    func when(_ step: Procedure.Step) -> [Said] {
        var lines: [Said] = [Said(entry(step))]
        lines += step.when.map { when in
            Said(words["procedure_when", ["step": name(when.step)]])
        }
        if let every = step.every {
            lines.append(Said(words["procedure_every", ["length": said(every.of)]], rule(every.of)))
        }
        lines += step.notBefore.map { clock in
            Said(
                words[
                    "procedure_not_before",
                    ["length": said(clock.of), "from": anchor(clock)]], rule(clock.of))
        }
        if let lasts = step.lasts {
            lines.append(Said(words["procedure_lasts", ["length": said(lasts)]], rule(lasts)))
        }
        if let valid = step.valid {
            lines.append(Said(words["procedure_valid", ["length": said(valid)]], rule(valid)))
        }
        return lines
    }

    private func entry(_ step: Procedure.Step) -> String {
        switch step.entry {
        case .opens: return words["procedure_opens"]
        case .after(let all):
            let steps = all.map { $0.map(said).joined(separator: words["case_or"]) }
            return words["procedure_after", ["steps": steps.joined(separator: words.comma)]]
        case .whilst(.step(let reference)):
            return words["procedure_while", ["step": said(reference)]]
        case .whilst(.open): return words["procedure_while_open"]
        case .whilst(.closed): return words["procedure_while_closed"]
        case .reopens(let end):
            return words["procedure_reopens", ["end": self.end(end)]]
        }
    }

    /// By when a step is owed, and from when on it may be taken no more.
    func until(_ step: Procedure.Step) -> [Said] {
        var lines: [Said] = []
        if let within = step.within {
            lines.append(
                Said(
                    words[
                        "procedure_within",
                        ["length": said(within.of), "from": anchor(within)]],
                    rule(within.of)))
        }
        if let lapses = step.lapses {
            lines.append(
                Said(
                    words[
                        "procedure_lapses",
                        ["length": said(lapses.of), "from": anchor(lapses)]],
                    rule(lapses.of)))
        }
        return lines
    }

    private func anchor(_ clock: Procedure.Clock) -> String {
        switch clock.anchor {
        case .after: words["procedure_from_after"]
        case .step(let id): words["procedure_from_step", ["step": name(id)]]
        case .before(let reference):
            words["procedure_from_before", ["step": name(reference.step)]]
        }
    }

    /// How long something is, with the value that a rule has today.
    private func said(_ length: Procedure.Length) -> String {
        switch length {
        case .fixed(let fixed):
            return words.counted(fixed.count, "case_\(fixed.unit.rawValue)")
        case .rule(let id):
            return catalogue.rule(id, on: today)?.written[language]
                ?? words["procedure_rule_none"]
        case .field(let reference, _):
            return words["procedure_length_field", ["step": name(reference.step)]]
        case .chosen(_, let chosen, let other):
            let lengths = chosen.map { said($0.length) } + (other.map { [said($0)] } ?? [])
            return lengths.joined(separator: words["case_or"])
        }
    }

    private func rule(_ length: Procedure.Length) -> Rule? {
        guard case .rule(let id) = length else { return nil }
        return catalogue.rule(id, on: today)
    }

    // MARK: Ways on

    /// Where a step leads: its outcomes that lead back or to an end.
    func ways(_ step: Procedure.Step) -> [String] {
        var lines = step.back.map { back in
            words[
                back.outcome == nil ? "procedure_back" : "procedure_back_outcome",
                [
                    "outcome": back.outcome.map { outcome($0, of: step.id) } ?? "",
                    "step": name(back.to),
                ]]
        }
        lines += procedure.ends.filter { $0.when.step == step.id }.map { end in
            guard case .outcome(let outcome) = end.when.state else {
                return words["procedure_end", ["end": end.name[language]]]
            }
            return words[
                "procedure_end_outcome",
                ["outcome": self.outcome(outcome, of: step.id), "end": end.name[language]]]
        }
        if let other = step.lapsesTo {
            lines.append(words["procedure_lapses_to", ["step": name(other)]])
        }
        return lines
    }
}

/// A sentence of a definition, with the rule whose value stands in it.
struct Said: Sendable {
    let saidText: String
    let saidHref: String?

    init(_ text: String, _ rule: Rule? = nil) {
        saidText = text
        saidHref = rule.map { Link("", Address("rules"), at: $0.anchor).href }
    }
}
