import Core

/// When something of a case happened: a day, with the minute where one is known.
package struct CaseTime: Sendable, Hashable, Comparable {
    package let day: Day
    /// Minutes from midnight in the district; nil where only the day is known.
    package let minute: Int?

    package init(_ day: Day, minute: Int? = nil) {
        self.day = day
        self.minute = minute
    }

    /// The instant a clock begins at: the minute, else the beginning of the day.
    package var moment: Moment {
        Moment(milliseconds: day.start.milliseconds + Int64(minute ?? 0) * 60_000)
    }

    package static func < (left: CaseTime, right: CaseTime) -> Bool {
        (left.day, left.minute ?? 0) < (right.day, right.minute ?? 0)
    }
}

/// What the fold reads of one record of a case: no words, private values, names or evidence.
package struct CaseStep: Sendable, Hashable {
    package let step: String
    package let at: CaseTime
    package let outcome: String?
    /// The last day of a step that lasts.
    package var until: CaseTime?
    /// Choices, numbers, days and flags as they are stored, by the name of field or measure.
    package var values: [String: String] = [:]
    /// How many persons it names, by role.
    package var persons: [String: [String]] = [:]
    /// The units it names, by the name of the field; in examples the names themselves.
    package var units: [String: [String]] = [:]
    /// The unit for which it was owed, where several owe the same.
    package let each: String?
    /// The unit it stands in, and the second one it names.
    package let unit: String?
    package let place: String?
    /// By when it was owed when it was posted; nil before it is posted, and where nothing was.
    package var judged: CaseJudgment?
    /// Its place among the records of the case; nil before it is posted.
    package let seq: Int?
    /// The day its delivery was recorded; nil while it was not.
    package var told: CaseTime?
    /// The line of an example that says it; 0 elsewhere.
    package var line: Int = 0

    /// A step with where it stands; what else it says is set behind.
    package init(
        step: String, at: CaseTime, outcome: String? = nil, each: String? = nil,
        unit: String? = nil, place: String? = nil, seq: Int? = nil
    ) {
        self.step = step
        self.at = at
        self.outcome = outcome
        self.each = each
        self.unit = unit
        self.place = place
        self.seq = seq
    }

    /// The numbers of an example's count of persons, where no person is named.
    package func count(of role: String) -> Int? {
        persons[role].map(\.count) ?? values[role].flatMap { Int($0) }
    }
}

/// What a step was judged by when it was posted. It is kept with the record and never asked anew.
package struct CaseJudgment: Sendable, Hashable {
    /// The first moment at which it was late; nil where no clock ran.
    package let due: Moment?
    /// Minutes after that at which it was taken; 0 in time.
    package let late: Int
    /// Minutes for which its clock stood.
    package let paused: Int
    /// Minutes since it was owed.
    package let held: Int
    /// What was softened by 一般, and accepted with a reason.
    package let accepted: [String]

    package init(due: Moment?, late: Int, paused: Int = 0, held: Int, accepted: [String] = []) {
        self.due = due
        self.late = late
        self.paused = paused
        self.held = held
        self.accepted = accepted
    }
}

/// Why a step may not be posted.
package struct CaseRefusal: Sendable, Hashable {
    package enum Guard: String, Sendable, CaseIterable {
        case order, lapsed
        case notBefore = "not_before"
        case lasts, needs, times
        case quorum, ballots, majority, roll
        case ended
    }

    package let because: Guard
    /// The field, role or step it is about.
    package let about: String?
    /// The first moment at which it becomes lawful, where time alone makes it so.
    package let earliest: CaseTime?
    /// The rule that asks for it.
    package let rule: String?
    /// What was asked for and what was found, where both are numbers.
    package let wanted: Int?
    package let found: Int?
    /// How its day came out, where it is about time: the pages print the sum.
    package let clock: ClockStory?
    /// What the vote needed, where it is about a vote.
    package var votes: VoteCount?

    package init(
        _ because: Guard, about: String? = nil, earliest: CaseTime? = nil, rule: String? = nil,
        wanted: Int? = nil, found: Int? = nil, clock: ClockStory? = nil
    ) {
        self.because = because
        self.about = about
        self.earliest = earliest
        self.rule = rule
        self.wanted = wanted
        self.found = found
        self.clock = clock
    }
}
