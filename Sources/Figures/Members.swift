import Catalogue
import Core
import Ledger
import Organization
import Storage

/// The records behind a figure, as one statement: an indicator compiled for one question.
///
/// Everything a figure shows comes from here. `rows` lists the members, one row each, for the
/// trace; `counted` lets the database add them up. Both are the same FROM and WHERE.
package struct Members {
    let question: Question
    let indicator: Indicator
    let catalogue: Catalogue
    /// The newest day of the structure: the map of the standpoint "now".
    let newestDay: Day
    /// Standing things are listed that stood on any day of this period, rather than its last.
    private let standsIn: Period?
    /// Records are placed by the map of this day, when it is not their own.
    private let placedOn: Day?
    private var joins: [SQL] = []
    private var conditions: [SQL] = []
    private var tables: [SQL] = []
    /// What a distinct count counts; NULL where each row counts.
    private(set) var who: SQL = "CAST(NULL AS TEXT)"
    private var tellsApart = false
    private(set) var amount: SQL = "CAST(NULL AS BIGINT)"
    /// The day that places a member in a week or month.
    private(set) var day: SQL = ""
    private let fact: Fact

    /// - Throws: `Refusal.notFound` when the indicator names a kind the catalogue lost.
    init(
        _ question: Question, _ indicator: Indicator, _ catalogue: Catalogue, newestDay: Day,
        standsIn: Period? = nil, placedOn: Day? = nil
    ) throws {
        self.standsIn = standsIn
        self.placedOn = placedOn
        self.question = question
        self.indicator = indicator
        self.catalogue = catalogue
        self.newestDay = newestDay
        fact = Fact("f", asOf: question.position)
        switch indicator.from {
        case .kind(let id):
            guard let kind = catalogue.kinds[id] else { throw Refusal.notFound }
            readRecords(kind)
        case .units(let forms, let seat): readUnits(forms, seat: seat)
        case .rule: throw Refusal.notFound
        }
    }

    // MARK: Records

    private mutating func readRecords(_ kind: Kind) {
        conditions.append("\(fact.counts) AND f.kind = \(kind.id)")
        day = "f.happened_on"
        if let follower = indicator.followedBy { follow(follower) }
        switch indicator.when {
        case .happened, .started:
            conditions.append("\(day) >= \(from) AND \(day) < \(period.to)")
        case .inForce:
            if let standsIn {
                conditions.append("f.happened_on < \(standsIn.to)")
            } else {
                conditions.append(fact.inForce(on: "\(period.lastDay)"))
            }
        }
        joins.append(reachJoin("k", unit: unitColumn, on: structureDay))
        conditions.append("k.ancestor_id = \(question.unit)")
        for condition in indicator.conditions {
            conditions.append(test(condition, kind, alias: "f"))
        }
        readValue(kind)
        readHad(kind)
    }

    private var period: Period { question.period }

    /// The first day asked for; a rule that began later moves it.
    private var from: Day {
        guard let id = indicator.since, let first = catalogue.rules[id]?.map(\.from).min() else {
            return period.from
        }
        return max(period.from, first)
    }

    /// The column of the unit that rolls up.
    private var unitColumn: SQL {
        switch indicator.at {
        case .doer: "f.unit_id"
        case .place: "f.place_id"
        }
    }

    /// The day whose map places a record.
    private var structureDay: SQL {
        if let placedOn { return "\(placedOn)" }
        return switch (question.structure, indicator.when) {
        case (.now, _): "\(newestDay)"
        case (.then, .inForce): "\(period.lastDay)"
        case (.then, _): "f.happened_on"
        }
    }

    /// Joins the units above a unit on a day, as the structure was known at the position.
    private func reachJoin(_ alias: String, unit: SQL, on day: SQL) -> SQL {
        "JOIN reach AS \(name: alias) ON \(reach(alias, unit: unit, on: day))"
    }

    private func reach(_ alias: String, unit: SQL, on day: SQL) -> SQL {
        """
        \(name: alias).unit_id = \(unit) AND \(name: alias).axis = \(indicator.axis.rawValue)
            AND \(holds(alias, on: day))
        """
    }

    /// A row of `reach` that holds on a day, as known at the position.
    private func holds(_ alias: String, on day: SQL) -> SQL {
        """
        \(name: alias).valid_from <= \(day)
            AND (\(name: alias).valid_to IS NULL OR \(day) < \(name: alias).valid_to)
            AND \(name: alias).position <= \(question.position)
            AND (\(name: alias).gone IS NULL OR \(name: alias).gone > \(question.position))
        """
    }

    /// A later record that carries the same subject: its day is the one asked for.
    private mutating func follow(_ follower: Indicator.Follower) {
        let later = Fact("g", asOf: question.position)
        tables.append(
            """
            follower AS MATERIALIZED (
                SELECT gs.code AS code, MIN(g.happened_on) AS day
                FROM \(later.source)
                JOIN record_subject AS gs ON gs.record_id = g.id AND gs.kind = \(follower.link)
                WHERE \(later.counts) AND g.kind = \(follower.kind)
                GROUP BY gs.code)
            """)
        joins.append(
            """
            JOIN record_subject AS fl ON fl.record_id = f.id AND fl.kind = \(follower.link)
            JOIN follower ON follower.code = fl.code AND follower.day >= f.happened_on
            """)
        if !follower.countsFirstDay { day = "follower.day" }
    }

    private mutating func readValue(_ kind: Kind) {
        switch indicator.value {
        case .sum(let id), .max(let id): amount = column(id, kind)
        case .pick(let pick):
            if case .largest(let id) = pick.order { amount = column(id, kind) }
        case .distinctPersons:
            joins.append(
                """
                JOIN record_person AS p ON p.record_id = f.id
                    AND p.role = \(role(of: kind))
                """)
            who = samePerson("p")
            tellsApart = true
        case .distinctUnits(let level, let now, let places):
            let unit: SQL = places ? "f.place_id" : unitColumn
            guard let level else {
                who = unit
                return
            }
            joins.append(reachJoin("u", unit: unit, on: now ? "\(newestDay)" : structureDay))
            conditions.append("u.form = \(level)")
            who = "u.ancestor_id"
        case .distinctSubjects(let id):
            let id = id ?? kind.subjects.first?.id ?? ""
            joins.append(
                "JOIN record_subject AS s ON s.record_id = f.id AND s.kind = \(id)")
            who = "s.code"
        case .distinctField(let id): who = "(f.fields ->> \(literal(id)))"
        case .count, .streak, .rule: break
        }
    }

    private func role(of kind: Kind) -> String {
        indicator.role ?? kind.persons.first?.id ?? ""
    }

    private func column(_ measure: String, _ kind: Kind) -> SQL {
        let index = kind.measure(measure)?.index ?? 1
        return "f.\(name: "m\(index)")"
    }

    /// A person, or the one he was found to be, at the position asked for.
    private func samePerson(_ alias: String) -> SQL {
        """
        COALESCE((SELECT j.to_person FROM person_join AS j
            WHERE j.from_person = \(name: alias).person_id AND j.undoes IS NULL
                AND j.position <= \(question.position)
                AND NOT EXISTS (SELECT 1 FROM person_join AS n
                    WHERE n.undoes = j.id AND n.position <= \(question.position))),
            \(name: alias).person_id)
        """
    }

    // MARK: Conditions

    /// One comparison of a field or measure. Field names come from the catalogue, never from a
    /// request, and are checked to be plain words.
    private func test(_ condition: Indicator.Condition, _ kind: Kind, alias: String) -> SQL {
        if let (index, measure) = kind.measure(condition.field) {
            let column: SQL = "\(name: alias).\(name: "m\(index)")"
            return compare(column, condition.comparison, factor: measure.unit)
        }
        let field = kind.field(condition.field)
        let text: SQL = "(\(name: alias).fields ->> \(literal(condition.field)))"
        if let field, field.form == .choice {
            let options = options(field, condition.comparison)
            if let options { return "\(text) IN (\(values: options))" }
        }
        if field?.form == .number {
            return compare("CAST(\(text) AS BIGINT)", condition.comparison, factor: .piece)
        }
        switch condition.comparison {
        case .is(let threshold): return "\(text) = \(threshold.words)"
        case .in(let words): return "\(text) IN (\(values: words))"
        case .atLeast(let threshold): return "\(text) >= \(threshold.words)"
        case .moreThan(let threshold): return "\(text) > \(threshold.words)"
        case .set(let wanted): return wanted ? "\(text) IS NOT NULL" : "\(text) IS NULL"
        }
    }

    /// The options of a choice that a comparison accepts; nil when it only asks for presence.
    private func options(_ field: Kind.Field, _ comparison: Indicator.Comparison) -> [String]? {
        let ids = field.options.map(\.id)
        switch comparison {
        case .is(let threshold): return [threshold.words]
        case .in(let words): return words
        case .atLeast(let threshold):
            return ids.firstIndex(of: threshold.words).map { Array(ids[$0...]) } ?? []
        case .moreThan(let threshold):
            return ids.firstIndex(of: threshold.words).map { Array(ids[($0 + 1)...]) } ?? []
        case .set: return nil
        }
    }

    private func compare(
        _ column: SQL, _ comparison: Indicator.Comparison, factor: MeasureUnit
    ) -> SQL {
        switch comparison {
        case .is(let threshold): "\(column) = \(number(threshold))"
        case .in(let words): "\(column) IN (\(values: words.compactMap(Int.init)))"
        case .atLeast(let threshold): "\(column) >= \(number(threshold))"
        case .moreThan(let threshold): "\(column) > \(number(threshold))"
        case .set(let wanted): wanted ? "\(column) IS NOT NULL" : "\(column) IS NULL"
        }
    }

    private func number(_ threshold: Indicator.Threshold) -> Int {
        switch threshold {
        case .number(let number): number
        case .rule(let id): catalogue.rule(id, on: period.lastDay)?.baseValue ?? Int.max
        case .text: 0
        }
    }

    /// A catalogue name as an SQL literal: both engines want it in the text of the statement.
    private func literal(_ name: String) -> SQL {
        precondition(isName(name), "a field is named with a-z, 0-9 and _")
        return "'\(name: name)'"
    }

    // MARK: Also in force that day

    private mutating func readHad(_ kind: Kind?) {
        var ofPersons: [SQL] = []
        for (index, had) in indicator.had.enumerated() {
            guard let other = catalogue.kinds[had.kind] else { continue }
            let table = "had\(index)"
            tables.append(self.had(table, had, other))
            switch had.by {
            case .person:
                let holder: SQL = tellsApart ? who : samePerson("hp")
                ofPersons.append(lookUp(table, had, who: holder))
            case .unit:
                conditions.append(lookUp(table, had, who: kind == nil ? who : unitColumn))
            case .subject:
                conditions.append(
                    """
                    EXISTS (SELECT 1 FROM record_subject AS hs
                        WHERE hs.record_id = f.id AND hs.kind = \(had.subject ?? "")
                            AND \(lookUp(table, had, who: "hs.code")))
                    """)
            }
        }
        guard !ofPersons.isEmpty else { return }
        let all = ofPersons.joined(separator: " AND ")
        if let kind, !tellsApart {
            conditions.append(
                """
                EXISTS (SELECT 1 FROM record_person AS hp WHERE hp.record_id = f.id
                    AND hp.role = \(role(of: kind)) AND \(all))
                """)
        } else {
            conditions.append(all)
        }
    }

    /// Who or what had the other thing, with the days.
    private func had(_ table: String, _ had: Indicator.Had, _ kind: Kind) -> SQL {
        let other = Fact("h", asOf: question.position)
        var who: SQL = "h.unit_id"
        var join = SQL.empty
        switch had.by {
        case .person:
            let role = had.role ?? kind.persons.first?.id ?? ""
            join = "JOIN record_person AS o ON o.record_id = h.id AND o.role = \(role)"
            who = samePerson("o")
        case .subject:
            join =
                "JOIN record_subject AS o ON o.record_id = h.id AND o.kind = \(had.subject ?? "")"
            who = "o.code"
        case .unit: break
        }
        let tests = had.conditions.map { "AND \(test($0, kind, alias: "h"))" as SQL }
            .joined(separator: " ")
        let days: SQL
        let when: SQL
        switch had.on {
        case .asked:
            days = "CAST(NULL AS TEXT) AS from_on, CAST(NULL AS TEXT) AS to_on"
            when = other.inForce(on: "\(period.lastDay)")
        case .record:
            days = "h.happened_on AS from_on, \(other.lastOn) AS to_on"
            when = "TRUE"
        }
        return """
            \(name: table) AS MATERIALIZED (
                SELECT \(who) AS who, \(days) FROM \(other.source) \(join)
                WHERE \(other.counts) AND h.kind = \(kind.id) AND \(when) \(tests))
            """
    }

    private func lookUp(_ table: String, _ had: Indicator.Had, who: SQL) -> SQL {
        let found: SQL =
            switch had.on {
            case .asked: "\(who) IN (SELECT \(name: table).who FROM \(name: table))"
            case .record:
                """
                EXISTS (SELECT 1 FROM \(name: table) WHERE \(name: table).who = \(who)
                    AND \(name: table).from_on <= \(day)
                    AND (\(name: table).to_on IS NULL OR \(day) < \(name: table).to_on))
                """
            }
        return had.wanted ? found : "NOT (\(found))"
    }

    // MARK: Units

    /// Units of some forms below the unit asked for, on the day or first standing in the period.
    private mutating func readUnits(_ forms: [String], seat: String?) {
        day = "s.valid_from"
        who = "s.unit_id"
        let on: SQL =
            switch (indicator.when, question.structure) {
            case (_, .now): "\(newestDay)"
            case (.started, .then): "s.valid_from"
            default: "\(period.lastDay)"
            }
        joins.append(reachJoin("k", unit: "s.unit_id", on: on))
        conditions.append(
            """
            k.ancestor_id = \(question.unit) AND s.ancestor_id = s.unit_id
                AND s.axis = \(indicator.axis.rawValue) AND s.form IN (\(values: forms))
                AND s.position <= \(question.position)
                AND (s.gone IS NULL OR s.gone > \(question.position))
            """)
        switch indicator.when {
        case .happened, .inForce: conditions.append(holds("s", on: on))
        case .started:
            conditions.append(
                """
                s.valid_from >= \(from) AND s.valid_from < \(period.to)
                AND NOT EXISTS (SELECT 1 FROM reach AS earlier
                    WHERE earlier.unit_id = s.unit_id AND earlier.ancestor_id = s.unit_id
                        AND earlier.axis = s.axis AND earlier.valid_from < s.valid_from
                        AND earlier.position <= \(question.position)
                        AND (earlier.gone IS NULL OR earlier.gone > \(question.position)))
                """)
        }
        if let seat {
            conditions.append(
                """
                EXISTS (SELECT 1 FROM reach AS t WHERE t.unit_id = s.unit_id
                    AND t.axis = 'territory' AND t.form = \(seat) AND t.ancestor_id <> s.unit_id
                    AND \(holds("t", on: on)))
                """)
        }
        readHad(nil)
    }

    private var readsUnits: Bool { indicator.kind == nil }

    // MARK: Statements

    /// An extra column to group or list by.
    struct Key {
        let name: String
        let value: SQL
        var join: SQL = .empty
        var condition: SQL = .empty
    }

    /// The unit of a form above each member.
    func key(form: String, as name: String) -> Key {
        let alias = name + "_unit"
        let unit: SQL = readsUnits ? "s.unit_id" : unitColumn
        let on: SQL = readsUnits ? "\(lastDay)" : structureDay
        return Key(
            name: name, value: "\(name: alias).ancestor_id",
            join: reachJoin(alias, unit: unit, on: on),
            condition: "\(name: alias).form = \(form)")
    }

    /// Which of some units each member stands under.
    func key(units: [OrgUnit.ID], as name: String) -> Key {
        let alias = name + "_unit"
        let unit: SQL = readsUnits ? "s.unit_id" : unitColumn
        let on: SQL = readsUnits ? "\(lastDay)" : structureDay
        return Key(
            name: name, value: "\(name: alias).ancestor_id",
            join: reachJoin(alias, unit: unit, on: on),
            condition: "\(name: alias).ancestor_id IN (\(values: units))")
    }

    func key(subject: String, as name: String) -> Key {
        let alias = name + "_subject"
        return Key(
            name: name, value: "\(name: alias).code",
            join: """
                JOIN record_subject AS \(name: alias) ON \(name: alias).record_id = f.id
                    AND \(name: alias).kind = \(subject)
                """)
    }

    func key(field: String, as name: String) -> Key {
        Key(name: name, value: "(f.fields ->> \(literal(field)))")
    }

    private var lastDay: Day { question.structure == .now ? newestDay : period.lastDay }

    /// One row for each member: id, day, unit, what is told apart, what is added up, and keys.
    func rows(_ keys: [Key] = [], limit: Int? = nil, after: (day: String, id: String)? = nil)
        -> SQL
    {
        let id: SQL = readsUnits ? "s.unit_id" : "f.id"
        var sql: SQL = """
            \(with) SELECT \(id) AS id, \(day) AS day,
                \(readsUnits ? "s.unit_id" : unitColumn) AS unit_id,
                \(who) AS who, \(amount) AS amount\(columns(keys))
            \(body(keys))
            """
        if let after { sql += " AND (\(day), \(id)) > (\(after.day), \(after.id))" }
        sql += " ORDER BY \(day), \(id)"
        if let limit { sql += " LIMIT \(limit)" }
        return sql
    }

    /// The members added up by the database, for each combination of the keys.
    func counted(_ keys: [Key] = []) -> SQL {
        let id: SQL = readsUnits ? "s.unit_id" : "f.id"
        var sql: SQL = """
            \(with) SELECT COUNT(DISTINCT \(id)) AS records, COUNT(DISTINCT \(who)) AS told,
                SUM(\(amount)) AS total, MAX(\(amount)) AS largest\(columns(keys))
            \(body(keys))
            """
        if !keys.isEmpty {
            sql += " GROUP BY " + keys.map(\.value).joined(separator: ", ")
        }
        return sql
    }

    private var with: SQL {
        tables.isEmpty ? "" : "WITH " + tables.joined(separator: ", ")
    }

    private func columns(_ keys: [Key]) -> SQL {
        keys.map { ", \($0.value) AS \(name: $0.name)" as SQL }.joined(separator: "")
    }

    private func body(_ keys: [Key]) -> SQL {
        let source: SQL = readsUnits ? "reach AS s" : fact.source
        let all = conditions + keys.map(\.condition).filter { !$0.isEmpty }
        return """
            FROM \(source) \((joins + keys.map(\.join)).joined(separator: " "))
            WHERE \(all.joined(separator: " AND "))
            """
    }
}

extension Indicator.Threshold {
    fileprivate var words: String {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .rule(let id): id
        }
    }
}
