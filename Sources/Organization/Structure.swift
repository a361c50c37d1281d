import Catalogue
import Core

/// All units with their versions, links and lineage, held in memory: who was where, on any day.
///
/// A value, read once per structural position and shared; SQL answers the same questions over
/// the table `reach`, which is computed from this.
package struct Structure: Sendable {
    package private(set) var versions: [OrgUnit.ID: [UnitVersion]] = [:]
    package private(set) var parents: [OrgUnit.ID: [UnitLink]] = [:]
    package private(set) var children: [OrgUnit.ID: [UnitLink]] = [:]
    package private(set) var successors: [OrgUnit.ID: [Lineage]] = [:]
    package private(set) var predecessors: [OrgUnit.ID: [Lineage]] = [:]
    package private(set) var reorganizations: [Reorganization] = []
    /// By codes and names folded, so that case and width do not matter.
    private var codes: [String: [UnitVersion]] = [:]
    private var byName: [String: [UnitVersion]] = [:]
    private var namesShelf = UnitNames.Shelf()

    package init() {}

    package init(
        versions: [UnitVersion], links: [UnitLink], lineage: [Lineage],
        reorganizations: [Reorganization]
    ) {
        for version in versions { add(version) }
        for link in links { add(link) }
        for line in lineage { add(line) }
        self.reorganizations = reorganizations
    }

    package mutating func add(_ version: UnitVersion) {
        versions[version.unit, default: []].append(version)
        codes[Folding.key(version.code), default: []].append(version)
        byName[Folding.key(version.name), default: []].append(version)
        namesShelf = UnitNames.Shelf()
    }

    package mutating func remove(_ version: UnitVersion) {
        versions[version.unit]?.removeAll { $0.id == version.id }
        codes[Folding.key(version.code)]?.removeAll { $0.id == version.id }
        byName[Folding.key(version.name)]?.removeAll { $0.id == version.id }
        namesShelf = UnitNames.Shelf()
    }

    mutating func removeVersion(_ id: ID<UnitVersion>, of unit: OrgUnit.ID) {
        if let version = versions[unit]?.first(where: { $0.id == id }) { remove(version) }
    }

    mutating func removeLink(_ id: ID<UnitLink>, of link: UnitLink) {
        if let old = parents[link.child]?.first(where: { $0.id == id }) { remove(old) }
    }

    package mutating func add(_ link: UnitLink) {
        parents[link.child, default: []].append(link)
        children[link.parent, default: []].append(link)
    }

    package mutating func remove(_ link: UnitLink) {
        parents[link.child]?.removeAll { $0.id == link.id }
        children[link.parent]?.removeAll { $0.id == link.id }
    }

    package mutating func add(_ line: Lineage) {
        successors[line.predecessor, default: []].append(line)
        predecessors[line.successor, default: []].append(line)
    }

    package mutating func add(_ reorganization: Reorganization) {
        reorganizations.append(reorganization)
    }

    /// Every name that a unit ever had, as it is looked for.
    var names: UnitNames {
        namesShelf.take { UnitNames(versions.values.joined()) }
    }

    /// How a name sounds: its pinyin, and the first letters of it.
    package func sounds(_ name: String) -> String { names.spelling.finds(name) }

    /// A text that is made of the structure alone, kept as long as the structure is.
    package func keeping(_ key: String, _ make: () -> String) -> String {
        namesShelf.text(key, make)
    }

    package func reorganization(_ code: String) -> Reorganization? {
        reorganizations.first { $0.code == code }
            ?? reorganizations.first { Folding.key($0.code) == Folding.key(code) }
    }

    /// The unit that has this code on a day, however its letters were typed.
    package func unit(code: String, on day: Day) -> UnitVersion? {
        let found = codes[Folding.key(code)]?.filter { $0.inForce(on: day) } ?? []
        return found.first { $0.code == code } ?? found.first
    }

    /// The units that are called so on a day.
    package func units(named name: String, on day: Day) -> [UnitVersion] {
        (byName[Folding.key(name)] ?? []).filter { $0.inForce(on: day) }
    }

    /// The unit that somebody means by a code, by a name that no other unit bears that day, or by
    /// a name with the code in brackets behind it, or by a name that it alone had before.
    ///
    /// - Parameter forms: the forms of unit that are asked for; empty for every form.
    package func unit(naming text: String, on day: Day, forms: [String] = []) -> UnitVersion? {
        if let unit = unit(code: text, on: day) { return unit }
        let named = units(named: text, on: day)
        let fitting = named.filter { forms.isEmpty || forms.contains($0.form) }
        if fitting.count == 1 { return fitting[0] }
        if named.count == 1 { return named[0] }
        if named.isEmpty, let renamed = renamed(text, on: day) { return renamed }
        let folded = Folding.identifier(text)
        guard folded.hasSuffix(")"), let open = folded.lastIndex(of: "("),
            let unit = unit(code: String(folded[folded.index(after: open)...].dropLast()), on: day),
            Folding.key(unit.name) == Folding.key(String(folded[..<open]))
        else { return nil }
        return unit
    }

    /// The unit that was called so at another time, stands on the day, and is the only one.
    private func renamed(_ name: String, on day: Day) -> UnitVersion? {
        let units = Set((byName[Folding.key(name)] ?? []).map(\.unit))
        let standing = units.compactMap { version($0, on: day) }
        return units.count == 1 ? standing.first : nil
    }

    /// The unit that has this code on a day, else the last one that had it before, else the first
    /// one that has it afterwards.
    package func unit(code: String, nearest day: Day) -> UnitVersion? {
        if let version = unit(code: code, on: day) { return version }
        let all = history(code: code)
        return all.first { $0.from <= day } ?? all.last
    }

    /// Every version that ever had this code, the newest first.
    package func history(code: String) -> [UnitVersion] {
        (codes[Folding.key(code)] ?? []).sorted { $0.from > $1.from }
    }

    package func version(_ unit: OrgUnit.ID, on day: Day) -> UnitVersion? {
        versions[unit]?.first { $0.inForce(on: day) }
    }

    /// The version in force on a day, else the last one before it, else the first one after.
    package func nearestVersion(_ unit: OrgUnit.ID, on day: Day) -> UnitVersion? {
        guard let all = versions[unit] else { return nil }
        if let version = all.first(where: { $0.inForce(on: day) }) { return version }
        let earlier = all.filter { $0.from <= day }
        return earlier.max { $0.from < $1.from } ?? all.min { $0.from < $1.from }
    }

    package func parent(_ unit: OrgUnit.ID, _ axis: Indicator.Axis, on day: Day) -> OrgUnit.ID? {
        parents[unit]?.first { $0.axis == axis && $0.inForce(on: day) }?.parent
    }

    package func children(
        of unit: OrgUnit.ID, _ axis: Indicator.Axis, on day: Day
    ) -> [UnitVersion] {
        (children[unit] ?? []).filter { $0.axis == axis && $0.inForce(on: day) }
            .compactMap { version($0.child, on: day) }
            .sorted { ($0.code, $0.name) < ($1.code, $1.name) }
    }

    /// The units from the top of an axis down to this one.
    package func path(
        to unit: OrgUnit.ID, _ axis: Indicator.Axis, on day: Day
    ) -> [UnitVersion] {
        var path: [UnitVersion] = []
        var next: OrgUnit.ID? = unit
        while let here = next, path.count < 20 {
            if let version = nearestVersion(here, on: day) { path.insert(version, at: 0) }
            next = parent(here, axis, on: day)
        }
        return path
    }

    /// The unit in which everything stands: the one without a parent that most stand below.
    package func root(on day: Day) -> UnitVersion? {
        tops.compactMap { version($0, on: day) }.max(by: fewerBelow)
    }

    /// The same on the day nearest to this one on which there is one: a district may not have
    /// begun, or may have ended.
    package func root(nearest day: Day) -> UnitVersion? {
        root(on: day) ?? tops.compactMap { nearestVersion($0, on: day) }.max(by: fewerBelow)
    }

    private var tops: [OrgUnit.ID] {
        versions.keys.filter { parents[$0] == nil && !(children[$0] ?? []).isEmpty }
    }

    private func fewerBelow(_ one: UnitVersion, _ other: UnitVersion) -> Bool {
        (children[one.unit]?.count ?? 0) < (children[other.unit]?.count ?? 0)
    }
}
