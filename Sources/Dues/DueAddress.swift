import Core
import Organization
import Web

/// Where the pages of what is due are, and those of others that they lead to.
extension Address {
    static let dues = Address("dues")
    static let matrix = Address("dues", "matrix")
    static let dueReminders = Address("dues", "reminders")
    static let dueCalendar = Address("dues", "calendar")
    static let endFeed = Address("dues", "calendar", "end")

    static func due(_ id: String) -> Address { Address("dues", id) }

    /// The file of a calendar, whose name is its key.
    static func feed(_ secret: String) -> Address { Address("dues", "feed", secret + ".ics") }

    static func dueUnit(_ version: UnitVersion, on day: Day) -> Address {
        Address("units", version.code).with("on", day.description)
    }

    /// The form in which the record is written that answers a due.
    static func newEntry(_ kind: String, unit code: String, day: Day) -> Address {
        Address("entries", "new", kind).with("unit", code).with("day", day.description)
    }
}
