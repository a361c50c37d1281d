import Catalogue
import Core
import Ledger
import Organization
import Web

/// A month as a table of weeks, with what happened on each day.
struct CalendarPage: Page {
    static let template = "boards/calendar"

    let title: String
    let subtitle: String
    let action: String
    let unitPick: Picker
    let monthText: String
    let select: Select
    let previous: Link?
    let next: Link?
    /// The year of the month as a whole.
    let wholeYear: Link
    /// The holidays of this year are not loaded.
    let warning: String?
    /// That nothing happened, and what to do.
    let empty: String?
    let weekdays: [String]
    let weeks: [Week]
    let totals: Listed<Total>?
    let dayPart: DayPart?

    struct Week: Sendable {
        let days: [Cell]
    }

    /// One place of the table; without a number outside the month.
    struct Cell: Sendable {
        let number: String?
        let date: String
        let look: String
        /// The holiday, or that the weekend day is worked.
        let mark: String?
        let amount: String?
        let href: String
        let label: String
        let counts: [Total]
        let moreKinds: String?
    }

    /// How many entries of a kind.
    struct Total: Sendable {
        let kindName: String
        let kindAmount: String
        let kindHref: String
    }

    /// The most kinds named in one day of the table.
    static let kindsPerDay = 3

    init(_ asked: AskedMonth, _ keyset: Keyset, _ snapshot: Snapshot) throws {
        let (words, language) = (snapshot.words, snapshot.language)
        let period = try asked.period(snapshot)
        let version = try asked.version(on: period.lastDay, snapshot)
        let scope = try asked.scope(snapshot)
        let month = String(period.from.description.prefix(7))
        title = words["calendar_title", ["month": period.words[language]]]
        subtitle = version.map { words.withCode($0) } ?? words["home_no_units"]
        action = Address.calendar.text
        unitPick = .unit(snapshot.structure, on: period.lastDay, chosen: version, words)
        monthText = month
        select = CalendarPage.select(asked, snapshot)
        warning =
            snapshot.catalogue.calendar.unknownYears(period).isEmpty
            ? nil : words["calendar_unknown", ["year": String(period.from.year)]]
        weekdays = (1...7).map { words["weekday_\($0)"] }
        let address = Address.calendar.with("unit", version?.code).with("kind", asked.kind)
        let store = version.map {
            RecordDays(
                db: snapshot.db, unit: $0.unit, snapshot.structure, scope: scope,
                asOf: snapshot.reading.position)
        }
        let days = (0..<(period.to.number - period.from.number)).map { period.from + $0 }
        let counts = try store?.counts(days) ?? []
        let writer = CalendarWriter(
            counts: Dictionary(grouping: counts, by: \.day), address: address, chosen: asked.day,
            snapshot: snapshot)
        weeks = writer.weeks(period)
        totals = Listed(
            writer.totals(counts) {
                address.with("month", month).with("kind", $0)
            })
        empty = counts.isEmpty ? words["calendar_empty"] : nil
        let bounds = try store.map { try CalendarPage.bounds($0, snapshot) }
        previous = bounds.flatMap { $0.first < period.from ? period.from - 1 : nil }.map {
            CalendarPage.link("calendar_previous", $0, address, words)
        }
        next = bounds.flatMap { period.to <= $0.last ? period.to : nil }.map {
            CalendarPage.link("calendar_next", $0, address, words)
        }
        wholeYear = Link(
            words["calendar_whole_year", ["year": String(period.from.year)]],
            Address.calendar.with("unit", version?.code)
                .with("year", String(period.from.year)))
        dayPart = try asked.day.flatMap { day in
            try store.map { try DayPart(day, $0, keyset, address, snapshot) }
        }
    }

    /// The days between which leafing makes sense: from the first that anything happened on to
    /// the newest, or today.
    private static func bounds(
        _ store: RecordDays, _ snapshot: Snapshot
    ) throws -> (first: Day, last: Day) {
        let newest = snapshot.newestDay ?? snapshot.today
        return (try store.first() ?? newest, max(newest, snapshot.today))
    }

    private static func link(
        _ word: String, _ day: Day, _ address: Address, _ words: Words
    ) -> Link {
        let period = AskedMonth.month(of: day)
        return Link(
            words[word, ["month": period.words[words.language]]],
            address.with("month", period.text))
    }

    private static func select(_ asked: AskedMonth, _ snapshot: Snapshot) -> Select {
        let kinds = snapshot.catalogue.kinds.values.filter { $0.visibility == .public }.inOrder
        return Select(
            name: "kind", label: snapshot.words["calendar_kind"], chosen: asked.kind ?? "",
            options: [(value: "", label: snapshot.words["calendar_all_kinds"])]
                + kinds.map { (value: $0.id, label: $0.name[snapshot.language]) })
    }
}

/// The entries of one day.
struct DayPart: Sendable {
    let heading: String
    let dayEmpty: String?
    let records: Listed<EntryLine>?
    let closed: String?
    let pager: Pager?

    init(
        _ day: Day, _ store: RecordDays, _ keyset: Keyset, _ address: Address,
        _ snapshot: Snapshot
    ) throws {
        let words = snapshot.words
        let last = keyset.after.map { (kind: $0.parts[0], id: $0.parts[1]) }
        let found = try store.records(on: day, after: last, limit: keyset.fetch)
        let (shown, next) = keyset.cut(found) { [$0.kind, $0.id.text] }
        let weekday = words["weekday_\(day.weekday)"]
        heading = words["calendar_day", ["day": day.description, "weekday": weekday]]
        let lines = shown.map { EntryLine($0, snapshot) }
        records = Listed(lines)
        dayEmpty = lines.isEmpty ? words["calendar_day_empty"] : nil
        closed = lines.contains { $0.href == nil } ? words["entries_closed"] : nil
        pager = keyset.pager(next: next, at: address.with("day", day.description))
    }
}
