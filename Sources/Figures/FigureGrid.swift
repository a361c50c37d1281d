import Catalogue
import Core
import Organization

/// A figure for several units over several periods, told from one reading of its records.
extension Reckoner {
    /// The longest span of days that is laid out: forty years.
    private static let dayLimit = 15_000

    /// - Returns: for each unit, the answers in the order of the periods; nil for a figure that has
    ///   to be asked otherwise: of what stands on a day, reckoned member by member, or not held in
    ///   columns.
    func grid(
        _ question: Question, units: [OrgUnit.ID], periods: [Period]
    ) throws -> [OrgUnit.ID: [Answer]]? {
        let indicator = try indicator(question.indicator)
        guard indicator.isAddedUp, indicator.hasCourse, indicator.when != .inForce,
            let own = try gridAlone(question, indicator, units, periods)
        else { return nil }
        guard let over = indicator.over else { return own }
        guard !indicator.part,
            let whole = try grid(question.asking(over), units: units, periods: periods)
        else { return nil }
        return Dictionary(
            uniqueKeysWithValues: own.map { unit, answers in
                (unit, zip(answers, whole[unit] ?? []).map { $0.divided(by: $1) })
            })
    }

    private func gridAlone(
        _ question: Question, _ indicator: Indicator, _ units: [OrgUnit.ID], _ periods: [Period]
    ) throws -> [OrgUnit.ID: [Answer]]? {
        guard let unit = units.first, let from = periods.map(\.from).min(),
            let to = periods.map(\.to).max(), to.number - from.number <= Self.dayLimit
        else { return nil }
        let whole = Period(text: "\(from)..\(to - 1)", from: from, to: to)
        let members = try members(
            question.asking(unit: unit).asking(period: whole), indicator,
            together: Array(units.dropFirst()))
        guard let scan = scan(members, [.asked]) else { return nil }
        var periodsOfDay = [[Int]](repeating: [], count: to.number - from.number)
        for (index, period) in periods.enumerated() {
            for day in period.from.number..<period.to.number {
                periodsOfDay[day - from.number].append(index)
            }
        }
        var totals: [Int: [Totals<Int>]] = [:]
        for unit in units {
            guard let number = scan.ledger.number(of: unit) else { continue }
            totals[Int(number)] = periods.map { _ in Totals(indicator.value) }
        }
        try scan.each(wanted: db.requireWanted) { hit in
            for index in periodsOfDay[Int(hit.day) - from.number] {
                totals[hit.keys[0]]?[index].add(hit)
            }
        }
        let isUnknown = try neverRecorded(indicator, question)
        var answers: [OrgUnit.ID: [Answer]] = [:]
        for unit in units {
            let found = scan.ledger.number(of: unit).flatMap { totals[Int($0)] }
            answers[unit] = try periods.enumerated().map { index, period in
                let all = found?[index]
                return try settled(
                    all.flatMap { $0.rows == 0 ? nil : Added($0).answer(indicator) },
                    question.asking(unit: unit).asking(period: period), indicator,
                    isUnknown: isUnknown)
            }
        }
        return answers
    }
}

extension Figures.Reading {
    /// Several figures for several units over several periods: what a table of them needs, and
    /// nothing is read twice for it.
    ///
    /// - Returns: by indicator, then by unit, then by period, each in the order asked for.
    package func grid(
        _ indicators: [String], units: [OrgUnit.ID], periods: [Period],
        _ standpoint: Question.Standpoint = .then
    ) throws -> [[[Answer]]] {
        try indicators.map { try grid($0, units, periods, standpoint) }
    }

    private func grid(
        _ indicator: String, _ units: [OrgUnit.ID], _ periods: [Period],
        _ standpoint: Question.Standpoint
    ) throws -> [[Answer]] {
        guard let unit = units.first, let period = periods.first else {
            return units.map { _ in [] }
        }
        let questions = units.map { unit in
            periods.map { question(indicator, unit: unit, $0, standpoint) }
        }
        let known = try questions.map { try $0.compactMap { try take($0) } }
        if known.allSatisfy({ $0.count == periods.count }) { return known }
        let found = try reckoner.grid(
            question(indicator, unit: unit, period, standpoint), units: units, periods: periods)
        if let found {
            return try questions.map { row in
                let answers = row.first.flatMap { found[$0.unit] } ?? []
                for (question, answer) in zip(row, answers) { try put(answer, for: question) }
                return answers
            }
        }
        for period in periods {
            try unfold(question(indicator, unit: unit, period, standpoint), units: units)
        }
        return try questions.map { try $0.map { try answer($0) } }
    }
}
