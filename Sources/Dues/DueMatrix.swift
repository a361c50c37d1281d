import Catalogue
import Core
import Organization

/// Who did what: units as rows, dues in their periods as columns, in one snapshot.
struct DueMatrix {
    /// A due in one of its periods; of what comes to its end, as it stands.
    struct Column {
        let due: Due
        let period: Period?
        /// The last lawful day, where units differ the latest of them.
        let latest: Day
    }

    let columns: [Column]
    let tree: MatrixTree
    /// What each unit owes itself, by column.
    let occurrences: [OrgUnit.ID: [Occurrence?]]
    /// The units that left something undone in these periods and have ended since.
    let ended: [UnitVersion]

    /// What is asked of a reading.
    struct Question {
        let dues: [Due]
        /// The day whose periods are shown.
        let anchor: Day
        /// How many periods of each due are shown, up to that day.
        let periods: Int
        /// Only units that did not do something in so many periods one after another.
        let streak: Int?
        /// Whether what comes to its end is told as well.
        let hasEndings: Bool
    }

    /// One of the periods of a due at one place, and whether it is shown.
    fileprivate struct Window {
        let column: Int?
        let window: DueWindow
        var span: DueStore.Span
    }

    fileprivate struct Clock {
        let due: Due
        let clock: DueClock
        let units: [OrgUnit.ID]
        let windows: [Window]
    }

    fileprivate struct Key: Hashable {
        let due: String
        let period: String?
    }
}

extension DueReading {
    /// Reckons the matrix in one pass: a statement for each kind that is asked about.
    func matrix(_ question: DueMatrix.Question) throws -> DueMatrix {
        var keys: [DueMatrix.Key: Int] = [:]
        var named: [(due: Due, period: Period?)] = []
        func column(_ due: Due, _ period: Period?) -> Int {
            let key = DueMatrix.Key(due: due.id, period: period?.text)
            if let known = keys[key] { return known }
            keys[key] = named.count
            named.append((due, period))
            return named.count - 1
        }
        let clocks = clocks(question, column)
        var cells = MatrixCells()
        try fill(&cells, clocks, question)
        if question.hasEndings {
            for due in question.dues where due.ends {
                try endings(due, ahead: false) { unit, occurrence in
                    cells.add(occurrence, unit, column(due, nil))
                }
            }
        }
        let late = question.streak == nil ? nil : cells.streaks
        let units = cells.found.filter {
            structure.version($0.key, on: day) != nil && late?.contains($0.key) != false
        }
        // A column that nobody owes is left out; among several, the periods stand in their order.
        let used = named.indices.filter { index in units.values.contains { $0[index] != nil } }
            .sorted { one, other in
                let (left, right) = (named[one], named[other])
                guard left.due.id == right.due.id else { return one < other }
                return (left.period?.from ?? .first) < (right.period?.from ?? .first)
            }
        let occurrences = units.mapValues { found in used.map { found[$0] } }
        return DueMatrix(
            columns: used.enumerated().map { place, index in
                DueMatrix.Column(
                    due: named[index].due, period: named[index].period,
                    latest: occurrences.values.compactMap { $0[place]?.latest }.max() ?? day)
            },
            tree: tree(occurrences, columns: used.count), occurrences: occurrences,
            ended: ended(cells, question))
    }

    private func clocks(
        _ question: DueMatrix.Question, _ column: (Due, Period?) -> Int
    ) -> [DueMatrix.Clock] {
        let count = max(question.periods, question.streak.map { $0 + 1 } ?? 0)
        return question.dues.filter { !$0.ends }.flatMap { due in
            places.compactMap { place in
                let clock = DueClock(due, place.catalogue)
                let windows = clock.windows(upTo: question.anchor, count: count)
                guard !windows.isEmpty else { return nil }
                return DueMatrix.Clock(
                    due: due, clock: clock, units: place.units,
                    windows: windows.enumerated().map { index, window in
                        DueMatrix.Window(
                            column: index >= windows.count - question.periods
                                ? column(due, window.period) : nil,
                            window: window,
                            span: DueStore.Span(due: due.id, from: window.from, to: window.to))
                    })
            }
        }
    }

    private func fill(
        _ cells: inout MatrixCells, _ clocks: [DueMatrix.Clock], _ question: DueMatrix.Question
    ) throws {
        var done: [String: [OrgUnit.ID: [DueStore.Span: Int]]] = [:]
        for clock in clocks {
            guard let kind = catalogue.kinds[clock.due.kind] else { continue }
            if done[kind.id] == nil {
                var spans: [DueStore.Span: Due] = [:]
                for clock in clocks where clock.due.kind == kind.id {
                    for window in clock.windows { spans[window.span] = clock.due }
                }
                let asked = spans.map { (span: $0.key, due: $0.value) }
                    .sorted { ($0.span.due, $0.span.from) < ($1.span.due, $1.span.from) }
                done[kind.id] = try store.amounts(
                    asked, of: kind, below: tops, through: day, today: today)
            }
            let amounts = done[kind.id] ?? [:]
            let with = try clock.due.with.map { try stood($0) }
            for unit in clock.units {
                var stretches = stood(unit, clock.due)
                guard !stretches.isEmpty else { continue }
                if let with { stretches = stretches.shared(with: with[unit] ?? []) }
                var states: [(window: DueWindow, state: Occurrence.State?)] = []
                for window in clock.windows {
                    let amount = amounts[unit]?[window.span] ?? 0
                    let occurrence = clock.clock.occurrence(
                        in: window.window, stood: stretches,
                        done: amount > 0 ? [Occurrence.Done(window.window.from, amount)] : [],
                        on: day)
                    states.append((window.window, occurrence?.state))
                    if let occurrence, let column = window.column {
                        cells.add(occurrence, unit, column)
                    }
                }
                if let streak = question.streak, DueStreak.length(states, on: day) >= streak {
                    cells.streaks.insert(unit)
                }
            }
        }
    }

    /// Where each unit that owes something stands: below the nearest of those above it here.
    private func tree(
        _ occurrences: [OrgUnit.ID: [Occurrence?]], columns: Int
    ) -> MatrixTree {
        let here = Set(units)
        let place = MatrixPlace(structure, units: here, on: today) { catalogue.forms[$0]?.axis }
        return MatrixTree(
            columns: columns, tops: place.tops, below: place.below,
            own: occurrences.mapValues { $0.map { $0.map(DueCount.init) ?? .nothing } },
            seated: place.seated)
    }

    private func ended(_ cells: MatrixCells, _ question: DueMatrix.Question) -> [UnitVersion] {
        cells.found.filter { unit, found in
            structure.version(unit, on: day) == nil
                && found.values.contains { $0.state != .done }
        }.compactMap { structure.nearestVersion($0.key, on: day) }
            .sorted { ($0.code, $0.name) < ($1.code, $1.name) }
    }
}

/// What was found, unit by unit and column by column.
private struct MatrixCells {
    var found: [OrgUnit.ID: [Int: Occurrence]] = [:]
    /// The units that left a due undone for as long as was asked.
    var streaks: Set<OrgUnit.ID> = []

    /// Of several things that a unit owes in a column, the most pressing speaks for all.
    mutating func add(_ occurrence: Occurrence, _ unit: OrgUnit.ID, _ column: Int) {
        if let known = found[unit]?[column], known.state <= occurrence.state { return }
        found[unit, default: [:]][column] = occurrence
    }
}

/// In how many periods one after another something was left undone.
package enum DueStreak {
    /// - Parameter windows: with how a unit stands in each, nil where it owed nothing; the newest
    ///   last. One that is not over counts only when it is done: that ends the row.
    package static func length(
        _ windows: [(window: DueWindow, state: Occurrence.State?)], on day: Day
    ) -> Int {
        var length = 0
        for (window, state) in windows.reversed() {
            if state == .done { break }
            if day < window.to { continue }
            guard state != nil else { break }
            length += 1
        }
        return length
    }
}
