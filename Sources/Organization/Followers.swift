import Catalogue
import Core

/// What became of units that ended: which of today's units each went into.
extension Structure {
    /// Units that ended by a day and went whole, step by step, into one that stands on it.
    package func followers(on day: Day) -> [OrgUnit.ID: OrgUnit.ID] {
        var found: [OrgUnit.ID: OrgUnit.ID] = [:]
        for unit in successors.keys where hasEnded(unit, by: day) {
            if let last = wholeFollower(of: unit, on: day) { found[unit] = last }
        }
        return found
    }

    /// Units that ended by a day and live on, though no single unit took them whole.
    package func divided(on day: Day) -> [OrgUnit.ID] {
        successors.keys.filter { unit in
            hasEnded(unit, by: day) && wholeFollower(of: unit, on: day) == nil
                && !living(after: unit, on: day).isEmpty
        }.sorted()
    }

    /// Units that were divided and of which a single unit of the day took all there was to take,
    /// though its past is not told apart from what else that unit took.
    package func soleFollowers(on day: Day) -> [OrgUnit.ID: OrgUnit.ID] {
        var found: [OrgUnit.ID: OrgUnit.ID] = [:]
        for unit in divided(on: day) {
            let living = living(after: unit, on: day)
            if living.count == 1 { found[unit] = living.first }
        }
        return found
    }

    private func hasEnded(_ unit: OrgUnit.ID, by day: Day) -> Bool {
        versions[unit, default: []].allSatisfy { $0.to.map { $0 <= day } ?? false }
    }

    private func wholeFollower(of unit: OrgUnit.ID, on day: Day) -> OrgUnit.ID? {
        var (here, met) = (unit, Set([unit]))
        while let lines = successors[here] {
            guard lines.count == 1, let line = lines.first, line.basis == .whole,
                met.insert(line.successor).inserted
            else { return nil }
            if version(line.successor, on: day) != nil { return line.successor }
            here = line.successor
        }
        return nil
    }

    /// The units standing on the day that came of this one.
    package func living(after unit: OrgUnit.ID, on day: Day) -> Set<OrgUnit.ID> {
        var (open, met, living) = ([unit], Set([unit]), Set<OrgUnit.ID>())
        while let here = open.popLast() {
            for line in successors[here] ?? [] where met.insert(line.successor).inserted {
                if version(line.successor, on: day) != nil {
                    living.insert(line.successor)
                } else {
                    open.append(line.successor)
                }
            }
        }
        return living
    }
}
