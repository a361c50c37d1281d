import Catalogue
import Core

/// What is below a unit: itself, and every unit from which links of any axis, one after another,
/// lead up to it on a day.
///
/// Territory, Party and line are three trees, and one walk goes over all of them: the branches of
/// a community's committee are below the community, for the committee stands there. Rights, dues,
/// calendars, feeds and lists use this one notion. A figure is of one axis and stays on it.
extension Structure {
    /// The units below some units, themselves included, that `reach` tells by itself.
    ///
    /// `reach` follows one axis at a time. These are the units whose rows of it, taken together,
    /// hold everything below: the tops, and each unit at which a path changes from one tree to
    /// another. A statement asks for `ancestor_id IN (heads)` and has what ended and was carried
    /// over as well.
    package func heads(_ tops: some Sequence<OrgUnit.ID>, on day: Day) -> [OrgUnit.ID] {
        var heads: [OrgUnit.ID] = []
        var met: Set<OrgUnit.ID> = []
        var found: [OrgUnit.ID] = []
        func take(_ head: OrgUnit.ID) {
            heads.append(head)
            for axis in Indicator.Axis.allCases {
                var walked: Set<OrgUnit.ID> = []
                var open = [head]
                while let next = open.popLast() {
                    guard walked.insert(next).inserted else { continue }
                    if met.insert(next).inserted { found.append(next) }
                    for link in children[next] ?? []
                    where link.axis == axis && link.inForce(on: day) {
                        open.append(link.child)
                    }
                }
            }
        }
        for top in tops where !met.contains(top) { take(top) }
        var place = 0
        while place < found.count {
            let unit = found[place]
            let turns = (children[unit] ?? []).contains {
                $0.inForce(on: day) && !met.contains($0.child)
            }
            if turns { take(unit) }
            place += 1
        }
        return heads
    }

    /// The same for the tops of an access, in an order that is always the same.
    package func heads(_ tops: Set<OrgUnit.ID>, on day: Day) -> [OrgUnit.ID] {
        heads(tops.sorted(), on: day)
    }

    /// The days after the first, through the last, on which some unit came to stand elsewhere.
    package func turns(after first: Day, through last: Day) -> [Day] {
        let days = parents.values.joined().flatMap { [$0.from, $0.to].compactMap { $0 } }
        return Set(days).filter { first < $0 && $0 <= last }.sorted()
    }

    /// The codes of a unit and of those it is below on a day, the nearest first; of a unit that has
    /// ended, those of its last day.
    package func codes(from unit: OrgUnit.ID, on day: Day) -> [String] {
        guard let nearest = nearestVersion(unit, on: day) else { return [] }
        let day = max(nearest.from, nearest.to.map { min(day, $0 - 1) } ?? day)
        var codes: [String] = []
        var met: Set<OrgUnit.ID> = [unit]
        var level = [unit]
        while !level.isEmpty {
            codes += level.compactMap { version($0, on: day)?.code }
            level = level.flatMap { parents[$0] ?? [] }.filter { $0.inForce(on: day) }
                .sorted { ($0.axis.rawValue, $0.parent) < ($1.axis.rawValue, $1.parent) }
                .map(\.parent).filter { met.insert($0).inserted }
        }
        return codes
    }

    /// Whether a unit ever stands on an axis: by a link of it, or by its form.
    package func stands(
        _ unit: OrgUnit.ID, on axis: Indicator.Axis, formAxis: (String) -> Indicator.Axis?
    ) -> Bool {
        (parents[unit] ?? []).contains { $0.axis == axis }
            || (children[unit] ?? []).contains { $0.axis == axis }
            || (versions[unit] ?? []).contains { formAxis($0.form) == axis }
    }

    /// Whom to ask instead about an axis on which a unit does not stand: those that have their seat
    /// in it, as a committee has in its community; else the nearest unit above that stands there.
    package func stand(
        for unit: OrgUnit.ID, on axis: Indicator.Axis, _ day: Day,
        formAxis: (String) -> Indicator.Axis?
    ) -> [UnitVersion] {
        let seated = (children[unit] ?? [])
            .filter { $0.inForce(on: day) && stands($0.child, on: axis, formAxis: formAxis) }
            .compactMap { version($0.child, on: day) }
        if !seated.isEmpty { return Set(seated).sorted { ($0.code, $0.name) < ($1.code, $1.name) } }
        var met: Set<OrgUnit.ID> = [unit]
        var level = [unit]
        while !level.isEmpty {
            level = level.flatMap { parents[$0] ?? [] }.filter { $0.inForce(on: day) }
                .map(\.parent).filter { met.insert($0).inserted }
            let found = level.filter { stands($0, on: axis, formAxis: formAxis) }
                .compactMap { version($0, on: day) }
            if !found.isEmpty { return found.sorted { $0.code < $1.code } }
        }
        return []
    }
}
