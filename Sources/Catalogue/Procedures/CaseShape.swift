import Core

/// The steps of a procedure by their places, so that a fold goes over numbers and not over names.
final class CaseShape: Sendable {
    /// What a step is, as the fold asks it.
    struct Step: Sendable {
        let entry: Entry
        /// What it comes after: of each group one.
        let after: [[Reference]]
        /// The steps in those groups.
        let before: StepSet
        /// The steps that come after it.
        let next: StepSet
        /// Whether some step waits for its bound to be reached.
        let isAwaitedAtItsBound: Bool
        /// What begins anew, by outcome.
        let back: [Back]
        let ends: [(state: Procedure.StepReference.State?, end: Int)]
        let until: Int?
        let when: [Int]
        /// Of a step that several units owe: the steps whose records name those units.
        let namers: StepSet
    }

    /// A way back, with everything that begins anew.
    struct Back: Sendable {
        let outcome: String?
        let clears: StepSet
    }

    enum Entry: Sendable {
        case opens, after, open, closed
        case whilst(Reference)
        case reopens(Int)
    }

    struct Reference: Sendable {
        let step: Int
        let state: Procedure.StepReference.State?
    }

    let place: [String: Int]
    let steps: [Step]
    let opening: Int?
    /// Each step behind those it comes after.
    let order: [Int]
    /// Steps that begin only from what is permitted and not owed.
    let isOfSide: StepSet
    /// What comes after each step, or is permitted while it is owed.
    let following: [StepSet]

    init(_ written: [Procedure.Step], _ ends: [Procedure.End]) {
        var place: [String: Int] = [:]
        for (index, step) in written.enumerated() where place[step.id] == nil {
            place[step.id] = index
        }
        self.place = place
        func reference(_ one: Procedure.StepReference) -> Reference? {
            place[one.step].map { Reference(step: $0, state: one.state) }
        }
        let entries = written.map { Self.entry($0, reference) }
        let after = written.map { step -> [[Reference]] in
            guard case .after(let groups) = step.entry else { return [] }
            return groups.map { $0.compactMap(reference) }.filter { !$0.isEmpty }
        }
        let before = after.map { StepSet($0.joined().map(\.step)) }
        var next = written.map { _ in StepSet() }
        for (index, set) in before.enumerated() { for step in set { next[step].insert(index) } }
        var following = next
        for (index, entry) in entries.enumerated() {
            if case .whilst(let one) = entry { following[one.step].insert(index) }
        }
        self.following = following
        var awaited = StepSet()
        for one in after.joined().joined() where one.state == .exhausted {
            awaited.insert(one.step)
        }
        steps = written.enumerated().map { index, step in
            Step(
                entry: entries[index], after: after[index], before: before[index],
                next: next[index], isAwaitedAtItsBound: awaited.contains(index),
                back: step.back.compactMap { back in
                    place[back.to].map { target in
                        Back(
                            outcome: back.outcome,
                            clears: Self.downstream(of: target, following))
                    }
                },
                ends: ends.enumerated().compactMap { number, end in
                    end.when.step == step.id ? (end.when.state, number) : nil
                },
                until: step.until.flatMap { place[$0] },
                when: step.when.compactMap { place[$0.step] },
                namers: step.each == nil ? StepSet() : Self.namers(of: index, before, written))
        }
        opening = entries.firstIndex {
            if case .opens = $0 { true } else { false }
        }
        order = Self.ordered(before)
        isOfSide = Self.side(entries, before, order)
    }

    /// What names the units: what a step comes after, or what comes before that where the same
    /// units owe it.
    private static func namers(
        of step: Int, _ before: [StepSet], _ written: [Procedure.Step]
    ) -> StepSet {
        var (found, seen, open) = (StepSet(), StepSet(), [step])
        while let one = open.popLast() {
            for earlier in before[one] where !seen.contains(earlier) {
                seen.insert(earlier)
                if written[earlier].each == nil {
                    found.insert(earlier)
                } else {
                    open.append(earlier)
                }
            }
        }
        return found
    }

    private static func side(
        _ entries: [Entry], _ before: [StepSet], _ order: [Int]
    ) -> StepSet {
        var found = StepSet()
        for place in order {
            switch entries[place] {
            case .open, .closed, .whilst, .reopens: found.insert(place)
            case .opens: break
            case .after:
                if !before[place].isEmpty, before[place].isSubset(of: found) {
                    found.insert(place)
                }
            }
        }
        return found
    }

    private static func entry(
        _ step: Procedure.Step, _ reference: (Procedure.StepReference) -> Reference?
    ) -> Entry {
        switch step.entry {
        case .opens: .opens
        case .after: .after
        case .whilst(.open): .open
        case .whilst(.closed): .closed
        case .whilst(.step(let one)): reference(one).map(Entry.whilst) ?? .after
        case .reopens(let id):
            reference(.init(step: id, state: nil)).map { .reopens($0.step) } ?? .after
        }
    }

    /// Each step behind those it comes after; what goes in a circle comes last.
    private static func ordered(_ before: [StepSet]) -> [Int] {
        var order: [Int] = []
        var placed = StepSet()
        while order.count < before.count {
            let ready = before.indices.filter {
                !placed.contains($0) && before[$0].isSubset(of: placed)
            }
            let taken = ready.isEmpty ? before.indices.filter { !placed.contains($0) } : ready
            for index in taken { placed.insert(index) }
            order += taken
        }
        return order
    }

    /// A step and everything that comes after it, or is permitted while it is owed.
    func downstream(of step: Int) -> StepSet { Self.downstream(of: step, following) }

    private static func downstream(of step: Int, _ following: [StepSet]) -> StepSet {
        var found = StepSet()
        var open = [step]
        while let one = open.popLast() {
            guard !found.contains(one) else { continue }
            found.insert(one)
            open += following[one]
        }
        return found
    }
}

/// Steps of one procedure, by their places.
struct StepSet: Sendable, Hashable, Sequence {
    private(set) var bits: UInt64 = 0

    init(_ places: [Int] = []) { for place in places { insert(place) } }

    var isEmpty: Bool { bits == 0 }
    func contains(_ place: Int) -> Bool { bits & (1 << UInt64(place)) != 0 }
    mutating func insert(_ place: Int) { bits |= 1 << UInt64(place) }
    mutating func formUnion(_ other: StepSet) { bits |= other.bits }
    func isSubset(of other: StepSet) -> Bool { bits & ~other.bits == 0 }
    func meets(_ other: StepSet) -> Bool { bits & other.bits != 0 }

    func makeIterator() -> Iterator { Iterator(left: bits) }

    struct Iterator: IteratorProtocol {
        fileprivate var left: UInt64

        mutating func next() -> Int? {
            guard left != 0 else { return nil }
            let place = left.trailingZeroBitCount
            left &= left - 1
            return place
        }
    }
}
