import Core

extension Mapping {
    /// A length of time: `rule(id)`, `5 working_day`, `field(step.field) month`, or
    /// `{field: {option: length, other: length}}`.
    func length(_ key: String) -> Procedure.Length? {
        guard let node = node(key) else {
            fault("“\(key)” is missing")
            return nil
        }
        guard node.scalar == nil else { return text(key).flatMap { length($0, key) } }
        guard let choice = mapping(key), choice.keys.count == 1, let field = choice.keys.first,
            let options = choice.mapping(field)
        else {
            fault("“\(key)” chooses by one field", at: key)
            return nil
        }
        var chosen: [Procedure.Chosen] = []
        var other: Procedure.Length?
        for option in options.keys {
            guard let length = options.text(option).flatMap({ options.length($0, option) }) else {
                continue
            }
            if option == "other" {
                other = length
            } else {
                chosen.append(Procedure.Chosen(option: option, length: length))
            }
        }
        return .chosen(field: field, chosen, other: other)
    }

    private func length(_ text: String, _ key: String) -> Procedure.Length? {
        if let id = ruleID(text) { return .rule(id) }
        let parts = text.split(separator: " ").map(String.init)
        if parts.count == 2, let unit = Deadline.Length.Unit(rawValue: parts[1]) {
            if let count = Int(parts[0]), (0...Deadline.mostDays).contains(count) {
                return .fixed(Deadline.Length(count, unit))
            }
            if let (name, field) = call(parts[0]), name == "field",
                let field = Procedure.FieldReference(field)
            {
                return .field(field, unit)
            }
        }
        fault("“\(text)” is no length such as rule(id), 5 working_day or 1 month", at: key)
        return nil
    }

    /// A clock: a length alone, or a mapping that says from where.
    ///
    /// - Parameter other: a key that the mapping may have beside its own.
    func clock(_ key: String, or other: String? = nil) -> (Procedure.Clock, String?)? {
        guard let node = node(key) else { return nil }
        guard node.mapping != nil, let mapping = mapping(key) else {
            return length(key).map { (Procedure.Clock(of: $0, anchor: .after, rolls: true), nil) }
        }
        return mapping.readClock(or: other)
    }

    /// Several clocks, each of which must have run.
    func clocks(_ key: String) -> [Procedure.Clock] {
        guard node(key)?.sequence != nil else { return clock(key).map { [$0.0] } ?? [] }
        return items(key).compactMap { $0.readClock(or: nil)?.0 }
    }

    private func readClock(or other: String?) -> (Procedure.Clock, String?)? {
        defer { close() }
        let extra = other.flatMap { text($0) }
        let rolls = !has("rolls") || flag("rolls")
        var anchor = Procedure.Clock.Anchor.after
        if let step = text("from") { anchor = .step(step) }
        if let before = text("before") {
            guard let (name, field) = call(before), name == "field",
                let field = Procedure.FieldReference(field)
            else {
                fault("“before” is like field(step.field)", at: "before")
                return nil
            }
            if has("from") { fault("a clock runs “from” a step or “before” a day, not both") }
            anchor = .before(field)
        }
        guard let of = length("of") else { return nil }
        return (Procedure.Clock(of: of, anchor: anchor, rolls: rolls), extra)
    }

    /// A number or a rule.
    func amount(_ key: String) -> Procedure.Amount? {
        guard let text = text(key) else { return nil }
        if let id = ruleID(text) { return .rule(id) }
        if let number = Int(text), (0...1_000_000).contains(number) { return .number(number) }
        fault("“\(key)” is a number or rule(id), not “\(text)”", at: key)
        return nil
    }
}
