import Catalogue
import Core

/// Days on which a unit has no way to the top of a tree: what it records then counts for nobody
/// above it.
package struct LostWay: Hashable, Sendable {
    package let unit: OrgUnit.ID
    package let axis: Indicator.Axis
    package let from: Day
    /// The first day it has one again, or stands no longer; nil where that never comes.
    package let to: Day?
}

extension Structure {
    /// The days on which units have no way to the top. Only a form of the first level, a district,
    /// stands at the top of a tree. A unit needs a way on the tree of its form on every day it
    /// exists, and on every other tree from the day it was first put there.
    package func lostWays(_ forms: [String: UnitForm]) -> [LostWay] {
        Indicator.Axis.allCases.flatMap { axis in
            var ways = Ways(structure: self, axis: axis, forms: forms)
            return versions.keys.sorted().flatMap { unit in
                ways.lost(unit).map { LostWay(unit: unit, axis: axis, from: $0.from, to: $0.to) }
            }
        }
    }
}

/// The ways to the top of one tree, each unit walked once.
private struct Ways {
    let structure: Structure
    let axis: Indicator.Axis
    let forms: [String: UnitForm]
    private var known: [OrgUnit.ID: [Span]] = [:]
    private var open: Set<OrgUnit.ID> = []

    init(structure: Structure, axis: Indicator.Axis, forms: [String: UnitForm]) {
        self.structure = structure
        self.axis = axis
        self.forms = forms
    }

    mutating func lost(_ unit: OrgUnit.ID) -> [Span] {
        let needed = needed(unit)
        guard !needed.isEmpty else { return [] }
        let ways = ways(unit)
        return needed.flatMap { $0.without(ways) }
    }

    /// The days on which the unit must have a way.
    private func needed(_ unit: OrgUnit.ID) -> [Span] {
        let links = (structure.parents[unit] ?? []).filter { $0.axis == axis }
        let placed = links.map(\.from).min()
        let spans = (structure.versions[unit] ?? []).compactMap { version -> Span? in
            guard let form = forms[version.form], form.level > 1 else { return nil }
            let whole = Span(from: version.from, to: version.to)
            if form.axis == axis { return whole }
            return placed.flatMap { whole.within(Span(from: $0, to: nil)) }
        }
        return Span.joined(spans)
    }

    /// The days on which it has one.
    private mutating func ways(_ unit: OrgUnit.ID) -> [Span] {
        if let spans = known[unit] { return spans }
        // A ring leads nowhere.
        guard open.insert(unit).inserted else { return [] }
        defer { open.remove(unit) }
        let versions = structure.versions[unit] ?? []
        let stands = Span.joined(versions.map { Span(from: $0.from, to: $0.to) })
        var spans = versions.filter { forms[$0.form]?.level == 1 }
            .map { Span(from: $0.from, to: $0.to) }
        for link in structure.parents[unit] ?? [] where link.axis == axis {
            let linked = Span(from: link.from, to: link.to)
            for above in ways(link.parent) {
                guard let days = linked.within(above) else { continue }
                spans += stands.compactMap { days.within($0) }
            }
        }
        let joined = Span.joined(spans)
        known[unit] = joined
        return joined
    }
}

/// Days from one to the day before another; without an end, for ever.
private struct Span {
    let from: Day
    let to: Day?

    func within(_ other: Span) -> Span? {
        let start = max(from, other.from)
        let end = [to, other.to].compactMap { $0 }.min()
        if let end, end <= start { return nil }
        return Span(from: start, to: end)
    }

    /// What is left of these days, in order, once others are taken away that are in order.
    func without(_ others: [Span]) -> [Span] {
        var left: [Span] = []
        var start: Day? = from
        for other in others {
            guard let open = start else { break }
            if let days = Span(from: open, to: to).within(Span(from: .first, to: other.from)) {
                left.append(days)
            }
            start = other.to.map { max(open, $0) }
        }
        if let start, to.map({ start < $0 }) ?? true { left.append(Span(from: start, to: to)) }
        return left
    }

    /// The same days in order, those that touch put together.
    static func joined(_ spans: [Span]) -> [Span] {
        var joined: [Span] = []
        for span in spans.sorted(by: { $0.from < $1.from }) {
            guard let last = joined.last, last.to.map({ span.from <= $0 }) ?? true else {
                joined.append(span)
                continue
            }
            let to = last.to.flatMap { old in span.to.map { max(old, $0) } }
            joined[joined.count - 1] = Span(from: last.from, to: to)
        }
        return joined
    }
}

extension LostWay {
    /// The sentence beside a row that leaves a unit without a way.
    package func fault(_ row: Int, _ structure: Structure) -> RowFault {
        let version = structure.nearestVersion(unit, on: from)
        let (name, code) = (version?.name ?? "–", version?.code ?? "–")
        let heading = axis.heading
        let last = to.map { "\($0 - 1)" }
        return RowFault(
            row, heading.zh,
            zh: "“\(name)”（\(code)）\(last.map { "在\(from)至\($0)" } ?? "自\(from)起")"
                + "没有通到区的\(heading.zh)，其登记不会计入任何上级；请写明这些日子的\(heading.zh)。",
            en: "“\(name)” (\(code)) has no \(heading.en) up to the district "
                + (last.map { "from \(from) to \($0)" } ?? "from \(from) on")
                + ", so what it records would count for nobody above: name its \(heading.en).")
    }

    /// The same for whoever checks the ledger.
    package func finding(_ structure: Structure) -> String {
        let code = structure.nearestVersion(unit, on: from)?.code ?? unit.text
        let until = to.map { " until \($0 - 1)" } ?? ""
        return "the unit \(code) has no way to the top on the \(axis.rawValue) tree"
            + " from \(from)\(until)"
    }
}

extension Indicator.Axis {
    /// The heading of the parent on this tree in files of units.
    fileprivate var heading: Wording {
        switch self {
        case .territory: Wording(zh: "领土上级", en: "parent on territory")
        case .party: Wording(zh: "党组织上级", en: "parent in the Party")
        case .line: Wording(zh: "条线上级", en: "parent on its line")
        }
    }
}
