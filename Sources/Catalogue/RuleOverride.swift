import Core

/// Days on which a district's own value of a rule holds in place of the project's.
package struct RuleOverride: Sendable {
    package let own: Rule
    /// The value that would hold on these days without the district's.
    package let other: Rule
    package let from: Day
    /// The first day on which the district's no longer stands in its place.
    package let until: Day?
}

extension Catalogue {
    /// Lays the rules of one folder over those of the folders before it. On the days of a value
    /// with the same id and scope the later folder's holds, before and after them the earlier
    /// one's. Within one folder nobody could say which of two values is meant: that is a fault.
    /// Values for different units stand side by side; `holding` chooses among them.
    mutating func lay(_ own: [String: [Rule]], _ faults: FaultList) {
        for (id, values) in own.sorted(by: { $0.key < $1.key }) {
            let sorted = values.sorted { $0.from < $1.from }
            for (index, later) in sorted.enumerated()
            where sorted[..<index].contains(where: {
                $0.scope == later.scope && $0.inForce(on: later.from)
            }) {
                faults.add(later.file, later.line, "“\(id)” has two values on \(later.from)")
            }
            var standing = rules[id] ?? []
            for value in sorted { standing = place(value, over: standing) }
            rules[id] = (standing + sorted).sorted { $0.from < $1.from }
        }
    }

    /// What is left of earlier values beside an own one.
    private mutating func place(_ own: Rule, over standing: [Rule]) -> [Rule] {
        var left: [Rule] = []
        for other in standing {
            guard own.scope == other.scope, let shared = own.overlap(other) else {
                left.append(other)
                continue
            }
            overrides.append(
                RuleOverride(own: own, other: other, from: shared.from, until: shared.until))
            left += other.without(own, isListed: true)
        }
        return left
    }
}

extension Catalogue {
    /// The codes of the units that some rule was made for.
    package var scopes: Set<String> { Set(rules.values.joined().compactMap(\.scope)) }

    /// The same catalogue as it holds in one place: of each rule, on each day, the value made for
    /// the nearest of some units, else the one for every unit.
    ///
    /// - Parameters:
    ///   - scopes: the codes of a unit and of those above it, the nearest first.
    ///   - elsewhere: whether a rule that has no value here keeps the one it has elsewhere, as for
    ///     a figure of a whole district about a promise of one bureau.
    package func holding(in scopes: [String], elsewhere: Bool = false) -> Catalogue {
        var here = self
        for (id, values) in rules where values.contains(where: { $0.scope != nil }) {
            func place(_ rule: Rule) -> Int? {
                guard let scope = rule.scope else { return scopes.count }
                return scopes.firstIndex(of: scope) ?? (elsewhere ? scopes.count + 1 : nil)
            }
            let near = values.compactMap { rule in place(rule).map { (place: $0, rule: rule) } }
                .sorted { ($0.place, $0.rule.from) < ($1.place, $1.rule.from) }
            var held: [Rule] = []
            for (_, rule) in near {
                held += held.reduce([rule]) { left, nearer in
                    left.flatMap { $0.without(nearer, isListed: false) }
                }
            }
            here.rules[id] = held.isEmpty ? nil : held.sorted { $0.from < $1.from }
        }
        return here
    }
}

extension Rule {
    /// The days on which both are in force; nil where there are none.
    fileprivate func overlap(_ other: Rule) -> (from: Day, until: Day?)? {
        let first = max(from, other.from)
        let end = [until, other.until].compactMap { $0 }.min()
        if let end, end <= first { return nil }
        return (first, end)
    }

    /// What is left of it, before and after the days of another.
    fileprivate func without(_ other: Rule, isListed: Bool) -> [Rule] {
        guard let shared = overlap(other) else { return [self] }
        var parts: [Rule] = []
        if from < shared.from {
            parts.append(Rule(self, from: from, until: shared.from, isListed: isListed))
        }
        if let end = shared.until, end != until {
            parts.append(Rule(self, from: end, until: until, isListed: isListed))
        }
        return parts
    }
}
