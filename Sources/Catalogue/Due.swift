import Core

/// What units owe by a rule: so much of a kind in each period, or a look at what comes to its end.
package struct Due: Sendable {
    package let id: String
    package let name: Wording
    /// The kind of record that answers it.
    package let kind: String
    /// What such a record must say.
    package let conditions: [Indicator.Condition]
    package let worth: Worth
    /// The forms of unit that owe it.
    package let forms: [String]
    /// A standing kind that must stand in the unit too, such as a committee that meets.
    package let with: String?
    package let time: Time
    /// How often, or how much, in each period.
    package let times: Indicator.Threshold
    package let earliest: Edge
    package let latest: Edge
    /// The rules that say so, the newest last: it holds while one of them is in force.
    package let sources: [String]
    package let serves: [String]
    package let file: String
    package let line: Int

    /// What is counted of the records.
    package enum Worth: Sendable, Hashable {
        case count
        case sum(String)
    }

    package enum Time: Sendable, Hashable {
        case every(Cycle)
        /// The cycle is the number of months that a rule names.
        case everyRule(String)
        /// What stands comes to its end: on the day it was given or, without one, after the years
        /// or months that the rule `term` names. It shows so many days before.
        case ends(notice: Indicator.Threshold, term: String?)
    }

    /// Which day of the period is the first or last lawful one.
    package enum Edge: String, Sendable, CaseIterable { case any, working }

    package var ends: Bool {
        if case .ends = time { return true }
        return false
    }

    /// A length of time after which a thing is owed anew.
    package enum Cycle: String, Sendable, CaseIterable {
        case week, month, quarter, half, year

        /// The cycle of so many months; nil when none of ours is as long.
        package init?(months: Int) {
            switch months {
            case 1: self = .month
            case 3: self = .quarter
            case 6: self = .half
            case 12: self = .year
            default: return nil
            }
        }

        /// The period of this length in which a day lies. A week begins on Monday and bears the
        /// year of its Thursday.
        package func period(on day: Day) -> Period {
            let year = String(day.description.prefix(4))
            let text =
                switch self {
                case .week:
                    "\((day.monday + 3).description.prefix(4))-W\(Cycle.week(of: day))"
                case .month: String(day.description.prefix(7))
                case .quarter: "\(year)-Q\((day.month + 2) / 3)"
                case .half: "\(year)-H\(day.month <= 6 ? 1 : 2)"
                case .year: year
                }
            guard let period = Period(text), period.contains(day) else {
                preconditionFailure("\(text) is not the \(rawValue) of \(day)")
            }
            return period
        }

        private static func week(of day: Day) -> String {
            let thursday = day.monday + 3
            guard let start = Day(thursday.year, 1, 1) else { return "01" }
            let number = (thursday.number - start.number) / 7 + 1
            return number < 10 ? "0\(number)" : "\(number)"
        }
    }
}

extension Due {
    init(_ id: String, _ mapping: Mapping) {
        self.id = id
        file = mapping.file
        line = mapping.line
        if !isName(id) { mapping.fault("a due is named with a-z, 0-9 and _, not “\(id)”") }
        name = mapping.wording("name")
        kind = mapping.requiredText("from")
        conditions = Indicator.Condition.read(mapping, "where")
        worth = Due.worth(mapping)
        forms = mapping.words("at")
        with = mapping.text("with")
        time = Due.time(mapping)
        times = mapping.text("times").map(Indicator.Threshold.init) ?? .number(1)
        earliest = mapping.choice("earliest", Edge.self, default: .any)
        latest = mapping.choice("latest", Edge.self, default: .any)
        sources = mapping.words("source")
        serves = mapping.words("serves")
        if forms.isEmpty { mapping.fault("“at” names the forms of unit that owe it") }
        if sources.isEmpty { mapping.fault("“source” names the rule that says so") }
        mapping.close()
    }

    private static func worth(_ mapping: Mapping) -> Worth {
        guard let text = mapping.text("value"), text != "count" else { return .count }
        if let (name, measure) = call(text), name == "sum" { return .sum(measure) }
        mapping.fault("“value” is “\(text)”; it can be count or like sum(minutes)", at: "value")
        return .count
    }

    private static func time(_ mapping: Mapping) -> Time {
        let every = mapping.text("every")
        if let ends = mapping.mapping("ends") {
            if every != nil { mapping.fault("“every” and “ends” exclude each other", at: "ends") }
            if mapping.has("times") { mapping.fault("“times” needs “every”", at: "times") }
            defer { ends.close() }
            let term = ends.text("term")
            if let term, ruleID(term) == nil {
                ends.fault("“term” must be like rule(id)", at: "term")
            }
            return .ends(
                notice: Indicator.Threshold(ends.requiredText("notice")),
                term: term.flatMap(ruleID))
        }
        guard let every else {
            mapping.fault("“every” or “ends” is missing")
            return .every(.month)
        }
        if let rule = ruleID(every) { return .everyRule(rule) }
        if let cycle = Cycle(rawValue: every) { return .every(cycle) }
        let allowed = Cycle.allCases.map(\.rawValue).joined(separator: ", ")
        mapping.fault("“every” is “\(every)”; it can be \(allowed) or rule(id)", at: "every")
        return .every(.month)
    }
}
