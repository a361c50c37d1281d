import Core

extension CaseFold {
    /// Whether a record counts in the present round of its step.
    func counts(_ number: Int) -> Bool {
        guard let place = procedure.shape.place[records[number].step] else { return false }
        return number >= marks[place].from
    }

    /// What a unit did of a step in its present round.
    func records(of place: Int, unit: String) -> [CaseStep] {
        let id = procedure.steps[place].id
        return records[marks[place].from...].filter { $0.step == id && $0.each == unit }
    }

    /// The records of a step that name a unit, in its present round.
    func records(of place: Int, naming unit: String) -> [CaseStep] {
        let id = procedure.steps[place].id
        return records[marks[place].from...].filter {
            $0.step == id && ($0.place == unit || $0.units.values.contains { $0.contains(unit) })
        }
    }

    /// Whether earlier values are as `when` says; a step that has no record is not.
    func meets(_ conditions: [Procedure.When]) -> Bool {
        conditions.allSatisfy { condition in
            guard let place = procedure.shape.place[condition.step], marks[place].last >= 0 else {
                return false
            }
            let record = records[marks[place].last]
            return condition.comparison.holds(
                record.value(condition.field), in: world, on: record.at.day)
        }
    }

    /// The newest value of a field in any record.
    func newest(_ field: String) -> String? {
        for record in records.reversed() {
            if let value = record.values[field] { return value }
        }
        return nil
    }
}

extension CaseStep {
    /// The units it names under a name; `place` is its second unit.
    func named(_ field: String) -> [String] {
        units[field] ?? (field == Procedure.Step.placeWord ? [place].compactMap { $0 } : [])
    }

    /// What it says under a name: a value, or how many persons it names.
    func value(_ name: String) -> String? {
        if name == "outcome" { return outcome }
        return values[name] ?? persons[name].map { String($0.count) }
    }
}

extension Indicator.Comparison {
    /// Whether a stored value is so. A rule that is not in force asks nothing.
    package func holds(_ value: String?, in world: CaseWorld, on day: Day) -> Bool {
        switch self {
        case .set(let wanted): return (value != nil) == wanted
        case .in(let words): return value.map(words.contains) ?? false
        case .is(let threshold):
            guard let bound = threshold.bound(in: world, on: day) else { return true }
            guard let value else { return false }
            return Int(value).map { String($0) == bound } ?? (value == bound)
        case .atLeast(let threshold), .moreThan(let threshold), .atMost(let threshold),
            .lessThan(let threshold):
            guard let bound = threshold.bound(in: world, on: day) else { return true }
            guard let value else { return false }
            return compares(value, bound)
        }
    }

    private func compares(_ value: String, _ bound: String) -> Bool {
        let order: Int
        if let value = Int(value), let bound = Int(bound) {
            order = value < bound ? -1 : value > bound ? 1 : 0
        } else {
            order = value < bound ? -1 : value > bound ? 1 : 0
        }
        return switch self {
        case .atLeast: order >= 0
        case .moreThan: order > 0
        case .atMost: order <= 0
        case .lessThan: order < 0
        case .is, .in, .set: false
        }
    }
}

extension Indicator.Threshold {
    /// What it is on a day, as values are stored; nil for a rule that is not in force.
    func bound(in world: CaseWorld, on day: Day) -> String? {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .rule(let id): world.rule(id, day).map { $0.word ?? String($0.baseValue) }
        }
    }
}
