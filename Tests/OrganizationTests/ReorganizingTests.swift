import Catalogue
import Core
import Organization
import Testing

/// What an official document does to the structure, and what it cannot do.
@Suite struct ReorganizingTests {
    private let town = Structure.town()
    private let before = "2015-06-30"
    private let effective = "2015-07-01"

    private func faults(_ entries: [ReorganizationEntry]) -> [String] {
        town.reorganizing(entries).faults.lines
    }

    // MARK: What is refused

    @Test func aPredecessorMustBeInForceTheDayBefore() {
        #expect(
            faults([ReorganizationEntry(.abolish, "X", row: 3)])
                == ["3 前身编码: No unit has the code X."])
        #expect(
            faults([ReorganizationEntry(.abolish, "G1", on: "2014-01-01", row: 4)])
                == [
                    "4 前身编码: The code G1 (单位G1) is not in force on 2013-12-31,"
                        + " only 2014-01-01–."
                ])
    }

    @Test(arguments: ReorganizationEntry.Action.allCases.filter { $0 != .found })
    func whatChangesAUnitMustNameIt(_ action: ReorganizationEntry.Action) {
        let found = faults([
            ReorganizationEntry(action, nil, to: "N", "community", parents: [.territory: "S1"])
        ])
        #expect(found == ["1 前身编码: The code of the predecessor is missing."])
    }

    @Test(arguments: [ReorganizationEntry.Action.merge, .split, .recut, .upgrade])
    func whatEndsAUnitForAnotherMustNameTheOther(_ action: ReorganizationEntry.Action) {
        #expect(
            faults([ReorganizationEntry(action, "G1")])
                == ["1 后继编码: The code of the successor is missing."])
    }

    @Test func aSuccessorNeedsItsNameAndFormWhereItIsFirstNamed() {
        let sentence = "A successor needs its name and form where it is first named."
        #expect(
            faults([ReorganizationEntry(.merge, "G1", to: "G9", row: 2)])
                == ["2 后继编码: \(sentence)"])
        #expect(
            faults([ReorganizationEntry(.found, nil, to: "G9")]) == ["1 后继编码: \(sentence)"])
    }

    @Test func aReorganizationIsEnteredOnce() {
        let after = town.after([ReorganizationEntry(.abolish, "G1")])
        let found = after.reorganizing([ReorganizationEntry(.abolish, "G2", row: 5)])
        #expect(
            found.faults.lines == ["5 批次: The reorganization R1 has been entered already."])
    }

    @Test func aReorganizationTakesEffectOnOneDay() {
        let found = faults([
            ReorganizationEntry(.abolish, "G1"),
            ReorganizationEntry(.abolish, "G2", on: "2015-08-01", row: 2),
        ])
        #expect(found.contains("2 生效日期: One reorganization takes effect on one day."))
    }

    @Test func nobodyIsLeftBelowAUnitThatEnds() {
        let found = faults(Array(merger.prefix(2)))
        #expect(
            found.sorted()
                == [(1, "G1"), (1, "P1"), (2, "G2")].map {
                    "\($0) 前身编码: The unit above “单位\($1)” (\($1)) ends: move it as well."
                }, "each beside the row that ends what it stands below")
    }

    @Test func aCodeStillInUseIsNotTaken() {
        let found = faults([
            ReorganizationEntry(.upgrade, "G1", to: "C2", "grid", parents: [.territory: "C1"])
        ])
        #expect(found == ["1 后继编码: The code C2 still belongs to “单位C2”."])
    }

    @Test func aNewParentMustBeInForceThatDay() {
        let found = faults([
            ReorganizationEntry(.move, "G1", parents: [.territory: "X"]),
            ReorganizationEntry(.found, nil, to: "G9", "grid", parents: [.territory: "Y"], row: 2),
        ])
        #expect(
            Set(found) == ["1 领土上级: No unit has the code X.", "2 领土上级: No unit has the code Y."])
    }

    @Test func nothingIsPutBeforeALaterChangeOfTheSameUnit() {
        let later = town.after([
            ReorganizationEntry(.rename, "G1", name: "新名", on: "2016-01-01", code: "R2")
        ])
        let found = later.reorganizing([ReorganizationEntry(.abolish, "G1")])
        #expect(
            found.faults.lines
                == ["1 生效日期: “新名” does not exist before that day."])
    }

    // MARK: What is done

    @Test func mergedUnitsEndAndTheirSuccessorBegins() {
        let change = town.reorganizing(merger)
        #expect(change.faults.lines == [])
        let after = town.applying(change.change)
        for code in ["C1", "C2"] {
            #expect(after.unit(code: code, on: day(before))?.unit == town.id(code))
            #expect(after.unit(code: code, on: day(effective)) == nil)
            #expect(
                after.successors[town.id(code)]?.map(\.successor) == [after.id("C9", on: effective)]
            )
            #expect(after.successors[town.id(code)]?.map(\.basis) == [.whole])
        }
        let successor = after.id("C9", on: effective)
        #expect(after.unit(code: "C9", on: day(before)) == nil)
        #expect(after.predecessors[successor]?.count == 2)
        #expect(
            after.children(of: successor, .territory, on: day(effective)).map(\.code)
                == ["G1", "G2", "P1"])
        #expect(after.parent(successor, .territory, on: day(effective)) == town.id("S1"))
        #expect(after.parent(town.id("P1"), .party, on: day(effective)) == town.id("S1"))
        #expect(after.reorganization("R1")?.effectiveOn == day(effective))
    }

    @Test func aSuccessorMayTakeTheCodeOfOneThatEnds() {
        let after = town.after([
            ReorganizationEntry(.upgrade, "EB", to: "EB", "general_branch", parents: [.party: "B"])
        ])
        #expect(after.id("EB", on: before) != after.id("EB", on: effective))
        #expect(after.unit(code: "EB", on: day(effective))?.form == "general_branch")
        #expect(after.history(code: "EB").count == 2)
    }

    @Test func aUnitThatIsSplitHasSeveralSuccessors() {
        let change = town.reorganizing(division)
        #expect(change.faults.lines == [])
        let after = town.applying(change.change)
        let successors = after.successors[town.id("C1")] ?? []
        #expect(
            Set(successors.map(\.successor)) == [
                after.id("C7", on: effective), after.id("C8", on: effective),
            ])
        #expect(Set(successors.map(\.basis)) == [.notComparable])
        #expect(after.unit(code: "C1", on: day(effective)) == nil)
    }

    @Test func unitsThatAreCutAnewFollowEachOtherAsTheDocumentSays() {
        let rows = [("C1", "C7"), ("C1", "C8"), ("C2", "C8")]
        let entries = rows.map { old, new in
            ReorganizationEntry(
                .recut, old, to: new, "community", parents: [.territory: "S1"],
                basis: .recordByRecord)
        }
        let moves = ["G1", "G2", "P1"].map {
            ReorganizationEntry(.move, $0, parents: [.territory: "C8"])
        }
        let change = town.reorganizing(entries + moves)
        #expect(change.faults.lines == [])
        let after = town.applying(change.change)
        #expect(after.successors[town.id("C1")]?.count == 2)
        #expect(
            after.successors[town.id("C2")]?.map(\.successor) == [after.id("C8", on: effective)])
        #expect(
            after.predecessors[after.id("C8", on: effective)]?.map(\.basis) == [
                .recordByRecord, .recordByRecord,
            ])
    }

    @Test func aUnitThatIsFoundedMayStandBelowAnotherFoundedWithIt() {
        let after = town.after([
            ReorganizationEntry(.found, nil, to: "G9", "grid", parents: [.territory: "C9"]),
            ReorganizationEntry(.found, nil, to: "C9", "community", parents: [.territory: "S2"]),
        ])
        let path = after.path(to: after.id("G9", on: effective), .territory, on: day(effective))
        #expect(path.map(\.code) == ["D", "S2", "C9", "G9"])
        #expect(after.predecessors[after.id("G9", on: effective)] == nil)
    }

    @Test func aUnitThatIsAbolishedHasNoSuccessor() {
        let after = town.after([ReorganizationEntry(.abolish, "G1")])
        #expect(after.unit(code: "G1", on: day(before)) != nil)
        #expect(after.unit(code: "G1", on: day(effective)) == nil)
        #expect(after.parent(town.id("G1"), .territory, on: day(effective)) == nil)
        #expect(after.successors.isEmpty)
    }

    @Test func aUnitThatIsMovedStaysItselfAndMovesOnTheGivenAxesAlone() {
        let after = town.after([ReorganizationEntry(.move, "P1", parents: [.territory: "C3"])])
        let branch = town.id("P1")
        #expect(after.unit(code: "P1", on: day(effective))?.unit == branch)
        #expect(after.parent(branch, .territory, on: day(before)) == town.id("C1"))
        #expect(after.parent(branch, .territory, on: day(effective)) == town.id("C3"))
        #expect(after.parent(branch, .party, on: day(effective)) == town.id("S1"))
        #expect(
            after.children(of: town.id("C1"), .territory, on: day(effective)).map(\.code) == ["G1"])
    }

    @Test func aUnitThatIsRenamedStaysItself() {
        let after = town.after([ReorganizationEntry(.rename, "G1", to: "G8", name: "新名")])
        #expect(after.id("G1", on: before) == after.id("G8", on: effective))
        #expect(after.unit(code: "G8", on: day(effective))?.name == "新名")
        #expect(after.unit(code: "G8", on: day(effective))?.form == "grid")
        #expect(after.unit(code: "G1", on: day(effective)) == nil)
        #expect(after.unit(code: "G8", on: day(before)) == nil)
    }

    @Test func aUnitWithAnEndKeepsItWhenItIsMoved() {
        let town = Structure.town(
            townEntries + [UnitEntry("G5", "grid", [.territory: "C1"], last: "2015-12-31")])
        let after = town.after([ReorganizationEntry(.move, "G5", parents: [.territory: "C2"])])
        let unit = town.id("G5")
        #expect(after.parent(unit, .territory, on: day("2015-12-31")) == town.id("C2"))
        #expect(after.parent(unit, .territory, on: day("2016-01-01")) == nil)
    }

    @Test func oneFileMayHoldSeveralReorganizations() {
        let second =
            [
                ReorganizationEntry(
                    .upgrade, "C9", to: "C10", "community", parents: [.territory: "S2"],
                    on: "2016-01-01", code: "R2")
            ]
            + ["G1", "G2", "P1"].map {
                ReorganizationEntry(
                    .move, $0, parents: [.territory: "C10"], on: "2016-01-01", code: "R2")
            }
        let change = town.reorganizing(merger + second)
        #expect(change.faults.lines == [])
        let after = town.applying(change.change)
        #expect(after.reorganizations.map(\.code) == ["R1", "R2"])
        #expect(
            after.successors[after.id("C9", on: effective)]?.map(\.successor)
                == [after.id("C10", on: "2016-01-01")])
    }
}
