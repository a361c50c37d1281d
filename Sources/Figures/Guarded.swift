import Catalogue

extension Answer {
    /// The numbers that must not be small: how many are counted, and how many records stand behind
    /// it, which the page prints beside their fingerprint; of a share also how many it is of, and
    /// how many are left out. Of what is no number of persons itself, such as a sum, a run or how
    /// many places, it is the records alone.
    func guarded(_ indicator: Indicator) -> [Int] {
        guard hasValue else { return [0, 0, 0, 0] }
        if isRatio { return [numerator, count, denominator, max(0, denominator - numerator)] }
        switch indicator.value {
        case .sum, .max, .streak, .pick, .distinctUnits, .distinctField:
            return [count, count, 0, 0]
        case .distinctSubjects(let subject) where subject != "household":
            return [count, count, 0, 0]
        default: return [numerator, count, 0, 0]
        }
    }
}

extension Indicator {
    /// Whether everything that this counts is counted by the other as well, which has fewer
    /// conditions: then what the two differ by is a number of its own. What a share counts is told
    /// with it, so that shares are no exception; what its own whole leaves is guarded already.
    func isPart(of other: Indicator) -> Bool {
        guard other.id != id, other.id != over, per.isEmpty, other.per.isEmpty,
            from == other.from, kind != nil, value == other.value, when == other.when,
            at == other.at, axis == other.axis, role == other.role,
            value == .count || value == .distinctPersons || countsHouseholds,
            followedBy == other.followedBy
                || other.followedBy == nil && followedBy?.countsFirstDay == true
        else { return false }
        return other.had.allSatisfy(had.contains)
            && other.conditions.allSatisfy { wide in conditions.contains { $0.implies(wide) } }
    }

    private var countsHouseholds: Bool {
        if case .distinctSubjects = value { return true }
        return false
    }
}

extension Indicator.Condition {
    /// Whether whatever meets this meets the other too.
    fileprivate func implies(_ other: Indicator.Condition) -> Bool {
        if self == other { return true }
        guard field == other.field, case .in(let wide) = other.comparison else { return false }
        switch comparison {
        case .is(.text(let word)): return wide.contains(word)
        case .in(let words): return words.allSatisfy(wide.contains)
        default: return false
        }
    }
}

extension Catalogue {
    /// The figures of which this one counts a part, as far as they are told at all.
    func wholes(of indicator: Indicator) -> [Indicator] {
        indicators.values.filter { protects($0) && indicator.isPart(of: $0) }
            .sorted { $0.id < $1.id }
    }
}

extension Figures.Reading {
    /// The numbers that an answer gives away, each in its place: see `Answer.guarded`, and then
    /// what the figure leaves of each figure that it is a part of.
    func guarded(
        _ question: Question, _ indicator: Indicator, of wholes: [Indicator]
    ) throws -> [Int] {
        let own = try answer(question).guarded(indicator)
        let left = try wholes.flatMap { whole in
            zip(try answer(question.asking(whole.id)).guarded(whole), own).prefix(2)
                .map { max(0, $0 - $1) }
        }
        return own + left
    }
}

extension Suppression {
    /// What may be told of parts that give away several numbers each: a part is told only where
    /// every one of its numbers can be.
    static func disclose(columns parts: [[Int]]) -> [Disclosure] {
        var told = parts.map { _ in Disclosure.open }
        for column in (parts.first ?? []).indices {
            let alone = disclose(parts.map { $0[column] })
            told = zip(told, alone).map { $0 == .open ? $1 : $0 }
        }
        return told
    }
}
