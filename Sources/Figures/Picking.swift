import Catalogue
import Core
import Ledger
import Organization
import Storage

/// A figure that first picks one unit or record, and then reckons on what was picked.
struct Picking {
    private let reckoner: Reckoner
    private let question: Question
    private let indicator: Indicator
    private let pick: Indicator.Pick

    init(
        _ reckoner: Reckoner, _ question: Question, _ indicator: Indicator,
        _ pick: Indicator.Pick
    ) {
        self.reckoner = reckoner
        self.question = question
        self.indicator = indicator
        self.pick = pick
    }

    func answer() throws -> Answer {
        switch pick.order {
        case .largest: try largest()
        case .earliest: try earliest()
        }
    }

    // MARK: The largest unit

    /// The unit with the largest sum, with that sum; the state says when there is none or a tie.
    func largestUnit() throws -> (state: Answer.State, unit: OrgUnit.ID?, sum: Int) {
        let members = try reckoner.members(question, indicator)
        let level = members.key(form: pick.within ?? "community", as: "picked")
        let sums = try reckoner.added(members, [level]).compactMap { keys, added in
            keys[0].map { (unit: OrgUnit.ID(trusted: $0), sum: added.total ?? 0) }
        }
        guard let best = sums.max(by: { ($0.sum, $1.unit) < ($1.sum, $0.unit) }) else {
            return (.noData, nil, 0)
        }
        let isTied = sums.filter { $0.sum == best.sum }.count > 1
        return (isTied && !pick.allowsTie ? .tie : .value, best.unit, best.sum)
    }

    private func largest() throws -> Answer {
        let best = try largestUnit()
        guard best.state == .value, let unit = best.unit else { return .none(best.state) }
        switch pick.then {
        case .value:
            return Answer(
                numerator: best.sum, denominator: indicator.scale?.factor ?? 1, count: 1)
        case .liesInUnit:
            return Answer(numerator: 1, count: 1)
        case .divide(_, let above, let below, _):
            guard let row = try dividing(unit) else { return .none(.noData) }
            let factor = scale(above)
            let numerator = try row.optional("above", as: Int.self) ?? 0
            let denominator = try row.optional("below", as: Int.self) ?? 0
            guard denominator > 0, scale(below) == factor else { return .none(.noData) }
            // Whole written units when both are, so that the page shows 5100 ÷ 392.
            let divisor = numerator % factor == 0 && denominator % factor == 0 ? factor : 1
            return Answer(
                numerator: numerator / divisor, denominator: denominator / divisor,
                isRatio: true, count: 1)
        }
    }

    /// The newest record of the other kind in the picked unit that has both measures.
    func dividing(_ unit: OrgUnit.ID) throws -> Row? {
        guard case .divide(let kind, let above, let below, let conditions) = pick.then,
            let other = reckoner.catalogue.kinds[kind],
            let first = other.measure(above), let second = other.measure(below)
        else { return nil }
        let asked = question.asking(unit: unit)
            .asking(period: Period(text: "", from: .first, to: question.period.to))
        var events = Indicator(standing: kind, conditions: conditions, axis: indicator.axis)
        events.countsOnItsDay()
        let members = try Members(
            asked, events, reckoner.catalogue, placedOn: question.mapDay)
        let rows = try reckoner.db.rows(
            members.rows([
                Members.Key(name: "above", value: "f.\(name: "m\(first.index)")"),
                Members.Key(name: "below", value: "f.\(name: "m\(second.index)")"),
            ]))
        return rows.last { row in row["above"] != .null && row["below"] != .null }
    }

    private func scale(_ measure: String) -> Int {
        guard case .divide(let kind, _, _, _) = pick.then,
            let unit = reckoner.catalogue.kinds[kind]?.measure(measure)?.measure.unit
        else { return 1 }
        return unit.written.factor / unit.factor
    }

    // MARK: The earliest record

    private func firstRows(of members: Members, _ limit: Int) throws -> [MemberRow] {
        var rows: [MemberRow] = []
        try reckoner.each(members, limit: limit) { rows.append($0) }
        return rows
    }

    /// The earliest record in the whole of what it is picked within, and whether it lies here.
    private func earliest() throws -> Answer {
        let known = try reckoner.structure(for: question)
        let path = known.path(to: question.unit, indicator.axis, on: question.mapDay)
        guard let root = path.first else { return .none(.noData) }
        let everywhere = try reckoner.members(question.asking(unit: root.unit), indicator)
        let rows = try firstRows(of: everywhere, 2)
        guard let first = rows.first else { return .none(.noData) }
        if rows.count > 1, rows[1].day == first.day, !pick.allowsTie { return .none(.tie) }
        let here = try reckoner.members(question, indicator)
        let isHere = try firstRows(of: here, 1).first?.id == first.id
        switch pick.then {
        case .liesInUnit: return Answer(numerator: isHere ? 1 : 0, count: isHere ? 1 : 0)
        case .value, .divide: return Answer(numerator: 1, count: 1)
        }
    }
}
