import Catalogue

/// What a public page may say of a number that counts persons, households or pairs.
package enum Disclosure: Sendable, Hashable {
    /// The number itself.
    case open
    /// That it is less than five.
    case small
    /// Nothing: with it, a small number could be computed from the total.
    case withheld
}

/// Hides small numbers among the parts of a published total, and as many others as it takes.
///
/// It is enough when each hidden small number could still be anything from 1 to 4, even for a
/// reader who knows these rules. Where nothing is enough, every part is withheld.
package struct Suppression: Sendable {
    /// Numbers of persons below this are not told one by one.
    package static let threshold = 5

    package static func disclose(_ parts: [Int]) -> [Disclosure] {
        var told = parts.map { isSmall($0) ? Disclosure.small : .open }
        let small = told.filter { $0 == .small }.count
        guard small > 0 else { return told }
        // The smallest others go first: they lose the reader least.
        var others = parts.indices.filter { told[$0] == .open && parts[$0] > 0 }
            .sorted { (parts[$0], $0) < (parts[$1], $1) }
        while true {
            let hidden = parts.indices.filter { told[$0] != .open }
            if isEnough(
                sum: hidden.reduce(0) { $0 + parts[$1] }, small: small,
                withheld: hidden.count - small, nextOpen: others.first.map { parts[$0] })
            {
                return told
            }
            guard !others.isEmpty else { return parts.map { _ in .withheld } }
            told[others.removeFirst()] = .withheld
        }
    }

    package static func isSmall(_ value: Int) -> Bool { (1..<threshold).contains(value) }

    /// Whether every small number may still be anything small, given the sum of what is hidden.
    /// What is withheld is known to be no smaller than the threshold and no larger than what
    /// comes next in order.
    private static func isEnough(sum: Int, small: Int, withheld: Int, nextOpen: Int?) -> Bool {
        let largest = threshold - 1
        let most = sum - (small - 1) - withheld * threshold
        var least = sum - (small - 1) * largest
        if withheld > 0 { least = nextOpen.map { least - withheld * $0 } ?? 1 }
        return most >= largest && least <= 1
    }
}

extension Catalogue {
    /// Every kind a figure reads, counts among, compares with or waits for.
    package func kinds(behind indicator: Indicator) -> [Kind] {
        var ids = [indicator.kind, indicator.followedBy?.kind].compactMap { $0 }
        ids += indicator.had.map(\.kind)
        for case .standing(let kind, _, _) in indicator.per { ids.append(kind) }
        if case .pick(let pick) = indicator.value, case .divide(let kind, _, _, _) = pick.then {
            ids.append(kind)
        }
        return ids.compactMap { kinds[$0] }
    }

    /// The kinds of record a figure rests on as `Reckoner.grounds` lists them, each once.
    package func kinds(grounding indicator: Indicator) -> [Kind] {
        let over = indicator.over.flatMap { indicators[$0] }
        var ids = [indicator.kind, over?.kind].compactMap { $0 }
        for case .standing(let kind, _, _) in indicator.per { ids.append(kind) }
        if case .pick(let pick) = indicator.value, case .divide(let kind, _, _, _) = pick.then {
            ids.append(kind)
        }
        return Set(ids).sorted().compactMap { kinds[$0] }
    }

    /// Whether the numbers of a figure are guarded: it counts persons, households or pairs, or
    /// anything else among entries that are one person each. In how many batches or places such
    /// entries lie says that there are as many, and how many stand behind it is printed beside it.
    /// Sessions, stations, units and money are never hidden.
    package func protects(_ indicator: Indicator) -> Bool {
        if countsPersons(indicator) { return true }
        if let over = indicator.over.flatMap({ indicators[$0] }), protects(over) { return true }
        return indicator.kind.map(isOnePersonEach) ?? false
    }

    /// Whether the number itself is one of persons, households, pairs or sealed entries.
    package func countsPersons(_ indicator: Indicator) -> Bool {
        if kinds(behind: indicator).contains(where: { $0.visibility == .sealed }) { return true }
        if let over = indicator.over.flatMap({ indicators[$0] }), countsPersons(over) {
            return true
        }
        switch indicator.value {
        case .distinctPersons: return true
        case .distinctSubjects(let subject): return subject == "household"
        case .count, .streak: return indicator.kind.map(isOnePersonEach) ?? false
        case .sum, .max, .distinctUnits, .distinctField, .rule, .pick: return false
        }
    }

    /// Whether one entry is one person, and the entries are not for everybody to count: each asks
    /// for somebody by name, or is a step of a matter that one of the public brought.
    private func isOnePersonEach(_ id: String) -> Bool {
        guard let kind = kinds[id], kind.visibility != .public else { return false }
        return kind.persons.contains(where: \.required) || isBroughtByPublic(id)
    }

    /// Whether a procedure that everybody may begin posts entries of a kind.
    private func isBroughtByPublic(_ id: String) -> Bool {
        guard stepKinds.contains(id) else { return false }
        return procedures.values.joined().contains { text in
            text.opening?.by.contains(.anybody) == true && text.steps.contains { $0.kind == id }
        }
    }
}
