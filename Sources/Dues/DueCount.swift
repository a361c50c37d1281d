/// How some units stand with one due in one period: how many owe it, how many of them did it, and
/// how many of the others are past its last lawful day.
package struct DueCount: Sendable, Hashable {
    package var owed: Int
    package var done: Int
    package var late: Int

    package static let nothing = DueCount(owed: 0, done: 0, late: 0)

    package init(owed: Int, done: Int, late: Int) {
        self.owed = owed
        self.done = done
        self.late = late
    }

    /// One unit's.
    package init(_ occurrence: Occurrence) {
        self.init(
            owed: 1, done: occurrence.state == .done ? 1 : 0,
            late: occurrence.state == .overdue ? 1 : 0)
    }

    /// What is still to be done.
    package var open: Int { owed - done }

    package static func + (left: DueCount, right: DueCount) -> DueCount {
        DueCount(
            owed: left.owed + right.owed, done: left.done + right.done,
            late: left.late + right.late)
    }

    /// In one word how it stands; a cell says it in words, and its color only repeats it.
    package enum Standing: String, Sendable, CaseIterable {
        /// Nobody owes it.
        case unasked
        case all
        /// Some did, and of the others some are late.
        case part
        /// Nobody did, and some are late.
        case none
        /// Some did, and nobody is late.
        case going
        /// Nobody did, and nobody is late.
        case ahead
    }

    package var standing: Standing {
        if owed == 0 { return .unasked }
        if done == owed { return .all }
        if late > 0 { return done == 0 ? .none : .part }
        return done == 0 ? .ahead : .going
    }
}
