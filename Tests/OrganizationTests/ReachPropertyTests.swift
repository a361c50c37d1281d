import Catalogue
import Core
import Organization
import TestKit
import Testing

/// Random districts through random reorganizations: on any day, the rows of reach say what a
/// walk over the links says.
@Suite struct ReachPropertyTests {
    @Test(arguments: UInt64(1)...40)
    func theRowsSayWhatAWalkOverTheLinksSays(_ seed: UInt64) throws {
        let district = RandomDistrict(seed: seed, reorganizations: 12)
        #expect(district.faults == [])
        let structure = district.structure
        let rows = try Dictionary(grouping: structure.reach(formAxis: formAxis)) { row in
            Place(unit: row.unit, axis: row.axis)
        }
        var faults: [String] = []
        for day in district.days(seed: seed) {
            for axis in Indicator.Axis.allCases {
                let naive = NaiveReach(structure: structure, axis: axis, day: day)
                for unit in structure.versions.keys {
                    let told = (rows[Place(unit: unit, axis: axis)] ?? [])
                        .filter { $0.holds(on: day) }
                        .map { NaiveReach.Above(unit: $0.ancestor, form: $0.form) }
                    // A row too many counts a record twice, so lists are compared and not sets.
                    if told.sorted() != naive.above(unit).sorted() {
                        let name = structure.versions[unit]?.first?.name ?? ""
                        faults.append("\(name) on \(axis) on \(day): \(told.count) rows")
                    }
                }
            }
        }
        #expect(faults.prefix(3) == [])
    }

    /// Without this, a generator that does nothing would prove everything.
    @Test func everythingThatCanHappenHappensToTheRandomDistricts() {
        let districts = (UInt64(1)...40).map { RandomDistrict(seed: $0, reorganizations: 12) }
        for action in ReorganizationEntry.Action.allCases {
            #expect(districts.filter { $0.actions.contains(action) }.count > 10, "\(action)")
        }
        #expect(districts.allSatisfy { !$0.actions.isEmpty && $0.structure.versions.count > 8 })
    }

    @Test(arguments: UInt64(1)...20)
    func whatHappensLaterChangesNothingOfTheDaysBefore(_ seed: UInt64) throws {
        let earlier = RandomDistrict(seed: seed, reorganizations: 5)
        // The same district, whose further changes lie behind the last day of the first five.
        var later = earlier.structure
        let last = earlier.days.max() ?? .first
        let grid = later.versions.values.joined().first { $0.form == "community" && $0.to == nil }
        let version = try #require(grid)
        later = later.after([
            ReorganizationEntry(
                .rename, version.code, name: "新名", on: (last + 30).description, code: "LAST")
        ])
        func rows(_ structure: Structure) throws -> Set<Reach> {
            try Set(structure.reach(formAxis: formAxis).filter { $0.from <= last })
        }
        #expect(try rows(later) == rows(earlier.structure))
    }

    private struct Place: Hashable {
        let unit: OrgUnit.ID
        let axis: Indicator.Axis
    }
}

extension RandomDistrict {
    /// The days around every change, and some others.
    fileprivate func days(seed: UInt64) -> [Day] {
        var dice = Dice(seed: seed + 1_000)
        let last = (days.max() ?? .first) + 400
        let others = (0..<20).map { _ in
            Day(number: Int.random(in: (days[0].number - 10)...last.number, using: &dice))
        }
        return Set(days.flatMap { [$0 - 1, $0, $0 + 1] } + others).sorted()
    }
}
