import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Web

/// GET /calendar?month=2015-05&unit=CODE&kind=ID&day=2015-05-04. For everybody: how many public
/// entries there are for each day of a month in a unit and below it, and those of one day; with
/// `year=2015` those of a year.
struct ShowCalendar: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let asked = AskedMonth(
            month: try query.text("month"), day: try query.day("day"),
            unit: try query.written("unit"), kind: try query.text("kind"))
        let keyset = try Keyset(query, parts: 2)
        if let text = try query.text("year") {
            guard let year = Int(text), AskedMonth.years.contains(year) else {
                throw Refusal.invalid(
                    "year", zh: "“\(text)”不是年份，请写如 2015。",
                    en: "“\(text)” is not a year: write one such as 2015.")
            }
            return try await board.show(context) { snapshot in
                BoardSheet(page: try CalendarYearPage(year, asked, snapshot), trail: [])
            }
        }
        return try await board.show(context) { snapshot in
            BoardSheet(page: try CalendarPage(asked, keyset, snapshot), trail: [])
        }
    }
}

/// What a reader asked for, as it was written.
struct AskedMonth: Sendable {
    let month: String?
    let day: Day?
    let unit: String?
    let kind: String?

    /// The month: the one written, else that of the day, else the newest with anything in it.
    func period(_ snapshot: Snapshot) throws(Refusal) -> Period {
        if let month {
            guard let period = Period.read(month, today: snapshot.today), period.shape == .month
            else { throw .invalid([AskedMonth.unread(month, snapshot)]) }
            if let day, !period.contains(day) { return AskedMonth.month(of: day) }
            return period
        }
        if let day { return AskedMonth.month(of: day) }
        return AskedMonth.month(of: snapshot.newestDay ?? snapshot.today)
    }

    /// What is said of a text that is no month, with the newest months.
    private static func unread(_ text: String, _ snapshot: Snapshot) -> Fault {
        var months = [month(of: snapshot.newestDay ?? snapshot.today)]
        if let read = Period.read(text, today: snapshot.today) {
            months = [month(of: read.from), month(of: min(read.lastDay, snapshot.today))] + months
        }
        var seen: Set<String> = []
        return Fault(
            Wording(zh: "月份", en: "Month"), at: "month",
            zh: "“\(text)”不是一个月份，可以写 2015年5月、5月、上个月、2015-05。",
            en: "“\(text)” is not a month: write May 2015, last month or 2015-05."
        ).near(
            months.filter { seen.insert($0.text).inserted }
                .map { Fault.Near($0.text, $0.words) })
    }

    /// The years that can be asked for.
    static let years = 1949...2200

    static func month(of day: Day) -> Period {
        Period(String(day.description.prefix(7))) ?? .day(day)
    }

    /// The unit with the code on the last day, else the newest that ever had it.
    func version(on day: Day, _ snapshot: Snapshot) throws(Refusal) -> UnitVersion? {
        guard let unit else { return snapshot.root }
        if let coded = snapshot.structure.unit(code: unit, on: day)
            ?? snapshot.structure.history(code: unit).first
        {
            return coded
        }
        var units = UnitReading(snapshot.structure, on: day)
        units.reachesBack = true
        return try units.unit(unit)
    }

    /// The kinds that are counted: public ones only, whatever is asked for.
    func scope(_ snapshot: Snapshot) throws(Refusal) -> Scope {
        guard let kind else { return snapshot.district.publicScope }
        // A kind that is not public is as unknown as one that does not exist.
        guard snapshot.catalogue.kinds[kind]?.visibility == .public else {
            throw .invalid(
                "kind", zh: "没有这种公开记录。", en: "There is no such kind of public entry.")
        }
        return .kinds([kind])
    }
}
