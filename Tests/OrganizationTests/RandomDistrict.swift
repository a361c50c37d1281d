import Catalogue
import Core
import Organization
import TestKit

/// A district of random shape that lives through random reorganizations, the same for a seed.
struct RandomDistrict {
    private(set) var structure = Structure()
    private(set) var changes: [StructureChange] = []
    /// Days on which something changed.
    private(set) var days: [Day] = [day("2012-01-01")]
    private(set) var faults: [String] = []
    /// What happened to it, in order.
    private(set) var actions: [ReorganizationEntry.Action] = []
    private var dice: Dice
    private var count = 0

    init(seed: UInt64, reorganizations: Int) {
        dice = Dice(seed: seed)
        found()
        for number in 1...reorganizations { reorganize("R\(number)") }
    }

    private mutating func roll(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &dice)
    }

    private mutating func newCode() -> String {
        count += 1
        return "U\(count)"
    }

    // MARK: The first day

    private mutating func found() {
        var entries = [UnitEntry("D", "district", from: "2012-01-01")]
        for _ in 0..<roll(2...4) {
            let street = newCode()
            entries.append(entry(street, "street", [.territory: "D", .party: "D"]))
            for _ in 0..<roll(1...3) {
                let community = newCode()
                entries.append(entry(community, "community", [.territory: street]))
                for _ in 0..<roll(0...3) {
                    entries.append(entry(newCode(), "grid", [.territory: community], mayEnd: true))
                }
                if roll(0...1) == 1 {
                    entries.append(
                        entry(
                            newCode(), "small_branch", [.territory: community, .party: street],
                            mayEnd: true))
                }
            }
        }
        let bureau = newCode()
        entries.append(entry(bureau, "bureau", [.territory: "D", .party: "D", .line: "D"]))
        for _ in 0..<roll(1...3) { entries.append(entry(newCode(), "branch", [.party: bureau])) }
        apply(structure.founding(entries))
    }

    private mutating func entry(
        _ code: String, _ form: String, _ parents: [Indicator.Axis: String], mayEnd: Bool = false
    ) -> UnitEntry {
        let from = days[0] + (mayEnd ? roll(0...400) : 0)
        let to = mayEnd && roll(0...3) == 0 ? from + roll(1...2_000) : nil
        days += [from, to].compactMap { $0 }
        return UnitEntry(
            row: 1, code: code, name: "单位" + code, form: form, parents: parents, from: from, to: to)
    }

    // MARK: What happens to it later

    private mutating func reorganize(_ code: String) {
        let newest = changes.count == 1 ? day("2014-01-01") : days[days.count - 1]
        let effective = newest + roll(1...200)
        let present = standing(effective - 1, effective)
        let movable = present.filter { ["grid", "community", "small_branch"].contains($0.form) }
        guard let one = movable.randomElement(using: &dice) else { return }
        let others = movable.filter { $0.form == one.form && $0.unit != one.unit }
        let other = others.randomElement(using: &dice)
        let action = ReorganizationEntry.Action.allCases.randomElement(using: &dice) ?? .found
        var plan = Plan(code: code, effective: effective, structure: structure)
        switch action {
        case .merge:
            plan.replace([one] + (other.map { [$0] } ?? []), by: [newCode()], .merge, .whole)
        case .upgrade: plan.replace([one], by: [newCode()], .upgrade, .whole)
        case .split: plan.replace([one], by: [newCode(), newCode()], .split, .notComparable)
        case .recut:
            plan.replace(
                [one] + (other.map { [$0] } ?? []), by: [newCode(), newCode()], .recut,
                .recordByRecord)
        case .abolish:
            guard plan.children(of: [one]).isEmpty else { return }
            plan.add(.abolish, one.code)
        case .found:
            plan.add(.found, nil, to: newCode(), form: one.form, parents: plan.parents(of: one))
        case .move:
            guard let other else { return }
            plan.add(.move, one.code, parents: plan.parents(of: other))
        case .rename: plan.add(.rename, one.code, to: roll(0...1) == 1 ? newCode() : nil)
        }
        days.append(effective)
        actions.append(action)
        apply(structure.reorganizing(plan.entries))
    }

    private func standing(_ days: Day...) -> [UnitVersion] {
        structure.versions.keys.sorted()
            .filter { unit in days.allSatisfy { structure.version(unit, on: $0) != nil } }
            .compactMap { structure.version($0, on: days[0]) }
            .sorted { $0.code < $1.code }
    }

    private mutating func apply(_ work: (change: StructureChange, faults: [RowFault])) {
        faults += work.faults.lines
        changes.append(work.change)
        structure = structure.applying(work.change)
    }
}

/// The rows of one random reorganization, children of what ends included.
private struct Plan {
    let code: String
    let effective: Day
    let structure: Structure
    private(set) var entries: [ReorganizationEntry] = []

    init(code: String, effective: Day, structure: Structure) {
        self.code = code
        self.effective = effective
        self.structure = structure
    }

    mutating func add(
        _ action: ReorganizationEntry.Action, _ predecessor: String?, to successor: String? = nil,
        form: String? = nil, parents: [Indicator.Axis: String] = [:],
        basis: Lineage.Basis = .whole
    ) {
        entries.append(
            ReorganizationEntry(
                row: entries.count + 1, code: code, title: "调整", document: "〔\(code)〕",
                effectiveOn: effective, action: action, predecessor: predecessor,
                successor: successor, successorName: successor.map { "单位" + $0 },
                successorForm: form, parents: parents, basis: basis))
    }

    mutating func replace(
        _ old: [UnitVersion], by new: [String], _ action: ReorganizationEntry.Action,
        _ basis: Lineage.Basis
    ) {
        for (index, one) in old.enumerated() {
            for successor in new {
                add(
                    action, one.code, to: successor, form: one.form,
                    parents: parents(of: old[index % old.count]), basis: basis)
            }
        }
        for (index, child) in children(of: old).enumerated() {
            let axes = structure.parents[child.unit, default: []].filter { link in
                link.inForce(on: effective) && old.contains { $0.unit == link.parent }
            }.map { ($0.axis, new[index % new.count]) }
            add(.move, child.code, parents: Dictionary(axes) { first, _ in first })
        }
    }

    func parents(of version: UnitVersion) -> [Indicator.Axis: String] {
        var codes: [Indicator.Axis: String] = [:]
        for link in structure.parents[version.unit] ?? [] where link.inForce(on: effective) {
            codes[link.axis] = structure.version(link.parent, on: effective)?.code
        }
        return codes
    }

    func children(of old: [UnitVersion]) -> [UnitVersion] {
        let units = old.flatMap { structure.children[$0.unit] ?? [] }
            .filter { link in
                link.inForce(on: effective) && !old.contains { $0.unit == link.child }
            }
            .map(\.child)
        return Set(units).sorted().compactMap { structure.version($0, on: effective) }
    }
}
