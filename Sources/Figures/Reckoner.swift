import Catalogue
import Core
import Ledger
import Organization
import Storage

/// Answers questions within one snapshot of the ledger.
package struct Reckoner {
    package let catalogue: Catalogue
    /// The newest structure; a question at an older position is answered by that of then.
    package let structure: Structure
    let db: Connection
    private let position: Int
    let columns: LedgerColumns?
    let past = Past()
    let asked = AskedIndicators()

    /// - Parameters:
    ///   - position: the newest position of the snapshot.
    ///   - columns: the records at that position, where they are in memory.
    package init(
        _ district: District, at position: Int, db: Connection, columns: LedgerColumns? = nil
    ) throws {
        self.columns = columns
        self.catalogue = district.catalogue
        self.structure = try district.structure(db)
        self.position = position
        self.db = db
    }

    /// What is read once in a snapshot: structures of older positions, and who came of whom.
    final class Past {
        fileprivate var known: [Int: Structure] = [:]
        fileprivate var lineages: [LineageKey: [OrgUnit.ID: Set<OrgUnit.ID>]] = [:]
        fileprivate var scopes: Set<String>?
        fileprivate var catalogues: [[String]: Catalogue] = [:]
        fileprivate var codes: [UnitDay: [String]] = [:]
        /// Units that were divided and do not count for one of today's as a whole.
        var lost: [Lost: [OrgUnit.ID]] = [:]
        var divided: [MapDay: [OrgUnit.ID]] = [:]
    }

    /// A map of the units: as it was known at a position, in force on a day.
    struct MapDay: Hashable {
        let position: Int
        let day: Day
    }

    fileprivate struct UnitDay: Hashable {
        let unit: OrgUnit.ID
        let day: Day
        let position: Int
    }

    struct Lost: Hashable {
        let unit: OrgUnit.ID
        let axis: Indicator.Axis
        let map: MapDay
    }

    fileprivate struct LineageKey: Hashable {
        let axis: Indicator.Axis
        let position: Int
        let today: Day
    }

    /// The day on which the ledger came to a position; nil where the audit no longer says.
    func day(ofPosition position: Int) throws -> Day? {
        try db.value(
            """
            SELECT MIN(at) FROM audit WHERE last_position >= \(position)
            """, as: Moment.self)?.day
    }

    /// The structure as it was known at the position of a question.
    func structure(for question: Question) throws -> Structure {
        guard question.position < position else { return structure }
        if let known = past.known[question.position] { return known }
        let found = try StructureStore(db: db).load(asOf: question.position)
        past.known[question.position] = found
        return found
    }

    /// The catalogue as it holds for the unit of a question: of each rule the nearest value.
    package func catalogue(for question: Question) throws -> Catalogue {
        let named = past.scopes ?? catalogue.scopes
        past.scopes = named
        guard !named.isEmpty else { return catalogue }
        let here = UnitDay(
            unit: question.unit, day: question.period.lastDay, position: question.position)
        let codes =
            try past.codes[here]
            ?? structure(for: question).codes(from: here.unit, on: here.day).filter(named.contains)
        past.codes[here] = codes
        if let known = past.catalogues[codes] { return known }
        let found = catalogue.holding(in: codes, elsewhere: true)
        past.catalogues[codes] = found
        return found
    }

    /// The year of the newest record; zero where there is none.
    func newestYear() throws -> Int {
        try db.value("SELECT MAX(happened_on) FROM record", as: Day.self)?.year ?? 0
    }

    package func indicator(_ id: String) throws -> Indicator {
        guard let indicator = catalogue.indicators[id] else { throw Refusal.notFound }
        asked.note(id)
        return indicator
    }

    package func answer(_ question: Question) throws -> Answer {
        let indicator = try indicator(question.indicator)
        if case .rule(let id) = indicator.value { return try rule(id, question) }
        guard try stood(question) else { return .none(.noData) }
        guard try isOnTree(question, indicator) else { return .none(.notOnTree) }
        let answer = try own(question, indicator)
        guard let over = indicator.over, answer.hasValue else { return answer }
        return try share(answer, question, indicator, over: over)
    }

    /// The answer without its denominator.
    private func own(_ question: Question, _ indicator: Indicator) throws -> Answer {
        let members = try members(question, indicator)
        if try losesPast(question, indicator) { return .none(.notComparable) }
        if !indicator.per.isEmpty {
            return try PerMember(self, question, indicator, members).answer()
        }
        switch indicator.value {
        case .pick(let pick): return try Picking(self, question, indicator, pick).answer()
        case .streak: return try streak(members, question, indicator)
        default: return try plain(members, question, indicator)
        }
    }

    func members(_ question: Question, _ indicator: Indicator) throws -> Members {
        try members(question, indicator, together: [])
    }

    /// The members for several units at once, or over a course of days.
    func members(
        _ question: Question, _ indicator: Indicator, together: [OrgUnit.ID],
        course: Period? = nil
    ) throws -> Members {
        let things = try things(question, indicator)
        let asked = things.map { question.asking(unit: $0.everywhere) } ?? question
        var members = try Members(
            asked, indicator, try catalogue(for: question), placedOn: things?.placedOn,
            together: together, course: course,
            followers: try followers(question, indicator),
            isWhole: try structure(for: question).parents[asked.unit] == nil, columns: columns)
        if let own = things?.own { members.readOwnThings(own.members, own.subject) }
        return members
    }

    /// Which unit stands for one that ended, where a figure tells units apart: what a unit has and
    /// does goes on with the one it went into whole; a place lies where all of it went.
    private func followers(
        _ question: Question, _ indicator: Indicator
    ) throws -> [OrgUnit.ID: OrgUnit.ID] {
        let structure = try structure(for: question)
        let goesOn = indicator.per.contains { member in
            if case .standing(_, nil, _) = member { return true }
            return false
        }
        if goesOn { return structure.followers(on: question.mapDay) }
        if question.structure == .now, indicator.readsUnits, !indicator.had.isEmpty {
            return structure.followers(on: question.today)
        }
        if case .distinctUnits(_?, let now, _) = indicator.value, now || question.structure == .now
        {
            return structure.soleFollowers(on: question.today)
        }
        return [:]
    }

    /// Counts, sums and distinct counts.
    private func plain(
        _ members: Members, _ question: Question, _ indicator: Indicator
    ) throws -> Answer {
        guard let all = try added(members).first?.added else { return .none(.noData) }
        if all.records == 0, try neverRecorded(indicator, question) { return .none(.noData) }
        return all.answer(indicator)
    }

    private func rule(_ id: String, _ question: Question) throws -> Answer {
        let here = try catalogue(for: question)
        guard let rule = here.rule(id, on: question.period.lastDay) else { return .none(.noData) }
        return Answer(numerator: rule.value, count: 0)
    }

    private func share(
        _ part: Answer, _ question: Question, _ indicator: Indicator, over: String
    ) throws -> Answer {
        let whole = try answer(question.asking(over))
        guard whole.hasValue else { return .none(whole.state) }
        guard whole.numerator > 0 else { return .none(.noData) }
        if indicator.part, try !isPart(question, indicator, of: over) {
            return .none(.notAPart)
        }
        return Answer(
            numerator: part.numerator * whole.denominator,
            denominator: whole.numerator * part.denominator, isRatio: true, count: part.count)
    }

    /// Whether everyone counted above is also counted below.
    private func isPart(_ question: Question, _ indicator: Indicator, of over: String) throws
        -> Bool
    {
        let whole = try told(question.asking(over), try self.indicator(over))
        return try told(question, indicator).isSubset(of: whole)
    }

    func told(_ question: Question, _ indicator: Indicator) throws -> Set<String> {
        Set(try toldApart(question, indicator).map(\.thing))
    }

    /// What a figure counts, record by record: who or what a distinct count tells apart, or the
    /// record itself.
    package func toldApart(_ question: Question) throws -> [(record: String, thing: String)] {
        try toldApart(question, try indicator(question.indicator))
    }

    private func toldApart(
        _ question: Question, _ indicator: Indicator
    ) throws -> [(record: String, thing: String)] {
        var rows: [(record: String, thing: String)] = []
        try each(try members(question, indicator)) { row in
            rows.append((row.id, row.who ?? row.id))
        }
        return rows
    }

    private func streak(
        _ members: Members, _ question: Question, _ indicator: Indicator
    ) throws -> Answer {
        var all = Totals<String>(.streak)
        try each(members) { all.add($0) }
        if all.rows == 0, try neverRecorded(indicator, question) { return .none(.noData) }
        return Answer(numerator: all.value(.streak), count: all.rows)
    }

    /// Whether there is such a unit on the map asked for: under `now` today, whatever the period;
    /// else on a day of the period.
    func stood(_ question: Question) throws -> Bool {
        let structure = try structure(for: question)
        if question.structure == .now {
            return structure.version(question.unit, on: question.today) != nil
        }
        guard let versions = structure.versions[question.unit] else { return false }
        return versions.contains { version in
            version.from < question.period.to
                && (version.to.map { question.period.from < $0 } ?? true)
        }
    }

    /// Whether the unit stands on the tree that the figure is of.
    func isOnTree(_ question: Question, _ indicator: Indicator) throws -> Bool {
        try structure(for: question).stands(
            question.unit, on: indicator.axis, formAxis: { catalogue.forms[$0]?.axis })
    }

    /// Whether nobody ever recorded this kind: then nothing is known, rather than nothing done.
    func neverRecorded(_ indicator: Indicator, _ question: Question) throws -> Bool {
        guard let kind = indicator.kind else { return false }
        let fact = Fact("f", asOf: question.position)
        return try db.value(
            """
            SELECT 1 FROM \(fact.source) WHERE f.kind = \(kind) AND \(fact.posted) LIMIT 1
            """, as: Int.self) == nil
    }

    /// Below each unit of today's map, the units that succeeded another or were succeeded. Read
    /// for all at once: a page asks it of many units, and few units have a lineage.
    func lineages(
        _ question: Question, _ axis: Indicator.Axis
    ) throws -> [OrgUnit.ID: Set<OrgUnit.ID>] {
        let (position, today) = (question.position, question.today)
        let key = LineageKey(axis: axis, position: position, today: today)
        if let known = past.lineages[key] { return known }
        var found: [OrgUnit.ID: Set<OrgUnit.ID>] = [:]
        try db.each(
            """
            SELECT k.ancestor_id, k.unit_id FROM reach k
            WHERE k.unit_id IN (SELECT predecessor_id FROM lineage
                    UNION SELECT successor_id FROM lineage)
                AND k.axis = \(axis.rawValue) AND \(ReachRow.known("k", at: position))
                AND \(ReachRow.inForce("k", on: "\(today)"))
            """
        ) { row in
            let ancestor = try row.get("ancestor_id", as: OrgUnit.ID.self)
            found[ancestor, default: []].insert(try row.get("unit_id"))
        }
        past.lineages[key] = found
        return found
    }
}

/// The length of the longest run of days without a gap.
func longestRun(_ days: Set<Day>) -> Int {
    var longest = 0
    for day in days where !days.contains(day - 1) {
        var length = 1
        while days.contains(day + length) { length += 1 }
        longest = max(longest, length)
    }
    return longest
}

extension Reckoner {
    /// The statement that lists the members of a figure.
    package func statement(_ question: Question) throws -> SQL {
        try members(question, try indicator(question.indicator)).rows()
    }

    /// The same, as it is sent, with its values behind it.
    package func statement(_ question: Question, for dialect: Dialect) throws -> String {
        let sql = try statement(question)
        let values = sql.values.enumerated().map { "-- \($0.offset + 1): \($0.element)" }
        return ([sql.text(for: dialect)] + values).joined(separator: "\n")
    }
}
