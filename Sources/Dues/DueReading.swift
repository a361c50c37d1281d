import Catalogue
import Core
import Ledger
import Organization
import Storage
import Web

/// One look at what is due: for a reader's units, on a day, in one snapshot.
///
/// The units are those that `reach` puts below his today, as for everything he may read; what they
/// owe is asked for the days on which they stood.
struct DueReading {
    let district: District
    let structure: Structure
    /// The day it is asked for.
    let day: Day
    let today: Day
    /// The units that are looked at.
    let units: [OrgUnit.ID]
    /// Whether there are more units than are looked at.
    let isCut: Bool
    private let tops: [OrgUnit.ID]
    private let store: DueStore

    /// What one unit owes for one due.
    struct Line: Sendable {
        let due: Due
        let unit: UnitVersion
        let occurrence: Occurrence
        /// By what lists are sorted and leafed through: state, last day, due, unit, first day.
        let key: [String]
    }

    /// - Parameter code: a unit of the reader's, to look at alone with those below it.
    /// - Throws: `Refusal.notFound` for a unit that is not below his.
    init(
        _ district: District, _ db: Connection, access: Access, on day: Day? = nil,
        unit code: String? = nil
    ) throws {
        let today = district.now().day
        let structure = try district.structure(db)
        let day = day ?? today
        let store = DueStore(db: db, asOf: try Audit(db, key: district.key).position())
        var tops = access.units(.read).union(access.units(.write)).sorted()
            .map { OrgUnit.ID(trusted: $0) }
        var units = try store.units(below: tops, on: today)
        isCut = units.count > DueStore.unitLimit
        if let code {
            let mine = Set(units)
            guard
                let asked = structure.unit(code: code, on: day)
                    ?? structure.history(code: code).first, mine.contains(asked.unit)
            else { throw Refusal.notFound }
            tops = [asked.unit]
            units = try store.units(below: tops, on: today).filter(mine.contains)
        }
        self.district = district
        self.structure = structure
        self.day = day
        self.today = today
        self.units = Array(units.prefix(DueStore.unitLimit))
        self.tops = tops
        self.store = store
    }

    private var catalogue: Catalogue { district.catalogue }

    /// The dues whose records may be counted on a list.
    var openDues: [Due] {
        catalogue.duesInOrder.filter { catalogue.kinds[$0.kind]?.visibility != .sealed }
    }

    /// The dues of sealed kinds that some unit here owes on the day: of them it is told only that
    /// they are due.
    func sealedDues() throws -> [Due] {
        try catalogue.duesInOrder.filter { due in
            guard catalogue.kinds[due.kind]?.visibility == .sealed,
                let window = clock(due).window(on: day)
            else { return false }
            let scope = try scope(window)
            return units.contains { unit in
                (scope?.contains(unit) ?? true)
                    && clock(due).owed(in: window, stood: stood(unit, due)) != nil
            }
        }
    }

    func clock(_ due: Due) -> DueClock { DueClock(due, catalogue) }

    /// Whether a rule of the due is in force on the day.
    func holds(_ due: Due) -> Bool { catalogue.rule(of: due, on: day) != nil }

    /// What the units owe on the day: of each due the period the day lies in and what the one
    /// before it left undone.
    ///
    /// - Parameter ahead: whether the period after is told too, for calendars.
    func lines(_ dues: [Due], ahead: Bool = false) throws -> [Line] {
        let order = Dictionary(
            uniqueKeysWithValues: catalogue.duesInOrder.enumerated().map { ($1.id, $0) })
        var lines: [Line] = []
        func add(_ due: Due, _ unit: OrgUnit.ID, _ occurrence: Occurrence) {
            guard let version = structure.nearestVersion(unit, on: occurrence.latest) else {
                return
            }
            let state = Occurrence.State.allCases.firstIndex(of: occurrence.state) ?? 0
            lines.append(
                Line(
                    due: due, unit: version, occurrence: occurrence,
                    key: [
                        String(state), occurrence.latest.description,
                        String(10_000 + (order[due.id] ?? 0)), version.code,
                        occurrence.earliest.description,
                    ]))
        }
        for (due, windows) in try windows(dues, past: 2, ahead: ahead) {
            let current = windows.first { $0.contains(day) }
            try each(due, windows) { unit, window, occurrence in
                let isPast = current.map { window.to <= $0.from } ?? true
                if isPast, occurrence.state != .overdue { return }
                if !ahead, occurrence.state == .later { return }
                add(due, unit, occurrence)
            }
        }
        for due in dues where due.ends {
            try endings(due, ahead: ahead) { add(due, $0, $1) }
        }
        return lines.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }

    /// How many units owed a due in a past period, and how many of them did it.
    struct Past: Sendable {
        let window: DueWindow
        let owed: Int
        let kept: Int
    }

    /// The course of a due over its past periods, the newest last.
    func course(_ due: Due, periods: Int) throws -> [Past] {
        guard !due.ends else { return [] }
        var counts: [DueWindow: (owed: Int, kept: Int)] = [:]
        let all = try windows([due], past: periods, ahead: false)
        for (due, windows) in all {
            try each(due, windows) { _, window, occurrence in
                counts[window, default: (0, 0)].owed += 1
                if occurrence.state == .done { counts[window]?.kept += 1 }
            }
        }
        return all.flatMap(\.1).map { window in
            Past(
                window: window, owed: counts[window]?.owed ?? 0, kept: counts[window]?.kept ?? 0)
        }
    }

    // MARK: Reckoning

    private func windows(
        _ dues: [Due], past: Int, ahead: Bool
    ) throws -> [(due: Due, windows: [DueWindow])] {
        dues.filter { !$0.ends }.compactMap { due in
            let clock = clock(due)
            var windows = clock.windows(upTo: day, count: past)
            guard let last = windows.last else { return nil }
            if ahead, let next = clock.window(on: last.to) { windows.append(next) }
            return (due, windows)
        }
    }

    /// Every occurrence of a due's windows, unit by unit. What was done is read once for each kind.
    private func each(
        _ due: Due, _ windows: [DueWindow],
        _ body: (OrgUnit.ID, DueWindow, Occurrence) -> Void
    ) throws {
        guard let kind = catalogue.kinds[due.kind], let first = windows.first else { return }
        let done = try done(kind, since: first.from)[due.id] ?? [:]
        let with = try due.with.map { try stood($0) }
        let clock = clock(due)
        for window in windows {
            let scope = try scope(window)
            for unit in units where scope?.contains(unit) ?? true {
                var stretches = stood(unit, due)
                if let with { stretches = stretches.shared(with: with[unit] ?? []) }
                if let occurrence = clock.occurrence(
                    in: window, stood: stretches, done: done[unit] ?? [], on: day)
                {
                    body(unit, window, occurrence)
                }
            }
        }
    }

    private func endings(
        _ due: Due, ahead: Bool, _ body: (OrgUnit.ID, Occurrence) -> Void
    ) throws {
        guard case .ends(let notice, let term) = due.time, let kind = catalogue.kinds[due.kind],
            let rule = catalogue.rule(of: due, on: day),
            let days = catalogue.owed(notice, on: day)
        else { return }
        let months = term.flatMap { catalogue.months($0, on: day) }
        let scope = try rule.scope.map { try below($0) }
        let found = try store.endings(due, of: kind, below: tops, today: today)
        for unit in units where scope?.contains(unit) ?? true {
            let isOfForm = structure.version(unit, on: day).map { due.forms.contains($0.form) }
            guard isOfForm == true, let endings = found[unit] else { continue }
            for occurrence in endings.occurrences(
                notice: days, months: months, on: day, ahead: ahead ? Self.aheadDays : 0)
            {
                body(unit, occurrence)
            }
        }
    }

    /// So many days before it shows on a list, a calendar tells of what ends.
    private static let aheadDays = 92

    /// A row says much: with no more of them a page stays light on a phone.
    static let rowsPerPage = 60

    // MARK: What is read

    private let shelf = Shelf()

    /// Keeps what was read in this snapshot, so that each statement is sent once.
    private final class Shelf {
        var done: [String: (since: Day, days: [String: [OrgUnit.ID: [Occurrence.Done]]])] = [:]
        var stood: [String: [OrgUnit.ID: [Stretch]]] = [:]
        var below: [String: Set<OrgUnit.ID>] = [:]
    }

    private func done(
        _ kind: Kind, since first: Day
    ) throws -> [String: [OrgUnit.ID: [Occurrence.Done]]] {
        if let known = shelf.done[kind.id], known.since <= first { return known.days }
        let dues = catalogue.duesInOrder.filter { $0.kind == kind.id && !$0.ends }
        // All dues of the kind are read together, as far back as any of them needs.
        let since = dues.compactMap { clock($0).windows(upTo: day, count: 2).first?.from }
            .reduce(first, min)
        let days = try store.done(
            dues, of: kind, below: tops, min(since, day)...day, today: today)
        shelf.done[kind.id] = (since, days)
        return days
    }

    private func stood(_ kind: String) throws -> [OrgUnit.ID: [Stretch]] {
        if let known = shelf.stood[kind] { return known }
        let found = try store.stood(kind, below: tops, today: today)
        shelf.stood[kind] = found
        return found
    }

    /// The days on which a unit had one of the forms that owe a due.
    private func stood(_ unit: OrgUnit.ID, _ due: Due) -> [Stretch] {
        (structure.versions[unit] ?? []).filter { due.forms.contains($0.form) }
            .map { Stretch(from: $0.from, to: $0.to) }
    }

    /// The units for which the rule of a window was made; nil for all.
    private func scope(_ window: DueWindow) throws -> Set<OrgUnit.ID>? {
        try window.scope.map { try below($0) }
    }

    private func below(_ code: String) throws -> Set<OrgUnit.ID> {
        if let known = shelf.below[code] { return known }
        let unit = structure.unit(code: code, on: day) ?? structure.history(code: code).first
        let found = try unit.map { try store.everBelow($0.unit) } ?? []
        shelf.below[code] = found
        return found
    }
}
