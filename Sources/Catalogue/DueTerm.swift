import Core

/// A stretch of days over which a due asks the same: how often and how much.
package struct DueTerm: Sendable, Hashable {
    package let from: Day
    /// The first day it no longer holds.
    package let to: Day?
    package let cycle: Due.Cycle
    /// In the unit that measures are stored in.
    package let times: Int

    package init(from: Day, to: Day?, cycle: Due.Cycle, times: Int) {
        self.from = from
        self.to = to
        self.cycle = cycle
        self.times = times
    }

    package func contains(_ day: Day) -> Bool { from <= day && (to.map { day < $0 } ?? true) }

    fileprivate func asks(likeThat other: DueTerm) -> Bool {
        cycle == other.cycle && times == other.times
    }
}

extension Catalogue {
    /// Every due in the order of the files.
    package var duesInOrder: [Due] {
        dues.values.inOrder
    }

    /// The rule that a due rests on, on a day: the last of its sources that is in force.
    package func rule(of due: Due, on day: Day) -> Rule? {
        due.sources.reversed().lazy.compactMap { rule($0, on: day) }.first
    }

    /// What a due asks for, from stretch to stretch; nothing where none of its rules is in force.
    /// Which value of a rule is meant in a unit, `holding` has said before.
    package func terms(of due: Due) -> [DueTerm] {
        var named = due.sources
        if case .everyRule(let id) = due.time { named.append(id) }
        if case .rule(let id) = due.times { named.append(id) }
        let turns = Set(
            named.flatMap { rules[$0] ?? [] }.flatMap { [$0.from, $0.until].compactMap { $0 } }
        ).sorted()
        var terms: [DueTerm] = []
        for (index, from) in turns.enumerated() {
            let to = index + 1 < turns.count ? turns[index + 1] : nil
            guard rule(of: due, on: from) != nil, let cycle = cycle(of: due, on: from),
                let times = owed(due.times, on: from)
            else { continue }
            let term = DueTerm(from: from, to: to, cycle: cycle, times: times)
            if let last = terms.last, last.to == from, last.asks(likeThat: term) {
                terms[terms.count - 1] = DueTerm(
                    from: last.from, to: to, cycle: cycle, times: times)
            } else {
                terms.append(term)
            }
        }
        return terms
    }

    /// The number that a due names, on a day, in base units; nil while its rule is not in force.
    package func owed(_ threshold: Indicator.Threshold, on day: Day) -> Int? {
        switch threshold {
        case .number(let number): number
        case .rule(let id): rule(id, on: day)?.baseValue
        case .text: nil
        }
    }

    /// The length of time that a rule names, on a day.
    package func length(_ id: String, on day: Day) -> Deadline.Length? {
        rule(id, on: day).flatMap(Deadline.Length.init)
    }

    /// The cycle that a rule of months or years names.
    func cycle(_ rule: Rule) -> Due.Cycle? {
        switch rule.unit {
        case .month: Due.Cycle(months: rule.value)
        case .year: rule.value == 1 ? .year : nil
        default: nil
        }
    }

    private func cycle(of due: Due, on day: Day) -> Due.Cycle? {
        switch due.time {
        case .every(let cycle): cycle
        case .everyRule(let id): rule(id, on: day).flatMap(cycle)
        case .ends: nil
        }
    }
}
