import Catalogue
import Core
import Organization
import Testing

@Suite struct FoundingTests {
    private func faults(_ entries: [UnitEntry], in structure: Structure = Structure()) -> [String] {
        structure.founding(entries).faults.lines
    }

    @Test func anUnknownParentIsNamed() {
        let found = faults([UnitEntry("S1", "street", [.territory: "D"], row: 7)])
        #expect(found == ["7 领土上级: No unit has the code D."])
    }

    @Test func aParentThatIsNotInForceYetSaysWhenItIs() {
        let found = faults([
            UnitEntry("D", "district", from: "2015-01-01", last: "2015-12-31"),
            UnitEntry("S1", "street", [.territory: "D"], from: "2014-12-31", row: 2),
            UnitEntry("S2", "street", [.territory: "D"], from: "2016-01-01", row: 3),
            UnitEntry("S3", "street", [.territory: "D"], from: "2015-12-31", row: 4),
        ])
        #expect(
            found == [
                "2 领土上级: The code D (单位D) is not in force on 2014-12-31,"
                    + " only 2015-01-01–2015-12-31.",
                "3 领土上级: The code D (单位D) is not in force on 2016-01-01,"
                    + " only 2015-01-01–2015-12-31.",
            ])
    }

    @Test(arguments: [
        ("2014-01-01", nil), ("2013-01-01", "2014-01-01"), ("2014-03-01", "2014-03-01"),
        ("2014-06-30", nil), ("2013-01-01", nil),
    ])
    func aCodeCannotBelongToTwoOnOneDay(_ from: String, _ last: String?) {
        let found = faults([
            UnitEntry("S1", "street", last: "2014-06-30"),
            UnitEntry("S1", "street", from: from, last: last, row: 2),
        ])
        #expect(found == ["2 编码: The code S1 belongs to “单位S1” on those days."])
    }

    @Test func aCodeOfTheLedgerCountsAsWell() {
        let found = faults([UnitEntry("S1", "street", row: 3)], in: .town())
        #expect(found == ["3 编码: The code S1 belongs to “单位S1” on those days."])
    }

    @Test func aUnitCannotStandBelowItself() {
        let found = faults([UnitEntry("S1", "street", [.party: "S1"], row: 4)])
        #expect(found == ["4 党组织上级: A unit cannot stand below itself."])
    }

    @Test func aRingOfUnitsIsRefusedWhenReachIsWorkedOut() {
        let ring = Structure.town([
            UnitEntry("S1", "street", [.territory: "S2"]),
            UnitEntry("S2", "street", [.territory: "S3"]),
            UnitEntry("S3", "street", [.territory: "S1"]),
        ])
        #expect(throws: Refusal.self) { try ring.reach(formAxis: formAxis) }
    }

    @Test func everyFaultOfAFileIsNamedAtOnce() {
        let found = faults([
            UnitEntry("S1", "street", [.territory: "X", .party: "Y"], row: 1),
            UnitEntry("S1", "street", row: 2),
        ])
        #expect(found.count == 3)
    }

    @Test func aParentMayStandAnywhereInTheFile() throws {
        let found = Structure().founding(townEntries.reversed())
        #expect(found.faults.isEmpty)
        let structure = Structure().applying(found.change)
        #expect(
            structure.path(to: structure.id("G1"), .territory, on: day("2014-01-01")).map(\.code)
                == ["D", "S1", "C1", "G1"])
        #expect(
            structure.parent(structure.id("EB"), .party, on: day("2014-01-01"))
                == structure.id("B"))
    }

    @Test func aCodeThatFellFreeMayBeGivenAgain() {
        let structure = Structure.town([
            UnitEntry("S1", "street", last: "2014-06-30"),
            UnitEntry("S1", "street", from: "2014-07-01"),
        ])
        #expect(structure.id("S1", on: "2014-06-30") != structure.id("S1", on: "2014-07-01"))
        #expect(
            structure.history(code: "S1").map(\.from.description) == ["2014-07-01", "2014-01-01"])
    }

    @Test func aLinkEndsWithTheFirstOfItsTwoUnits() throws {
        let structure = Structure.town([
            UnitEntry("D", "district", last: "2015-12-31"),
            UnitEntry("S1", "street", [.territory: "D"], last: "2014-12-31"),
            UnitEntry("S2", "street", [.territory: "D"]),
        ])
        let ends = ["S1", "S2"].map { structure.parents[structure.id($0)]?.first?.to?.description }
        #expect(ends == ["2015-01-01", "2016-01-01"])
    }
}
