import Catalogue
import Core
import Organization
import TestKit
import Testing

/// Whatever a unit records counts for somebody above it, on every day it stands.
@Suite struct WayToTopTests {
    private let forms: [String: UnitForm]

    init() throws {
        forms = try Catalogue(folders: [TestDistrict.home.catalogue]).forms
    }

    private func lost(_ structure: Structure) -> [String] {
        structure.lostWays(forms).map { way in
            let code = structure.nearestVersion(way.unit, on: way.from)?.code ?? ""
            return "\(code) \(way.axis) \(way.from)–\(way.to.map { "\($0 - 1)" } ?? "")"
        }.sorted()
    }

    @Test func aWholeTownHasItsWays() {
        #expect(lost(.town()) == [])
        #expect(lost(Structure.town().after(merger)) == [])
        #expect(lost(Structure.town().after(division)) == [])
    }

    @Test func onlyADistrictStandsAtTheTop() {
        let town = Structure.town(
            townEntries + [
                UnitEntry("X", "district"), UnitEntry("C", "community", from: "2014-03-01"),
                UnitEntry("S", "street", [.party: "D"]), UnitEntry("P", "branch", [.party: "S"]),
                UnitEntry("O", "bureau", [.territory: "D"], last: "2015-12-31"),
            ])
        #expect(
            lost(town) == [
                "C territory 2014-03-01–", "O line 2014-01-01–2015-12-31",
                "S territory 2014-01-01–",
            ])
    }

    /// A street that closes leaves what stands below it, at any depth, without a way.
    @Test func aParentThatEndsTakesTheWayOfAllBelow() {
        let town = Structure.town([
            UnitEntry("D", "district"),
            UnitEntry("S", "street", [.territory: "D"], last: "2014-12-31"),
            UnitEntry("C", "community", [.territory: "S"]),
            UnitEntry("G", "grid", [.territory: "C"], last: "2015-06-30"),
        ])
        #expect(lost(town) == ["C territory 2015-01-01–", "G territory 2015-01-01–2015-06-30"])
    }

    /// A branch of the Party that was once seated in a community keeps a seat.
    @Test func aSecondTreeIsKeptOnceAUnitStandsOnIt() {
        let town = Structure.town([
            UnitEntry("D", "district"), UnitEntry("S", "street", [.territory: "D", .party: "D"]),
            UnitEntry("C", "community", [.territory: "S"], last: "2014-12-31"),
            UnitEntry("P", "small_branch", [.territory: "C", .party: "S"]),
            UnitEntry("Q", "small_branch", [.party: "S"]),
        ])
        #expect(lost(town) == ["P territory 2015-01-01–"])
    }

    @Test func aGapAndARingAreNamed() {
        let town = Structure.town([
            UnitEntry("D", "district", last: "2014-05-31"),
            UnitEntry("D", "district", from: "2014-07-01"),
            UnitEntry("S", "street", [.territory: "D"]),
            UnitEntry("R1", "street", [.territory: "R2"]),
            UnitEntry("R2", "street", [.territory: "R1"]),
        ])
        let moved = town.after([
            ReorganizationEntry(.move, "S", parents: [.territory: "D"], on: "2014-07-01")
        ])
        #expect(
            lost(moved) == [
                "R1 territory 2014-01-01–", "R2 territory 2014-01-01–",
                "S territory 2014-06-01–2014-06-30",
            ])
    }

    @Test(arguments: UInt64(1)...20)
    func noReorganizationOfARandomDistrictLosesAWay(_ seed: UInt64) {
        #expect(lost(RandomDistrict(seed: seed, reorganizations: 12).structure) == [])
    }
}
