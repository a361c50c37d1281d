import Catalogue
import Core
import Organization
import Testing

@Suite struct StructureTests {
    private let town = Structure.town()

    @Test func aCodeMeansWhatItMeantOnTheDay() {
        let town = Structure.town([
            UnitEntry("S1", "street", last: "2014-06-30"),
            UnitEntry("S1", "street", from: "2015-01-01"),
        ])
        let days = [
            "2013-12-31", "2014-01-01", "2014-06-30", "2014-07-01", "2014-12-31", "2015-01-01",
        ]
        #expect(
            days.map { town.unit(code: "S1", on: day($0))?.from.description }
                == [nil, "2014-01-01", "2014-01-01", nil, nil, "2015-01-01"])
        #expect(town.unit(code: "S2", on: day("2014-01-01")) == nil)
    }

    @Test func whatIsNotInForceIsCalledByItsNearestName() {
        let after = town.after([ReorganizationEntry(.rename, "G1", name: "新名")])
            .after([ReorganizationEntry(.abolish, "G1", on: "2016-01-01", code: "R2")])
        let unit = town.id("G1")
        let names = ["2013-01-01", "2014-01-01", "2015-06-30", "2015-07-01", "2017-01-01"]
            .map { after.nearestVersion(unit, on: day($0))?.name }
        #expect(names == ["单位G1", "单位G1", "单位G1", "新名", "新名"])
        #expect(after.version(unit, on: day("2016-01-01")) == nil)
        #expect(after.nearestVersion(ID(trusted: "nobody"), on: day("2015-01-01")) == nil)
    }

    @Test(arguments: [
        ("G1", Indicator.Axis.territory, ["D", "S1", "C1", "G1"]), ("G1", .party, ["G1"]),
        ("P1", .party, ["D", "S1", "P1"]), ("EB", .party, ["D", "B", "EB"]),
        ("B", .line, ["D", "B"]), ("D", .territory, ["D"]),
    ])
    func aPathLeadsDownFromTheTop(
        _ code: String, _ axis: Indicator.Axis, _ path: [String]
    ) {
        #expect(town.path(to: town.id(code), axis, on: day("2014-06-01")).map(\.code) == path)
    }

    @Test func aPathThroughARingEnds() {
        let ring = Structure.town([
            UnitEntry("S1", "street", [.territory: "S2"]),
            UnitEntry("S2", "street", [.territory: "S1"]),
        ])
        #expect(!ring.path(to: ring.id("S1"), .territory, on: day("2014-06-01")).isEmpty)
    }

    @Test func childrenAreThoseOfTheDayAndTheAxisInOrder() {
        let after = town.after(merger)
        func children(_ axis: Indicator.Axis, on text: String) -> [String] {
            after.children(of: town.id("S1"), axis, on: day(text)).map(\.code)
        }
        #expect(children(.territory, on: "2015-06-30") == ["C1", "C2"])
        #expect(children(.territory, on: "2015-07-01") == ["C9"])
        #expect(children(.party, on: "2015-07-01") == ["P1"])
        #expect(children(.line, on: "2015-07-01") == [])
        #expect(children(.territory, on: "2013-12-31") == [])
    }

    @Test func theRootIsTheUnitThatMostStandBelow() {
        let town = Structure.town(
            townEntries + [
                UnitEntry("X", "district"), UnitEntry("XS", "street", [.territory: "X"]),
                UnitEntry("ALONE", "district"),
            ])
        #expect(town.root(on: day("2014-06-01"))?.code == "D")
        #expect(town.root(on: day("2013-06-01")) == nil)
        #expect(Structure().root(on: day("2014-06-01")) == nil)
    }

    @Test func aCodeNobodyHasOnADayMeansTheNearestBeforeElseTheNextAfter() {
        let town = Structure.town([
            UnitEntry("S1", "street", last: "2014-06-30"),
            UnitEntry("S1", "street", from: "2015-01-01"),
        ])
        let days = ["2013-12-31", "2014-06-30", "2014-07-01", "2015-01-01", "2016-01-01"]
        #expect(
            days.map { town.unit(code: "S1", nearest: day($0))?.from.description }
                == ["2014-01-01", "2014-01-01", "2014-01-01", "2015-01-01", "2015-01-01"])
        #expect(town.unit(code: "S2", nearest: day("2014-06-30")) == nil)
    }

    @Test func theRootOfADayWithoutOneIsThatOfTheNearestDay() {
        #expect(town.root(nearest: day("2013-06-01"))?.code == "D")
        #expect(town.root(nearest: day("2014-06-01"))?.code == "D")
        #expect(Structure().root(nearest: day("2014-06-01")) == nil)
    }

    @Test func theDigestOfARowChangesWithEveryValue() {
        let change = town.reorganizing(merger).change
        let digests = change.rows.map(\.digest)
        #expect(Set(digests).count == digests.count)
        #expect(
            StructureRow.digest(table: "org_link", values: [.text("a"), .null])
                != StructureRow.digest(table: "org_link", values: [.text("a"), .text("")]))
        #expect(
            StructureRow.digest(table: "org_link", values: [.text("a")])
                != StructureRow.digest(table: "lineage", values: [.text("a")]))
    }
}
