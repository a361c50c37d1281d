import Catalogue
import Core
import Ledger
import Organization
import Storage

/// The records behind a figure: how many there are, a fingerprint over them, a page of the list,
/// and the figure reckoned anew from the list itself, so that a reader sees that it adds up.
package struct Trace: Sendable {
    package let question: Question
    package let parts: [Part]
    /// The figure reckoned from the listed rows alone, without the database adding anything.
    package let recounted: Answer
    package let answer: Answer

    package var addsUp: Bool {
        recounted.state == answer.state && recounted.numerator == answer.numerator
            && recounted.denominator == answer.denominator
    }

    /// One list: the records of the indicator, or of what it is divided by.
    package struct Part: Sendable {
        package let indicator: String
        package let listsUnits: Bool
        package let count: Int
        package let hash: String
        package let lines: [Line]
        /// What the lines of this part come to, in the stored unit.
        package let total: Int
        package let members: [Member]
    }

    /// A record or unit of the list.
    package struct Line: Sendable, Hashable {
        package let id: String
        package let day: Day
        package let unit: OrgUnit.ID?
        package let amount: Int?
    }

    /// What one member of a `per` comes to, and whether it meets the threshold.
    package struct Member: Sendable {
        package let names: [String]
        package let value: Int
        package let isMet: Bool
    }

    /// At most so many lines are kept for a page; count, hash and recount cover all.
    package static let lineLimit = 100

    /// Where a line stands: lists go by their days, then by identity.
    package struct Place: Sendable, Hashable {
        package let day: Day
        package let id: String

        package init(day: Day, id: String) {
            self.day = day
            self.id = id
        }
    }

    /// Which lines of a list are kept.
    fileprivate struct Wanted {
        let after: Place?
        let limit: Int
    }
}

extension Reckoner {
    /// Lists what is behind the answer to a question and reckons it anew.
    ///
    /// - Parameter after: the place of the line behind which the kept lines begin; the first unless
    ///   given. Count, hash and recount are those of the whole list all the same.
    package func trace(
        _ question: Question, answer: Answer, lines: Int = Trace.lineLimit,
        after: Trace.Place? = nil
    ) throws -> Trace {
        let lines = Trace.Wanted(after: after, limit: lines)
        let indicator = try indicator(question.indicator)
        guard indicator.kind != nil || indicator.readsUnits else {
            return Trace(question: question, parts: [], recounted: answer, answer: answer)
        }
        var listing = try list(question, indicator, lines)
        var parts = [listing.part]
        if let over = indicator.over, listing.answer.hasValue {
            let whole = try list(question.asking(over), try self.indicator(over), lines)
            parts.append(whole.part)
            listing.answer = Answer(
                state: whole.answer.numerator > 0 ? .value : .noData,
                numerator: listing.answer.numerator * whole.answer.denominator,
                denominator: max(1, whole.answer.numerator) * listing.answer.denominator,
                isRatio: true, count: listing.answer.count)
        }
        let recounted = answer.hasValue ? listing.answer : answer
        return Trace(question: question, parts: parts, recounted: recounted, answer: answer)
    }

    /// Every id behind a figure, in order, with what each adds: what an issued report pins.
    package func contributions(_ question: Question) throws -> [(id: String, amount: Int?)] {
        let indicator = try indicator(question.indicator)
        guard indicator.kind != nil || indicator.readsUnits else { return [] }
        var found: [(id: String, amount: Int?)] = []
        var seen: Set<String> = []
        let picked = try narrowed(question, indicator)
        try each(try members(picked, indicator)) { row in
            if seen.insert(row.id).inserted { found.append((row.id, row.amount)) }
        }
        return found
    }

    /// Every record a figure rests on: those listed, those of what it is divided by, and the
    /// standing things that were due. A change of any of them can change the figure.
    package func grounds(
        _ question: Question
    ) throws -> [(part: String, members: [(id: String, amount: Int?)])] {
        let indicator = try indicator(question.indicator)
        var grounds = [(part: indicator.id, members: try contributions(question))]
        if let over = indicator.over { grounds += try self.grounds(question.asking(over)) }
        if !indicator.per.isEmpty {
            let due = try PerMember(
                self, question, indicator, try members(question, indicator)
            ).dueRecords()
            grounds.append((indicator.id + ".due", due))
        }
        if case .pick(let pick) = indicator.value, let unit = try picked(question, indicator),
            let row = try Picking(self, question, indicator, pick).dividing(unit)
        {
            grounds.append((indicator.id + ".divided", [(try row.get("id"), nil)]))
        }
        return grounds
    }

    /// A pick lists what it picked, not what it picked from.
    private func narrowed(_ question: Question, _ indicator: Indicator) throws -> Question {
        guard let unit = try picked(question, indicator) else { return question }
        return question.asking(unit: unit)
    }

    /// The unit that a pick of the largest found.
    private func picked(_ question: Question, _ indicator: Indicator) throws -> OrgUnit.ID? {
        guard case .pick(let pick) = indicator.value, case .largest = pick.order else {
            return nil
        }
        return try Picking(self, question, indicator, pick).largestUnit().unit
    }

    private func list(
        _ question: Question, _ indicator: Indicator, _ lines: Trace.Wanted
    ) throws -> (part: Trace.Part, answer: Answer) {
        let asked = try narrowed(question, indicator)
        let perMember = PerMember(self, asked, indicator, try members(asked, indicator))
        let found = try gather(perMember, indicator, lines)
        let records = found.records
        var listed: [Trace.Member] = []
        var answer = Answer(
            numerator: indicator.value == .count ? records.count : found.value,
            denominator: indicator.scale?.factor ?? 1, count: records.count)
        if !indicator.per.isEmpty {
            (listed, answer) = try weigh(perMember, found.done, indicator)
        } else if case .pick(let pick) = indicator.value {
            answer = try Picking(self, question, indicator, pick).answer()
            if case .value = pick.then {
                answer = Answer(
                    numerator: found.sum, denominator: indicator.scale?.factor ?? 1,
                    count: records.count)
            }
        }
        let part = Trace.Part(
            indicator: indicator.id, listsUnits: indicator.readsUnits, count: records.count,
            hash: String(records.hash.text.prefix(16)), lines: records.lines, total: found.value,
            members: listed)
        return (part, answer)
    }

    /// What the rows of a list come to, without the database adding anything.
    private struct Gathered {
        let records: TraceRecords
        let value: Int
        let sum: Int
        /// What was done for each member.
        let done: [PerMember.Key: Int]

        init<Name>(
            _ records: TraceRecords, _ whole: Totals<Name>, _ worth: Indicator.Worth,
            _ done: [(PerMember.Key, Totals<Name>)]
        ) {
            self.records = records
            value = whole.value(worth)
            sum = whole.value(.sum(""))
            self.done = Dictionary(done.map { ($0, $1.value(worth)) }) { one, _ in one }
        }
    }

    private func gather(
        _ perMember: PerMember, _ indicator: Indicator, _ lines: Trace.Wanted
    ) throws -> Gathered {
        if let scan = scan(perMember.members, perMember.keys.map(\.of)) {
            return try gather(scan, perMember.keyReader(scan), indicator, lines)
        }
        var records = TraceRecords(lines)
        var whole = Totals<String>(indicator.value)
        var byMember: [PerMember.Key: Totals<String>] = [:]
        var seen: Set<String> = []
        try each(perMember.members, perMember.keys) { row in
            whole.add(row)
            if !indicator.per.isEmpty {
                byMember[perMember.key(row), default: Totals(indicator.value)].add(row)
            }
            guard seen.insert(row.id).inserted else { return }
            records.add(row.id, on: row.day) {
                Trace.Line(id: row.id, day: row.day, unit: row.unit, amount: row.amount)
            }
        }
        return Gathered(records, whole, indicator.value, byMember.map { ($0, $1) })
    }

    private func gather(
        _ scan: ColumnScan, _ key: (SIMD4<Int>) -> PerMember.Key, _ indicator: Indicator,
        _ lines: Trace.Wanted
    ) throws -> Gathered {
        var records = TraceRecords(lines)
        var whole = Totals<Int>(indicator.value)
        var byMember: [SIMD4<Int>: Totals<Int>] = [:]
        var seen = [Bool](repeating: false, count: scan.columns.count)
        try scan.eachListed(wanted: db.requireWanted) { hit in
            whole.add(hit)
            if !indicator.per.isEmpty {
                byMember[hit.keys, default: Totals(indicator.value)].add(hit)
            }
            guard !seen[hit.row] else { return }
            seen[hit.row] = true
            let id = scan.columns.ids[hit.row]
            records.add(id, on: Day(number: Int(hit.day))) {
                Trace.Line(
                    id: id.text, day: Day(number: Int(hit.day)), unit: scan.unitID(hit),
                    amount: hit.amount)
            }
        }
        return Gathered(
            records, whole, indicator.value,
            byMember.map { (key($0), $1) })
    }

    /// Reckons the members of a `per` from what the rows gave each.
    private func weigh(
        _ perMember: PerMember, _ done: [PerMember.Key: Int], _ indicator: Indicator
    ) throws -> ([Trace.Member], Answer) {
        let values = try perMember.values(of: done)
        let day = perMember.question.mapDay
        let meets = try Dictionary(
            uniqueKeysWithValues: Set(values.values).map { ($0, try perMember.meets($0)) })
        var names: [UInt32: String] = [:]
        let members = values.map { key, value in
            let spelled = key.parts.map { part in
                let name = names[part] ?? memberName(perMember.names[part], on: day)
                names[part] = name
                return name
            }
            return (
                order: spelled.joined(),
                member: Trace.Member(names: spelled, value: value, isMet: meets[value] ?? false)
            )
        }.sorted { ($0.member.value, $1.order) > ($1.member.value, $0.order) }.map(\.member)
        guard let first = members.first else { return ([], .none(.noData)) }
        switch indicator.answer {
        case .each:
            let isEqual = members.allSatisfy { $0.value == first.value }
            return (
                members,
                Answer(
                    state: isEqual ? .value : .differs, numerator: isEqual ? first.value : 0,
                    denominator: isEqual ? indicator.scale?.factor ?? 1 : 1)
            )
        case .count: return (members, Answer(numerator: members.filter(\.isMet).count))
        case .share, .value:
            return (
                members,
                Answer(
                    numerator: members.filter(\.isMet).count, denominator: members.count,
                    isRatio: true)
            )
        }
    }

    /// A unit's name for its identity; weeks, months and codes speak for themselves.
    private func memberName(_ part: String, on day: Day) -> String {
        guard let id = OrgUnit.ID(part), let version = structure.nearestVersion(id, on: day)
        else { return part }
        return version.name
    }
}

extension Indicator {
    /// Whether it counts units rather than records.
    package var readsUnits: Bool {
        if case .units = from { return true }
        return false
    }
}

/// The records of a list, each once: how many there are, their fingerprint, and the first of them.
private struct TraceRecords {
    private let wanted: Trace.Wanted
    private(set) var count = 0
    private(set) var hash = Fingerprint()
    private(set) var lines: [Trace.Line] = []

    init(_ wanted: Trace.Wanted) { self.wanted = wanted }

    mutating func add(_ id: String, on day: Day, line: () -> Trace.Line) {
        hash.add(id)
        add(on: day, line)
    }

    mutating func add(_ id: PackedID, on day: Day, line: () -> Trace.Line) {
        id.withLetters { hash.add(letters: $0) }
        add(on: day, line)
    }

    private mutating func add(on day: Day, _ line: () -> Trace.Line) {
        count += 1
        guard lines.count < wanted.limit else { return }
        guard let after = wanted.after else { return lines.append(line()) }
        guard day >= after.day else { return }
        let line = line()
        if (day, line.id) > (after.day, after.id) { lines.append(line) }
    }
}
