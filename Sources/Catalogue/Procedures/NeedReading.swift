import Core

extension Procedure.Need {
    static func read(_ mapping: Mapping) -> [Procedure.Need] {
        guard let node = mapping.node("needs") else { return [] }
        guard node.mapping != nil, let needs = mapping.mapping("needs") else {
            return mapping.words("needs").map { .field($0, .set(true)) }
        }
        return read(of: needs)
    }

    private static func read(of mapping: Mapping) -> [Procedure.Need] {
        let outcome = mapping.text("if")
        let found = mapping.keys.filter { $0 != "if" }.flatMap { key in one(key, mapping) }
        return outcome.map { outcome in found.map { .ifOutcome(outcome, $0) } } ?? found
    }

    private static func one(_ key: String, _ mapping: Mapping) -> [Procedure.Need] {
        switch (key, call(key)) {
        case ("had", _): return mapping.items(key).map { .had(.init($0, wanted: true)) }
        case ("had_not", _): return mapping.items(key).map { .had(.init($0, wanted: false)) }
        case ("any", _): return [.any(mapping.items(key).flatMap(read(of:)))]
        case (_, .some(("persons", let role))): return persons(role, key, mapping)
        case (_, .some(("count", let step))):
            return mapping.comparisons(key).map { .count(step, $0) }
        case (_, .some(("distinct", let role))):
            return [.distinct(role: role, from: mapping.words(key))]
        case (_, .some):
            mapping.fault("“\(key)” is nothing that a step can need", at: key)
            return []
        case (_, nil): return mapping.comparisons(key).map { .field(key, $0) }
        }
    }

    /// So many persons, or as many as an earlier step says with a share on top.
    private static func persons(
        _ role: String, _ key: String, _ mapping: Mapping
    ) -> [Procedure.Need] {
        guard let bounds = mapping.mapping(key) else { return [] }
        defer { bounds.close() }
        guard let text = bounds.text("at_least"), let (name, inner) = call(text), name == "field"
        else { return bounds.comparisons().map { .persons(role, $0) } }
        guard let field = Procedure.FieldReference(inner) else {
            bounds.fault("“\(text)” is not like field(step.field)", at: "at_least")
            return []
        }
        let percent = bounds.amount("surplus") ?? .number(0)
        return [.surplus(role: role, over: field, percent: percent)]
    }
}
