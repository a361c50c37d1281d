import Core

extension Procedure.Step {
    /// - Parameter names: what the procedure calls units.
    init(_ id: String, _ mapping: Mapping, _ names: Set<String>) {
        self.id = id
        line = mapping.line
        file = mapping.file
        if !isName(id) || Self.reserved.contains(id) {
            mapping.fault("“\(id)” cannot name a step: a-z, 0-9 and _, and no word of its own")
        }
        kind = mapping.requiredText("kind")
        name = mapping.has("name") ? mapping.wording("name") : nil
        stage = mapping.text("stage")
        entry = Procedure.Entry(mapping)
        when = Self.when(mapping)
        each = mapping.text("each")
        every = mapping.clock("every")?.0
        until = mapping.text("until")
        back = Self.byOutcome(mapping, "back").map { .init(outcome: $0.outcome, to: $0.text) }
        times = Self.times(mapping)
        valid = mapping.has("valid") ? mapping.length("valid") : nil
        by = Self.actors(mapping, "by", names)
        at = mapping.text("at").flatMap { Self.unit($0, mapping, "at", names) }
        holds = Self.byOutcome(mapping, "holds").compactMap { outcome, text in
            Self.unit(text, mapping, "holds", names).map { .init(outcome: outcome, unit: $0) }
        }
        notBy = mapping.words("not_by")
        elseBy = Self.actors(mapping, "else_by", names)
        signs = mapping.mapping("signs").map { Procedure.Signatures($0, names) }
        notBefore = mapping.clocks("not_before")
        within = mapping.clock("within")?.0
        let lapse = mapping.clock("lapses", or: "to")
        (lapses, lapsesTo) = (lapse?.0, lapse?.1)
        lasts = Self.lasts(mapping)
        needs = Procedure.Need.read(mapping)
        generally = Procedure.Generally(mapping)
        vote = mapping.mapping("vote").map(Procedure.Vote.init)
        papers = mapping.words("papers")
        effects = mapping.mixed("effect").compactMap { item in
            if item.mapping == nil { mapping.fault("an effect is a mapping", at: "effect") }
            return item.mapping.map { Procedure.Effect($0, names) }
        }
        tells = mapping.text("tells")
        mapping.close()
    }

    /// What a step is not called, since `while` and `about` mean something by it.
    private static let reserved: Set = ["case", "closed", "other"]

    private static func when(_ mapping: Mapping) -> [Procedure.When] {
        guard let conditions = mapping.mapping("when") else { return [] }
        return conditions.keys.flatMap { key -> [Procedure.When] in
            guard let field = Procedure.FieldReference(key) else {
                conditions.fault("“when” names step.field, not “\(key)”", at: key)
                return []
            }
            return conditions.comparisons(key).map {
                Procedure.When(step: field.step, field: field.field, comparison: $0)
            }
        }
    }

    /// A word alone, or one for each outcome.
    private static func byOutcome(
        _ mapping: Mapping, _ key: String
    ) -> [(outcome: String?, text: String)] {
        guard let node = mapping.node(key) else { return [] }
        guard node.mapping != nil, let outcomes = mapping.mapping(key) else {
            return mapping.text(key).map { [(nil, $0)] } ?? []
        }
        return outcomes.keys.map { ($0, outcomes.requiredText($0)) }
    }

    private static func times(_ mapping: Mapping) -> [Procedure.Bound] {
        guard let node = mapping.node("times") else { return [] }
        guard node.mapping != nil, let outcomes = mapping.mapping("times") else {
            return mapping.amount("times").map { [.init(outcome: nil, most: $0)] } ?? []
        }
        return outcomes.keys.compactMap { outcome in
            outcomes.amount(outcome).map { .init(outcome: outcome, most: $0) }
        }
    }

    private static func lasts(_ mapping: Mapping) -> Procedure.Length? {
        guard let node = mapping.node("lasts") else { return nil }
        guard node.mapping != nil, let stretch = mapping.mapping("lasts") else {
            return mapping.length("lasts")
        }
        defer { stretch.close() }
        return stretch.length("at_least")
    }

    fileprivate static func actors(
        _ mapping: Mapping, _ key: String, _ names: Set<String>
    ) -> [Procedure.Actor] {
        mapping.words(key).compactMap { text in
            let actor = Procedure.Actor(text, names)
            if actor == nil {
                mapping.fault(
                    "“\(text)” is nobody: say about, public, persons(role) or unit.role", at: key)
            }
            return actor
        }
    }

    static func unit(
        _ text: String, _ mapping: Mapping, _ key: String, _ names: Set<String>
    ) -> Procedure.UnitName? {
        let unit = Procedure.UnitName(text, names)
        if unit == nil { mapping.fault("“\(text)” names no unit", at: key) }
        return unit
    }
}

extension Procedure.Entry {
    fileprivate init(_ mapping: Mapping) {
        let given = ["opens", "after", "while", "reopens"].filter(mapping.has)
        if given.count != 1 {
            mapping.fault("a step says one of opens, after, while and reopens")
        }
        if mapping.flag("opens") {
            self = .opens
        } else if let text = mapping.text("reopens") {
            self = .reopens(text)
        } else if let text = mapping.text("while") {
            self = .whilst(Procedure.While(text, mapping))
        } else {
            self = .after(Self.after(mapping))
        }
    }

    private static func after(_ mapping: Mapping) -> [[Procedure.StepReference]] {
        mapping.mixed("after").compactMap { word, any in
            let texts = word.map { [$0] } ?? any?.words("any") ?? []
            any?.close()
            let references = texts.compactMap { text in
                let reference = Procedure.StepReference(text)
                if reference == nil { mapping.fault("“\(text)” is no step", at: "after") }
                return reference
            }
            if references.isEmpty { mapping.fault("“after” names steps", at: "after") }
            return references.isEmpty ? nil : references
        }
    }
}

extension Procedure.While {
    fileprivate init(_ text: String, _ mapping: Mapping) {
        switch text {
        case "case": self = .open
        case "closed": self = .closed
        default:
            let reference = Procedure.StepReference(text)
            if reference == nil { mapping.fault("“\(text)” is no step", at: "while") }
            self = .step(reference ?? .init(step: text, state: nil))
        }
    }
}

extension Procedure.Signatures {
    fileprivate init(_ mapping: Mapping, _ names: Set<String>) {
        all = mapping.has("all")
        if all == mapping.has("one") { mapping.fault("“signs” says “all” or “one”") }
        actors = Procedure.Step.actors(mapping, all ? "all" : "one", names)
        when = Indicator.Condition.read(mapping, "if")
        refused = mapping.text("refused")
        mapping.close()
    }
}

extension Procedure.Generally {
    fileprivate init(_ mapping: Mapping) {
        let words = mapping.words("generally")
        switch words {
        case []: self = .none
        case ["true"]: self = .all
        default: self = .named(words)
        }
    }
}

extension Mapping {
    /// The comparisons under a key: all of them must hold.
    func comparisons(_ key: String) -> [Indicator.Comparison] {
        guard let mapping = mapping(key) else { return [] }
        defer { mapping.close() }
        return mapping.comparisons()
    }

    /// The comparisons that the mapping itself says.
    func comparisons() -> [Indicator.Comparison] {
        func threshold(_ key: String) -> Indicator.Threshold? {
            text(key).map(Indicator.Threshold.init)
        }
        var found: [Indicator.Comparison] = []
        if let one = threshold("is") { found.append(.is(one)) }
        if has("in") { found.append(.in(words("in"))) }
        if let one = threshold("at_least") { found.append(.atLeast(one)) }
        if let one = threshold("more_than") { found.append(.moreThan(one)) }
        if let one = threshold("at_most") { found.append(.atMost(one)) }
        if let one = threshold("less_than") { found.append(.lessThan(one)) }
        if has("set") { found.append(.set(flag("set"))) }
        if found.isEmpty {
            fault("expected is, in, at_least, more_than, at_most, less_than or set")
        }
        return found
    }
}
