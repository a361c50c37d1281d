import Catalogue
import Core
import Ledger
import Organization
import Storage

/// A figure that first reckons each member (unit, week, month, standing thing, record) and then
/// asks how many meet a threshold, or whether all are equal. This is also "due and done".
struct PerMember {
    /// Which member: one part for each `per`, in its order.
    struct Key: Hashable, Sendable {
        var parts: [String]
    }

    private let reckoner: Reckoner
    let question: Question
    private let indicator: Indicator
    private let members: Members

    init(
        _ reckoner: Reckoner, _ question: Question, _ indicator: Indicator, _ members: Members
    ) {
        self.reckoner = reckoner
        self.question = question
        self.indicator = indicator
        self.members = members
    }

    func answer() throws -> Answer {
        let values = try values()
        guard !values.isEmpty else { return .none(.noData) }
        if let sums = indicator.sums, try !add(values, upTo: sums) { return .none(.notAPart) }
        if indicator.answer == .each { return each(values) }
        let met = try values.values.filter { try meets($0) }.count
        if indicator.answer == .count { return Answer(numerator: met, count: values.count) }
        return Answer(
            numerator: met, denominator: values.count, isRatio: true, count: values.count)
    }

    /// Whether the members add up to another indicator, as the definition promises.
    private func add(_ values: [Key: Int], upTo sums: String) throws -> Bool {
        let whole = try reckoner.answer(question.asking(sums))
        return whole.hasValue && whole.numerator == values.values.reduce(0, +)
    }

    private func each(_ values: [Key: Int]) -> Answer {
        let different = Set(values.values)
        guard different.count == 1, let value = different.first else { return .none(.differs) }
        return Answer(
            numerator: value, denominator: indicator.scale?.factor ?? 1, count: values.count)
    }

    /// What each member comes to, those that are due and have nothing included.
    func values() throws -> [Key: Int] {
        let present = try present()
        if indicator.onlyPresent || indicator.per == [.record] {
            return present
        }
        var values: [Key: Int] = [:]
        for key in try due() { values[key] = present[key] ?? 0 }
        return values
    }

    /// Whether a member's value meets the threshold.
    func meets(_ value: Int) throws -> Bool {
        if let threshold = indicator.having?.threshold {
            let day = question.period.lastDay
            let here = try reckoner.catalogue(for: question)
            guard let limit = here.amount(threshold, on: day) else { return false }
            return switch indicator.having {
            case .atLeast: value >= limit
            case .moreThan: value > limit
            case .atMost: value <= limit
            case .lessThan: value < limit
            default: value == limit
            }
        }
        if case .in(let words) = indicator.having {
            return words.compactMap(Int.init).contains(value)
        }
        return value > 0
    }

    // MARK: What was done

    /// The keys that the statement lists for each row, beside its day and id.
    var keys: [Members.Key] {
        indicator.per.enumerated().compactMap { index, member in
            switch member {
            case .form(let form): members.key(form: form, as: "per\(index)")
            case .standing(_, let subject?, _): members.key(subject: subject, as: "per\(index)")
            case .standing(_, nil, _):
                Members.Key(name: "per\(index)", value: members.follower(of: "f.unit_id"))
            case .week, .month, .record: nil
            }
        }
    }

    /// The member a row belongs to.
    func key(_ row: Row) throws -> Key {
        let day = try row.get("day", as: Day.self)
        var parts: [String] = []
        for (index, member) in indicator.per.enumerated() {
            switch member {
            case .week: parts.append(day.monday.description)
            case .month: parts.append(String(day.description.prefix(7)))
            case .record: parts.append(try row.get("id"))
            case .form, .standing: parts.append(try row.get("per\(index)"))
            }
        }
        return Key(parts: parts)
    }

    private func present() throws -> [Key: Int] {
        var gathering: [Key: MemberTotals] = [:]
        try reckoner.db.each(members.rows(keys)) { row in
            try gathering[try key(row), default: MemberTotals()].add(row)
        }
        return gathering.mapValues { $0.value(indicator.value) }
    }

    // MARK: What was due

    /// A thing that is due something on each day it stands.
    private struct Due {
        let name: String
        let from: Day
        let to: Day?
        /// Whether it is the unit's own, or was when it was last heard of.
        var isHere = true

        func covers(_ first: Day, _ end: Day) -> Bool {
            from <= first && (to.map { $0 >= end } ?? true)
        }
    }

    /// About how many members are reckoned in a millisecond.
    private static let perMillisecond = 100

    /// Every member that is due: whole weeks and months, and what stood throughout them.
    private func due() throws -> [Key] {
        let period = question.period
        let asked = Period(
            text: period.text, from: max(period.from, since ?? period.from), to: period.to)
        var times: [(text: String, first: Day, end: Day)] = []
        var timeIndex: Int?
        for (index, member) in indicator.per.enumerated() {
            switch member {
            case .week:
                timeIndex = index
                times = asked.weeks.map { ($0.description, $0, $0 + 7) }
            case .month:
                timeIndex = index
                times = asked.months.map { (String($0.description.prefix(7)), $0, $0.nextMonth) }
            case .record, .form, .standing: break
            }
        }
        if timeIndex == nil { times = [("", period.lastDay, period.to)] }
        var keys: [Key] = []
        let things = try things()
        let count = things.enumerated().reduce(times.count) { count, thing in
            count.multipliedReportingOverflow(
                by: thing.offset == timeIndex ? 1 : max(1, thing.element.count)
            ).partialValue
        }
        try Work.current?.foresee(count / Self.perMillisecond)
        for time in times {
            try reckoner.db.requireWanted()
            var open = [Key(parts: [])]
            for (index, list) in things.enumerated() {
                if index == timeIndex {
                    open = open.map { Key(parts: $0.parts + [time.text]) }
                    continue
                }
                let names = list.filter { $0.covers(time.first, time.end) }.map(\.name)
                open = open.flatMap { key in names.map { Key(parts: key.parts + [$0]) } }
            }
            keys += open
        }
        return keys
    }

    private var since: Day? {
        indicator.since.flatMap { reckoner.catalogue.rules[$0]?.map(\.from).min() }
    }

    /// The things each `per` ranges over; none for weeks and months.
    private func things() throws -> [[Due]] {
        try indicator.per.map { member in
            switch member {
            case .form(let form): try units(form)
            case .standing(let kind, let subject, let conditions):
                try standing(kind, subject, conditions)
            case .week, .month, .record: []
            }
        }
    }

    private func units(_ form: String) throws -> [Due] {
        let now = question.structure == .now
        let lastDay = question.mapDay
        let rows = try reckoner.db.rows(
            """
            SELECT s.unit_id, s.valid_from, s.valid_to FROM reach k CROSS JOIN reach s
            WHERE k.ancestor_id = \(question.unit) AND k.axis = \(indicator.axis.rawValue)
                AND s.unit_id = k.unit_id AND s.axis = k.axis AND s.ancestor_id = s.unit_id
                AND s.form = \(form)
                AND \(ReachRow.known("s", at: question.position))
                AND \(ReachRow.known("k", at: question.position))
                AND \(ReachRow.inForce("k", on: "\(lastDay)"))
                AND \(ReachRow.inForce("s", on: "\(lastDay)"))
            """)
        return try rows.map { row in
            let from = try row.get("valid_from", as: Day.self)
            return Due(
                name: try row.get("unit_id"), from: now ? min(from, question.period.from) : from,
                to: now ? nil : try row.optional("valid_to"))
        }
    }

    /// The records of the standing things that were due, each with the day it ended.
    func dueRecords() throws -> [(id: String, amount: Int?)] {
        var records: [(id: String, amount: Int?)] = []
        for case .standing(let kind, let subject, let conditions) in indicator.per {
            records += try rows(kind, subject, conditions).map { row in
                (try row.get("id"), try row.optional("ended", as: Day.self)?.number)
            }
        }
        return records
    }

    private func standing(
        _ kind: String, _ subject: String?, _ conditions: [Indicator.Condition]
    ) throws -> [Due] {
        let own = try rows(kind, subject, conditions)
        let things = try reckoner.things(question, indicator)
        guard let things, things.own != nil else { return joined(try own.map { try due($0) }) }
        let here = Set(try own.map { try $0.get("id", as: String.self) })
        let all = try rows(kind, subject, conditions, among: things).map { row in
            try due(row, isHere: here.contains(row.get("id")))
        }
        return joined(all).filter(\.isHere)
    }

    private func due(_ row: Row, isHere: Bool = true) throws -> Due {
        Due(
            name: try row.get("thing"), from: try row.get("began"),
            to: try row.optional("ended"), isHere: isHere)
    }

    /// The same thing in one span where it was handed over without a day between: ended here and
    /// entered again on that day, in this unit or the one that followed. A thing that stands
    /// twice at once stands once.
    private func joined(_ spans: [Due]) -> [Due] {
        var whole: [Due] = []
        for next in spans.sorted(by: { ($0.name, $0.from) < ($1.name, $1.from) }) {
            guard let last = whole.last, last.name == next.name,
                last.to.map({ next.from <= $0 }) ?? true
            else {
                whole.append(next)
                continue
            }
            let to = last.to.flatMap { old in next.to.map { max(old, $0) } }
            // It belongs to whom the last of its records is of.
            let goesOn = last.to.map { old in next.to.map { old <= $0 } ?? true } ?? false
            whole[whole.count - 1] = Due(
                name: last.name, from: last.from, to: to,
                isHere: goesOn ? next.isHere : last.isHere)
        }
        return whole
    }

    private func rows(
        _ kind: String, _ subject: String?, _ conditions: [Indicator.Condition],
        among things: Reckoner.ThingsAsked? = nil
    ) throws -> [Row] {
        let asked = Indicator(standing: kind, conditions: conditions, axis: indicator.axis)
        var members = try Members(
            things.map { question.asking(unit: $0.everywhere) } ?? question, asked,
            try reckoner.catalogue(for: question), standsIn: question.period,
            followers: subject == nil ? self.members.followers : [:], isWhole: things != nil)
        if let own = things?.own { members.readOwnThings(own.members, own.subject) }
        let fact = Fact("f", asOf: question.position)
        var keys = [
            Members.Key(name: "began", value: "f.happened_on"),
            Members.Key(name: "ended", value: fact.lastOn),
        ]
        if let subject {
            keys.append(members.key(subject: subject, as: "thing"))
        } else {
            keys.append(Members.Key(name: "thing", value: members.follower(of: "f.unit_id")))
        }
        return try reckoner.db.rows(members.rows(keys))
    }
}

/// Adds up the rows of one member.
struct MemberTotals {
    private var count = 0
    private var total = 0
    private var largest: Int?
    private var told: Set<String> = []
    private var days: Set<Day> = []

    mutating func add(_ row: Row) throws {
        count += 1
        if let amount = try row.optional("amount", as: Int.self) {
            total += amount
            largest = max(largest ?? amount, amount)
        }
        if let who = try row.optional("who", as: String.self) { told.insert(who) }
        days.insert(try row.get("day"))
    }

    func value(_ worth: Indicator.Worth) -> Int {
        switch worth {
        case .count, .rule: count
        case .sum: total
        case .max: largest ?? 0
        case .distinctPersons, .distinctUnits, .distinctSubjects, .distinctField: told.count
        case .streak: longestRun(days)
        case .pick: total
        }
    }
}

extension Indicator {
    /// Whether it is reckoned week by week or month by month, and by nothing else.
    package var isOfTimes: Bool {
        !per.isEmpty && per.allSatisfy { $0 == .week || $0 == .month }
    }
}

extension Reckoner {
    /// What each week or month of a figure of times comes to.
    package func times(_ question: Question, _ indicator: Indicator) throws -> [Int] {
        try PerMember(self, question, indicator, try members(question, indicator)).values()
            .values.sorted()
    }
}
