import Catalogue
import Core
import Ledger
import Organization
import Storage

/// A figure with its past and its parts: the whole, several months, and several units. It takes
/// three statements, and says what asking one by one would say; a test holds the two equal.
package struct Unfolding: Sendable {
    package let whole: Answer
    /// In the order asked for; nil where months cannot be told from one reading.
    package let months: [Answer]?
    package let units: [OrgUnit.ID: Answer]
}

extension Reckoner {
    /// Unfolds a figure over months, or month ends, and over some units as it was then.
    ///
    /// - Returns: nil for a figure that must be asked one by one: reckoned member by member,
    ///   picked, or checked to be a part of another. Under today's map there are no months.
    package func unfold(
        _ question: Question, months: [Period], units: [OrgUnit.ID]
    ) throws -> Unfolding? {
        let indicator = try indicator(question.indicator)
        guard indicator.isAddedUp else { return nil }
        let own = try unfoldAlone(question, indicator, months, units)
        guard let over = indicator.over else { return own }
        guard !indicator.part,
            let whole = try unfold(question.asking(over), months: months, units: units)
        else { return nil }
        let parts = own.months.flatMap { part in
            whole.months.map { zip(part, $0).map { $0.divided(by: $1) } }
        }
        return Unfolding(
            whole: own.whole.divided(by: whole.whole), months: parts,
            units: Dictionary(
                uniqueKeysWithValues: own.units.map { unit, answer in
                    (unit, answer.divided(by: whole.units[unit] ?? .none(.noData)))
                }))
    }

    private func unfoldAlone(
        _ question: Question, _ indicator: Indicator, _ months: [Period], _ units: [OrgUnit.ID]
    ) throws -> Unfolding {
        let isUnknown = try neverRecorded(indicator, question)
        func settled(_ answer: Answer?, _ asked: Question) throws -> Answer {
            guard try stood(asked) else { return .none(.noData) }
            if try losesPast(asked, indicator) { return .none(.notComparable) }
            if let answer { return answer }
            return isUnknown ? .none(.noData) : .nothing(indicator)
        }
        var told: [Answer?]?
        if !months.isEmpty, question.structure == .then, indicator.hasCourse {
            told = try course(question, indicator, months)
        }
        var found: [OrgUnit.ID: Answer] = [:]
        if units.isEmpty, indicator.when == .inForce, let told, let last = told.last,
            months.last?.lastDay == question.period.lastDay
        {
            // What stands on the last day was counted with the months.
            found[question.unit] = last
        } else {
            let members = try members(question, indicator, together: units)
            try db.each(
                members.counted([Members.Key(name: "asked_id", value: "k.ancestor_id")])
            ) { row in
                found[try row.get("asked_id")] = try Reckoner.plain(row, indicator)
            }
        }
        var answers: [OrgUnit.ID: Answer] = [:]
        for unit in units {
            answers[unit] = try settled(found[unit], question.asking(unit: unit))
        }
        let past = try told.map { told in
            try zip(months, told).map { month, answer in
                try settled(answer, question.asking(period: month))
            }
        }
        return Unfolding(
            whole: try settled(found[question.unit], question), months: past, units: answers)
    }

    /// What each month comes to; nil for one without members.
    private func course(
        _ question: Question, _ indicator: Indicator, _ months: [Period]
    ) throws -> [Answer?] {
        let first = months.map(\.from).min() ?? question.period.from
        let end = months.map(\.to).max() ?? question.period.to
        let span = Period(text: "\(first)..\(end - 1)", from: first, to: end)
        let stands = indicator.when == .inForce
        let members = try members(
            question.asking(period: span), indicator, together: [], course: stands ? span : nil)
        if stands { return try ends(members, indicator, months.map(\.lastDay)) }
        var found: [String: Answer] = [:]
        try db.each(
            members.counted([Members.Key(name: "month", value: "SUBSTR(\(members.day), 1, 7)")])
        ) { row in
            found[try row.get("month")] = try Reckoner.plain(row, indicator)
        }
        return months.map { found[String($0.from.description.prefix(7))] }
    }

    /// What stood on each of some days, from one list of what stood on any of them.
    private func ends(
        _ members: Members, _ indicator: Indicator, _ days: [Day]
    ) throws -> [Answer?] {
        var tallies = days.map { _ in Tally() }
        try db.each(members.spans()) { row in
            let from = try max(
                row.get("began", as: Day.self), row.get("placed_from", as: Day.self))
            let to = try [
                row.optional("ended", as: Day.self), row.optional("placed_to", as: Day.self),
            ].compactMap { $0 }.min()
            for (index, day) in days.enumerated()
            where from <= day && (to.map { day < $0 } ?? true) {
                try tallies[index].add(row)
            }
        }
        return tallies.map { $0.answer(indicator) }
    }
}

extension Members {
    /// One row for each member of the course with the days it counted: its own, and those on
    /// which it stood below the unit.
    fileprivate func spans() -> SQL {
        let (id, began, ended): (SQL, SQL, SQL) =
            readsUnits
            ? ("s.unit_id", "s.valid_from", "s.valid_to") : ("f.id", "f.happened_on", fact.lastOn)
        return """
            \(with) SELECT \(id) AS id, \(who) AS who, \(amount) AS amount,
                \(began) AS began, \(ended) AS ended,
                k.valid_from AS placed_from, k.valid_to AS placed_to
            \(body([]))
            """
    }
}

/// Adds up the members that stood on one day, as the database does for a plain figure.
private struct Tally {
    private var ids: Set<String> = []
    private var told: Set<String> = []
    private var total = 0
    private var largest: Int?

    mutating func add(_ row: Row) throws {
        ids.insert(try row.get("id"))
        if let who = try row.optional("who", as: String.self) { told.insert(who) }
        if let amount = try row.optional("amount", as: Int.self) {
            total += amount
            largest = max(largest ?? amount, amount)
        }
    }

    /// Nil when nothing stood.
    func answer(_ indicator: Indicator) -> Answer? {
        guard !ids.isEmpty else { return nil }
        let number: Int
        switch indicator.value {
        case .sum: number = total
        case .max:
            guard let largest else { return .none(.noData) }
            number = largest
        case .distinctPersons, .distinctUnits, .distinctSubjects, .distinctField:
            number = told.count
        default: number = ids.count
        }
        return Answer(
            numerator: number, denominator: indicator.scale?.factor ?? 1, count: ids.count)
    }
}

extension Indicator {
    /// Whether the database adds it up in one statement.
    var isAddedUp: Bool {
        guard per.isEmpty else { return false }
        switch value {
        case .count, .sum, .max, .distinctPersons, .distinctUnits, .distinctSubjects,
            .distinctField:
            return from != .rule
        case .streak, .rule, .pick: return false
        }
    }

    /// Whether several months can be told from one reading: nothing in the definition asks about
    /// the last day of the period, other than what stood on it.
    fileprivate var hasCourse: Bool {
        let all = conditions + had.flatMap(\.conditions)
        guard !all.contains(where: \.comparison.asksRule), !had.contains(where: { $0.on == .asked })
        else { return false }
        guard when == .inForce else { return true }
        if case .units(_, let seat) = from, seat != nil { return false }
        if case .distinctUnits(let level, _, _) = value, level != nil { return false }
        return followedBy == nil
    }
}

extension Indicator.Comparison {
    fileprivate var asksRule: Bool {
        switch self {
        case .is(.rule), .atLeast(.rule), .moreThan(.rule): true
        default: false
        }
    }
}

extension Answer {
    /// What no members come to, where some were recorded elsewhere.
    fileprivate static func nothing(_ indicator: Indicator) -> Answer {
        if case .max = indicator.value { return .none(.noData) }
        return Answer(denominator: indicator.scale?.factor ?? 1)
    }

    /// The share of a whole.
    fileprivate func divided(by whole: Answer) -> Answer {
        guard hasValue else { return self }
        guard whole.hasValue else { return .none(whole.state) }
        guard whole.numerator > 0 else { return .none(.noData) }
        return Answer(
            numerator: numerator * whole.denominator,
            denominator: whole.numerator * denominator, isRatio: true, count: count)
    }
}
