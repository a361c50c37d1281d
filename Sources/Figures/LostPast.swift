import Catalogue
import Core
import Ledger
import Organization
import Storage

/// Under today's map, a unit that was divided cannot be told apart: what it recorded belongs to
/// no single unit of today. A figure that would have to divide it says so, and never leaves it out.
extension Reckoner {
    /// Whether something of the past cannot be told apart under the map asked for.
    func losesPast(_ question: Question, _ indicator: Indicator) throws -> Bool {
        let structure = try structure(for: question)
        guard !structure.predecessors.isEmpty else { return false }
        if question.structure == .now {
            let lost = try lostPredecessors(question, indicator, structure)
            if try hasRecords(of: lost, question, indicator) { return true }
        }
        let levels = indicator.levelsOfToday(question.structure)
        let asksUnits = question.structure == .now && indicator.readsUnits
        guard !levels.isEmpty || asksUnits else { return false }
        let divided = divided(question, structure)
        guard !divided.isEmpty else { return false }
        if asksUnits {
            let here = try lineages(question, indicator.axis)[question.unit] ?? []
            let below = divided.filter(here.contains)
            if try hasRecords(of: below, question, indicator) { return true }
        }
        return try levels.contains { level in
            try cannotTell(level, among: divided, question, indicator)
        }
    }

    /// Whether members are lost between today's units of a form. Units that are counted once each
    /// lose nothing where every unit that followed is counted already.
    private func cannotTell(
        _ level: String, among divided: [OrgUnit.ID], _ question: Question,
        _ indicator: Indicator
    ) throws -> Bool {
        let unit = try members(question, indicator).levelUnit
        let members = try members(question, indicator.countingRecords)
        let lost = try db.rows(members.lost(level, among: divided, unit: unit)).map { row in
            try row.at(0, as: OrgUnit.ID.self)
        }
        guard !lost.isEmpty else { return false }
        guard case .distinctUnits = indicator.value, indicator.per.isEmpty else { return true }
        let counted = try told(question, indicator)
        let structure = try structure(for: question)
        return !lost.allSatisfy { unit in
            structure.living(after: unit, on: question.today).allSatisfy {
                counted.contains($0.text)
            }
        }
    }

    /// Units whose successors lie here, but which do not count here as a whole.
    private func lostPredecessors(
        _ question: Question, _ indicator: Indicator, _ structure: Structure
    ) throws -> [OrgUnit.ID] {
        guard let here = try lineages(question, indicator.axis)[question.unit] else { return [] }
        let key = Lost(unit: question.unit, axis: indicator.axis, map: question.map)
        if let known = past.lost[key] { return known }
        var lost: Set<OrgUnit.ID> = []
        for (successor, lines) in structure.predecessors where here.contains(successor) {
            for line in lines where !here.contains(line.predecessor) {
                lost.insert(line.predecessor)
            }
        }
        past.lost[key] = lost.sorted()
        return lost.sorted()
    }

    private func divided(_ question: Question, _ structure: Structure) -> [OrgUnit.ID] {
        if let known = past.divided[question.map] { return known }
        let divided = structure.divided(on: question.today)
        past.divided[question.map] = divided
        return divided
    }

    /// Whether some units have records that the figure would read, or that it asks about.
    private func hasRecords(
        of units: [OrgUnit.ID], _ question: Question, _ indicator: Indicator
    ) throws -> Bool {
        guard !units.isEmpty else { return false }
        let fact = Fact("f", asOf: question.position)
        let day = question.period.lastDay
        func exists(_ kinds: [String], _ unit: SQL, _ when: SQL) throws -> Bool {
            guard !kinds.isEmpty else { return false }
            return try db.value(
                """
                SELECT 1 FROM \(fact.source) WHERE f.kind IN (\(values: kinds))
                    AND \(unit) IN (\(values: units)) AND \(fact.counts) AND \(when)
                LIMIT 1
                """, as: Int.self) != nil
        }
        let unit: SQL = indicator.at == .place ? "f.place_id" : "f.unit_id"
        let happened: SQL =
            "f.happened_on >= \(question.period.from) AND f.happened_on < \(question.period.to)"
        let stands = fact.inForce(on: "\(day)")
        let own = [indicator.kind].compactMap { $0 }
        if try exists(own, unit, indicator.when == .inForce ? stands : happened) { return true }
        var standing: [String] = []
        for case .standing(let kind, _, _) in indicator.per { standing.append(kind) }
        if try exists(standing, "f.unit_id", stands) { return true }
        guard indicator.readsUnits else { return false }
        return try exists(
            indicator.had.filter { $0.by == .unit }.map(\.kind), "f.unit_id", stands)
    }
}

extension Question {
    fileprivate var map: Reckoner.MapDay { Reckoner.MapDay(position: position, day: today) }
}

extension Indicator {
    /// The forms of today's units that members are gathered in, where today's map counts.
    fileprivate func levelsOfToday(_ standpoint: Question.Standpoint) -> [String] {
        var levels: [String] = []
        if case .distinctUnits(let level?, let now, _) = value, now || standpoint == .now {
            levels.append(level)
        }
        guard standpoint == .now, kind != nil else { return levels }
        for case .form(let form) in per { levels.append(form) }
        if case .pick(let pick) = value, case .largest = pick.order {
            levels.append(pick.within ?? "community")
        }
        return levels
    }
}

extension Members {
    /// A member that stood below a unit of a form on its day, where that unit was divided since and
    /// none of today's took it whole.
    ///
    /// - Parameter unit: the unit that is rolled up, on its own day and today.
    fileprivate func lost(
        _ form: String, among divided: [OrgUnit.ID], unit: (own: SQL, today: SQL)
    ) -> SQL {
        let own = Key(
            name: "own_unit", value: "own_level.ancestor_id", join: "reach AS own_level",
            condition: """
                \(reach("own_level", unit: unit.own, on: day)) AND own_level.form = \(form)
                AND own_level.ancestor_id IN (\(values: divided))
                AND NOT EXISTS (SELECT 1 FROM reach AS today_level
                    WHERE \(reach("today_level", unit: unit.today, on: "\(question.today)"))
                        AND today_level.form = \(form))
                """)
        return "\(with) SELECT DISTINCT own_level.ancestor_id \(body([own]))"
    }
}
