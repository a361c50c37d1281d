import Catalogue
import Core
import Ledger
import Organization
import Web

/// A year as squares, one for each day, by how much happened.
struct CalendarYearPage: Page, Pictured {
    static let template = "boards/calendar_year"

    let title: String
    let subtitle: String
    let frame: ChartFrame?
    let empty: String?
    let previous: Link?
    let next: Link?
    let months: [Month]

    struct Month: Sendable {
        let name: String
        let href: String
        let amount: String
    }

    var frames: [ChartFrame] { [frame].compactMap { $0 } }

    /// - Parameter asked: the unit and the kind; the month of it is passed over.
    init(_ year: Int, _ asked: AskedMonth, _ snapshot: Snapshot) throws {
        let (words, language) = (snapshot.words, snapshot.language)
        guard let period = Period(String(year)) else { throw Refusal.notFound }
        let version = try asked.version(on: min(period.lastDay, snapshot.today), snapshot)
        let store = version.map {
            RecordDays(
                db: snapshot.db, unit: $0.unit, snapshot.structure,
                scope: snapshot.district.publicScope, asOf: snapshot.reading.position)
        }
        let days = (0..<(period.to.number - period.from.number)).map { period.from + $0 }
        var counts: [Day: Int] = [:]
        for count in try store?.counts(days) ?? [] { counts[count.day, default: 0] += count.amount }
        let address = Address.calendar.with("unit", version?.code)
        title = words["calendar_title", ["month": period.words[language]]]
        subtitle = version.map { words.withCode($0) } ?? words["home_no_units"]
        empty = counts.isEmpty ? words["calendar_empty"] : nil
        frame = counts.isEmpty ? nil : try Self.frame(year, counts, snapshot)
        let newest = snapshot.newestDay ?? snapshot.today
        let first = try store?.first() ?? newest
        previous =
            first < period.from
            ? Link(
                words["calendar_previous", ["month": Self.name(year - 1, words)]],
                address.with("year", String(year - 1))) : nil
        next =
            max(newest, snapshot.today) >= period.to
            ? Link(
                words["calendar_next", ["month": Self.name(year + 1, words)]],
                address.with("year", String(year + 1))) : nil
        months = period.months.map { month in
            let own = AskedMonth.month(of: month)
            let amount = counts.filter { own.contains($0.key) }.reduce(0) { $0 + $1.value }
            return Month(
                name: own.words[language], href: address.with("month", own.text).text,
                amount: amount.grouped)
        }
    }

    private static func name(_ year: Int, _ words: Words) -> String {
        Period(String(year))?.words[words.language] ?? String(year)
    }

    private static func frame(
        _ year: Int, _ counts: [Day: Int], _ snapshot: Snapshot
    ) throws -> ChartFrame {
        let words = snapshot.words
        let chart = YearChart(
            title: words["calendar_year_title", ["year": String(year)]], year: year,
            counts: counts
        ) { month in
            words["compare_month", ["month": String(month)]]
        } words: { day, count in
            words["calendar_day_label", ["day": day.description, "count": count.grouped]]
        }
        let busiest = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
        var table = TableFile(
            words["calendar_year_title", ["year": String(year)]],
            [.text(words["course_month"]), .number(words["calendar_entries"])])
        for (day, count) in counts.sorted(by: { $0.key < $1.key }) {
            try table.add([.text(day.description), .exact(String(count))])
        }
        return ChartFrame(
            "year",
            finding: words[
                "calendar_year_finding",
                [
                    "day": busiest?.key.description ?? "",
                    "count": (busiest?.value ?? 0).grouped,
                    "days": counts.filter { $0.value > 0 }.count.grouped,
                ]], what: words["calendar_year_what"], chart.drawings,
            data: table, snapshot.takeAway, words)
    }
}
