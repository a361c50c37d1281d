extension Catalogue {
    /// The rules that the program itself reads: the clocks of rights, and how long traces are kept.
    package static let rulesOfTheProgram: Set = [
        "audit.retention_years", "personal_data.answer_days", "personal_data.contact_minutes",
    ]

    /// The rules that a figure, a due, a procedure or the program reads, or that a figure should
    /// reach. All others are there to be looked up: changing their value changes nothing.
    package var rulesInUse: Set<String> {
        var used = Self.rulesOfTheProgram
        used.formUnion(rules.filter { $0.value.contains { $0.target != nil } }.keys)
        func note(_ threshold: Indicator.Threshold?) {
            if case .rule(let id) = threshold { used.insert(id) }
        }
        for indicator in indicators.values {
            if case .rule(let id) = indicator.value { used.insert(id) }
            if let since = indicator.since { used.insert(since) }
            note(indicator.having?.threshold)
            for condition in indicator.conditions { note(condition.comparison.threshold) }
        }
        for procedure in procedures.values.joined() { used.formUnion(procedure.rules) }
        for due in dues.values {
            used.formUnion(due.sources)
            note(due.times)
            switch due.time {
            case .every: break
            case .everyRule(let id): used.insert(id)
            case .ends(let notice, let term):
                note(notice)
                if let term { used.insert(term) }
            }
        }
        return used
    }
}
