import Catalogue
import Core
import Ledger
import Organization

/// Decides what a public page may say of each answer, within one snapshot.
///
/// Numbers of persons are told of finished half-years. One half-year's number may be split in one
/// way at a time: by units, down the tree; of the whole also by months, or by a field. A split
/// hides what is small and as much else as it takes, and below what is hidden nothing is told.
/// Everything else that is told is a sum of what is told already, so it tells nothing new; see
/// docs/decisions/0019.
package final class Disclosures {
    private let reading: Figures.Reading
    private let today: Day
    private let mayRead: (OrgUnit.ID, Indicator) -> Bool
    private var breakdowns: [Question: Breakdown] = [:]
    private var decided: [Question: Bool] = [:]
    private var recorded: [String: ClosedRange<Day>?] = [:]
    private var wholes: [String: [Indicator]] = [:]

    /// - Parameter mayRead: whether the reader may read the records of a unit that a figure counts:
    ///   then nothing of it is hidden from them. Nobody may unless it is given.
    package init(
        _ reading: Figures.Reading, today: Day,
        mayRead: @escaping (OrgUnit.ID, Indicator) -> Bool = { _, _ in false }
    ) {
        self.reading = reading
        self.today = today
        self.mayRead = mayRead
    }

    private var catalogue: Catalogue { reading.reckoner.catalogue }

    /// The answer by the units directly below, each reckoned once.
    package func breakdown(_ question: Question) throws -> Breakdown {
        if let known = breakdowns[question] { return known }
        let breakdown = try Breakdown(question, reading)
        breakdowns[question] = breakdown
        return breakdown
    }

    /// What may be said of the answer to a question.
    package func disclosure(_ question: Question) throws -> Disclosure {
        guard let indicator = catalogue.indicators[question.indicator],
            catalogue.protects(indicator), !mayRead(question.unit, indicator)
        else { return .open }
        return try tells(question, indicator) ? .open : .withheld
    }

    /// What may be said of the records of the unit itself, which its breakdown leaves over.
    package func restDisclosure(_ question: Question) throws -> Disclosure {
        guard let indicator = catalogue.indicators[question.indicator],
            catalogue.protects(indicator), !mayRead(question.unit, indicator)
        else { return .open }
        guard question.structure == .then, case .half = ToldPeriod(question.period, indicator),
            try tells(question, indicator)
        else { return .withheld }
        return try breakdown(question).restTold
    }

    /// Whether the parts by a field may be told: of the whole, in a half-year or in several, where
    /// none of them is small. They are told together or not at all.
    package func tellsParts(_ question: Question) throws -> Bool {
        guard let indicator = catalogue.indicators[question.indicator],
            catalogue.protects(indicator), !mayRead(question.unit, indicator)
        else { return true }
        guard question.structure == .then, try tells(question, indicator) else { return false }
        switch ToldPeriod(question.period, indicator) {
        case .half(let half):
            let asked = question.asking(period: half)
            guard reading.structure.unitsAbove(asked, indicator).isEmpty else { return false }
            return try reading.parts(asked).allSatisfy { part in
                !part.answer.guarded(indicator).contains(where: Suppression.isSmall)
            }
        case .halves(let period):
            return try halves(period, indicator, question).allSatisfy {
                try tellsParts(question.asking(period: $0))
            }
        case .part, .monthEnd, nil: return false
        }
    }

    // MARK: One answer

    private func tells(_ question: Question, _ indicator: Indicator) throws -> Bool {
        if let known = decided[question] { return known }
        let told =
            question.structure == .then
            ? try tellsAsItWas(question, indicator) : try tellsAsItIs(question, indicator)
        decided[question] = told
        return told
    }

    private func tellsAsItWas(_ question: Question, _ indicator: Indicator) throws -> Bool {
        guard question.period.lastDay < today else { return false }
        // A share also tells what it is a share of.
        if let over = indicator.over.flatMap({ catalogue.indicators[$0] }),
            catalogue.protects(over), try !tells(question.asking(over.id), over)
        {
            return false
        }
        switch ToldPeriod(question.period, indicator) {
        case .half(let half):
            return try stands(question.asking(period: half), indicator)
        case .monthEnd(let last):
            let asked = question.asking(period: last)
            return try reading.structure.unitsAbove(asked, indicator).isEmpty
                && stands(asked, indicator)
        case .halves(let period):
            return try halves(period, indicator, question).allSatisfy {
                try tells(question.asking(period: $0), indicator)
            }
        case .part(let whole):
            let asked = question.asking(period: whole)
            guard reading.structure.unitsAbove(asked, indicator).isEmpty,
                try tells(asked, indicator)
            else { return false }
            return try isOpen(question.period, among: whole.parts, question, indicator)
        case nil: return false
        }
    }

    /// Whether it is not small, and told among the units below the one above.
    private func stands(_ question: Question, _ indicator: Indicator) throws -> Bool {
        guard try !guarded(question, indicator).contains(where: Suppression.isSmall) else {
            return false
        }
        let above = reading.structure.unitsAbove(question, indicator)
        // What is said of weeks or months together may say what each of them comes to.
        if indicator.isOfTimes {
            let times = try reading.reckoner.times(question, indicator)
            return above.isEmpty && !times.contains(where: Suppression.isSmall)
        }
        guard let parent = above.first else { return true }
        let asked = question.asking(unit: parent)
        guard above.count == 1, try tells(asked, indicator) else { return false }
        let parts = try breakdown(asked)
        let place = parts.units.firstIndex { $0.unit.unit == question.unit }
        return place.map { parts.told[$0] == .open } ?? false
    }

    private func isOpen(
        _ period: Period, among parts: [Period], _ question: Question, _ indicator: Indicator
    ) throws -> Bool {
        let told = Suppression.disclose(
            columns: try parts.map { try guarded(question.asking(period: $0), indicator) })
        let place = parts.firstIndex { $0.from == period.from }
        return place.map { told[$0] == .open } ?? false
    }

    private func guarded(_ question: Question, _ indicator: Indicator) throws -> [Int] {
        let wholes = wholes[indicator.id] ?? catalogue.wholes(of: indicator)
        self.wholes[indicator.id] = wholes
        return try reading.guarded(question, indicator, of: wholes)
    }

    // MARK: Today's map

    /// By today's map only what the reader has, or could add up, from what is told as it was:
    /// two maps would give away what was moved from one unit to another.
    private func tellsAsItIs(_ question: Question, _ indicator: Indicator) throws -> Bool {
        let asked = question.asking(.then)
        guard try tells(asked, indicator) else { return false }
        let (now, then) = (try reading.answer(question), try reading.answer(asked))
        if !now.hasValue || now == then { return true }
        guard !now.isRatio else { return false }
        var sum = 0
        for unit in reading.structure.wholePredecessors(of: question.unit) {
            let before = asked.asking(unit: unit)
            guard try tells(before, indicator) else { return false }
            let answer = try reading.answer(before)
            if answer.hasValue { sum += answer.numerator }
        }
        return sum == now.numerator
    }

    // MARK: Half-years

    /// The half-years of a period; too many to look at are none.
    private func halves(
        _ period: Period, _ indicator: Indicator, _ question: Question
    ) throws -> [Period] {
        guard let days = try days(indicator, question) else { return [] }
        return period.halves(recorded: days)
    }

    /// The days between which anything was recorded that the figure may count.
    private func days(_ indicator: Indicator, _ question: Question) throws -> ClosedRange<Day>? {
        if let known = recorded[indicator.id] { return known }
        let kinds = catalogue.kinds(behind: indicator).map(\.id)
        let days = try reading.reckoner.recordedDays(kinds, question)
        recorded[indicator.id] = .some(days)
        return days
    }
}

extension Reckoner {
    /// The first and the last day of any record of these kinds; nil where there is none.
    func recordedDays(_ kinds: [String], _ question: Question) throws -> ClosedRange<Day>? {
        let fact = Fact("f", asOf: question.position)
        let row = try db.first(
            """
            SELECT MIN(f.happened_on) AS first, MAX(f.happened_on) AS last FROM \(fact.source)
            WHERE f.kind IN (\(values: kinds)) AND \(fact.posted)
            """)
        guard let row, let first = try row.optional("first", as: Day.self),
            let last = try row.optional("last", as: Day.self)
        else { return nil }
        return first...last
    }
}

extension Structure {
    /// The unit and all whose past is counted whole as its own by today's map.
    func wholePredecessors(of unit: OrgUnit.ID) -> Set<OrgUnit.ID> {
        var found: Set<OrgUnit.ID> = []
        var open = [unit]
        while let next = open.popLast() {
            guard found.insert(next).inserted else { continue }
            open += (predecessors[next] ?? []).filter { $0.basis == .whole }.map(\.predecessor)
        }
        return found
    }
}

extension Access {
    /// Whether somebody who reads the records of a unit reads those behind a figure as well: of
    /// sealed kinds only who stands on their lists does.
    package func opens(_ indicator: Indicator, _ catalogue: Catalogue) -> Bool {
        let over = indicator.over.flatMap { catalogue.indicators[$0] }
        let kinds = [indicator, over].compactMap { $0 }.flatMap(catalogue.kinds(behind:))
        return kinds.allSatisfy(maySee)
    }
}
