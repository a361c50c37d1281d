import Catalogue
import Core
import Ledger
import Organization
import Storage

/// A figure that first reckons each member (unit, week, month, standing thing, record) and then
/// asks how many meet a threshold, or whether all are equal. This is also "due and done".
struct PerMember {
    /// Which member: one part for each `per`, in its order, by the numbers of their names.
    struct Key: Hashable {
        var parts: [UInt32]
    }

    /// What members are called: there are many of them, and few names.
    final class Names {
        private var numbers = Numbers<String>()

        subscript(number: UInt32) -> String { numbers[Int(number)] }

        func number(of name: String) -> UInt32 { numbers.number(for: name) }
    }

    let names = Names()
    private let reckoner: Reckoner
    let question: Question
    private let indicator: Indicator
    let members: Members

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
        let met = try count(values)
        if indicator.answer == .count { return Answer(numerator: met, count: values.count) }
        return Answer(
            numerator: met, denominator: values.count, isRatio: true, count: values.count)
    }

    /// How many members meet the threshold: each value is looked at once.
    private func count(_ values: [Key: Int]) throws -> Int {
        var counts: [Int: Int] = [:]
        for value in values.values { counts[value, default: 0] += 1 }
        return try counts.reduce(0) { sum, value in
            try meets(value.key) ? sum + value.value : sum
        }
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
    func values() throws -> [Key: Int] { try values(of: present()) }

    /// The same, where what was done for each is known.
    func values(of present: [Key: Int]) throws -> [Key: Int] {
        if indicator.onlyPresent || indicator.per == [.record] {
            return present
        }
        let due = try due()
        var values: [Key: Int] = [:]
        values.reserveCapacity(due.count)
        for key in due { values[key] = present[key] ?? 0 }
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
        indicator.per.enumerated().map { index, member in
            let name = "per\(index)"
            switch member {
            case .form(let form): return members.key(form: form, as: name)
            case .standing(_, let subject?, _): return members.key(subject: subject, as: name)
            case .standing(_, nil, _): return members.keyOfFollower(as: name)
            // What a statement lists beside them says it.
            case .week: return Members.Key(name: name, value: members.day, of: .week)
            case .month: return Members.Key(name: name, value: members.day, of: .month)
            case .record: return Members.Key(name: name, value: members.day, of: .record)
            }
        }
    }

    /// The member a row belongs to.
    func key(_ row: MemberRow) -> Key {
        Key(
            parts: zip(indicator.per, row.keys).map { member, key in
                let name =
                    switch member {
                    case .week: row.day.monday.description
                    case .month: String(row.day.description.prefix(7))
                    case .record: row.id
                    case .form, .standing: key ?? ""
                    }
                return names.number(of: name)
            })
    }

    /// The same for the keys of columns, each of whose numbers gets its name once.
    func keyReader(_ scan: ColumnScan) -> (SIMD4<Int>) -> Key {
        var known = [[Int: UInt32]](repeating: [:], count: scan.keys.count)
        return { [names] numbers in
            Key(
                parts: scan.keys.indices.map { index in
                    if let number = known[index][numbers[index]] { return number }
                    let name = scan.keys[index].text(of: numbers[index], scan) ?? ""
                    let number = names.number(of: name)
                    known[index][numbers[index]] = number
                    return number
                })
        }
    }

    private func present() throws -> [Key: Int] {
        let worth = indicator.value
        if let scan = reckoner.scan(members, keys.map(\.of)) {
            let key = keyReader(scan)
            let found = try reckoner.totals(of: scan, worth).map { (key($0), $1.value(worth)) }
            return Dictionary(found) { one, _ in one }
        }
        var found: [Key: Totals<String>] = [:]
        try reckoner.each(members, keys) { row in
            found[key(row), default: Totals(worth)].add(row)
        }
        return found.mapValues { $0.value(worth) }
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
        let numbers = things.map { $0.map { names.number(of: $0.name) } }
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
                    let number = names.number(of: time.text)
                    open = open.map { Key(parts: $0.parts + [number]) }
                    continue
                }
                let due = zip(list, numbers[index]).filter { $0.0.covers(time.first, time.end) }
                open = open.flatMap { key in due.map { Key(parts: key.parts + [$0.1]) } }
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
                (row.id, row.keys[1].flatMap { Day($0)?.number })
            }
        }
        return records
    }

    private func standing(
        _ kind: String, _ subject: String?, _ conditions: [Indicator.Condition]
    ) throws -> [Due] {
        let own = try rows(kind, subject, conditions)
        let things = try reckoner.things(question, indicator)
        guard let things, things.own != nil else { return joined(own.map { due($0) }) }
        let here = Set(own.map(\.id))
        let all = try rows(kind, subject, conditions, among: things).map { row in
            due(row, isHere: here.contains(row.id))
        }
        return joined(all).filter(\.isHere)
    }

    private func due(_ row: MemberRow, isHere: Bool = true) -> Due {
        Due(
            name: row.keys[2] ?? "", from: row.day, to: row.keys[1].flatMap { Day($0) },
            isHere: isHere)
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
    ) throws -> [MemberRow] {
        let asked = Indicator(standing: kind, conditions: conditions, axis: indicator.axis)
        var members = try Members(
            things.map { question.asking(unit: $0.everywhere) } ?? question, asked,
            try reckoner.catalogue(for: question), standsIn: question.period,
            followers: subject == nil ? self.members.followers : [:], isWhole: things != nil)
        if let own = things?.own { members.readOwnThings(own.members, own.subject) }
        let fact = Fact("f", asOf: question.position)
        var keys = [
            Members.Key(name: "began", value: "f.happened_on", of: .began),
            Members.Key(name: "ended", value: fact.lastOn, of: .ended),
        ]
        keys.append(
            subject.map { members.key(subject: $0, as: "thing") }
                ?? members.keyOfFollower(as: "thing"))
        var rows: [MemberRow] = []
        try reckoner.each(members, keys) { rows.append($0) }
        return rows
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
