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
    mutating func lay(_ own: [String: [Rule]], _ faults: FaultList) {
        for (id, values) in own.sorted(by: { $0.key < $1.key }) {
            let sorted = values.sorted { $0.from < $1.from }
            for (earlier, later) in zip(sorted, sorted.dropFirst())
            where earlier.inForce(on: later.from) {
                faults.add(later.file, later.line, "“\(id)” has two values on \(later.from)")
            }
            var standing = rules[id] ?? []
            for value in sorted { standing = place(value, over: standing, faults) }
            rules[id] = (standing + sorted).sorted { $0.from < $1.from }
        }
    }

    /// What is left of earlier values beside an own one.
    private mutating func place(
        _ own: Rule, over standing: [Rule], _ faults: FaultList
    ) -> [Rule] {
        var left: [Rule] = []
        for other in standing {
            guard let shared = own.overlap(other) else {
                left.append(other)
                continue
            }
            guard own.scope == other.scope else {
                faults.add(
                    own.file, own.line,
                    "“\(own.id)” has two values on \(shared.from): to override the one in "
                        + "\(other.file), give it the same scope")
                left.append(other)
                continue
            }
            overrides.append(
                RuleOverride(own: own, other: other, from: shared.from, until: shared.until))
            left += other.without(own)
        }
        return left
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
    fileprivate func without(_ other: Rule) -> [Rule] {
        guard let shared = overlap(other) else { return [self] }
        var parts: [Rule] = []
        if from < shared.from { parts.append(Rule(self, from: from, until: shared.from)) }
        if let end = shared.until, end != until {
            parts.append(Rule(self, from: end, until: until))
        }
        return parts
    }
}
