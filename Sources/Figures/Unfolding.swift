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
            let asked = Members.Key(name: "asked_id", value: "k.ancestor_id", of: .asked)
            for (keys, added) in try added(members, [asked]) {
                guard let unit = keys[0] else { continue }
                found[OrgUnit.ID(trusted: unit)] = added.answer(indicator)
            }
        }
        var answers: [OrgUnit.ID: Answer] = [:]
        for unit in units {
            answers[unit] = try settled(
                found[unit], question.asking(unit: unit), indicator, isUnknown: isUnknown)
        }
        let past = try told.map { told in
            try zip(months, told).map { month, answer in
                try settled(
                    answer, question.asking(period: month), indicator, isUnknown: isUnknown)
            }
        }
        return Unfolding(
            whole: try settled(
                found[question.unit], question, indicator, isUnknown: isUnknown),
            months: past, units: answers)
    }

    /// What is told of a unit and period of which others were told together.
    ///
    /// - Parameters:
    ///   - answer: what its members come to; nil where there are none.
    ///   - isUnknown: whether nobody ever recorded the kind.
    func settled(
        _ answer: Answer?, _ question: Question, _ indicator: Indicator, isUnknown: Bool
    ) throws -> Answer {
        guard try stood(question) else { return .none(.noData) }
        guard try isOnTree(question, indicator) else { return .none(.notOnTree) }
        if try losesPast(question, indicator) { return .none(.notComparable) }
        if let answer { return answer }
        return isUnknown ? .none(.noData) : .nothing(indicator)
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
        let month = Members.Key(
            name: "month", value: "SUBSTR(\(members.day), 1, 7)", of: .month)
        for (keys, added) in try added(members, [month]) {
            if let month = keys[0] { found[month] = added.answer(indicator) }
        }
        return months.map { found[String($0.from.description.prefix(7))] }
    }

    /// What stood on each of some days, from one list of what stood on any of them.
    private func ends(
        _ members: Members, _ indicator: Indicator, _ days: [Day]
    ) throws -> [Answer?] {
        if let scan = scan(members, members.spans.map(\.of)) {
            return try ends(scan, indicator, days.map { Int($0.column) })
        }
        var totals = days.map { _ in Totals<String>(indicator.value) }
        try each(members, members.spans) { row in
            let bounds = row.keys.map { $0.flatMap { Day($0) } }
            let from = [bounds[0], bounds[1]].compactMap { $0 }.max() ?? .first
            let to = [bounds[2], bounds[3]].compactMap { $0 }.min()
            for (index, day) in days.enumerated()
            where from <= day && (to.map { day < $0 } ?? true) {
                totals[index].add(row)
            }
        }
        return totals.map { $0.rows == 0 ? nil : Added($0).answer(indicator) }
    }

    /// The same from columns, where days are numbers.
    private func ends(
        _ scan: ColumnScan, _ indicator: Indicator, _ days: [Int]
    ) throws -> [Answer?] {
        var totals = days.map { _ in Totals<Int>(indicator.value) }
        try scan.each(wanted: db.requireWanted) { hit in
            let from = max(hit.keys[0], hit.keys[1])
            let to = min(RowValue.end(hit.keys[2]), RowValue.end(hit.keys[3]))
            for (index, day) in days.enumerated() where from <= day && day < to {
                totals[index].add(hit)
            }
        }
        return totals.map { $0.rows == 0 ? nil : Added($0).answer(indicator) }
    }
}

extension Members {
    /// From when each member of the course counted: its own days, and those on which it stood
    /// below the unit.
    fileprivate var spans: [Key] {
        let (began, ended): (SQL, SQL) =
            readsUnits ? ("s.valid_from", "s.valid_to") : ("f.happened_on", fact.lastOn)
        return [
            Key(name: "began", value: began, of: .began),
            Key(name: "placed_from", value: "k.valid_from", of: .placedFrom),
            Key(name: "ended", value: ended, of: .ended),
            Key(name: "placed_to", value: "k.valid_to", of: .placedTo),
        ]
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
    var hasCourse: Bool {
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
    static func nothing(_ indicator: Indicator) -> Answer {
        if case .max = indicator.value { return .none(.noData) }
        return Answer(denominator: indicator.scale?.factor ?? 1)
    }

    /// The share of a whole.
    func divided(by whole: Answer) -> Answer {
        guard hasValue else { return self }
        guard whole.hasValue else { return .none(whole.state) }
        guard whole.numerator > 0 else { return .none(.noData) }
        return Answer(
            numerator: numerator * whole.denominator,
            denominator: whole.numerator * denominator, isRatio: true, count: count)
    }
}
