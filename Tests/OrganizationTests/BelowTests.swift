import Catalogue
import Core
import Organization
import TestKit
import Testing

/// What is below a unit, over all three trees.
@Suite struct BelowTests {
    /// A committee has its seat in community C1 and branches on the Party tree.
    private let town = Structure.town(
        townEntries + [
            UnitEntry("K", "general_branch", [.territory: "C1", .party: "S1"]),
            UnitEntry("K1", "branch", [.party: "K"]), UnitEntry("K2", "branch", [.party: "K"]),
        ])
    private let today = day("2014-06-01")

    private func codes(_ units: some Sequence<OrgUnit.ID>) -> [String] {
        units.compactMap { town.version($0, on: today)?.code }.sorted()
    }

    /// What the rows of `reach` below some heads tell.
    private func told(_ structure: Structure, _ heads: [OrgUnit.ID], on day: Day) throws -> Set<
        OrgUnit.ID
    > {
        Set(
            try structure.reach(formAxis: formAxis)
                .filter { heads.contains($0.ancestor) && $0.holds(on: day) }.map(\.unit))
    }

    @Test func theBranchesOfACommitteeAreBelowTheCommunityThatIsItsSeat() throws {
        let heads = town.heads([town.id("C1")], on: today)
        #expect(codes(heads) == ["C1", "K"])
        #expect(codes(try told(town, heads, on: today)) == ["C1", "G1", "K", "K1", "K2", "P1"])
        #expect(codes(town.heads([town.id("S1")], on: today)) == ["S1"])
        #expect(codes(town.heads([OrgUnit.ID.make()], on: today)) == [])
    }

    /// What a statement over `reach` finds below the heads is what a walk upwards calls below.
    @Test(arguments: UInt64(1)...20)
    func theHeadsTellWhatAWalkUpwardsTells(_ seed: UInt64) throws {
        let district = RandomDistrict(seed: seed, reorganizations: 6)
        let structure = district.structure
        for day in district.days.prefix(4) {
            let standing = structure.versions.keys.filter { structure.version($0, on: day) != nil }
            for top in standing.sorted().prefix(12) {
                let below = try told(structure, structure.heads([top], on: day), on: day)
                let walked = standing.filter { structure.lies($0, below: [top], on: day) }
                #expect(below.intersection(standing) == Set(walked), "seed \(seed) on \(day)")
            }
        }
    }

    @Test func theNearestUnitAboveComesFirst() {
        #expect(town.codes(from: town.id("K1"), on: today) == ["K1", "K", "S1", "C1", "D"])
        #expect(town.codes(from: town.id("D"), on: today) == ["D"])
        let after = town.after([ReorganizationEntry(.abolish, "G1")])
        #expect(
            after.codes(from: after.id("G1"), on: day("2016-01-01")) == ["G1", "C1", "S1", "D"])
    }

    @Test(arguments: [
        ("C1", Indicator.Axis.party, ["K", "P1"]), ("C2", .party, ["S1"]),
        ("G1", .party, ["S1"]), ("K1", .territory, ["K"]), ("S1", .line, ["D"]),
    ])
    func whoeverDoesNotStandOnATreeSendsTo(
        _ code: String, _ axis: Indicator.Axis, _ others: [String]
    ) {
        #expect(!town.stands(town.id(code), on: axis, formAxis: formAxis))
        let found = town.stand(for: town.id(code), on: axis, today, formAxis: formAxis)
        #expect(found.map(\.code) == others)
    }

    @Test func theDaysAreKnownOnWhichUnitsCameToStandElsewhere() {
        let after = town.after([ReorganizationEntry(.move, "G1", parents: [.territory: "C2"])])
        #expect(
            after.turns(after: day("2015-06-01"), through: day("2015-07-31")) == [day("2015-07-01")]
        )
        #expect(after.turns(after: day("2015-07-01"), through: day("2015-07-31")) == [])
    }
}
