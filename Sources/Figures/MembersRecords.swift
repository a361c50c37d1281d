import Catalogue
import Core
import Ledger
import Organization
import Storage

/// Which records are members, and what each of them counts for.
extension Members {
    mutating func readRecords(_ kind: Kind) {
        conditions.append("\(fact.counts) AND f.kind = \(kind.id)")
        day = "f.happened_on"
        if let follower = indicator.followedBy { follow(follower) }
        switch indicator.when {
        case .happened, .started:
            conditions.append("\(day) >= \(days.from) AND \(day) < \(days.to)")
        case .inForce:
            if let course {
                conditions.append("f.happened_on < \(course.to)")
            } else if let standsIn {
                conditions.append("f.happened_on < \(standsIn.to)")
            } else {
                conditions.append(fact.inForce(on: "\(period.lastDay)"))
            }
        }
        conditions.append("\(asked) AND \(reach("k", unit: unitColumn, on: structureDay))")
        for condition in indicator.conditions {
            conditions.append(test(condition, kind, alias: "f"))
        }
        readValue(kind)
        readHad(kind)
    }

    var period: Period { question.period }

    /// The days whose records count: of weeks, all days of those that belong to the period.
    var days: (from: Day, to: Day) {
        let weeks = indicator.per.contains(.week) ? period.weeks : []
        guard let first = weeks.first, let last = weeks.last else { return (from, period.to) }
        return (from > period.from ? from : first, last + 7)
    }

    /// The first day asked for; a rule that began later moves it.
    var from: Day {
        guard let id = indicator.since, let first = catalogue.rules[id]?.map(\.from).min() else {
            return period.from
        }
        return max(period.from, first)
    }

    /// The column of the unit that rolls up.
    var unitColumn: SQL {
        switch indicator.at {
        case .doer: "f.unit_id"
        case .place: "f.place_id"
        }
    }

    /// The day whose map places a record.
    var structureDay: SQL {
        if let placedOn { return "\(placedOn)" }
        return switch (question.structure, indicator.when) {
        case (.now, _): "\(question.today)"
        case (.then, .inForce): "\(period.lastDay)"
        case (.then, _): "f.happened_on"
        }
    }

    /// The units above a unit on a day, as the structure was known at the position.
    func reach(_ alias: String, unit: SQL, on day: SQL) -> SQL {
        """
        \(name: alias).unit_id = \(unit) AND \(name: alias).axis = \(indicator.axis.rawValue)
            AND \(holds(alias, on: day))
        """
    }

    /// For whom the members must count. Several units are asked as a yes or no when the records
    /// come first: then one look at what stands above a record's unit answers for all of them.
    var asked: SQL {
        guard !together.isEmpty else { return "k.ancestor_id = \(question.unit)" }
        let all: SQL = "k.ancestor_id IN (\(values: [question.unit] + together))"
        return isWhole && !readsUnits ? "(\(all)) IS TRUE" : all
    }

    /// A row of `reach` that holds on a day, or on any day of the course, as known at the position.
    func holds(_ alias: String, on day: SQL) -> SQL {
        let (first, last): (SQL, SQL) =
            course.map { ("\($0.from)", "\($0.lastDay)") } ?? (day, day)
        return """
            \(ReachRow.inForce(alias, from: first, to: last))
                AND \(ReachRow.known(alias, at: question.position))
            """
    }

    /// A later record that carries the same subject: its day is the one asked for.
    mutating func follow(_ follower: Indicator.Follower) {
        let later = Fact("g", asOf: question.position)
        tables.append(
            """
            follower AS MATERIALIZED (
                SELECT gs.code AS code, MIN(g.happened_on) AS day
                FROM \(later.source) CROSS JOIN record_subject AS gs
                WHERE \(later.counts) AND g.kind = \(follower.kind)
                    AND gs.record_id = g.id AND gs.kind = \(follower.link)
                GROUP BY gs.code)
            """)
        joins += ["record_subject AS fl", "follower"]
        conditions.append(
            """
            fl.record_id = f.id AND fl.kind = \(follower.link)
                AND follower.code = fl.code AND follower.day >= f.happened_on
            """)
        repeats = true
        if !follower.countsFirstDay { day = "follower.day" }
    }

    mutating func readValue(_ kind: Kind) {
        switch indicator.value {
        case .sum(let id), .max(let id): amount = column(id, kind)
        case .pick(let pick):
            if case .largest(let id) = pick.order { amount = column(id, kind) }
        case .distinctPersons:
            joins.append("record_person AS p")
            conditions.append("p.record_id = f.id AND p.role = \(role(of: kind))")
            who = samePerson("p")
            tellsApart = true
            repeats = repeats || kind.persons.contains { $0.id == role(of: kind) && $0.many }
        case .distinctUnits(let level, let now, let places):
            guard let level else {
                who = places ? "f.place_id" : unitColumn
                return
            }
            let on: SQL = now ? "\(question.today)" : structureDay
            joins.append("reach AS u")
            conditions.append(
                "\(reach("u", unit: levelUnit.today, on: on)) AND u.form = \(level)")
            who = "u.ancestor_id"
            repeats = true
        case .distinctSubjects(let id):
            let id = id ?? kind.subjects.first?.id ?? ""
            joins.append("record_subject AS s")
            conditions.append("s.record_id = f.id AND s.kind = \(id)")
            who = "s.code"
            repeats = true
        case .distinctField(let id): who = "(f.fields ->> \(literal(id)))"
        case .count, .streak, .rule: break
        }
    }

    /// The unit that is rolled up to a form, as it was and as today has it.
    var levelUnit: (own: SQL, today: SQL) {
        var own = unitColumn
        if case .distinctUnits(_, _, true) = indicator.value { own = "f.place_id" }
        return (own, readsUnits ? own : follower(of: own))
    }

    func role(of kind: Kind) -> String {
        indicator.role ?? kind.persons.first?.id ?? ""
    }

    func column(_ measure: String, _ kind: Kind) -> SQL {
        let index = kind.measure(measure)?.index ?? 1
        return "f.\(name: "m\(index)")"
    }

    /// A person, or the one they were found to be, at the position asked for.
    func samePerson(_ alias: String) -> SQL {
        """
        COALESCE((SELECT j.to_person FROM person_join AS j
            WHERE j.from_person = \(name: alias).person_id AND j.undoes IS NULL
                AND j.position <= \(question.position)
                AND NOT EXISTS (SELECT 1 FROM person_join AS n
                    WHERE n.undoes = j.id AND n.position <= \(question.position))),
            \(name: alias).person_id)
        """
    }
}
