import Catalogue
import Core
import Ledger
import Web

/// Writes the places of the table of a month.
struct CalendarWriter {
    let counts: [Day: [RecordDays.Count]]
    /// The calendar of the unit and kind asked for.
    let address: Address
    let chosen: Day?
    let snapshot: Snapshot

    private var words: Words { snapshot.words }

    /// Weeks from Monday to Sunday that hold a day of the month.
    func weeks(_ period: Period) -> [CalendarPage.Week] {
        stride(from: period.from.monday.number, to: period.to.number, by: 7).map { monday in
            CalendarPage.Week(
                days: (0..<7).map { place in
                    let day = Day(number: monday + place)
                    return period.contains(day) ? cell(day) : blank
                })
        }
    }

    private var blank: CalendarPage.Cell {
        CalendarPage.Cell(
            number: nil, date: "", look: "outside", mark: nil, amount: nil, href: "", label: "",
            counts: [], moreKinds: nil)
    }

    private func cell(_ day: Day) -> CalendarPage.Cell {
        let own = counts[day] ?? []
        let amount = own.reduce(0) { $0 + $1.amount }
        let all = totals(own) { address.with("day", day.description).with("kind", $0) }
        let shown = all.prefix(CalendarPage.kindsPerDay)
        let calendar = snapshot.catalogue.calendar
        let works = calendar.isWorkingDay(day)
        let mark =
            calendar.holiday(day)?[words.language]
            ?? (works && day.weekday > 5 ? words["calendar_swapped"] : nil)
        let label = words[
            "calendar_day_label", ["day": day.description, "count": amount.grouped]]
        return CalendarPage.Cell(
            number: String(day.parts.day), date: day.description,
            look: (works ? "working" : "off") + (day == chosen ? " chosen" : ""), mark: mark,
            amount: amount > 0 ? words["calendar_count", ["count": amount.grouped]] : nil,
            href: address.with("day", day.description).text + "#day", label: label,
            counts: Array(shown),
            moreKinds: all.count > shown.count
                ? words["calendar_more", ["count": String(all.count - shown.count)]] : nil)
    }

    /// How many entries of each kind, the largest number first.
    func totals(
        _ counts: [RecordDays.Count], _ link: (String) -> Address
    ) -> [CalendarPage.Total] {
        var amounts: [String: Int] = [:]
        for count in counts { amounts[count.kind, default: 0] += count.amount }
        return amounts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { kind, amount in
            CalendarPage.Total(
                kindName: snapshot.catalogue.kinds[kind]?.name[words.language] ?? kind,
                kindAmount: amount.grouped, kindHref: link(kind).text)
        }
    }
}
