import Accounts
import Catalogue
import Core
import Storage

/// A calendar of a year that was loaded on a page or by a command; it never changes.
struct OwnCalendar: Sendable {
    let id: String
    let calendar: CalendarYear
    let number: Int
    let digest: String
    let loadedAt: Moment
    let loadedBy: String

    fileprivate init(_ row: Row) throws {
        id = try row.get("id")
        number = try row.get("number")
        digest = try row.get("digest")
        loadedAt = try row.get("loaded_at")
        loadedBy = try row.get("loaded_by")
        calendar = try CalendarYear(text: try row.get("said"), file: "own_calendar")
    }
}

/// Every statement on own_calendar.
struct OwnCalendarStore {
    let db: Connection

    /// The most versions of a year that are listed, and the most years.
    static let limit = 100

    /// The versions of a year, the newest first.
    func versions(of year: Int) throws -> [OwnCalendar] {
        try db.rows(
            """
            SELECT * FROM own_calendar WHERE year = \(year)
            ORDER BY number DESC LIMIT \(Self.limit)
            """
        ).map(OwnCalendar.init)
    }

    /// The newest version of each year.
    func newest() throws -> [Int: OwnCalendar] {
        let rows = try db.rows(
            """
            SELECT c.* FROM own_calendar c WHERE c.number =
                (SELECT MAX(n.number) FROM own_calendar n WHERE n.year = c.year)
            ORDER BY c.year LIMIT \(Self.limit)
            """
        ).map(OwnCalendar.init)
        return Dictionary(rows.map { ($0.calendar.year, $0) }) { first, _ in first }
    }

    /// - Parameter number: one more than the newest of the year: of two who load it at once, the
    ///   second is refused by the table.
    func insert(
        _ calendar: CalendarYear, _ number: Int, at moment: Moment, by actor: Actor
    ) throws -> String {
        let id = ID<OwnCalendar>.make().text
        try db.execute(
            """
            INSERT INTO own_calendar (id, year, number, said, digest, loaded_at, loaded_by)
            VALUES (\(id), \(calendar.year), \(number), \(calendar.text), \(calendar.digest),
                \(moment), \(actor.name))
            """)
        return id
    }
}
