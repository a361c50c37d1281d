import Catalogue
import Core
import Ledger
import Organization
import Storage
import Web

/// One look at what is due: for a reader's units, on a day, in one snapshot.
///
/// The units are those below theirs today, on whatever tree, as for everything they may read and
/// write; what they owe is asked for the days on which they stood, by the rules made for where they
/// stand.
struct DueReading {
    let district: District
    let structure: Structure
    /// The day it is asked for.
    let day: Day
    let today: Day
    /// The units that are looked at.
    let units: [OrgUnit.ID]
    /// Every unit that the reader's rights reach, also where only some are looked at.
    let mine: Set<OrgUnit.ID>
    /// Whether there are more units than are looked at.
    let isCut: Bool
    let tops: [OrgUnit.ID]
    /// The unit that is looked at alone with those below it.
    let asked: UnitVersion?
    let store: DueStore

    /// What one unit owes for one due.
    struct Line: Sendable {
        let due: Due
        let unit: UnitVersion
        let occurrence: Occurrence
        /// By what lists are sorted and leafed through: state, last day, due, unit, first day.
        let key: [String]
    }

    /// - Parameter code: a unit of the reader's, to look at alone with those below it.
    /// - Throws: `Refusal.notFound` for a unit that is not below theirs.
    init(
        _ district: District, _ db: Connection, access: Access, on day: Day? = nil,
        unit code: String? = nil
    ) throws {
        let today = district.now().day
        let structure = try district.structure(db)
        let day = day ?? today
        let store = DueStore(db: db, asOf: try Audit(db, key: district.key).position())
        var tops = structure.heads(
            access.units(.read).union(access.units(.write)), on: today)
        var units = try store.units(below: tops, on: today)
        isCut = units.count > DueStore.unitLimit
        let mine = Set(units)
        let asked = try code.map { try Self.unit($0, on: day, among: mine, structure) }
        if let asked {
            tops = structure.heads([asked.unit], on: today)
            units = try store.units(below: tops, on: today).filter(mine.contains)
        }
        self.mine = mine
        self.asked = asked
        self.district = district
        self.structure = structure
        self.day = day
        self.today = today
        self.units = Array(units.prefix(DueStore.unitLimit))
        self.tops = tops
        self.store = store
    }

    /// The unit of the reader's that a text means.
    ///
    /// - Throws: `Refusal.notFound` for one that is not theirs, `Refusal.invalid` for a text that
    ///   names none or several.
    private static func unit(
        _ text: String, on day: Day, among mine: Set<OrgUnit.ID>, _ structure: Structure
    ) throws(Refusal) -> UnitVersion {
        var units = UnitReading(structure, on: day)
        units.reachesBack = true
        units.among = mine
        if let unit = units.read(text).unit { return unit }
        let coded = structure.unit(code: text, on: day) ?? structure.history(code: text).first
        guard coded == nil, structure.unit(naming: text, on: day) == nil else { throw .notFound }
        return try units.unit(text)
    }

    var catalogue: Catalogue { district.catalogue }

    /// The dues whose records may be counted on a list.
    var openDues: [Due] {
        catalogue.duesInOrder.filter { catalogue.kinds[$0.kind]?.visibility != .sealed }
    }

    /// The dues of sealed kinds that some unit here owes on the day: of them it is told only that
    /// they are due.
    func sealedDues() -> [Due] {
        catalogue.duesInOrder.filter { due in
            guard catalogue.kinds[due.kind]?.visibility == .sealed else { return false }
            return places.contains { place in
                let clock = DueClock(due, place.catalogue)
                guard let window = clock.window(on: day) else { return false }
                return place.units.contains {
                    clock.owed(in: window, stood: stood($0, due)) != nil
                }
            }
        }
    }

    /// Units for which the same values of rules hold, and the catalogue as it holds there.
    struct Place {
        let catalogue: Catalogue
        let units: [OrgUnit.ID]
    }

    /// The units by where they stand: most rules hold everywhere, some for what is below a bureau.
    var places: [Place] {
        if let known = shelf.places { return known }
        let named = catalogue.scopes
        var order: [[String]] = []
        var units: [[String]: [OrgUnit.ID]] = [:]
        for unit in self.units {
            let scopes =
                named.isEmpty
                ? [] : structure.codes(from: unit, on: day).filter(named.contains)
            if units[scopes] == nil { order.append(scopes) }
            units[scopes, default: []].append(unit)
        }
        let found = order.map {
            Place(catalogue: catalogue.holding(in: $0), units: units[$0] ?? [])
        }
        shelf.places = found
        return found
    }

    /// The catalogue as it holds for a unit.
    func catalogue(of unit: OrgUnit.ID) -> Catalogue {
        let named = catalogue.scopes
        return catalogue.holding(
            in: structure.codes(from: unit, on: day).filter(named.contains))
    }

    /// The calendars of a due, one for each place where a rule of it is in force on the day.
    func clocks(_ due: Due) -> [DueClock] {
        places.filter { $0.catalogue.rule(of: due, on: day) != nil }
            .map { DueClock(due, $0.catalogue) }
    }

    /// Whether a rule of the due is in force on the day for some of the units.
    func holds(_ due: Due) -> Bool { !clocks(due).isEmpty }

    /// The rule of a due for the first of the units for which one is in force on the day.
    func rule(of due: Due) -> Rule? {
        places.lazy.compactMap { $0.catalogue.rule(of: due, on: day) }.first
    }

    /// What the units owe on the day: of each due the period the day lies in and what the one
    /// before it left undone.
    ///
    /// - Parameter ahead: whether the period after is told too, for calendars.
    func lines(_ dues: [Due], ahead: Bool = false) throws -> [Line] {
        try unsorted(dues, ahead: ahead).sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }

    /// The same in no order, for who only counts or sorts anew: a district has thousands.
    func unsorted(_ dues: [Due], ahead: Bool = false) throws -> [Line] {
        let order = Dictionary(
            uniqueKeysWithValues: catalogue.duesInOrder.enumerated().map { ($1.id, $0) })
        var lines: [Line] = []
        func add(_ due: Due, _ unit: OrgUnit.ID, _ occurrence: Occurrence) {
            guard structure.version(unit, on: day) != nil else {
                if occurrence.state == .overdue { shelf.ended.insert(unit) }
                return
            }
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
        for due in dues where !due.ends {
            for place in places {
                let windows = windows(due, place, past: 2, ahead: ahead)
                let current = windows.first { $0.contains(day) }
                try each(due, place, windows) { unit, window, occurrence in
                    let isPast = current.map { window.to <= $0.from } ?? true
                    if isPast, occurrence.state != .overdue { return }
                    if !ahead, occurrence.state == .later { return }
                    add(due, unit, occurrence)
                }
            }
        }
        for due in dues where due.ends {
            try endings(due, ahead: ahead) { add(due, $0, $1) }
        }
        return lines
    }

    /// The units that no longer stood on the day and left something undone, of what was listed.
    var endedOwing: Int { shelf.ended.count }

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
        for place in places {
            let windows = windows(due, place, past: periods, ahead: false)
            for window in windows where counts[window] == nil { counts[window] = (0, 0) }
            try each(due, place, windows) { _, window, occurrence in
                counts[window]?.owed += 1
                if occurrence.state == .done { counts[window]?.kept += 1 }
            }
        }
        return counts.sorted { ($0.key.from, $0.key.times) < ($1.key.from, $1.key.times) }
            .suffix(periods)
            .map { Past(window: $0.key, owed: $0.value.owed, kept: $0.value.kept) }
    }

    // MARK: Reckoning

    private func windows(_ due: Due, _ place: Place, past: Int, ahead: Bool) -> [DueWindow] {
        let clock = DueClock(due, place.catalogue)
        var windows = clock.windows(upTo: day, count: past)
        guard let last = windows.last else { return [] }
        if ahead, let next = clock.window(on: last.to) { windows.append(next) }
        return windows
    }

    /// Every occurrence of a due's windows, unit by unit. What was done is read once for each kind.
    private func each(
        _ due: Due, _ place: Place, _ windows: [DueWindow],
        _ body: (OrgUnit.ID, DueWindow, Occurrence) -> Void
    ) throws {
        guard let kind = catalogue.kinds[due.kind], let first = windows.first else { return }
        let done = try done(kind, since: first.from)[due.id] ?? [:]
        let with = try due.with.map { try stood($0) }
        let clock = DueClock(due, place.catalogue)
        for window in windows {
            for unit in place.units {
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

    func endings(
        _ due: Due, ahead: Bool, _ body: (OrgUnit.ID, Occurrence) -> Void
    ) throws {
        guard case .ends(let notice, let term) = due.time, holds(due),
            let kind = catalogue.kinds[due.kind]
        else { return }
        let found = try store.endings(due, of: kind, below: tops, today: today)
        for place in places {
            guard place.catalogue.rule(of: due, on: day) != nil,
                let days = place.catalogue.owed(notice, on: day)
            else { continue }
            let length = term.flatMap { place.catalogue.length($0, on: day) }
            for unit in place.units {
                let isOfForm = structure.version(unit, on: day)
                    .map { due.forms.contains($0.form) }
                guard isOfForm == true, let endings = found[unit] else { continue }
                for occurrence in endings.occurrences(
                    notice: days, term: length, on: day, ahead: ahead ? Self.aheadDays : 0)
                {
                    body(unit, occurrence)
                }
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
        var stood: [String: [OrgUnit.ID: [DayRange]]] = [:]
        var places: [Place]?
        var ended: Set<OrgUnit.ID> = []
    }

    private func done(
        _ kind: Kind, since first: Day
    ) throws -> [String: [OrgUnit.ID: [Occurrence.Done]]] {
        if let known = shelf.done[kind.id], known.since <= first { return known.days }
        let dues = catalogue.duesInOrder.filter { $0.kind == kind.id && !$0.ends }
        // All dues of the kind are read together, as far back as any of them needs.
        let since = places.flatMap { place in
            dues.compactMap {
                DueClock($0, place.catalogue).windows(upTo: day, count: 2).first?.from
            }
        }.reduce(first, min)
        let days = try store.done(
            dues, of: kind, below: tops, min(since, day)...day, today: today)
        shelf.done[kind.id] = (since, days)
        return days
    }

    func stood(_ kind: String) throws -> [OrgUnit.ID: [DayRange]] {
        if let known = shelf.stood[kind] { return known }
        let found = try store.stood(kind, below: tops, today: today)
        shelf.stood[kind] = found
        return found
    }

    /// The days on which a unit had one of the forms that owe a due.
    func stood(_ unit: OrgUnit.ID, _ due: Due) -> [DayRange] {
        (structure.versions[unit] ?? []).filter { due.forms.contains($0.form) }
            .map { DayRange(from: $0.from, to: $0.to) }
    }
}
