import Core
import Organization
import Storage

/// A table that a level above asks for, or that a level asks of its own units: who asks, on what
/// ground, how often and until when, and which unit's office fills it.
package struct DeskTable: Sendable {
    package typealias ID = Core.ID<DeskTable>

    package enum State: String, Sendable, CaseIterable {
        /// Its rows or columns are not all known.
        case marking
        case filling
        /// Not on the yearly list, and sent back with the rule.
        case declined
    }

    /// What its head says.
    package struct Said: Sendable, Hashable {
        package var title: String
        package var issuer: String
        package var document: String?
        package var basis: String?
        package var isListed: Bool

        package init(
            title: String, issuer: String, document: String? = nil, basis: String? = nil,
            isListed: Bool
        ) {
            self.title = title
            self.issuer = issuer
            self.document = document
            self.basis = basis
            self.isListed = isListed
        }
    }

    /// Where the units stand in its sheet; rows and columns count from one.
    package struct Layout: Sendable, Hashable {
        package let sheet: String
        package let rows: ClosedRange<Int>
        package let unitColumn: Int

        package init(sheet: String, rows: ClosedRange<Int>, unitColumn: Int) {
            self.sheet = sheet
            self.rows = rows
            self.unitColumn = unitColumn
        }
    }

    package let id: ID
    /// The unit whose office fills it, or asks for it.
    package let unit: OrgUnit.ID
    package let said: Said
    package let rhythm: Rhythm
    /// The period of a table that is filled once.
    package let onlyPeriod: String?
    /// How many days after its period it is due.
    package let dueDays: Int
    /// The last day on which it may be asked for.
    package let lastOn: Day?
    package let state: State
    /// Whether it is asked of one's own units, and has no file of somebody else.
    package let isOwn: Bool
    package let layout: Layout?
    package let declinedFor: String?
    package let madeAt: Moment

    /// How often it is asked for, and until when.
    package struct Terms: Sendable, Hashable {
        let rhythm: Rhythm
        let onlyPeriod: String?
        let dueDays: Int
        let lastOn: Day?

        package init(
            _ rhythm: Rhythm, onlyPeriod: String? = nil, dueDays: Int, lastOn: Day? = nil
        ) {
            self.rhythm = rhythm
            self.onlyPeriod = onlyPeriod
            self.dueDays = dueDays
            self.lastOn = lastOn
        }
    }

    package init(
        unit: OrgUnit.ID, said: Said, _ terms: Terms, isOwn: Bool = false, at moment: Moment
    ) {
        id = .make()
        self.unit = unit
        self.said = said
        rhythm = terms.rhythm
        onlyPeriod = terms.onlyPeriod
        dueDays = terms.dueDays
        lastOn = terms.lastOn
        state = isOwn ? .filling : .marking
        self.isOwn = isOwn
        layout = nil
        declinedFor = nil
        madeAt = moment
    }

    init(_ row: Row) throws {
        id = try row.get("id")
        unit = try row.get("unit_id")
        said = Said(
            title: try row.get("title"), issuer: try row.get("issuer"),
            document: try row.optional("document"), basis: try row.optional("basis"),
            isListed: try row.get("on_list", as: Int.self) == 1)
        rhythm = Rhythm(rawValue: try row.get("rhythm")) ?? .month
        onlyPeriod = try row.optional("only_period")
        dueDays = try row.get("due_days")
        lastOn = try row.optional("last_on")
        state = State(rawValue: try row.get("state")) ?? .marking
        isOwn = try row.get("is_own", as: Int.self) == 1
        if let sheet = try row.optional("sheet", as: String.self),
            let first = try row.optional("first_row", as: Int.self),
            let last = try row.optional("last_row", as: Int.self), first <= last
        {
            layout = Layout(
                sheet: sheet, rows: first...last,
                unitColumn: try row.optional("unit_column") ?? 1)
        } else {
            layout = nil
        }
        declinedFor = try row.optional("declined_for")
        madeAt = try row.get("made_at")
    }

    /// The last lawful day for a period.
    package func dueOn(_ period: Period) -> Day { period.lastDay + dueDays }

    /// Whether it may be asked for on a day.
    package func isAsked(on day: Day) -> Bool { lastOn.map { day <= $0 } ?? true }
}

/// How often a table is filled.
package enum Rhythm: String, Sendable, CaseIterable {
    case month, quarter, half, year, once

    /// How often in a year: the load of a table that is filled once counts once.
    package var timesAYear: Int {
        switch self {
        case .month: 12
        case .quarter: 4
        case .half: 2
        case .year, .once: 1
        }
    }

    /// The period in which a day lies; nil for a table that is filled once.
    package func period(of day: Day) -> Period? {
        switch self {
        case .month: Period(String(day.description.prefix(7)))
        case .quarter: Period("\(day.year)-Q\((day.month + 2) / 3)")
        case .half: Period("\(day.year)-H\(day.month <= 6 ? 1 : 2)")
        case .year: Period("\(day.year)")
        case .once: nil
        }
    }

    /// Whether a period is one of its own.
    package func fits(_ period: Period) -> Bool {
        switch self {
        case .month: period.shape == .month
        case .quarter: period.shape == .quarter
        case .half: period.shape == .half
        case .year: period.shape == .year
        case .once: true
        }
    }
}

extension DeskTable {
    /// So many periods are offered, the newest first.
    static let periodsOffered = 8

    /// The period that is filled now: the latest that is over, of a table that is no longer asked
    /// for the last one.
    package func period(today: Day) -> Period? {
        onlyPeriod.flatMap { Period($0) }
            ?? rhythm.period(of: min(today, lastOn ?? today))?.previous
    }

    /// The periods that may be filled, the newest first: the one under way and those before it.
    func periods(today: Day) -> [Period] {
        guard let current = rhythm.period(of: min(today, lastOn ?? today)) else {
            return [period(today: today)].compactMap { $0 }
        }
        var periods = [current]
        while periods.count < Self.periodsOffered, let before = periods.last?.previous {
            periods.append(before)
        }
        return periods
    }
}
