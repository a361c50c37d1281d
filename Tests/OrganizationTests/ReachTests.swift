import Catalogue
import Core
import Organization
import Testing

/// For whom a unit's records count, before and after a reorganization.
@Suite struct ReachTests {
    private let town = Structure.town()
    private let before = "2015-06-30"
    private let effective = "2015-07-01"

    @Test func aUnitThatStandsBelowItselfIsRefused() {
        let ring = town.applying(
            Structure().founding([
                UnitEntry("S8", "street", [.territory: "S9"]),
                UnitEntry("S9", "street", [.territory: "S8"]),
            ]).change)
        let refusal = #expect(throws: Refusal.self) { try ring.reach(formAxis: formAxis) }
        #expect(refusal?.text(.en).contains("cannot stand below itself") == true)
    }

    @Test func aMoveThatClosesARingIsRefused() throws {
        let change = town.reorganizing([
            ReorganizationEntry(.move, "S1", parents: [.territory: "G1"])
        ])
        #expect(change.faults.lines == [])
        let after = town.applying(change.change)
        #expect(throws: Refusal.self) { try after.reach(formAxis: formAxis) }
    }

    @Test(arguments: [
        ("G1", Indicator.Axis.territory, ["C1", "D", "G1", "S1"]), ("G1", .party, []),
        ("G1", .line, []), ("P1", .territory, ["C1", "D", "P1", "S1"]),
        ("P1", .party, ["D", "P1", "S1"]), ("B", .line, ["B", "D"]), ("C1", .party, []),
        ("EB", .party, ["B", "D", "EB"]), ("EB", .territory, []), ("D", .territory, ["D"]),
    ])
    func aRecordCountsForItsUnitAndAllAboveItOnTheAxis(
        _ code: String, _ axis: Indicator.Axis, _ codes: [String]
    ) throws {
        #expect(try town.reached(from: town.id(code), axis, on: before) == codes)
    }

    @Test func nothingCountsBeforeTheUnitBegan() throws {
        #expect(try town.reached(from: town.id("G1"), on: "2013-12-31") == [])
        #expect(try town.reached(from: town.id("G1"), on: "2014-01-01").count == 4)
    }

    @Test func afterAMergerThePredecessorCountsForItsSuccessor() throws {
        let after = town.after(merger)
        for code in ["C1", "C2"] {
            let unit = town.id(code)
            #expect(try after.reached(from: unit, on: before) == [code, "D", "S1"])
            #expect(try after.reached(from: unit, on: effective) == ["C9", "D", "S1"])
        }
        #expect(try after.reached(from: town.id("G1"), on: effective) == ["C9", "D", "G1", "S1"])
    }

    @Test func afterADivisionItCountsOnlyForWhatStandsAboveAllParts() throws {
        let near = town.after(division)
        #expect(try near.reached(from: town.id("C1"), on: effective) == ["D", "S1"])
        var apart = division
        apart[1] = ReorganizationEntry(
            .split, "C1", to: "C8", "community", parents: [.territory: "S2"])
        let far = town.after(apart)
        #expect(try far.reached(from: town.id("C1"), on: before) == ["C1", "D", "S1"])
        #expect(try far.reached(from: town.id("C1"), on: effective) == ["D"])
    }

    @Test(arguments: [Lineage.Basis.recordByRecord, .notComparable])
    func oneSuccessorThatTookNotTheWholeGetsNothingOfIt(_ basis: Lineage.Basis) throws {
        let after = town.after([
            ReorganizationEntry(
                .recut, "G1", to: "G9", "grid", parents: [.territory: "C2"], basis: basis)
        ])
        #expect(try after.reached(from: town.id("G1"), on: effective) == ["C2", "D", "S1"])
    }

    @Test func whatWasAbolishedStaysWithWhatStoodAboveIt() throws {
        let after = town.after([ReorganizationEntry(.abolish, "G1")])
        #expect(try after.reached(from: town.id("G1"), on: before).count == 4)
        #expect(try after.reached(from: town.id("G1"), on: effective) == ["C1", "D", "S1"])
        let merged = after.after([
            ReorganizationEntry(
                .merge, "C1", to: "C9", "community", parents: [.territory: "S2"],
                on: "2016-01-01", code: "R2"),
            ReorganizationEntry(
                .move, "P1", parents: [.territory: "C9"], on: "2016-01-01", code: "R2"),
        ])
        #expect(try merged.reached(from: town.id("G1"), on: "2016-01-01") == ["C9", "D", "S2"])
    }

    @Test func successorsOfSuccessorsCarryItOn() throws {
        let parted = town.after([
            ReorganizationEntry(.split, "G1", to: "G7", "grid", parents: [.territory: "C1"]),
            ReorganizationEntry(.split, "G1", to: "G8", "grid", parents: [.territory: "C2"]),
        ])
        let joined = parted.after(
            ["G7", "G8"].map {
                ReorganizationEntry(
                    .merge, $0, to: "G9", "grid", parents: [.territory: "C3"],
                    on: "2016-01-01", code: "R2")
            })
        let unit = town.id("G1")
        #expect(try joined.reached(from: unit, on: effective) == ["D", "S1"])
        // What was parted and joined again went whole after all.
        #expect(try joined.reached(from: unit, on: "2016-01-01") == ["C3", "D", "G9", "S2"])
    }

    @Test func aMoveChangesWhatStandsAboveFromItsDayOn() throws {
        let after = town.after([ReorganizationEntry(.move, "C1", parents: [.territory: "S2"])])
        #expect(try after.reached(from: town.id("G1"), on: before) == ["C1", "D", "G1", "S1"])
        #expect(try after.reached(from: town.id("G1"), on: effective) == ["C1", "D", "G1", "S2"])
    }

    @Test func aNewNameMakesNoNewRowButANewFormDoes() throws {
        func forms(_ entry: ReorganizationEntry) throws -> [String] {
            try town.after([entry]).reach(formAxis: formAxis)
                .filter { $0.unit == town.id("EB") && $0.ancestor == $0.unit }
                .sorted { $0.from < $1.from }
                .map { "\($0.form) \($0.from)–\($0.to?.description ?? "")" }
        }
        #expect(
            try forms(ReorganizationEntry(.rename, "EB", name: "新名")) == ["branch 2014-01-01–"])
        #expect(
            try forms(ReorganizationEntry(.rename, "EB", to: nil, "general_branch"))
                == ["branch 2014-01-01–2015-07-01", "general_branch 2015-07-01–"])
    }
}
