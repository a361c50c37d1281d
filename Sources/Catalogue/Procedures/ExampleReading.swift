import Core

extension Procedure.Example {
    init(_ mapping: Mapping) {
        line = mapping.line
        file = mapping.file
        name = mapping.requiredText("name")
        // Whom the example is about says nothing to the fold, and much to its reader.
        if let about = mapping.mapping("about") { for key in about.keys { _ = about.text(key) } }
        steps = mapping.items("steps").compactMap { $0.step() }
        if steps.isEmpty { mapping.fault("an example has steps", at: "steps") }
        pauses = mapping.items("pauses").compactMap { $0.pause() }
        expected = mapping.items("expect").compactMap(Procedure.Expectation.init)
        refused = mapping.items("refused").compactMap { item in
            let because = item.choice(
                "because", CaseRefusal.Guard.self, default: .order)
            if !item.has("because") { item.fault("“because” is missing") }
            return item.step(without: ["because"]).map { .init(step: $0, because: because) }
        }
        lawful = mapping.items("lawful").compactMap { $0.step() }
        then = mapping.items("then").compactMap { $0.step() }
        lawfulThen = mapping.items("lawful_then").compactMap { $0.step() }
        mapping.close()
    }
}

extension Procedure.Expectation {
    fileprivate init?(_ mapping: Mapping) {
        guard let at = mapping.time("at") else { return nil }
        self.at = at
        line = mapping.line
        owed = mapping.has("owed") ? mapping.words("owed") : nil
        latest = mapping.times("latest")
        earliest = mapping.times("earliest")
        late = mapping.words("late")
        lapsed = mapping.words("lapsed")
        lawful = mapping.words("lawful")
        wasLate = mapping.times("was_late").compactMapValues { $0 }
        var rounds: [String: Int] = [:]
        if let mapping = mapping.mapping("round") {
            for step in mapping.keys { rounds[step] = mapping.integer(step) }
        }
        self.rounds = rounds
        ended = mapping.text("ended")
        stage = mapping.text("stage")
        mapping.close()
    }
}

extension Mapping {
    /// A day, or a day with its minute: `2026-03-06` or `2026-03-06T16:30`.
    fileprivate func time(_ key: String) -> CaseTime? {
        let text = requiredText(key)
        if let time = CaseTime(text) { return time }
        if has(key) { fault("“\(key)” is a day, or 2026-03-06T16:30", at: key) }
        return nil
    }

    /// Days by step; `none` says that there is none.
    fileprivate func times(_ key: String) -> [String: CaseTime?] {
        guard let mapping = mapping(key) else { return [:] }
        var times: [String: CaseTime?] = [:]
        for step in mapping.keys {
            times[step] = .some(mapping.text(step) == "none" ? nil : mapping.time(step))
        }
        return times
    }

    fileprivate func pause() -> CasePause? {
        defer { close() }
        let ground = requiredText("ground")
        guard let from = time("from"), let until = time("until") else { return nil }
        return CasePause(
            ground: ground, step: text("step"), from: from.moment, until: until.moment)
    }

    /// `{answer: 2026-03-05, outcome: received}`: the first key is the step, with its time.
    ///
    /// - Parameter without: keys that say something else.
    fileprivate func step(without: Set<String> = []) -> CaseStep? {
        guard let id = keys.first, let at = time(id) else { return nil }
        var values: [String: String] = [:]
        var units: [String: [String]] = [:]
        let own: Set = ["outcome", "until", "each", "told", "unit", "place"]
        for key in keys.dropFirst() where !own.contains(key) && !without.contains(key) {
            if node(key)?.sequence != nil {
                units[key] = words(key)
            } else {
                values[key] = text(key)
            }
        }
        var step = CaseStep(
            step: id, at: at, outcome: text("outcome"), each: text("each"), unit: text("unit"),
            place: text("place"))
        step.until = has("until") ? time("until") : nil
        step.values = values
        step.units = units
        step.told = has("told") ? time("told") : nil
        step.line = line
        return step
    }
}

extension CaseTime {
    /// Reads `2026-03-06` or `2026-03-06T16:30`.
    package init?(_ text: String) {
        guard let day = Day(String(text.prefix(10))) else { return nil }
        guard text.utf8.count != 10 else {
            self.init(day)
            return
        }
        let parts = text.dropFirst(11).split(separator: ":").compactMap { Int($0) }
        guard text.utf8.count == 16, text.dropFirst(10).first == "T", parts.count == 2,
            (0..<24).contains(parts[0]), (0..<60).contains(parts[1])
        else { return nil }
        self.init(day, minute: parts[0] * 60 + parts[1])
    }
}
