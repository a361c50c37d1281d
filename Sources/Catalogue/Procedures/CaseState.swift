import Core

/// Where a case stands at a moment: read off its records, kept nowhere as the truth.
package struct CaseState: Sendable, Hashable {
    /// The id of the stage it is in.
    package let stage: String?
    package let obligations: [Obligation]
    /// The steps that may be taken now and are owed by nobody.
    package let permitted: [String]
    /// What an end made of it, and when; nil while it is open.
    package let end: Ended?
    /// Who owns it, as the definition calls them.
    package let owner: Procedure.UnitName
    /// The unit that owns it where a record named one.
    package let ownerUnit: String?
    /// The records that count in the present round of each step, in order.
    package let standing: [String: [CaseStep]]
    /// Every step that is owed, permitted or may still come, in the order of the definition.
    package let line: [Place]

    package struct Ended: Sendable, Hashable {
        package let end: String
        package let at: CaseTime
    }

    /// A step that somebody owes.
    package struct Obligation: Sendable, Hashable {
        package let step: String
        /// 1 the first time, one more for each time it was begun anew.
        package let round: Int
        /// The unit for which it is owed, where several owe the same.
        package let each: String?
        /// When it came to be owed.
        package let since: CaseTime?
        /// Before this it is not lawful.
        package let earliest: CaseTime?
        /// The first moment at which it is late; nil where no clock runs.
        package let latest: Moment?
        /// The last day (or the minute, for clocks of hours) as people say it.
        package let lastDay: Day?
        /// How that day came out, for the page to print.
        package let clock: ClockStory?
        /// From then on only the step it lapses to may be written.
        package let lapses: Moment?
        /// The years whose holidays are not loaded, so that the last day is provisional.
        package let unknownYears: [Int]
        /// What stops its clock now: the id of a ground.
        package let paused: String?
    }

    /// A step on the line that the case's page draws.
    package struct Place: Sendable, Hashable {
        package enum Standing: String, Sendable, CaseIterable {
            case done, owed, waiting, late, lapsed, skipped, returned
            /// Owed, and not lawful before a day.
            case early
        }

        package let step: String
        package let standing: Standing
        /// When it was done, in its present round.
        package let at: CaseTime?
        package let earliest: CaseTime?
    }
}

/// What the fold asks beside the records: rules, calendars and office hours as of a day.
package struct CaseWorld: Sendable {
    /// The value of a rule in force on a day, for the unit of the case.
    package let rule: @Sendable (String, Day) -> Rule?
    package let calendar: WorkCalendar
    /// The hours of the unit that owes a step; nil asks for the case's own.
    package let hours: @Sendable (String?) -> OfficeHours
    /// The options of the field `outcome` of a kind; empty where it has none.
    package let outcomes: @Sendable (String) -> [String]

    package init(
        rule: @escaping @Sendable (String, Day) -> Rule?, calendar: WorkCalendar,
        hours: @escaping @Sendable (String?) -> OfficeHours,
        outcomes: @escaping @Sendable (String) -> [String]
    ) {
        self.rule = rule
        self.calendar = calendar
        self.hours = hours
        self.outcomes = outcomes
    }
}

/// A stretch for which clocks of a case stand.
package struct CasePause: Sendable, Hashable {
    package let ground: String
    /// The step whose clock stands; nil for all.
    package let step: String?
    package let from: Moment
    package let until: Moment

    package init(ground: String, step: String?, from: Moment, until: Moment) {
        self.ground = ground
        self.step = step
        self.from = from
        self.until = until
    }
}
