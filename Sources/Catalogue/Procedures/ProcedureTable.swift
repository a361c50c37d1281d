import Core

/// A procedure as a table: of each step who takes it, when, by when, and where it leads.
package struct ProcedureTable: Sendable {
    /// One step, in the words of the definition.
    package struct Row: Sendable, Encodable {
        package let step: String
        package let kind: String
        /// What the step is called in the language asked for.
        package let name: String
        package let stage: String
        /// Who may write it.
        package let who: [String]
        /// What it comes after, or while what it is permitted.
        package let when: String
        /// Before when it is not lawful, and by when it is owed.
        package let byWhen: [String]
        /// Where each way leads: to the next steps, back, or to an end.
        package let ways: [String]
    }

    package let rows: [Row]
    private let depths: [Int]

    package init(_ procedure: Procedure, in catalogue: Catalogue, language: Language) {
        rows = procedure.steps.map { step in
            Row(
                step: step.id, kind: step.kind,
                name: catalogue.name(of: step)[language], stage: step.stage ?? "",
                who: (step.by + step.elseBy).map(\.text), when: step.entry.text,
                byWhen: step.clockWords, ways: procedure.ways(from: step))
        }
        depths = procedure.shape.depths
    }

    /// A drawing in letters: each step as deep as the longest way to it, with the ways on.
    package var drawing: String {
        zip(rows, depths).map { row, depth in
            let space = String(repeating: "  ", count: depth)
            let lines = row.ways.map { "\(space)    \($0)" }
            return (["\(space)● \(row.step)  \(row.name)"] + lines).joined(separator: "\n")
        }.joined(separator: "\n")
    }
}

extension Catalogue {
    /// What a step is called: by its own name, else as its kind.
    package func name(of step: Procedure.Step) -> Wording {
        step.name ?? kinds[step.kind]?.name ?? Wording(zh: step.id, en: step.id)
    }
}

extension Procedure {
    /// Where a step leads: `→ next`, `↩ back`, `■ end`, each with the outcome that leads there.
    fileprivate func ways(from step: Step) -> [String] {
        func words(_ sign: String, _ to: String, _ on: String?) -> String {
            "\(sign) \(to)" + (on.map { " (\($0))" } ?? "")
        }
        let next = steps.flatMap { other -> [String] in
            switch other.entry {
            case .after(let groups):
                groups.joined().filter { $0.step == step.id }.map {
                    words("→", other.id, $0.afterDot)
                }
            case .whilst(.step(let one)) where one.step == step.id:
                [words("⋯", other.id, one.afterDot)]
            case .reopens(step.id): [words("⋯", other.id, nil)]
            default: []
            }
        }
        let back = step.back.map { words("↩", $0.to, $0.outcome) }
        let ends = ends.filter { $0.when.step == step.id }.map {
            words("■", $0.id, $0.when.afterDot)
        }
        return next + back + ends
    }
}

extension Procedure.StepReference {
    /// What stands behind the dot: an outcome, or what became of the step.
    fileprivate var afterDot: String? {
        state == nil ? nil : String(text.dropFirst(step.count + 1))
    }
}

extension Procedure.Entry {
    fileprivate var text: String {
        switch self {
        case .opens: "opens"
        case .after(let groups):
            groups.map { group in
                let texts = group.map(\.text)
                return texts.count == 1 ? texts[0] : "any(\(texts.joined(separator: ", ")))"
            }.joined(separator: " + ")
        case .whilst(.open): "while case"
        case .whilst(.closed): "while closed"
        case .whilst(.step(let one)): "while \(one.text)"
        case .reopens(let id): "reopens \(id)"
        }
    }
}

extension Procedure.Step {
    fileprivate var clockWords: [String] {
        notBefore.map { "≥ \($0.text)" } + [within.map { "≤ \($0.text)" }].compactMap { $0 }
            + [every.map { "each \($0.text)" }, lapses.map { "lapses \($0.text)" }].compactMap {
                $0
            }
            + [lasts.map { "lasts \($0.text)" }, valid.map { "valid \($0.text)" }].compactMap { $0 }
    }
}

extension Procedure.Clock {
    /// As it is written in a definition.
    package var text: String {
        switch anchor {
        case .after: of.text
        case .step(let id): "\(of.text) from \(id)"
        case .before(let field): "\(of.text) before \(field.step).\(field.field)"
        }
    }
}

extension Procedure.Length {
    /// As it is written in a definition.
    package var text: String {
        switch self {
        case .fixed(let length): "\(length.count) \(length.unit.rawValue)"
        case .rule(let id): id
        case .field(let field, let unit): "\(field.step).\(field.field) \(unit.rawValue)"
        case .chosen(let field, let options, let other):
            "\(field): "
                + (options.map { "\($0.option) \($0.length.text)" }
                + (other.map { ["other \($0.text)"] } ?? [])).joined(separator: ", ")
        }
    }
}

extension CaseShape {
    /// How many steps the longest way to each step has; what begins by itself has none.
    fileprivate var depths: [Int] {
        var depths = Array(repeating: 0, count: steps.count)
        for place in order {
            let before = steps[place].before.map { depths[$0] + 1 }
            if case .whilst(let one) = steps[place].entry {
                depths[place] = depths[one.step] + 1
            } else {
                depths[place] = before.max() ?? 0
            }
        }
        return depths
    }
}
