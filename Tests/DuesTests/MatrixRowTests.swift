import Core
import Dues
import Organization
import TestKit
import Testing

struct MatrixRowTests {
    private static func unit(_ number: Int) -> OrgUnit.ID {
        OrgUnit.ID(trusted: "unit-\(number)")
    }

    /// A tree of so many units, each below an earlier one, some of which owe something.
    private static func tree(_ seed: UInt64) -> MatrixTree {
        var dice = Dice(seed: seed)
        let columns = Int.random(in: 1...6, using: &dice)
        var below: [OrgUnit.ID: [OrgUnit.ID]] = [:]
        var own: [OrgUnit.ID: [DueCount]] = [:]
        var seated: Set<OrgUnit.ID> = []
        for number in 0..<Int.random(in: 1...120, using: &dice) {
            if number > 0 {
                let above = Int.random(in: 0..<number, using: &dice)
                below[unit(above), default: []].append(unit(number))
                if Bool.random(using: &dice) { seated.insert(unit(number)) }
            }
            guard Int.random(in: 0...2, using: &dice) > 0 else { continue }
            own[unit(number)] = (0..<columns).map { _ in
                let owed = Int.random(in: 0...1, using: &dice)
                let done = Int.random(in: 0...owed, using: &dice)
                let late = Int.random(in: 0...(owed - done), using: &dice)
                return DueCount(owed: owed, done: done, late: late)
            }
        }
        return MatrixTree(
            columns: columns, tops: [unit(0)], below: below, own: own, seated: seated)
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func everyRowIsTheSumOfItsLeavesAndNoUnitIsCountedTwice(_ seed: UInt64) {
        let tree = Self.tree(seed)
        func check(_ row: MatrixRow) {
            #expect(row.counts == MatrixRow.sums(row.leaves, columns: tree.columns))
            if !row.isLeaf {
                #expect(row.counts == MatrixRow.sums(row.rows, columns: tree.columns))
            }
            row.rows.forEach(check)
        }
        let rows = tree.rows()
        rows.forEach(check)
        let leaves = rows.flatMap(\.leaves).map(\.unit)
        #expect(leaves.count == Set(leaves).count)
        #expect(Set(leaves) == Set(tree.own.keys))
        let sums = tree.own.values.reduce(
            [DueCount](repeating: .nothing, count: tree.columns)
        ) { zip($0, $1).map(+) }
        #expect(MatrixRow.sums(rows, columns: tree.columns) == sums)
    }

    @Test func aCommitteeAndTheCommunityOfItsSeatAreOneRow() throws {
        let one = [DueCount(owed: 1, done: 0, late: 1)]
        let tree = MatrixTree(
            columns: 1, tops: [Self.unit(0)],
            below: [
                Self.unit(0): [Self.unit(1), Self.unit(9)], Self.unit(1): [Self.unit(2)],
                Self.unit(2): [Self.unit(3), Self.unit(4)],
            ],
            own: [
                Self.unit(2): one, Self.unit(3): one, Self.unit(4): one, Self.unit(9): one,
            ], seated: [Self.unit(2)])
        let rows = tree.rows()
        #expect(rows.map(\.unit) == [Self.unit(1), Self.unit(9)])
        #expect(rows[0].rows.map(\.unit) == [Self.unit(2), Self.unit(3), Self.unit(4)])
        #expect(rows[0].rows.map(\.isOwn) == [true, false, false])
        #expect(rows[0].counts == [DueCount(owed: 3, done: 0, late: 3)])
    }

    @Test(arguments: [
        (DueCount(owed: 0, done: 0, late: 0), DueCount.Standing.unasked),
        (DueCount(owed: 3, done: 3, late: 0), .all), (DueCount(owed: 3, done: 1, late: 1), .part),
        (DueCount(owed: 3, done: 0, late: 1), .none), (DueCount(owed: 3, done: 1, late: 0), .going),
        (DueCount(owed: 3, done: 0, late: 0), .ahead),
    ])
    func aCellSaysInAWordHowItStands(_ count: DueCount, _ standing: DueCount.Standing) {
        #expect(count.standing == standing)
    }

    @Test func aRowOfPeriodsEndsWithWhatWasDoneOrNotOwed() throws {
        typealias State = Occurrence.State
        let day = try #require(Day("2015-07-10"))
        func length(_ states: [State?]) throws -> Int {
            let months = try (1...7).map { month in
                try #require(Period("2015-0\(month)"))
            }.suffix(states.count)
            return DueStreak.length(
                zip(months, states).map {
                    (DueWindow(period: $0.0, from: $0.0.from, to: $0.0.to, times: 1), $0.1)
                }, on: day)
        }
        #expect(try length([.overdue, .overdue, .overdue, .open]) == 3)
        #expect(try length([.done, .overdue, .overdue, .open]) == 2)
        #expect(try length([.overdue, .overdue, .overdue, .done]) == 0)
        #expect(try length([.overdue, nil, .overdue, .soon]) == 1)
        #expect(try length([.overdue, .overdue, .overdue, nil]) == 3)
    }
}
