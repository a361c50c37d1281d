import Core

extension Indicator {
    init(_ id: String, _ mapping: Mapping) {
        self.id = id
        file = mapping.file
        line = mapping.line
        version = mapping.version(of: id)
        name = mapping.wording("name")
        area = mapping.text("area") ?? "highlight"
        serves = mapping.words("serves")
        definition = mapping.wording("source", required: false)
        at = mapping.choice("at", At.self, default: .doer)
        conditions = Condition.read(mapping, "where")
        role = mapping.text("role")
        had =
            mapping.items("had").map { Had($0, wanted: true) }
            + mapping.items("had_not").map { Had($0, wanted: false) }
        followedBy = mapping.mapping("followed_by").map(Follower.init)
        value = Worth(mapping)
        from = Source(mapping)
        var fallback = When.happened
        if case .units = from { fallback = .inForce }
        when = mapping.choice("when", When.self, default: fallback)
        per = mapping.mixed("per").compactMap { Member($0.word, $0.mapping) }
        onlyPresent = mapping.says("only", "present")
        having = Comparison.read(mapping, "having")
        answer = mapping.choice("as", Answer.self, default: having == nil ? .value : .share)
        by = mapping.text("by")
        over = mapping.text("over")
        part = mapping.flag("part")
        let check = mapping.mapping("check")
        sums = check?.text("sum")
        check?.close()
        since = Self.rule(mapping, "since")
        unit = mapping.requiredText("unit")
        scale = Self.measure(mapping, "scale")
        round = mapping.integer("round") ?? 0
        qualifier = mapping.choice("qualifier", Qualifier.self, default: .exact)
        step = mapping.integer("step") ?? 1
        word = mapping.text("word")
        fold = mapping.has("fold") ? mapping.flag("fold") : unit == "元"
        axis = mapping.choice("axis", Axis.self, default: .territory)
        visibility =
            mapping.has("visibility")
            ? mapping.choice("visibility", Visibility.self, default: .sealed) : nil
        headline = mapping.flag("headline")
        chain = mapping.words("chain")
        mapping.close()
        checkTogether(mapping)
    }

    /// What one key alone does not tell.
    private func checkTogether(_ mapping: Mapping) {
        if !(0...6).contains(round) { mapping.fault("“round” must be 0 to 6", at: "round") }
        if step < 1 { mapping.fault("“step” must be at least 1", at: "step") }
        if !per.isEmpty, having == nil, answer != .each {
            mapping.fault("“per” needs “having”, or “as: each”", at: "per")
        }
        if having != nil, per.isEmpty { mapping.fault("“having” needs “per”", at: "having") }
    }

    private static func rule(_ mapping: Mapping, _ key: String) -> String? {
        guard let text = mapping.text(key) else { return nil }
        if let id = ruleID(text) { return id }
        mapping.fault("“\(key)” must be like rule(id)", at: key)
        return nil
    }

    private static func measure(_ mapping: Mapping, _ key: String) -> MeasureUnit? {
        guard let text = mapping.text(key) else { return nil }
        if let unit = MeasureUnit(rawValue: text) { return unit }
        mapping.fault("“\(text)” is not a unit of measure", at: key)
        return nil
    }
}

extension Indicator.Source {
    fileprivate init(_ mapping: Mapping) {
        switch mapping.requiredText("from") {
        case "units": self = .units(forms: mapping.words("forms"), seat: mapping.text("seat"))
        case "rule": self = .rule
        case let kind: self = .kind(kind)
        }
    }
}

/// The id inside `rule(id)`.
func ruleID(_ text: String) -> String? {
    guard text.hasPrefix("rule("), text.hasSuffix(")") else { return nil }
    return String(text.dropFirst(5).dropLast())
}

/// The name and the word in brackets of `sum(minutes)`.
func call(_ text: String) -> (name: String, argument: String)? {
    guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return nil }
    return (String(text[..<open]), String(text[text.index(after: open)...].dropLast()))
}

extension Indicator.Threshold {
    /// Reads `3`, `1000 square_meter`, `rule(id)` or a word.
    init(_ text: String) {
        if let rule = ruleID(text) {
            self = .rule(rule)
            return
        }
        let parts = text.split(separator: " ")
        if parts.count == 2, let number = Int(parts[0]), number.magnitude <= Mapping.largest,
            let unit = MeasureUnit(rawValue: String(parts[1]))
        {
            self = .number(number * unit.factor)
        } else if let number = Int(text) {
            self = .number(number)
        } else {
            self = .text(text)
        }
    }
}

extension Indicator.Comparison {
    static func read(_ mapping: Mapping, _ key: String) -> Self? {
        mapping.mapping(key).flatMap(Self.read)
    }

    static func read(_ mapping: Mapping) -> Self? {
        defer { mapping.close() }
        if let text = mapping.text("is") { return .is(Indicator.Threshold(text)) }
        if mapping.has("in") { return .in(mapping.words("in")) }
        if let text = mapping.text("at_least") { return .atLeast(Indicator.Threshold(text)) }
        if let text = mapping.text("more_than") { return .moreThan(Indicator.Threshold(text)) }
        if let text = mapping.text("at_most") { return .atMost(Indicator.Threshold(text)) }
        if let text = mapping.text("less_than") { return .lessThan(Indicator.Threshold(text)) }
        if mapping.has("set") { return .set(mapping.flag("set")) }
        mapping.fault("expected is, in, at_least, more_than, at_most, less_than or set")
        return nil
    }
}

extension Indicator.Condition {
    static func read(_ mapping: Mapping, _ key: String) -> [Indicator.Condition] {
        mapping.entries(key).compactMap { name, mapping in
            Indicator.Comparison.read(mapping).map { .init(field: name, comparison: $0) }
        }
    }
}

extension Indicator.Had {
    init(_ mapping: Mapping, wanted: Bool) {
        self.wanted = wanted
        kind = mapping.requiredText("kind")
        by = mapping.choice("by", By.self, default: .person)
        subject = mapping.text("subject")
        role = mapping.text("role")
        conditions = Indicator.Condition.read(mapping, "where")
        on = mapping.choice("on", On.self, default: .record)
        mapping.close()
    }
}

extension Indicator.Follower {
    init(_ mapping: Mapping) {
        kind = mapping.requiredText("kind")
        link = mapping.requiredText("link")
        countsFirstDay = mapping.says("day", "first", or: "follower")
        mapping.close()
    }
}

extension Indicator.Worth {
    init(_ mapping: Mapping) {
        let level = mapping.text("level")
        let now = mapping.says("units", "now", or: "then")
        let subject = mapping.text("subject")
        let pick = mapping.mapping("pick").flatMap(Indicator.Pick.init)
        let text = mapping.requiredText("value")
        switch (text, call(text)) {
        case ("count", _): self = .count
        case ("streak", _): self = .streak
        case ("pick", _):
            if pick == nil { mapping.fault("“value: pick” needs “pick”") }
            self = pick.map(Indicator.Worth.pick) ?? .count
        case (_, .some(("sum", let measure))): self = .sum(measure)
        case (_, .some(("max", let measure))): self = .max(measure)
        case (_, .some(("rule", let rule))): self = .rule(rule)
        case (_, .some(("distinct", "persons"))): self = .distinctPersons
        case (_, .some(("distinct", "units"))):
            self = .distinctUnits(level: level, now: now, places: false)
        case (_, .some(("distinct", "places"))):
            self = .distinctUnits(level: level, now: now, places: true)
        case (_, .some(("distinct", "subjects"))): self = .distinctSubjects(subject)
        case (_, .some(("distinct", let field))): self = .distinctField(field)
        default:
            mapping.fault("“\(text)” is not a value a figure can have", at: "value")
            self = .count
        }
    }
}

extension Indicator.Pick {
    init?(_ mapping: Mapping) {
        if let text = mapping.text("largest") {
            guard let (name, measure) = call(text), name == "sum" else {
                mapping.fault("“largest” must be like sum(area)", at: "largest")
                return nil
            }
            order = .largest(measure: measure)
        } else {
            _ = mapping.requiredText("earliest")
            order = .earliest
        }
        within = mapping.text("within")
        allowsTie = mapping.says("tie", "all", or: "none")
        if let then = mapping.node("then")?.scalar?.string {
            switch then {
            case "value": self.then = .value
            case "lies_in_unit": self.then = .liesInUnit
            default:
                mapping.fault("“then” is “\(then)”; it can be value or lies_in_unit", at: "then")
                self.then = .value
            }
        } else if let then = mapping.mapping("then") {
            let measures = then.words("divide")
            if measures.count != 2 { then.fault("“divide” needs two measures", at: "divide") }
            self.then = .divide(
                kind: then.requiredText("from"), above: measures.first ?? "",
                below: measures.last ?? "", conditions: Indicator.Condition.read(then, "where"))
            then.close()
        } else {
            self.then = .value
        }
        mapping.close()
    }
}

extension Indicator.Member {
    init?(_ word: String?, _ mapping: Mapping?) {
        switch word {
        case "week": self = .week
        case "month": self = .month
        case "record": self = .record
        case .some(let form): self = .form(form)
        case nil:
            guard let mapping else { return nil }
            self = .standing(
                kind: mapping.requiredText("standing"), subject: mapping.text("subject"),
                conditions: Indicator.Condition.read(mapping, "where"))
            mapping.close()
        }
    }
}
