import Catalogue
import Core
import Ledger
import Storage

extension District {
    /// What became of a year of a file.
    package struct LoadedCalendar: Sendable {
        package let year: Int
        /// Which version of the year it is; nil where it says what is loaded already.
        package let number: Int?
        package let changes: [CalendarYear.Change]
    }

    /// Takes in the public holidays of a file and writes them into the district's folder. They are
    /// in force when the program starts next.
    ///
    /// - Throws: `Refusal.invalid` with what is wrong in the file.
    package func loadCalendars(
        _ bytes: [UInt8], named name: String, by actor: Actor
    ) async throws -> [LoadedCalendar] {
        let folder = OwnCalendarFolder(folders: folders)
        let found = try ReadCalendar(known: catalogue.calendar)
            .read(bytes, named: name, at: "file")
        try folder.check()
        let moment = now()
        let loaded = try await database.write { [catalogue, key] db in
            try found.map { calendar in
                let newest = try OwnCalendarStore(db: db).versions(of: calendar.year).first
                let old = newest?.calendar ?? catalogue.calendar.calendar(of: calendar.year)
                let number =
                    calendar == old
                    ? nil : try keepCalendar(calendar, after: newest, by: actor, moment, key, db)
                return LoadedCalendar(
                    year: calendar.year, number: number, changes: calendar.changes(from: old))
            }
        }
        for (calendar, one) in zip(found, loaded) {
            if let number = one.number {
                try folder.write(calendar, version: number, on: moment.day)
            }
        }
        return loaded
    }
}

/// Keeps a calendar as the next version of its year, with its row of the audit.
func keepCalendar(
    _ calendar: CalendarYear, after newest: OwnCalendar?, by actor: Actor, _ moment: Moment,
    _ key: AuditKey, _ db: Connection
) throws -> Int {
    let number = (newest?.number ?? 0) + 1
    let id = try OwnCalendarStore(db: db).insert(calendar, number, at: moment, by: actor)
    try Audit(db, key: key).record(
        "calendar.loaded", id, by: actor, at: moment, quietly: true)
    return number
}
